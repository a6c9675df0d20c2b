//! Who is looked at first when more wait than a proposal can look at: who has waited longest. The others are counted, so
//! that whoever reads a proposal knows of them.

use homeward_domain::party::Party;

/// As many parties as one proposal looks at. With forty vehicles and made-up roads a new plan took 0.3 s for a thousand, 6 s for
/// two thousand of which a third had no seat, 19 s for four thousand: it is those without a seat that cost. Once the first
/// thousand have seats, the next thousand have waited longest.
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
