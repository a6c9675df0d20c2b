//! Rooms at a site for a party: held all together, shown on the site's row, and the reason kept where one room was not enough.

use crate::{Halt, turn::Turn};
use chrono::{DateTime, Utc};
use homeward_domain::party::{Command, Party};
use homeward_domain::refusal::Door;
use homeward_domain::site::{Given, Site};
use homeward_domain::{Refusal, code};
use serde_json::json;

/// The site for people who were to come there before: one that takes nobody new still takes them.
pub(crate) async fn site_still_open(turn: &mut Turn<'_>, receiver: &code::Receiver) -> Result<Site, Halt> {
    let site = homeward_store::site::load(turn.conn(), receiver).await?.ok_or(Refusal::NotFound)?;
    Ok(Site { closed: None, ..site })
}

/// Chooses rooms for a party, several only where a person decided so; a refusal names the party.
pub(crate) fn choose(site: &Site, party: &Party, several: bool) -> Result<Given, Refusal> {
    site.choose_rooms(party.lodgers(), several).map_err(|refusal| match refusal {
        Refusal::Door(Door::NoRoomWhole { free, needed, .. }) => {
            Door::NoRoomWhole { label: Some(party.label.clone()), free, needed }.into()
        }
        other => other,
    })
}

/// Holds rooms that were chosen for a party. They have waited since `since`; `why` is a person's word for several.
pub(crate) async fn hold(
    turn: &mut Turn<'_>,
    site: &Site,
    party: &Party,
    given: &Given,
    (since, why): (DateTime<Utc>, Option<&str>),
) -> Result<(), Halt> {
    for (room, people) in &given.rooms {
        let id = turn.new_id();
        homeward_store::site::hold(turn.conn(), id, (&site.receiver, room), (party.id, *people), since).await?;
    }
    if given.rooms.len() > 1 {
        let told = json!({ "list_version": party.tag().list_version, "to": given.doors(), "reason": why });
        turn.record(party.id.uuid(), "party.spread", told);
    }
    turn.changed.sites.insert(site.receiver.clone(), "site.changed");
    Ok(())
}

/// Sends a party to a site, where these rooms are held for it from now on; `why` is a person's word for several.
pub(crate) async fn place(
    turn: &mut Turn<'_>,
    site: &Site,
    party: Party,
    given: &Given,
    (reason, why): (&str, Option<&str>),
) -> Result<Party, Halt> {
    let now = turn.now;
    hold(turn, site, &party, given, (now, why)).await?;
    let (receiver, gate, room) = (site.receiver.clone(), site.gate.clone(), given.doors());
    let command = Command::PlaceAtSite { receiver, gate, room, reason: reason.to_owned() };
    let events = party.decide(command, now)?;
    turn.save_party(party, &events).await
}

/// The site with these rooms taken, for whoever is given rooms after that in the same turn.
pub(crate) fn taken(mut site: Site, party: &Party, given: &Given) -> Site {
    let theirs = |number: &str| given.rooms.iter().any(|(room, _)| room.number == number);
    site.rooms.iter_mut().filter(|room| theirs(&room.number)).for_each(|room| room.held_by = Some(party.id));
    site
}
