//! What must hold after every step, asked of the tables themselves: the product's own laws (`homeward check`), that everybody
//! who was registered is counted, and that no squad's answer stands beside a time it was not given to.

use crate::day::Day;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::access::Scope;
use homeward_domain::notice::Told;
use homeward_feed::row::Eta;
use homeward_store::{Conn, check, party, trip};

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
    broken.extend(outrun(reader.conn(), day.clock.now()).await);
    broken.extend(alone(reader.conn(), day).await);
    broken
}

/// Open parties of people under age alone that were not registered so.
async fn alone(conn: &mut Conn, day: &Day) -> Vec<String> {
    let parties = party::open(conn, &Scope::system()).await.expect("the open parties");
    let alone = parties.iter().filter(|it| it.lodgers().adults == 0 && !day.minors.contains(&it.id));
    alone.map(|it| format!("{} is without an adult", it.label)).collect()
}

/// Answers that count although the board shows the vehicle later than they were told by more than a slip.
async fn outrun(conn: &mut Conn, now: DateTime<Utc>) -> Vec<String> {
    let mut outrun = Vec::new();
    for id in trip::ids(conn, &Scope::system(), true).await.expect("the open trips") {
        let trip = trip::load(conn, id, &Scope::system()).await.expect("a trip").expect("it is open");
        for stop in trip.stops.iter().filter(|stop| !stop.notice.acks.is_empty()) {
            let Some(shown) = trip::estimate(conn, stop.id).await.expect("what is published") else { continue };
            let eta: Eta = serde_json::from_value(shown.document).expect("as it was written");
            // Only a later vehicle: an earlier one overtakes with the clock, which a step has to see first.
            let later = Told { gate_at: eta.p50, go_at: eta.p90 + TimeDelta::days(1) };
            if trip.overtaken(stop, &later, now) {
                outrun.push(format!("{}: {:?} answered to another time than {}", stop.id, stop.notice.acks, eta.p50));
            }
        }
    }
    outrun
}
