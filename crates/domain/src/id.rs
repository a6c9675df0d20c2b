//! Typed ids: a trip is not an arrival. Only `dispatch` may make new ones (UUIDv7, RFC 9562).

use crate::Invalid;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an id made by `dispatch` or read from the store.
            #[must_use]
            pub const fn new(id: Uuid) -> Self { Self(id) }

            /// The bare UUID, for the store and the wire.
            #[must_use]
            pub const fn uuid(self) -> Uuid { self.0 }

            /// Reads the hyphenated form.
            pub fn parse(text: &str) -> Result<Self, Invalid> {
                Uuid::try_parse(text).map(Self).map_err(|_| Invalid::new("not-an-id", "send the id as it was given to you"))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
    )+};
}

ids! {
    /// One sign-in of one person who works here.
    AccountId,
    /// One entry of one person.
    ArrivalId,
    /// One phone that tells where a vehicle is.
    DeviceId,
    /// One person who drives vehicles of a district.
    DriverId,
    /// One time that a gate is closed.
    GateClosureId,
    /// One meeting of two vehicles where people pass from the one to the other.
    ChangeId,
    /// People who travel together and are never split unsaid.
    PartyId,
    /// What an operator said of the roads, once.
    RoadWordId,
    /// One browser or program that is signed in.
    SessionId,
    /// One halt of a trip at one gate.
    StopId,
    /// The same person over several arrivals.
    TravellerId,
    /// One journey of one vehicle.
    TripId,
    /// One dedicated vehicle.
    VehicleId,
}
