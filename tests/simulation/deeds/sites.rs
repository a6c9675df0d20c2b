//! At the sites: somebody leaves, a site or a room closes for a while and opens again, rooms are held for everybody who needs one.

use super::{Deed, told};
use crate::day::{Day, SITES, dispatching, site_manager};
use homeward_dispatch::{Placement, Seen};
use homeward_domain::site::Because;
use homeward_domain::{Personal, code};
use homeward_store::site;

/// The next thing at one of the sites.
pub async fn advance(day: &mut Day) -> Deed {
    if day.chance.percent(15) {
        return rooms_for_all(day).await;
    }
    let name = day.chance.pick(&SITES).expect("a site");
    let receiver = code::Receiver::parse(name).expect("a site");
    let who = if day.chance.percent(50) { site_manager(name) } else { dispatching() };
    let key = day.key();
    let closed = {
        let mut reader = day.store.read().await.expect("a reader");
        site::closure::of(reader.conn(), &receiver).await.expect("readable").is_some()
    };
    if closed && day.chance.percent(80) {
        return told("site-open", day.dispatcher.open_site(&who, &key, receiver, "mended".into()).await);
    }
    if !day.over && day.chance.percent(20) {
        return told("site-close", day.dispatcher.close_site(&who, &key, receiver, "burst pipe".into()).await);
    }
    if day.chance.percent(25)
        && let Some(deed) = turn_a_room(day, &receiver).await
    {
        return deed;
    }
    discharge(day, name, &receiver).await
}

/// What was proposed this instant stands: it is committed whole.
async fn rooms_for_all(day: &mut Day) -> Deed {
    let plan = day.dispatcher.propose_rooms(&dispatching()).await.expect("a proposal");
    let everybody = day.chance.percent(30);
    let wanted = plan.guests.into_iter().filter(|guest| everybody || guest.wanted.must());
    let placements: Vec<Placement> = wanted
        .filter_map(|guest| {
            let site = guest.room.ok()?.site;
            Some(Placement { party: guest.party, version: guest.version, site })
        })
        .collect();
    if placements.is_empty() {
        return super::desk::advance(day).await;
    }
    let key = day.key();
    let done = day.dispatcher.commit_rooms(&dispatching(), &key, placements, "as proposed".into()).await;
    let told = told("rooms-for-all", done);
    assert_eq!(told, "rooms-for-all", "what was proposed this instant stands");
    told
}

/// A room goes out of use, whoever lives in it, or comes back; in the evening they only come back.
async fn turn_a_room(day: &mut Day, receiver: &code::Receiver) -> Option<Deed> {
    let rooms = {
        let mut reader = day.store.read().await.expect("a reader");
        site::lodgings(reader.conn(), receiver).await.expect("readable rooms")
    };
    let out: Vec<_> = rooms.iter().filter(|room| room.out.is_some()).map(|room| room.room.clone()).collect();
    let all: Vec<_> = rooms.into_iter().map(|room| room.room).collect();
    let (who, key) = (dispatching(), day.key());
    if !out.is_empty() && (day.over || day.chance.percent(50)) {
        let room = (receiver.clone(), day.chance.pick(&out)?);
        return Some(told("room-back", day.dispatcher.put_room_back(&who, &key, room, "mended".into()).await));
    }
    if day.over {
        return None;
    }
    let room = (receiver.clone(), day.chance.pick(&all)?);
    Some(told("room-out", day.dispatcher.take_room_out(&who, &key, room, "broken shower".into()).await))
}

async fn discharge(day: &mut Day, name: &'static str, receiver: &code::Receiver) -> Deed {
    let lodgings = {
        let mut reader = day.store.read().await.expect("a reader");
        site::lodgings(reader.conn(), receiver).await.expect("readable rooms")
    };
    let guests: Vec<_> = lodgings.into_iter().filter_map(|lodging| lodging.guest).collect();
    let Some(guest) = day.chance.pick(&guests) else { return super::desk::advance(day).await };
    let because = day.chance.pick(&[Because::Completed, Because::Early, Because::Transferred]).expect("a reason");
    let note = day.chance.percent(80).then(|| Personal::new("as they asked".to_owned()));
    let seen = Seen { party: guest.party, version: day.chance.percent(50).then_some(guest.version) };
    let key = day.key();
    told("discharge", day.dispatcher.discharge(&site_manager(name), &key, seen, because, note).await)
}
