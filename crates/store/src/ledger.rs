//! The numbers, counted from custody: does everybody who was registered stand somewhere?

use crate::{Conn, Error};
use homeward_domain::access::Scope;

/// How many people are in which hands (mission.md: the ledger closes or names who is missing).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Everybody who was registered.
    pub registered: i64,
    /// At a desk.
    pub waiting: i64,
    /// Aboard a vehicle.
    pub riding: i64,
    /// With a community or a site.
    pub handed_over: i64,
    /// In a private car, not yet received.
    pub private_car: i64,
    /// Taken by ambulance.
    pub referred: i64,
    /// Free.
    pub released: i64,
}

impl Ledger {
    /// Whether the parts add up to the whole.
    #[must_use]
    pub const fn closes(&self) -> bool {
        self.registered
            == self.waiting + self.riding + self.handed_over + self.private_car + self.referred + self.released
    }
}

/// The numbers inside a scope. An auditor or administrator counts everybody: numbers name nobody.
pub async fn count(conn: &mut Conn, scope: &Scope) -> Result<Ledger, Error> {
    let (registered,): (i64,) = conn
        .sql(
            "select count(*) from arrival join party on party.id = arrival.party
             where ($1 is null or party.desk = $1) and ($2 is null or party.district = $2)",
        )
        .bind(scope.desk().map(str::to_owned))
        .bind(scope.district().map(str::to_owned))
        .one()
        .await?;
    let by_holder: Vec<(String, i64)> = conn
        .sql(
            "select holder, count(*) from arrival join party on party.id = arrival.party
             where ($1 is null or party.desk = $1) and ($2 is null or party.district = $2) group by holder",
        )
        .bind(scope.desk().map(str::to_owned))
        .bind(scope.district().map(str::to_owned))
        .all()
        .await?;
    let of = |holder: &str| by_holder.iter().filter(|(code, _)| code == holder).map(|(_, count)| count).sum();
    Ok(Ledger {
        registered,
        waiting: of("desk"),
        riding: of("vehicle"),
        handed_over: of("receiver") + of("site"),
        private_car: of("private_car"),
        referred: of("hospital"),
        released: of("released"),
    })
}
