//! The places of the city as an administrator keeps them: its sites with their rooms, and its relay points.

use crate::sites::own_site;
use crate::{Caller, Dispatcher, Halt};
use homeward_domain::access::{Action, Scope};
use homeward_domain::site::Closure;
use homeward_domain::{Invalid, Jurisdiction, Level, Point, Refusal, code};
use homeward_store::Conn;
use homeward_store::reference::{self, Gate, Receiver, RelayPoint};
use homeward_store::site::{self, Lodging};

/// A site with everything an administrator keeps of it.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteKept {
    /// The site.
    pub site: Receiver,
    /// Its gates.
    pub gates: Vec<Gate>,
    /// Why it takes nobody new.
    pub closed: Option<Closure>,
    /// Its rooms, by number.
    pub rooms: Vec<Lodging>,
}

impl Dispatcher {
    /// Every site and every relay point.
    pub async fn places(&self, caller: &Caller) -> Result<(Vec<SiteKept>, Vec<RelayPoint>), Halt> {
        caller.may(Action::ManageSites)?;
        let mut reader = self.store.read().await?;
        let conn = reader.conn();
        let gates = reference::gates(conn).await?;
        let mut sites = Vec::new();
        for site in reference::receivers(conn).await?.into_iter().filter(|receiver| receiver.site) {
            let gates = gates.iter().filter(|gate| gate.receiver == site.code).cloned().collect();
            let closed = site::closure::of(conn, &site.code).await?;
            let rooms = site::lodgings(conn, &site.code).await?;
            sites.push(SiteKept { site, gates, closed, rooms });
        }
        Ok((sites, reference::relay_points(conn).await?))
    }

    /// The rooms of a site, by number.
    pub async fn rooms(&self, caller: &Caller, receiver: &code::Receiver) -> Result<Vec<Lodging>, Halt> {
        let scope = kept(caller, Action::ReadSites)?;
        let mut reader = self.store.read().await?;
        own_site(reader.conn(), &scope, receiver).await?;
        Ok(site::lodgings(reader.conn(), receiver).await?)
    }
}

/// Whose sites: an administrator keeps all of them, others those for which they have the right.
pub(crate) fn kept(caller: &Caller, right: Action) -> Result<Scope, Refusal> {
    match caller.may(Action::ManageSites) {
        Ok(_) => Ok(Scope::system()),
        Err(_) => Ok(caller.may(right)?.scope),
    }
}

/// Where the desks of a district stand.
pub(crate) async fn desks_of(conn: &mut Conn, district: &Jurisdiction) -> Result<Vec<Point>, Halt> {
    let desks = reference::desks(conn).await?.into_iter();
    Ok(desks.filter(|desk| desk.district == *district).map(|desk| desk.location).collect())
}

/// Refuses what is no district of the city.
pub(crate) async fn known_district(conn: &mut Conn, district: &Jurisdiction) -> Result<(), Halt> {
    let known = reference::jurisdictions(conn).await?;
    if district.level() == Level::District && known.iter().any(|place| place.code == district.as_str()) {
        return Ok(());
    }
    Err(Invalid::new("unknown-district", "choose a district from /v1/reference").at("district").into())
}
