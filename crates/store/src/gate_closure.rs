//! When gates are closed, by whom and why, and who opened them early.

use crate::veil::Veiled;
use crate::{Conn, Error, Keys, Micros, spell};
use chrono::{DateTime, Utc};
use homeward_domain::gate::GateClosure;
use homeward_domain::spell::Ended;
use homeward_domain::{AccountId, GateClosureId, code};
use uuid::Uuid;

/// More closures than this do not stand at once.
const CLOSURES_MAX: i64 = 2_000;

#[derive(sqlx::FromRow)]
struct Columns {
    id: Uuid,
    gate: String,
    #[sqlx(flatten)]
    spell: spell::Columns,
}

impl Columns {
    fn closure(self, keys: &Keys) -> Result<GateClosure, Error> {
        let gate = code::Gate::parse(&self.gate);
        Ok(GateClosure {
            id: GateClosureId::new(self.id),
            gate: gate.map_err(|_| Error::corrupt("gate_closure", "gate", self.id))?,
            spell: self.spell.open(keys)?,
        })
    }
}

/// Writes a new one.
pub async fn insert(conn: &mut Conn, closure: &GateClosure, account: AccountId) -> Result<(), Error> {
    let [reason, by] = [&closure.spell.reason, &closure.spell.by].map(|said| Veiled::of(conn.keys(), said));
    conn.sql(
        "insert into gate_closure (id, gate, begins, ends, reason, said_by, account, said_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(closure.id.uuid())
    .bind(closure.gate.as_str())
    .bind(Micros::from(closure.spell.begins))
    .bind(Micros::from(closure.spell.ends))
    .bind(reason)
    .bind(by)
    .bind(account.uuid())
    .bind(Micros::from(closure.spell.at))
    .run()
    .await?;
    Ok(())
}

/// Those of which something lies ahead, the earliest first.
pub async fn standing(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<GateClosure>, Error> {
    let rows: Vec<Columns> = conn
        .sql(
            "select id, gate, begins, ends, reason, said_by, said_at, ended_by, ended_at from gate_closure
             where ends > $1 and ended_at is null order by begins, id limit $2",
        )
        .bind(Micros::from(now))
        .bind(CLOSURES_MAX)
        .all()
        .await?;
    rows.into_iter().map(|row| row.closure(conn.keys())).collect()
}

/// One of them.
pub async fn load(conn: &mut Conn, id: GateClosureId) -> Result<Option<GateClosure>, Error> {
    let row: Option<Columns> = conn
        .sql(
            "select id, gate, begins, ends, reason, said_by, said_at, ended_by, ended_at from gate_closure
             where id = $1",
        )
        .bind(id.uuid())
        .maybe()
        .await?;
    row.map(|row| row.closure(conn.keys())).transpose()
}

/// Opens the gate early.
pub async fn end(conn: &mut Conn, id: GateClosureId, ended: &Ended) -> Result<(), Error> {
    let by = Veiled::of(conn.keys(), &ended.by);
    conn.sql("update gate_closure set ended_by = $2, ended_at = $3 where id = $1")
        .bind(id.uuid())
        .bind(by)
        .bind(Micros::from(ended.at))
        .run()
        .await?;
    Ok(())
}

/// The open trips that come to a gate.
pub async fn trips(conn: &mut Conn, gate: &code::Gate) -> Result<Vec<homeward_domain::TripId>, Error> {
    let rows: Vec<(Uuid,)> = conn
        .sql(
            "select distinct trip.id from trip join stop on stop.trip = trip.id
             where trip.state in ('planned', 'boarding', 'en_route') and stop.gate = $1 order by trip.id",
        )
        .bind(gate.as_str())
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| homeward_domain::TripId::new(id)).collect())
}
