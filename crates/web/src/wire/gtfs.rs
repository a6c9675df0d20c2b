//! GTFS-Realtime 2.0 as it lies on the wire: the messages of the public `gtfs-realtime.proto` (proto2) with the fields we
//! fill, and no other. What the field numbers mean stands there; `tests/journeys/gtfs.rs` reads our bytes by its own rules.

mod fill;

pub(crate) use fill::message;

use prost::{Enumeration, Message};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// A whole answer.
#[derive(Clone, PartialEq, Message, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FeedMessage {
    #[prost(message, required, tag = "1")]
    pub header: FeedHeader,
    #[prost(message, repeated, tag = "2")]
    pub entity: Vec<FeedEntity>,
}

/// What it is, and when it was made.
#[derive(Clone, PartialEq, Message, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FeedHeader {
    #[prost(string, required, tag = "1")]
    pub gtfs_realtime_version: String,
    #[prost(enumeration = "Incrementality", optional, tag = "2")]
    #[serde(serialize_with = "word::<Incrementality, _, _>")]
    #[schema(value_type = String)]
    pub incrementality: Option<i32>,
    #[prost(uint64, optional, tag = "3")]
    pub timestamp: Option<u64>,
}

/// One fact about a trip: either its arrivals or where it is.
#[derive(Clone, PartialEq, Message, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FeedEntity {
    #[prost(string, required, tag = "1")]
    pub id: String,
    #[prost(message, optional, tag = "3")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trip_update: Option<TripUpdate>,
    #[prost(message, optional, tag = "4")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vehicle: Option<VehiclePosition>,
}

/// When a trip reaches its stops.
#[derive(Clone, PartialEq, Message, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TripUpdate {
    #[prost(message, required, tag = "1")]
    pub trip: TripDescriptor,
    #[prost(message, optional, tag = "3")]
    pub vehicle: Option<VehicleDescriptor>,
    #[prost(message, repeated, tag = "2")]
    pub stop_time_update: Vec<StopTimeUpdate>,
    #[prost(uint64, optional, tag = "4")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<u64>,
}

/// Which trip.
#[derive(Clone, PartialEq, Message, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TripDescriptor {
    #[prost(string, optional, tag = "1")]
    pub trip_id: Option<String>,
    #[prost(enumeration = "TripRelationship", optional, tag = "4")]
    #[serde(serialize_with = "word::<TripRelationship, _, _>")]
    #[schema(value_type = String)]
    pub schedule_relationship: Option<i32>,
}

/// Which vehicle: a number without a meaning. Its name and its plate stay inside.
#[derive(Clone, PartialEq, Message, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VehicleDescriptor {
    #[prost(string, optional, tag = "1")]
    pub id: Option<String>,
}

/// When it reaches one stop.
#[derive(Clone, PartialEq, Message, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StopTimeUpdate {
    #[prost(uint32, optional, tag = "1")]
    pub stop_sequence: Option<u32>,
    #[prost(string, optional, tag = "4")]
    pub stop_id: Option<String>,
    #[prost(message, optional, tag = "2")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrival: Option<StopTimeEvent>,
    #[prost(enumeration = "StopRelationship", optional, tag = "5")]
    #[serde(serialize_with = "word::<StopRelationship, _, _>")]
    #[schema(value_type = String)]
    pub schedule_relationship: Option<i32>,
}

/// An instant in seconds since 1970, and the width of the range around it in seconds; 0 where it happened.
#[derive(Clone, PartialEq, Message, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StopTimeEvent {
    #[prost(int64, optional, tag = "2")]
    pub time: Option<i64>,
    #[prost(int32, optional, tag = "3")]
    pub uncertainty: Option<i32>,
}

/// Where a vehicle is.
#[derive(Clone, PartialEq, Message, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VehiclePosition {
    #[prost(message, optional, tag = "1")]
    pub trip: Option<TripDescriptor>,
    #[prost(message, optional, tag = "8")]
    pub vehicle: Option<VehicleDescriptor>,
    #[prost(message, optional, tag = "2")]
    pub position: Option<Position>,
    #[prost(uint32, optional, tag = "3")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_stop_sequence: Option<u32>,
    #[prost(string, optional, tag = "7")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_id: Option<String>,
    #[prost(enumeration = "VehicleStopStatus", optional, tag = "4")]
    #[serde(serialize_with = "word::<VehicleStopStatus, _, _>", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub current_status: Option<i32>,
    #[prost(uint64, optional, tag = "5")]
    pub timestamp: Option<u64>,
}

/// WGS-84 degrees.
#[derive(Clone, PartialEq, Message, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Position {
    #[prost(float, required, tag = "1")]
    pub latitude: f32,
    #[prost(float, required, tag = "2")]
    pub longitude: f32,
}

/// `FeedHeader.Incrementality`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enumeration)]
#[repr(i32)]
pub(crate) enum Incrementality {
    FullDataset = 0,
}

/// `TripDescriptor.ScheduleRelationship`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enumeration)]
#[repr(i32)]
pub(crate) enum TripRelationship {
    Scheduled = 0,
    Added = 1,
}

/// `TripUpdate.StopTimeUpdate.ScheduleRelationship`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enumeration)]
#[repr(i32)]
pub(crate) enum StopRelationship {
    Scheduled = 0,
    NoData = 2,
}

/// `VehiclePosition.VehicleStopStatus`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enumeration)]
#[repr(i32)]
pub(crate) enum VehicleStopStatus {
    IncomingAt = 0,
    StoppedAt = 1,
    InTransitTo = 2,
}

/// A value of an enumeration by its name in the public definition.
trait Named: TryFrom<i32> {
    fn name(self) -> &'static str;
}

macro_rules! named {
    ($($kind:ident { $($value:ident = $name:literal),+ })+) => {$(
        impl Named for $kind {
            fn name(self) -> &'static str {
                match self { $(Self::$value => $name),+ }
            }
        }
    )+};
}
named! {
    Incrementality { FullDataset = "FULL_DATASET" }
    TripRelationship { Scheduled = "SCHEDULED", Added = "ADDED" }
    StopRelationship { Scheduled = "SCHEDULED", NoData = "NO_DATA" }
    VehicleStopStatus { IncomingAt = "INCOMING_AT", StoppedAt = "STOPPED_AT", InTransitTo = "IN_TRANSIT_TO" }
}

fn word<E: Named, V: Copy + Into<Option<i32>>, S: Serializer>(value: &V, out: S) -> Result<S::Ok, S::Error> {
    let value = (*value).into().and_then(|value| E::try_from(value).ok());
    value.map(E::name).serialize(out)
}
