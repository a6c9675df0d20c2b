//! A vehicle under way is ordered elsewhere. Whatever becomes of the order: nobody changes hands by it, rooms are held for all
//! or for none, and what is refused leaves everything as it was.

use super::{Deed, road, told};
use crate::day::{Day, PLACES, SITES, dispatching, escort};
use homeward_dispatch::{NewOrder, Towards};
use homeward_domain::party::{Party, Transport};
use homeward_domain::trip::{State, Stop, Trip};
use homeward_domain::{StopId, code};

/// An order, for some vehicle on the road.
pub async fn advance(day: &mut Day) -> Deed {
    let under_way = |trip: &Trip| matches!(trip.state, State::EnRoute { .. });
    let open: Vec<Trip> = road::open(day).await.into_iter().filter(under_way).collect();
    match day.chance.pick(&open) {
        Some(trip) if unseen(&trip) && day.chance.percent(60) => see(day, &trip).await,
        Some(trip) => order(day, &trip).await,
        None => road::advance(day).await,
    }
}

/// Whether nobody aboard has seen the newest order.
pub fn unseen(trip: &Trip) -> bool {
    trip.order.as_ref().is_some_and(|order| order.seen.is_none())
}

/// Somebody aboard says that they have seen it.
pub async fn see(day: &mut Day, trip: &Trip) -> Deed {
    let key = day.key();
    let who = escort(day.chance.below(2));
    told("see-order", day.dispatcher.see_order(&who, &key, trip.id).await)
}

async fn order(day: &mut Day, trip: &Trip) -> Deed {
    let ahead: Vec<StopId> = trip.stops.iter().filter(|stop| !stop.handed_over()).map(|stop| stop.id).collect();
    let some = ahead.iter().copied().filter(|_| day.chance.percent(40)).collect();
    let to = towards(day);
    let before = riders(day, trip).await;
    let spread = day.chance.percent(50).then(|| "a large family aboard".to_owned());
    let (reason, version) = ("road closed".into(), Some(trip.version));
    let order = NewOrder { to: to.clone(), stops: some, reason, spread, version };
    let key = day.key();
    let done = day.dispatcher.divert(&dispatching(), &key, trip.id, order).await;
    let after = road::load(day, trip.id).await;
    if done.is_ok() {
        obeyed(day, &before, &after, &to).await;
    } else {
        assert_eq!((&after, riders(day, &after).await), (trip, before), "a refused order changed something");
    }
    told("divert", done)
}

/// A site or a gate, whichever.
pub fn towards(day: &mut Day) -> Towards {
    if day.chance.percent(50) {
        let site = day.chance.pick(&SITES).expect("there are sites");
        return Towards::Site(code::Receiver::parse(site).expect("a site"));
    }
    let gates: Vec<&str> = PLACES.iter().flat_map(|(_, gates)| gates.iter().copied()).collect();
    let gate = day.chance.pick(&gates).expect("there are gates");
    Towards::Gate(code::Gate::parse(gate).expect("a gate"))
}

/// Who gets off at a stop that is not served yet.
async fn riders(day: &Day, trip: &Trip) -> Vec<Party> {
    let mut riders = Vec::new();
    for party in trip.stops.iter().filter(|stop| !stop.handed_over()).flat_map(Stop::parties) {
        riders.push(super::desk::load(day, party).await);
    }
    riders
}

async fn obeyed(day: &Day, before: &[Party], after: &Trip, to: &Towards) {
    let order = after.order.as_ref().expect("the order is kept");
    let there = after.stops.iter().find(|stop| stop.id == order.to).expect("the halt it leads to");
    let mut sent = 0;
    for was in before {
        let now = super::desk::load(day, was.id).await;
        let holders = |party: &Party| -> Vec<_> { party.members.iter().map(|it| it.custody.holder.clone()).collect() };
        assert_eq!(holders(was), holders(&now), "{}: an order moves nobody from hand to hand", was.label);
        if now.transport == was.transport {
            continue;
        }
        sent += now.size();
        assert_eq!(now.transport, Transport::Seats { trip: after.id, stop: there.id }, "{}", was.label);
        assert_eq!(now.disposition.bound_for().map(|(gate, _)| gate), Some(&there.gate), "{}", was.label);
        if let Towards::Site(site) = to {
            assert!(has_room(day, site, &now).await, "{}: sent to a site without a room", was.label);
        }
    }
    assert!(sent <= order.people, "{sent} sent, {} said", order.people);
    let manifest: i64 = before.iter().map(Party::size).sum();
    let aboard: usize = after.stops.iter().filter(|stop| !stop.handed_over()).map(|stop| stop.seats.len()).sum();
    assert_eq!(i64::try_from(aboard).expect("a vehicle is small"), manifest, "nobody lost a seat");
}

async fn has_room(day: &Day, site: &code::Receiver, party: &Party) -> bool {
    let mut reader = day.store.read().await.expect("a reader");
    let site = homeward_store::site::load(reader.conn(), site).await.expect("readable").expect("a site");
    site.rooms.iter().any(|room| room.held_by == Some(party.id) && room.beds >= party.size())
}
