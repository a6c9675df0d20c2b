//! Reference data for whoever is signed in, and whether the register answers at all.

use crate::{Dispatcher, Halt};
use homeward_domain::trip::Trip;
use homeward_domain::{Point, StopId};
use homeward_store::reference as rows;
pub use homeward_store::reference::{Desk, Gate, Name, Place, Receiver, RelayPoint};

/// Everything a form offers to choose from.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The tree, parents first.
    pub places: Vec<Place>,
    /// Airport desks.
    pub desks: Vec<Desk>,
    /// Communities and sites.
    pub receivers: Vec<Receiver>,
    /// Their gates.
    pub gates: Vec<Gate>,
    /// Where buses hand people to vans.
    pub relay_points: Vec<RelayPoint>,
}

impl Dispatcher {
    /// The reference data as it is now.
    pub async fn reference(&self) -> Result<Reference, Halt> {
        let mut reader = self.store.read().await?;
        let conn = reader.conn();
        Ok(Reference {
            places: rows::jurisdictions(conn).await?,
            desks: rows::desks(conn).await?,
            receivers: rows::receivers(conn).await?,
            gates: rows::gates(conn).await?,
            relay_points: rows::relay_points(conn).await?,
        })
    }

    /// Where the gates of a trip are, in driving order.
    pub async fn places_of(&self, trip: &Trip) -> Result<Vec<(StopId, Point)>, Halt> {
        let mut reader = self.store.read().await?;
        let mut places = Vec::with_capacity(trip.stops.len());
        for stop in &trip.stops {
            let gate = rows::gate_of(reader.conn(), &stop.gate).await?;
            places.extend(gate.map(|gate| (stop.id, gate.location)));
        }
        Ok(places)
    }

    /// Whether the register answers.
    pub async fn healthy(&self) -> Result<(), Halt> {
        homeward_store::set_up::done(self.store.read().await?.conn()).await?;
        Ok(())
    }
}
