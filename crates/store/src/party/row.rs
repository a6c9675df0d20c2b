//! The row of `party`, both ways.

use super::car::SealedCar;
use crate::rows::Cell;
use crate::sealed::{seal, unseal};
use crate::{Conn, Error, Json, Micros, veil};
use chrono::NaiveDate;
use homeward_domain::disposition::Disposition;
use homeward_domain::party::{Flight, Member, Party, Transport};
use homeward_domain::private_car::{CarState, PrivateCar};
use homeward_domain::{FlightNumber, Invalid, Jurisdiction, PartyId, Personal, StopId, TripId, code};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) id: Uuid,
    label: String,
    desk: String,
    district: String,
    responsible: String,
    flight: String,
    origin: Option<String>,
    landed_on: String,
    languages: Json<Vec<String>>,
    address: Option<Vec<u8>>,
    decided: Json<serde_json::Value>,
    transport: String,
    trip: Option<Uuid>,
    stop: Option<Uuid>,
    car: Option<Vec<u8>>,
    registered_at: Micros,
    version: i64,
}

impl Row {
    pub(super) fn open(mut self, conn: &Conn, members: Vec<Member>) -> Result<Party, Error> {
        let id = self.id;
        let bad = |column: &'static str| move |_: Invalid| Error::corrupt("party", column, id);
        let address: Option<String> =
            self.address.as_deref().map(|sealed| unseal(conn, ("party", "address"), id, sealed)).transpose()?;
        let disposition: Disposition = veil::read(conn.keys(), ("party", "decided", id), self.decided.0.take())?;
        let landed_on: NaiveDate = self.landed_on.parse().map_err(|_| Error::corrupt("party", "landed_on", self.id))?;
        Ok(Party {
            id: PartyId::new(id),
            desk: code::Desk::parse(&self.desk).map_err(bad("desk"))?,
            district: Jurisdiction::parse(&self.district).map_err(bad("district"))?,
            responsible: Jurisdiction::parse(&self.responsible).map_err(bad("responsible"))?,
            flight: Flight {
                number: FlightNumber::parse(&self.flight).map_err(bad("flight"))?,
                origin: self.origin.clone(),
                landed_on,
            },
            address: address.map(Personal::new),
            transport: self.transport(conn)?,
            registered_at: self.registered_at.at(),
            label: self.label,
            languages: self.languages.0,
            members,
            disposition,
            version: self.version,
        })
    }

    fn transport(&self, conn: &Conn) -> Result<Transport, Error> {
        match (self.transport.as_str(), self.trip, self.stop, &self.car) {
            ("none", ..) => Ok(Transport::None),
            ("seats", Some(trip), Some(stop), _) => {
                Ok(Transport::Seats { trip: TripId::new(trip), stop: StopId::new(stop) })
            }
            ("car", _, _, Some(sealed)) => {
                let car: SealedCar = unseal(conn, ("party", "car"), self.id, sealed)?;
                Ok(Transport::Car(car.open()))
            }
            _ => Err(Error::corrupt("party", "transport", self.id)),
        }
    }
}

/// A new party's row, in the order in which it is written.
pub(super) fn of<'p>(conn: &Conn, party: &'p Party) -> [Cell<'p>; 24] {
    let columns = Columns::of(conn, party);
    let micros = |at: Option<Micros>| at.map(|at| at.at().timestamp_micros()).into();
    [
        party.id.uuid().into(),
        party.label.as_str().into(),
        party.desk.as_str().into(),
        party.district.as_str().into(),
        party.responsible.as_str().into(),
        party.flight.number.to_string().into(),
        party.flight.origin.as_deref().into(),
        party.flight.landed_on.to_string().into(),
        Cell::doc(&party.languages),
        columns.address.into(),
        party.disposition.code().into(),
        Cell::doc(&veil::document(conn.keys(), &party.disposition)),
        columns.receiver.into(),
        columns.gate.into(),
        columns.transport.into(),
        columns.trip.into(),
        columns.stop.into(),
        columns.car.into(),
        micros(columns.car_due_at),
        party.stage().code().into(),
        i64::from(party.closed()).into(),
        party.registered_at.timestamp_micros().into(),
        party.version.into(),
        micros(columns.answer_due_at),
    ]
}

/// The columns that are computed from the party.
pub(super) struct Columns {
    pub address: Option<Vec<u8>>,
    pub receiver: Option<String>,
    pub gate: Option<String>,
    pub transport: &'static str,
    pub trip: Option<Uuid>,
    pub stop: Option<Uuid>,
    pub car: Option<Vec<u8>>,
    pub car_due_at: Option<Micros>,
    pub answer_due_at: Option<Micros>,
}

impl Columns {
    pub(super) fn of(conn: &Conn, party: &Party) -> Self {
        let id = party.id.uuid();
        let bound_for = party.disposition.bound_for();
        let address = party.address.as_ref().map(|address| seal(conn, ("party", "address"), id, address.reveal()));
        let mut columns = Self {
            address,
            gate: bound_for.map(|(gate, _)| gate.as_str().to_owned()),
            receiver: bound_for.map(|(_, receiver)| receiver.as_str().to_owned()),
            transport: "none",
            trip: None,
            stop: None,
            car: None,
            car_due_at: None,
            answer_due_at: party.answer_due_at().map(Micros::from),
        };
        match &party.transport {
            Transport::None => {}
            Transport::Seats { trip, stop } => {
                (columns.transport, columns.trip, columns.stop) = ("seats", Some(trip.uuid()), Some(stop.uuid()));
            }
            Transport::Car(car) => {
                columns.transport = "car";
                columns.car = Some(seal(conn, ("party", "car"), id, &SealedCar::of(car)));
                columns.car_due_at = car_due_at(car);
            }
        }
        columns
    }
}

/// When the alarm is due; empty once it rang or the gate saw them.
fn car_due_at(car: &PrivateCar) -> Option<Micros> {
    match car.state {
        CarState::Released { expected_at, alarmed_at: None, .. } => {
            Some(Micros::from(expected_at + PrivateCar::MARGIN))
        }
        _ => None,
    }
}
