//! Open an observation site, or add rooms to one: an administrator's list of rooms is taken whole or not at all.

use crate::places::{desks_of, known_district};
use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use homeward_domain::access::Action;
use homeward_domain::site::opening::{gate_code, place};
use homeward_domain::site::rooms::{Line, NewRoom, to_add};
use homeward_domain::{Jurisdiction, Refusal, code};
use homeward_store::reference::{self, Gate, Name, Receiver};
use homeward_store::site::{self, opened};
use serde_json::json;

/// A site to be opened.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSite {
    /// Its code; the gate's follows from it.
    pub code: code::Receiver,
    /// What people call it.
    pub name: Name,
    /// Whose it is.
    pub district: Jurisdiction,
    /// What stands behind the gate.
    pub compound: Name,
    /// Where the gate is: latitude and longitude, WGS-84 degrees.
    pub location: (f64, f64),
    /// Its rooms; more of them may come later.
    pub rooms: Vec<Line>,
}

impl Dispatcher {
    /// Opens a site. It takes people at once, and stands on the district's boards. The receipt's version counts its rooms.
    pub async fn open_new_site(&self, caller: &Caller, key: &Key, new: NewSite) -> Result<Receipt, Halt> {
        caller.may(Action::ManageSites)?;
        let mut turn = Turn::open(self, caller, key).await?;
        if reference::receiver_of(turn.conn(), &new.code).await?.is_some() {
            return Err(Refusal::Taken { what: "code" }.into());
        }
        known_district(turn.conn(), &new.district).await?;
        let desks = desks_of(turn.conn(), &new.district).await?;
        let location = place(new.location.0, new.location.1, &desks, "gate/location")?;
        let rooms = to_add(&new.rooms, &[])?;
        let gate = Gate { code: gate_code(&new.code), receiver: new.code.clone(), compound: new.compound, location };
        let site = Receiver { code: new.code, site: true, jurisdiction: new.district, name: new.name };
        opened::insert(turn.conn(), &site, &gate).await?;
        opened::add_rooms(turn.conn(), &site.code, &rooms).await?;
        let id = turn.new_id();
        let (district, count) = (site.jurisdiction.as_str(), rooms.len());
        turn.record(id, "site.added", json!({ "site": site.code.as_str(), "district": district, "rooms": count }));
        turn.changed.sites.insert(site.code, "site.added");
        turn.close(id, counted(count)).await
    }

    /// Adds the rooms of a list that the site does not have; all that are right, or none. The receipt's version counts its rooms.
    pub async fn add_rooms(
        &self,
        caller: &Caller,
        key: &Key,
        site: code::Receiver,
        list: Vec<Line>,
    ) -> Result<Receipt, Halt> {
        caller.may(Action::ManageSites)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let known = site::load(turn.conn(), &site).await?.ok_or(Refusal::NotFound)?;
        let rooms = to_add(&list, &known.rooms)?;
        let id = turn.new_id();
        if !rooms.is_empty() {
            opened::add_rooms(turn.conn(), &site, &rooms).await?;
            turn.record(id, "site.rooms_added", json!({ "site": site.as_str(), "rooms": numbers(&rooms) }));
            turn.changed.sites.insert(site, "site.rooms_added");
        }
        turn.close(id, counted(known.rooms.len() + rooms.len())).await
    }
}

fn numbers(rooms: &[NewRoom]) -> Vec<&str> {
    rooms.iter().map(|room| room.number.as_str()).collect()
}

fn counted(rooms: usize) -> i64 {
    i64::try_from(rooms).expect("a site has few rooms")
}
