//! Is everything there that was acknowledged, once?

use crate::cast::Officer;
use crate::report::say;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::task::JoinSet;

/// What was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct Checked {
    /// Parties that are there as acknowledged.
    pub found: u64,
    /// Parties that are not, or cannot be read.
    pub missing: u64,
    /// Acknowledgements of a party that another registration was told too.
    pub doubled: u64,
}

/// Reads every acknowledged party back, as the desk that registered it and from another node than it was sent to.
pub(super) async fn read_back(officers: &[Officer], acknowledged: &[(String, usize)], concurrency: u32) -> Checked {
    let unique: BTreeSet<&(String, usize)> = acknowledged.iter().collect();
    let parties: Arc<[(String, usize)]> = unique.into_iter().cloned().collect();
    say(&format!("reading {} parties back", parties.len()));
    let (next, officers) = (Arc::new(AtomicUsize::new(0)), Arc::<[Officer]>::from(officers));
    let mut readers = JoinSet::new();
    for reader in 0..concurrency as usize {
        let (parties, next, officers) = (Arc::clone(&parties), Arc::clone(&next), Arc::clone(&officers));
        readers.spawn(async move {
            let (mut found, mut missing) = (0, 0);
            while let Some((party, officer)) = parties.get(next.fetch_add(1, Ordering::Relaxed)) {
                let there = is_there(&officers[*officer], reader, party).await;
                *if there { &mut found } else { &mut missing } += 1;
            }
            (found, missing)
        });
    }
    let doubled = u64::try_from(acknowledged.len() - parties.len()).unwrap_or(u64::MAX);
    let mut checked = Checked { doubled, ..Checked::default() };
    while let Some(read) = readers.join_next().await {
        let (found, missing): (u64, u64) = read.expect("a reader does not panic");
        checked.found += found;
        checked.missing += missing;
    }
    checked
}

async fn is_there(officer: &Officer, node: usize, party: &str) -> bool {
    let read = officer.session.get_in_the_end(node, &format!("/v1/parties/{party}")).await;
    read.is_ok_and(|read| read["party"] == party)
}
