//! A driver who left is erased: nobody can say any more who it was. That they drove what they drove stays.

use super::of_district;
use crate::vehicles::own_district;
use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use chrono::TimeDelta;
use homeward_domain::access::Action;
use homeward_domain::driver::{Elsewhere, may_be_erased};
use homeward_domain::{DriverId, Refusal};
use homeward_store::driver;
use homeward_store::trip::ROWS_STAY;
use serde_json::json;

/// Longer than a board shows what was handed over.
const SHOWN: TimeDelta = TimeDelta::hours(1);

impl Dispatcher {
    /// Erases a driver who is off duty and on no trip that is not over. There is no way back, so it takes two steps; and no
    /// reason, because why somebody left is nobody's to write down. The trail keeps that it was done, by whom and when.
    pub async fn erase_driver(&self, caller: &Caller, key: &Key, id: DriverId) -> Result<Receipt, Halt> {
        let district = own_district(caller, Action::Dispatch)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let known = of_district(&mut turn, &district, id).await?.ok_or(Refusal::NotFound)?;
        let open = driver::trips_of(turn.conn(), id).await?.into_iter().next();
        let since = |trip: &driver::Drives| trip.departed_at.unwrap_or(trip.departs_at);
        may_be_erased(&known, open.map(|trip| Elsewhere { since: since(&trip), vehicle: trip.vehicle_name }))?;
        let now = turn.now;
        let version = driver::erase(turn.conn(), &known, now).await?;
        turn.record(id.uuid(), "driver.erased", json!({}));
        // What boards and pages still show is told anew; what nobody watches any more is rewritten already.
        for trip in driver::ended_since(turn.conn(), id, now - ROWS_STAY - SHOWN).await? {
            turn.changed.trips.insert(trip, "driver.erased");
        }
        turn.close(id.uuid(), version).await
    }
}
