//! The row of `trip`, opened.

use crate::sealed::unseal;
use crate::veil::{self, Veiled, opened};
use crate::{Conn, Error, Json, Micros};
use homeward_domain::trip::change::{Breakdown, Change};
use homeward_domain::trip::{Driver, Order, State, Stop, Trip, Vehicle};
use homeward_domain::{AccountId, DriverId, Jurisdiction, Personal, TripId, VehicleId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// What lies sealed in `trip.driver`, and in `driver.person`.
#[derive(Serialize, Deserialize)]
pub(crate) struct SealedDriver {
    pub name: String,
    pub phone: String,
}

impl SealedDriver {
    pub(super) fn of(driver: &Driver) -> Self {
        Self { name: driver.name.reveal().clone(), phone: driver.phone.reveal().clone() }
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    district: String,
    vehicle: Uuid,
    vehicle_name: String,
    seats: i64,
    plate: Option<String>,
    driver: Option<Vec<u8>>,
    driver_id: Option<Uuid>,
    departs_at: Micros,
    state: String,
    state_at: Option<Micros>,
    departed_at: Option<Micros>,
    head_count: Option<i64>,
    cancelled_because: Option<Veiled>,
    broken_at: Option<Micros>,
    broken_because: Option<Veiled>,
    broken_by: Option<Veiled>,
    ordered: Option<Json<Value>>,
    version: i64,
}

impl Row {
    pub(super) fn open(
        self,
        conn: &Conn,
        escorts: Vec<AccountId>,
        (stops, changes): (Vec<Stop>, Vec<Change>),
    ) -> Result<Trip, Error> {
        let sealed: Option<SealedDriver> =
            self.driver.as_deref().map(|sealed| unseal(conn, ("trip", "driver"), self.id, sealed)).transpose()?;
        let place = ("trip", "ordered", self.id);
        let order: Option<Order> =
            self.ordered.clone().map(|order| veil::read(conn.keys(), place, order.0)).transpose()?;
        Ok(Trip {
            id: TripId::new(self.id),
            state: self.state(conn)?,
            breakdown: self.breakdown(conn)?,
            district: Jurisdiction::parse(&self.district).map_err(|_| Error::corrupt("trip", "district", self.id))?,
            vehicle: Vehicle { id: VehicleId::new(self.vehicle), name: self.vehicle_name, seats: self.seats },
            plate: self.plate,
            driver: sealed.map(|it| Driver {
                id: self.driver_id.map(DriverId::new),
                name: Personal::new(it.name),
                phone: Personal::new(it.phone),
            }),
            escorts,
            departs_at: self.departs_at.at(),
            stops,
            changes,
            order,
            version: self.version,
        })
    }

    fn breakdown(&self, conn: &Conn) -> Result<Option<Breakdown>, Error> {
        let [reason, by] = [&self.broken_because, &self.broken_by].map(|said| opened(conn.keys(), said.clone()));
        let (reason, by) = (reason?.unwrap_or_default(), by?.unwrap_or_default());
        Ok(self.broken_at.map(|at| Breakdown { at: at.at(), reason, by }))
    }

    fn state(&self, conn: &Conn) -> Result<State, Error> {
        let (at, departed) = (self.state_at.map(Micros::at), self.departed_at.map(Micros::at));
        match (self.state.as_str(), at, departed) {
            ("planned", ..) => Ok(State::Planned),
            ("boarding", Some(since), _) => Ok(State::Boarding { since }),
            ("en_route", _, Some(departed_at)) => {
                let head_count = self.head_count.ok_or_else(|| Error::corrupt("trip", "head_count", self.id))?;
                Ok(State::EnRoute { departed_at, head_count })
            }
            ("completed", Some(at), Some(departed_at)) => Ok(State::Completed { departed_at, at }),
            ("cancelled", Some(at), _) => {
                let reason = opened(conn.keys(), self.cancelled_because.clone())?;
                Ok(State::Cancelled { at, reason: reason.unwrap_or_default() })
            }
            _ => Err(Error::corrupt("trip", "state", self.id)),
        }
    }
}
