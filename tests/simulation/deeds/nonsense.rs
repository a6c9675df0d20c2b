//! What people do when they are tired or two at once: the wrong button, the wrong moment, the same button twice.

use super::{Deed, told};
use crate::day::{Day, desk, dispatching, escort, settled};
use homeward_dispatch::Seen;
use homeward_domain::{RiskTag, SquadRole};

/// One of them.
pub async fn one(day: &mut Day) -> Deed {
    let (Some(party), Some(trip)) = (day.chance.pick(&day.parties.clone()), day.chance.pick(&day.trips.clone())) else {
        return super::desk::register(day).await;
    };
    let key = day.key();
    let seen = Seen { party, version: None };
    match day.chance.below(8) {
        0 => told("nonsense", day.dispatcher.assign(&dispatching(), &key, seen, trip).await),
        1 => told("nonsense", day.dispatcher.depart(&escort(2), &key, trip, 3).await),
        2 => told("nonsense", day.dispatcher.cancel_trip(&dispatching(), &key, trip, "tired".into()).await),
        3 => told("nonsense", day.dispatcher.open_boarding(&desk(), &key, trip).await),
        4 => wrong_gate(day, party).await,
        5 => double_tap(day, seen).await,
        _ => race(day, trip).await,
    }
}

/// A squad accepts or checks at a stop of some trip, whoever it belongs to.
async fn wrong_gate(day: &mut Day, party: homeward_domain::PartyId) -> Deed {
    let party = super::desk::load(day, party).await;
    let stranger = crate::day::squad(crate::day::PLACES[1].0, SquadRole::Leader);
    let key = day.key();
    match party.transport {
        homeward_domain::party::Transport::Seats { stop, .. } => {
            told("nonsense", day.dispatcher.accept(&stranger, &key, stop).await)
        }
        _ => told("nonsense", day.dispatcher.receive_car(&stranger, &key, party.id).await),
    }
}

/// The same request twice gives one effect; another request with its key gives none.
async fn double_tap(day: &mut Day, seen: Seen) -> Deed {
    let arrival = super::desk::load(day, seen.party).await.members[0].arrival;
    let tag = |key| {
        let dispatcher = day.dispatcher.clone();
        async move { dispatcher.tag(&desk(), &key, seen.party, (arrival, RiskTag::Yellow), "seen".into()).await }
    };
    let first = tag(day.old_key(true)).await;
    let again = tag(day.old_key(true)).await;
    if let (Some(first), Err(homeward_dispatch::Halt::Replayed(again))) = (settled(first), &again) {
        assert_eq!((first.subject, first.version), (again.subject, again.version), "one request, two effects");
    }
    told("double-tap", tag(day.old_key(false)).await)
}

/// Three dispatchers want the last seats of one trip at once.
async fn race(day: &mut Day, trip: homeward_domain::TripId) -> Deed {
    let recent = day.parties.len().saturating_sub(8);
    let among = day.parties[recent..].to_vec();
    let mut wanted = Vec::new();
    for _ in 0..3 {
        wanted.extend(day.chance.pick(&among).map(|party| (party, day.key())));
    }
    let runs = wanted.into_iter().map(|(party, key)| {
        let dispatcher = day.dispatcher.clone();
        async move { dispatcher.assign(&dispatching(), &key, Seen { party, version: None }, trip).await }
    });
    let given = futures_util::future::join_all(runs).await.into_iter().filter_map(settled).count();
    format!("race {given} won")
}
