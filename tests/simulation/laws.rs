//! What must hold after every step, asked of the tables themselves: the product's own laws (`homeward check`), and that
//! everybody who was registered is counted.

use crate::day::Day;
use homeward_domain::access::Scope;
use homeward_store::check;

/// The laws that are broken now, each with how often.
pub async fn broken(day: &Day) -> Vec<String> {
    let mut reader = day.store.read().await.expect("a reader");
    let findings = check::laws(reader.conn()).await.expect("a law is a statement");
    let wrong = findings.iter().filter(|finding| finding.broken > 0);
    let mut broken: Vec<_> = wrong.map(|it| format!("{}: broken {} times", it.what, it.broken)).collect();
    let ledger = homeward_store::ledger::count(reader.conn(), &Scope::system()).await.expect("the numbers");
    if ledger.registered != day.people {
        broken.push(format!("{} people were registered: {ledger:?}", day.people));
    }
    broken
}
