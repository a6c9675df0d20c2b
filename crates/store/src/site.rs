//! Observation sites: rooms and who holds them. Occupancy is derived from the holds that are not released.

pub mod closure;
mod lodging;
pub mod opened;
pub mod out_of_use;

pub use lodging::{Guest, Lodging, due, due_now, keep_until, lodgings, moved_in_at};

use crate::sealed::seal;
use crate::veil::Veiled;
use crate::{Conn, Error, Keys, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::site::{Closure, Leaving, Room, RoomKind, Site, in_order};
use homeward_domain::{PartyId, code};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct RoomRow {
    number: String,
    kind: String,
    beds: i64,
    party: Option<Uuid>,
    #[sqlx(flatten)]
    out: OutColumns,
}

/// Why something is out of use; nothing while it is in use.
#[derive(sqlx::FromRow)]
pub(crate) struct OutColumns {
    reason: Option<Veiled>,
    closed_by: Option<Veiled>,
    closed_at: Option<Micros>,
}

impl OutColumns {
    pub fn closure(self, keys: &Keys) -> Result<Option<Closure>, Error> {
        let Some(((reason, by), at)) = self.reason.zip(self.closed_by).zip(self.closed_at) else { return Ok(None) };
        Ok(Some(Closure { reason: reason.open(keys)?, by: by.open(keys)?, at: at.at() }))
    }
}

/// The site with its rooms; `None` if the receiver is not a site.
pub async fn load(conn: &mut Conn, receiver: &code::Receiver) -> Result<Option<Site>, Error> {
    let gate: Option<(String,)> = conn
        .sql(
            "select gate.code from gate join receiver on receiver.code = gate.receiver
             where receiver.code = $1 and receiver.kind = 'site' order by gate.code limit 1",
        )
        .bind(receiver.as_str())
        .maybe()
        .await?;
    let Some((gate,)) = gate else { return Ok(None) };
    let gate = code::Gate::parse(&gate).map_err(|_| Error::corrupt("gate", "code", &gate))?;
    let rows: Vec<RoomRow> = conn
        .sql(
            "select room.number, room.kind, room.beds, hold.party, gone.reason, gone.closed_by, gone.closed_at from room
             left join hold on hold.site = room.site and hold.number = room.number and hold.released_at is null
             left join room_closure as gone on gone.site = room.site and gone.number = room.number and gone.opened_at is null
             where room.site = $1",
        )
        .bind(receiver.as_str())
        .all()
        .await?;
    let mut rooms = rows.into_iter().map(|row| room(conn.keys(), row)).collect::<Result<Vec<Room>, Error>>()?;
    rooms.sort_by(|one, other| in_order(&one.number, &other.number));
    let closed = closure::of(conn, receiver).await?;
    Ok(Some(Site { receiver: receiver.clone(), gate, closed, rooms }))
}

fn room(keys: &Keys, RoomRow { number, kind, beds, party, out }: RoomRow) -> Result<Room, Error> {
    let kind = kind_of(&kind, &number)?;
    Ok(Room { number, kind, beds, held_by: party.map(PartyId::new), out: out.closure(keys)? })
}

fn kind_of(code: &str, number: &str) -> Result<RoomKind, Error> {
    RoomKind::of_code(code).ok_or_else(|| Error::corrupt("room", "kind", number))
}

/// Holds a room for a party, as long as a hold stands. The room must be free, in use, and have the beds: `room_held_once`,
/// `room_out_of_use`, `beds_not_overfilled`. Who takes a room out of use and who holds it write in turn, so that the statement
/// sees whatever came before.
pub async fn hold(
    conn: &mut Conn,
    id: Uuid,
    (site, room): (&code::Receiver, &Room),
    (party, people): (PartyId, i64),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let held = conn
        .sql(
            "insert into hold (id, site, number, beds, people, party, held_at, expires_at)
             select $1, $2, $3, $4, $5, $6, $7, $8
             where not exists (select 1 from room_closure where site = $2 and number = $3 and opened_at is null)",
        )
        .bind(id)
        .bind(site.as_str())
        .bind(&room.number)
        .bind(room.beds)
        .bind(people)
        .bind(party.uuid())
        .bind(Micros::from(now))
        .bind(Micros::from(Site::hold_stands_until(now, None)))
        .run()
        .await?;
    if held == 0 { Err(Error::Conflict { constraint: "room_out_of_use".into() }) } else { Ok(()) }
}

/// Lets go of whatever rooms the party holds.
pub async fn release(conn: &mut Conn, party: PartyId, now: DateTime<Utc>) -> Result<(), Error> {
    conn.sql("update hold set released_at = $2 where party = $1 and released_at is null")
        .bind(party.uuid())
        .bind(Micros::from(now))
        .run()
        .await?;
    Ok(())
}

/// The party moved into the rooms it holds.
pub async fn occupy(conn: &mut Conn, party: PartyId, now: DateTime<Utc>) -> Result<(), Error> {
    conn.sql("update hold set occupied_at = $2 where party = $1 and released_at is null")
        .bind(party.uuid())
        .bind(Micros::from(now))
        .run()
        .await?;
    Ok(())
}

/// The party leaves the rooms it lives in; whether it lived in any.
pub async fn discharge(conn: &mut Conn, party: PartyId, leaving: &Leaving, now: DateTime<Utc>) -> Result<bool, Error> {
    let living: Vec<(Uuid,)> = conn
        .sql("select id from hold where party = $1 and occupied_at is not null and released_at is null")
        .bind(party.uuid())
        .all()
        .await?;
    for (id,) in &living {
        let note = leaving.note().map(|note| seal(conn, ("hold", "left_note"), *id, note.reveal()));
        conn.sql("update hold set released_at = $2, left_because = $3, left_note = $4 where id = $1")
            .bind(*id)
            .bind(Micros::from(now))
            .bind(leaving.because().code())
            .bind(note)
            .run()
            .await?;
    }
    Ok(!living.is_empty())
}

/// Since when rooms wait for a party, and how many; `None` if none does.
pub async fn waits_since(conn: &mut Conn, party: PartyId) -> Result<Option<(DateTime<Utc>, i64)>, Error> {
    let (since, rooms): (Option<Micros>, i64) = conn
        .sql("select min(held_at), count(*) from hold where party = $1 and released_at is null and occupied_at is null")
        .bind(party.uuid())
        .one()
        .await?;
    Ok(since.map(|since| (since.at(), rooms)))
}

/// Beds of a site, counted from its rooms and holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beds {
    /// All beds.
    pub capacity: i64,
    /// Beds in rooms that wait for a party.
    pub held: i64,
    /// Beds in rooms a party lives in.
    pub occupied: i64,
    /// Beds in rooms that are out of use and that nobody has.
    pub out: i64,
    /// Rooms that are out of use, whoever has them.
    pub rooms_out: i64,
}

/// The numbers of one site.
pub async fn beds(conn: &mut Conn, receiver: &code::Receiver) -> Result<Beds, Error> {
    let (capacity, held, occupied, out, rooms_out): (i64, i64, i64, i64, i64) = conn
        .sql(
            "select cast(coalesce(sum(room.beds), 0) as bigint),
                    cast(coalesce(sum(case when hold.id is not null and hold.occupied_at is null then room.beds else 0 end), 0) as bigint),
                    cast(coalesce(sum(case when hold.occupied_at is not null then room.beds else 0 end), 0) as bigint),
                    cast(coalesce(sum(case when hold.id is null and gone.id is not null then room.beds else 0 end), 0) as bigint),
                    count(gone.id)
             from room
             left join hold on hold.site = room.site and hold.number = room.number and hold.released_at is null
             left join room_closure as gone on gone.site = room.site and gone.number = room.number and gone.opened_at is null
             where room.site = $1",
        )
        .bind(receiver.as_str())
        .one()
        .await?;
    Ok(Beds { capacity, held, occupied, out, rooms_out })
}
