//! Open a relay point, take it out of use, put it back. A change that is planned there stays planned.

use crate::places::{desks_of, known_district};
use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use homeward_domain::access::Action;
use homeward_domain::refusal::Door;
use homeward_domain::site::Closure;
use homeward_domain::site::opening::place;
use homeward_domain::{Jurisdiction, Refusal, code};
use homeward_store::reference::{self, Name, RelayPoint};
use homeward_store::relay_point;
use serde_json::json;

/// A relay point to be opened.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRelayPoint {
    /// Its code.
    pub code: code::RelayPoint,
    /// What people call it.
    pub name: Name,
    /// Whose it is.
    pub district: Jurisdiction,
    /// Where it is: latitude and longitude, WGS-84 degrees.
    pub location: (f64, f64),
}

impl Dispatcher {
    /// Opens a relay point.
    pub async fn add_relay_point(&self, caller: &Caller, key: &Key, new: NewRelayPoint) -> Result<Receipt, Halt> {
        caller.may(Action::ManageSites)?;
        let mut turn = Turn::open(self, caller, key).await?;
        if reference::relay_point_of(turn.conn(), &new.code).await?.is_some() {
            return Err(Refusal::Taken { what: "code" }.into());
        }
        known_district(turn.conn(), &new.district).await?;
        let desks = desks_of(turn.conn(), &new.district).await?;
        let location = place(new.location.0, new.location.1, &desks, "location")?;
        let point = RelayPoint { code: new.code, district: new.district, name: new.name, location, out: None };
        relay_point::insert(turn.conn(), &point).await?;
        let id = turn.new_id();
        let (code, district) = (point.code.as_str(), point.district.as_str());
        turn.record(id, "relay_point.added", json!({ "relay_point": code, "district": district }));
        turn.close(id, 1).await
    }

    /// No new change is planned there from now on; those that are stay. The receipt's subject is the closure.
    pub async fn take_relay_point_out(
        &self,
        caller: &Caller,
        key: &Key,
        code: code::RelayPoint,
        reason: String,
    ) -> Result<Receipt, Halt> {
        caller.may(Action::ManageSites)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let known = reference::relay_point_of(turn.conn(), &code).await?.ok_or(Refusal::NotFound)?;
        let closure = Closure { reason, by: caller.actor.name.clone(), at: turn.now };
        let closure = closure.take_out(known.out.as_ref())?;
        let id = turn.new_id();
        relay_point::take_out(turn.conn(), id, &code, &closure).await?;
        turn.record(id, "relay_point.out_of_use", json!({ "relay_point": code.as_str(), "reason": closure.reason }));
        turn.close(id, 1).await
    }

    /// Changes are planned there again.
    pub async fn put_relay_point_back(
        &self,
        caller: &Caller,
        key: &Key,
        code: code::RelayPoint,
        reason: String,
    ) -> Result<Receipt, Halt> {
        caller.may(Action::ManageSites)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let known = reference::relay_point_of(turn.conn(), &code).await?.ok_or(Refusal::NotFound)?;
        Closure::put_back(known.out.as_ref(), &reason)?;
        let now = turn.now;
        let ended = relay_point::put_back(turn.conn(), &code, (&reason, &caller.actor.name), now).await?;
        let id = ended.ok_or(Refusal::from(Door::InUse))?;
        turn.record(id, "relay_point.in_use", json!({ "relay_point": code.as_str(), "reason": reason }));
        turn.close(id, 2).await
    }
}
