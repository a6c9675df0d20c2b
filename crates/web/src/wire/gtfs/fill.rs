//! From open trips to a GTFS-Realtime message. Which words of the standard stand for what of ours is decided here.

use super::{
    FeedEntity, FeedHeader, FeedMessage, Incrementality, Position, StopRelationship, StopTimeEvent, StopTimeUpdate,
    TripDescriptor, TripRelationship, TripUpdate, VehicleDescriptor, VehiclePosition, VehicleStopStatus,
};
use chrono::{DateTime, Utc};
use homeward_dispatch::{OpenStop, OpenTrip, Reached};

/// Everything there is: the standard's full dataset, as of `now`.
pub(crate) fn message(trips: &[OpenTrip], now: DateTime<Utc>) -> FeedMessage {
    let header = FeedHeader {
        gtfs_realtime_version: "2.0".to_owned(),
        incrementality: Some(Incrementality::FullDataset.into()),
        timestamp: Some(seconds(now)),
    };
    let entity = trips.iter().flat_map(|trip| std::iter::once(arrivals(trip)).chain(whereabouts(trip))).collect();
    FeedMessage { header, entity }
}

fn arrivals(trip: &OpenTrip) -> FeedEntity {
    let mut earliest = DateTime::UNIX_EPOCH;
    let stop_time_update = (1..).zip(&trip.stops).map(|(place, stop)| halt(place, stop, &mut earliest)).collect();
    let update = TripUpdate {
        trip: descriptor(trip),
        vehicle: Some(vehicle(trip)),
        stop_time_update,
        timestamp: trip.stops.iter().filter_map(|stop| measured_at(stop.reached)).max().map(seconds),
    };
    FeedEntity { id: format!("{}-arrivals", trip.trip), trip_update: Some(update), vehicle: None }
}

/// No vehicle is at a later stop before it was at an earlier one. The boards' estimates are published stop by stop and may
/// cross by a minute for a moment; the standard calls that an error, so the later one is lifted to the `earliest` possible.
fn halt(place: u32, stop: &OpenStop, earliest: &mut DateTime<Utc>) -> StopTimeUpdate {
    let event = |at: DateTime<Utc>, uncertainty| StopTimeEvent { time: Some(at.timestamp()), uncertainty };
    let arrival = match stop.reached {
        Reached::At(at) => {
            *earliest = at;
            Some(event(at, Some(0)))
        }
        Reached::Expected { p10, p50, p90, .. } => {
            *earliest = p50.max(*earliest);
            Some(event(*earliest, i32::try_from((p90 - p10).num_seconds()).ok()))
        }
        Reached::Unknown => None,
    };
    let relationship = if arrival.is_some() { StopRelationship::Scheduled } else { StopRelationship::NoData };
    StopTimeUpdate {
        stop_sequence: Some(place),
        stop_id: Some(stop.gate.to_string()),
        arrival,
        schedule_relationship: Some(relationship.into()),
    }
}

fn whereabouts(trip: &OpenTrip) -> Option<FeedEntity> {
    let position = trip.position?;
    let next = (1..).zip(&trip.stops).find(|(_, stop)| !stop.left);
    let status = |stop: &OpenStop| match stop.reached {
        Reached::At(_) => VehicleStopStatus::StoppedAt,
        Reached::Expected { .. } | Reached::Unknown => VehicleStopStatus::InTransitTo,
    };
    #[expect(clippy::cast_possible_truncation, reason = "the standard's single precision: half a metre")]
    let (latitude, longitude) = (position.point.lat() as f32, position.point.lon() as f32);
    let vehicle = VehiclePosition {
        trip: Some(descriptor(trip)),
        vehicle: Some(vehicle(trip)),
        position: Some(Position { latitude, longitude }),
        current_stop_sequence: next.map(|(place, _)| place),
        stop_id: next.map(|(_, stop)| stop.gate.to_string()),
        current_status: next.map(|(_, stop)| status(stop).into()),
        timestamp: Some(seconds(position.at)),
    };
    Some(FeedEntity { id: format!("{}-position", trip.trip), trip_update: None, vehicle: Some(vehicle) })
}

/// There is no timetable, so no trip is in it: `ADDED` is what the standard has for that, because `UNSCHEDULED` is kept for
/// trips by frequency and `NEW` is not known to readers of version 2.0.
fn descriptor(trip: &OpenTrip) -> TripDescriptor {
    TripDescriptor { trip_id: Some(trip.trip.to_string()), schedule_relationship: Some(TripRelationship::Added.into()) }
}

fn vehicle(trip: &OpenTrip) -> VehicleDescriptor {
    VehicleDescriptor { id: Some(trip.vehicle.to_string()) }
}

fn measured_at(reached: Reached) -> Option<DateTime<Utc>> {
    match reached {
        Reached::At(at) | Reached::Expected { as_of: at, .. } => Some(at),
        Reached::Unknown => None,
    }
}

fn seconds(at: DateTime<Utc>) -> u64 {
    u64::try_from(at.timestamp()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use homeward_domain::{TripId, VehicleId, code};
    use prost::Message;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn stop(reached: Reached) -> OpenStop {
        OpenStop { gate: code::Gate::parse("huangpu-xdm-qiaojia-g1").expect("a code"), reached, left: false }
    }

    fn times(stops: Vec<OpenStop>) -> Vec<Option<(i64, i32)>> {
        let (trip, vehicle) = (TripId::new(uuid::Uuid::from_u128(1)), VehicleId::new(uuid::Uuid::from_u128(2)));
        let message = message(&[OpenTrip { trip, vehicle, stops, position: None }], at(0));
        let again = FeedMessage::decode(message.encode_to_vec().as_slice()).expect("our own bytes");
        assert_eq!(again, message);
        let update = again.entity[0].trip_update.clone().expect("arrivals");
        let event =
            |it: StopTimeUpdate| it.arrival.map(|it| (it.time.expect("a time"), it.uncertainty.expect("a width")));
        update.stop_time_update.into_iter().map(event).collect()
    }

    #[test]
    fn what_happened_is_certain_and_a_later_stop_is_never_earlier() {
        let guess = |p50| Reached::Expected { p10: at(p50 - 3), p50: at(p50), p90: at(p50 + 7), as_of: at(0) };
        let found = times(vec![stop(Reached::At(at(5))), stop(guess(30)), stop(guess(29)), stop(Reached::Unknown)]);
        assert_eq!(found, [Some((300, 0)), Some((1800, 600)), Some((1800, 600)), None]);
    }
}
