//! The rows of `stop` and `seat`, and the published estimate of a stop.

use crate::{Conn, Error, Json, Keys, Micros, veil};
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::notice::Notice;
use homeward_domain::trip::{Seat, Stop, StopStage, Trip};
use homeward_domain::{ArrivalId, ChangeId, PartyId, StopId, code};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct StopRow {
    id: Uuid,
    receiver: String,
    gate: String,
    stage: String,
    arrived_at: Option<Micros>,
    offered_at: Option<Micros>,
    handed_over_at: Option<Micros>,
    notice: Json<serde_json::Value>,
}

/// A seat as it stands; `change` where it is given up to the change only.
#[derive(sqlx::FromRow)]
pub(super) struct SeatRow {
    pub stop: Uuid,
    number: i64,
    arrival: Uuid,
    party: Uuid,
    boarded_at: Option<Micros>,
    pub handed_over_at: Option<Micros>,
    pub change: Option<Uuid>,
    via: Option<Uuid>,
    pub offered_at: Option<Micros>,
}

impl SeatRow {
    pub(super) fn seat(&self) -> Seat {
        Seat {
            number: self.number,
            arrival: ArrivalId::new(self.arrival),
            party: PartyId::new(self.party),
            boarded_at: self.boarded_at.map(Micros::at),
            via: self.via.map(ChangeId::new),
        }
    }
}

impl StopRow {
    fn open(mut self, keys: &Keys, seats: Vec<Seat>) -> Result<Stop, Error> {
        let notice: Notice = veil::read(keys, ("stop", "notice", self.id), self.notice.0.take())?;
        let corrupt = |column: &'static str| Error::corrupt("stop", column, self.id);
        Ok(Stop {
            id: StopId::new(self.id),
            receiver: code::Receiver::parse(&self.receiver).map_err(|_| corrupt("receiver"))?,
            gate: code::Gate::parse(&self.gate).map_err(|_| corrupt("gate"))?,
            stage: self.stage().ok_or_else(|| corrupt("stage"))?,
            notice,
            seats,
        })
    }

    fn stage(&self) -> Option<StopStage> {
        let [arrived, offered, handed_over] =
            [self.arrived_at, self.offered_at, self.handed_over_at].map(|at| at.map(Micros::at));
        match self.stage.as_str() {
            "expected" => Some(StopStage::Expected),
            "arrived" => Some(StopStage::Arrived { at: arrived? }),
            "offered" => Some(StopStage::Offered { arrived_at: arrived?, at: offered? }),
            "handed_over" => {
                Some(StopStage::HandedOver { arrived_at: arrived?, offered_at: offered?, at: handed_over? })
            }
            _ => None,
        }
    }
}

/// When the stage's three instants happened.
const fn instants(stage: StopStage) -> [Option<DateTime<Utc>>; 3] {
    match stage {
        StopStage::Expected => [None, None, None],
        StopStage::Arrived { at } => [Some(at), None, None],
        StopStage::Offered { arrived_at, at } => [Some(arrived_at), Some(at), None],
        StopStage::HandedOver { arrived_at, offered_at, at } => [Some(arrived_at), Some(offered_at), Some(at)],
    }
}

/// The halts with their seats, and the seats that end at a change.
pub(super) async fn of_trip(conn: &mut Conn, trip: Uuid) -> Result<(Vec<Stop>, Vec<SeatRow>), Error> {
    let stops: Vec<StopRow> = conn
        .sql(
            "select id, receiver, gate, stage, arrived_at, offered_at, handed_over_at, notice
             from stop where trip = $1 order by ordinal",
        )
        .bind(trip)
        .all()
        .await?;
    let seats: Vec<SeatRow> = conn
        .sql(
            "select stop, number, arrival, party, boarded_at, handed_over_at, change, via, offered_at
             from seat where trip = $1 order by number",
        )
        .bind(trip)
        .all()
        .await?;
    let (legs, seats): (Vec<SeatRow>, Vec<SeatRow>) = seats.into_iter().partition(|seat| seat.change.is_some());
    let keys = conn.keys();
    let with_seats = |stop: StopRow| {
        let mine = seats.iter().filter(|seat| seat.stop == stop.id).map(SeatRow::seat).collect();
        stop.open(keys, mine)
    };
    Ok((stops.into_iter().map(with_seats).collect::<Result<_, Error>>()?, legs))
}

/// How long a board keeps a row that was handed over, so that a squad sees what it just did.
pub const ROWS_STAY: TimeDelta = TimeDelta::hours(2);

