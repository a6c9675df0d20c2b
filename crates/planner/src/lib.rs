//! Who could ride with whom: for one party, every trip with what it would cost, ranked. It proposes, it never acts.
//!
//! Pure and deterministic; knows seats, wheelchair places and straight lines, not clocks, roads or names. The plan for
//! many parties at once is not here yet.
//!
//! ```
//! use homeward_domain::Point;
//! use homeward_planner::{Party, Reason, Trip, propose};
//! let gate = Point::parse(31.219, 121.501)?;
//! let party = Party { people: 3, wheelchairs: 0, luggage: 4, destination: gate };
//! let trip = |id, free_seats| Trip {
//!     id,
//!     free_seats,
//!     wheelchair_places_free: 0,
//!     stops: vec![gate],
//!     origin: Point::parse(31.151, 121.801).expect("the airport"),
//!     departs_at: 0,
//! };
//! let proposals = propose(&party, &[trip('a', 2), trip('b', 5)]);
//! assert_eq!((proposals[0].trip, proposals[0].reason), ('b', Reason::SameGate));
//! assert_eq!((proposals[1].fits, proposals[1].reason), (false, Reason::VehicleFull { free: 2, needed: 3 }));
//! # Ok::<(), homeward_domain::Invalid>(())
//! ```

mod insertion;
mod propose;

pub use insertion::{Insertion, SAME_GATE_METRES, cheapest_insertion, way_km};
pub use propose::{Party, Position, Proposal, Reason, STOPS_MAX, Trip, propose};
