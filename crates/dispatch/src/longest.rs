//! Who is looked at first when more wait than a proposal can look at: who has waited longest. The others are counted, so
//! that whoever reads a proposal knows of them.

use homeward_domain::party::Party;

/// As many parties as one proposal looks at. A thousand are planned in a third of a second while vehicles suffice, in seconds
/// when they do not, and twice as many take three times as long (`deploy/measuring.md`, the planner); once these have
/// seats, the next thousand are the longest.
pub(crate) const AT_ONCE: usize = 1_000;

/// Who waits and is not looked at yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Later {
    /// Parties.
    pub parties: i64,
    /// Their people.
    pub people: i64,
}

/// The first [`AT_ONCE`] of parties that stand in the order of their turn, those that a person `named` before all others, and
/// who comes later.
pub(crate) fn longest<T>(
    waiting: Vec<T>,
    named: impl Fn(&Party) -> bool,
    party: impl Fn(&T) -> &Party,
) -> (Vec<T>, Later) {
    let mut left = AT_ONCE.saturating_sub(waiting.iter().filter(|it| named(party(it))).count());
    let mut later = Later::default();
    let mut first = Vec::with_capacity(waiting.len().min(AT_ONCE));
    for it in waiting {
        let this = party(&it);
        if named(this) {
            first.push(it);
        } else if left > 0 {
            left -= 1;
            first.push(it);
        } else {
            later.parties += 1;
            later.people += this.size();
        }
    }
    (first, later)
}