/// Stops whose rows have been shown long enough, with their receivers; they are not named again.
pub async fn retire(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<(StopId, code::Receiver)>, Error> {
    let rows: Vec<(Uuid, String)> = conn
        .sql("update stop set shown_until = null where shown_until <= $1 returning id, receiver")
        .bind(Micros::from(now))
        .all()
        .await?;
    let stop = |(id, receiver): (Uuid, String)| {
        let receiver = code::Receiver::parse(&receiver).map_err(|_| Error::corrupt("stop", "receiver", id))?;
        Ok((StopId::new(id), receiver))
    };
    rows.into_iter().map(stop).collect()
}

/// Brings the rows to what the trip says: stops kept by id, seats written anew.
pub(super) async fn save_all(conn: &mut Conn, trip: &Trip) -> Result<(), Error> {
    let id = trip.id.uuid();
    conn.sql("delete from seat where trip = $1").bind(id).run().await?;
    let before: Vec<(Uuid,)> = conn.sql("select id from stop where trip = $1").bind(id).all().await?;
    for (gone,) in before.into_iter().filter(|(old,)| trip.stops.iter().all(|stop| stop.id.uuid() != *old)) {
        conn.sql("delete from stop where id = $1").bind(gone).run().await?;
    }
    for (ordinal, stop) in (0_i64..).zip(&trip.stops) {
        save(conn, trip, ordinal, stop).await?;
        let handed_over = instants(stop.stage)[2];
        for seat in &stop.seats {
            save_seat(conn, trip, seat, Ends { stop: stop.id, handed_over, change: None, offered: None }).await?;
        }
    }
    for change in &trip.changes {
        for rider in &change.riders {
            let (handed_over, offered) = (rider.passed_at, rider.offered_at);
            let ends = Ends { stop: rider.stop, handed_over, change: Some(change.id), offered };
            save_seat(conn, trip, &rider.seat, ends).await?;
        }
    }
    Ok(())
}

async fn save(conn: &mut Conn, trip: &Trip, ordinal: i64, stop: &Stop) -> Result<(), Error> {
    let [arrived, offered, handed_over] = instants(stop.stage).map(|at| at.map(Micros::from));
    let silent = stop.notice.acks.is_empty() && stop.notice.mustered_at.is_none() && stop.notice.escalated_at.is_none();
    let notice = Json(veil::document(conn.keys(), &stop.notice));
    let unanswered_until = (silent && handed_over.is_none()).then(|| Micros::from(stop.notice.deadline_at));
    conn.sql(
        "insert into stop (id, trip, ordinal, receiver, gate, place, stage, arrived_at, offered_at, handed_over_at, notice,
                           unanswered_until, shown_until)
         values ($1, $2, $3, $4, $5, (select jurisdiction from receiver where code = $4), $6, $7, $8, $9, $10, $11, $12)
         on conflict (id) do update set ordinal = excluded.ordinal, stage = excluded.stage, arrived_at = excluded.arrived_at,
             offered_at = excluded.offered_at, handed_over_at = excluded.handed_over_at, notice = excluded.notice,
             unanswered_until = excluded.unanswered_until,
             shown_until = case when stop.handed_over_at is null then excluded.shown_until else stop.shown_until end",
    )
    .bind(stop.id.uuid())
    .bind(trip.id.uuid())
    .bind(ordinal)
    .bind(stop.receiver.as_str())
    .bind(stop.gate.as_str())
    .bind(stop.stage.code())
    .bind(arrived)
    .bind(offered)
    .bind(handed_over)
    .bind(notice)
    .bind(unanswered_until)
    .bind(instants(stop.stage)[2].map(|at| Micros::from(at + ROWS_STAY)))
    .run()
    .await?;
    Ok(())
}

/// Where a seat ends: at a halt of its own trip, or at a change on the way to a halt of the next.
struct Ends {
    stop: StopId,
    handed_over: Option<DateTime<Utc>>,
    change: Option<ChangeId>,
    offered: Option<DateTime<Utc>>,
}

async fn save_seat(conn: &mut Conn, trip: &Trip, seat: &Seat, ends: Ends) -> Result<(), Error> {
    conn.sql(
        "insert into seat (trip, number, seats, stop, arrival, referred, party, boarded_at, handed_over_at, change, via,
                           offered_at)
         values ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $10, $11)",
    )
    .bind(trip.id.uuid())
    .bind(seat.number)
    .bind(trip.vehicle.seats)
    .bind(ends.stop.uuid())
    .bind(seat.arrival.uuid())
    .bind(seat.party.uuid())
    .bind(seat.boarded_at.map(Micros::from))
    .bind(ends.handed_over.map(Micros::from))
    .bind(ends.change.map(ChangeId::uuid))
    .bind(seat.via.map(ChangeId::uuid))
    .bind(ends.offered.map(Micros::from))
    .run()
    .await?;
    Ok(())
}

/// What the board was last told about a stop's arrival.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The published document, as the feed writes it.
    pub document: serde_json::Value,
    /// When it was published.
    pub at: DateTime<Utc>,
}

/// The published estimate of a stop.
pub async fn estimate(conn: &mut Conn, stop: StopId) -> Result<Option<Estimate>, Error> {
    let row: Option<(Option<Json<serde_json::Value>>, Option<Micros>)> =
        conn.sql("select eta, eta_at from stop where id = $1").bind(stop.uuid()).maybe().await?;
    Ok(match row {
        Some((Some(document), Some(at))) => Some(Estimate { document: document.0, at: at.at() }),
        _ => None,
    })
}

/// Publishes an estimate of a stop.
pub async fn set_estimate(conn: &mut Conn, stop: StopId, estimate: &Estimate) -> Result<(), Error> {
    conn.sql("update stop set eta = $2, eta_at = $3 where id = $1")
        .bind(stop.uuid())
        .bind(Json(&estimate.document))
        .bind(Micros::from(estimate.at))
        .run()
        .await?;
    Ok(())
}
