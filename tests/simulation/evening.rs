//! The day ends: nobody comes any more, and everybody who works here brings on whoever is still on the way. Whatever the day
//! did, there must be a way home for each of them: safety alone would be kept by people who sit before a gate for ever.

use crate::day::{Day, SITES, dispatching, escort};
use crate::deeds::{self, Deed};
use homeward_dispatch::{NewOrder, Seen, Towards};
use homeward_domain::custody::Holder;
use homeward_domain::disposition::Disposition;
use homeward_domain::party::{Party, Transport};
use homeward_domain::trip::Trip;
use homeward_domain::{Refusal, TripId, code};
use std::collections::VecDeque;

/// Deeds until the last one is home: several times what the days of the test need.
const DEEDS_MAX: u32 = 6_000;
/// Of the last deeds so many are told when somebody is not.
const TOLD: usize = 40;

/// Works until nobody is left, or fails with who is and what was tried last. Gives the number of deeds.
pub async fn everybody_home(day: &mut Day, seed: u64, tally: &mut deeds::Tally) -> u32 {
    day.over = true;
    let mut last = VecDeque::with_capacity(TOLD);
    for deeds in 0..DEEDS_MAX {
        let left = deeds::open_parties(day).await;
        if left.is_empty() {
            return deeds;
        }
        if last.len() == TOLD {
            last.pop_front();
        }
        let deed = one(day, &left).await;
        tally.count(&deed);
        last.push_back(deed);
    }
    let mut left: Vec<String> = deeds::open_parties(day).await.iter().map(words).collect();
    left.extend(deeds::open_trips(day).await.iter().map(trip_words));
    let last: Vec<Deed> = last.into();
    panic!("HOMEWARD_SEED={seed}: not home\n{}\ntried last\n{}", left.join("\n"), last.join("\n"));
}

fn words(party: &Party) -> String {
    let holders: Vec<&str> = party.members.iter().map(|member| member.custody.holder.code()).collect();
    format!("{} {:?} {holders:?} {:?} {:?}", party.label, party.stage(), party.disposition, party.transport)
}

fn trip_words(trip: &Trip) -> String {
    let stops: Vec<_> =
        trip.stops.iter().map(|stop| (stop.gate.as_str(), stop.stage.code(), stop.seats.len())).collect();
    let changes: Vec<_> = trip.changes.iter().map(|change| (change.onto, change.stage, change.riders.len())).collect();
    let broken = trip.breakdown.is_some();
    format!(
        "{} of {:?} {:?} broken {broken} {stops:?} {changes:?} {:?}",
        trip.id, trip.vehicle.id, trip.state, trip.order
    )
}

async fn one(day: &mut Day, left: &[Party]) -> Deed {
    day.time_passes();
    let hindered: Vec<Party> = left.iter().filter(|party| hindered(party)).cloned().collect();
    match (day.chance.below(100), day.chance.pick(&hindered)) {
        (0..=24, Some(party)) => order_elsewhere(day, &party).await,
        (0..=44, _) => deeds::advance_party(day).await,
        (45..=84, _) => deeds::advance_trip(day).await,
        _ => deeds::tidy_up(day).await,
    }
}

/// On the way to where they will not be taken, or to nowhere; or about to be.
fn hindered(party: &Party) -> bool {
    let under_way = party.members.iter().any(|member| member.custody.holder != Holder::Desk);
    if party.closed() || !(under_way || matches!(party.transport, Transport::Seats { .. })) {
        return false;
    }
    !matches!(party.cleared_to_depart(), Ok(()) | Err(Refusal::NotConfirmed | Refusal::OpinionPending))
}

async fn order_elsewhere(day: &mut Day, party: &Party) -> Deed {
    let bound_for = match &party.disposition {
        Disposition::Site { receiver, .. } => receiver.as_str(),
        _ => "",
    };
    let site = SITES.into_iter().filter(|site| *site != bound_for).nth(day.chance.below(2)).unwrap_or(SITES[0]);
    let to = Towards::Site(code::Receiver::parse(site).expect("a site"));
    let (key, reason) = (day.key(), "no home there".to_owned());
    let done = match party.transport {
        Transport::Seats { trip, .. } if deeds::load_trip(day, trip).await.state.loading() => {
            return let_off(day, party, trip).await;
        }
        Transport::Seats { trip, stop } => {
            let spread = Some("a family".to_owned());
            let order = NewOrder { to, stops: vec![stop], reason, spread, version: None };
            day.dispatcher.divert(&dispatching(), &key, trip, order).await
        }
        _ => {
            day.dispatcher.redirect_car(&dispatching(), &key, party.id, to, (reason, Some("a family".to_owned()))).await
        }
    };
    deeds::told("elsewhere", done)
}

/// The vehicle has not left: they get off again, one by one, and give their seats back.
async fn let_off(day: &mut Day, party: &Party, trip: TripId) -> Deed {
    let key = day.key();
    let aboard = party.members.iter().find(|member| member.custody.holder == Holder::Vehicle { trip });
    if let Some(member) = aboard {
        return deeds::told("let-off", day.dispatcher.unboard(&escort(0), &key, trip, member.arrival).await);
    }
    let seen = Seen { party: party.id, version: None };
    deeds::told("unassign", day.dispatcher.unassign(&dispatching(), &key, seen, "no home there".into()).await)
}
