//! Every room of a site with who waits for it or lives in it; and the holds that have waited too long.

use super::{OutColumns, kind_of};
use crate::{Conn, Error, Keys, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::site::{Closure, RoomKind, in_order};
use homeward_domain::{PartyId, code};
use uuid::Uuid;

/// A room and its use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lodging {
    /// As painted on the door.
    pub room: String,
    /// How it can be used.
    pub kind: RoomKind,
    /// Beds in it.
    pub beds: i64,
    /// Who has it.
    pub guest: Option<Guest>,
    /// Why nobody new gets it.
    pub out: Option<Closure>,
}

/// A party that has a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// Which party.
    pub party: PartyId,
    /// What people call it.
    pub label: String,
    /// Its version, for a write that must not be late.
    pub version: i64,
    /// How many they are.
    pub people: i64,
    /// Whether somebody of it left the desk: the room waits for whoever is on the way.
    pub set_out: bool,
    /// Since when the room is theirs.
    pub held_at: DateTime<Utc>,
    /// Until when it waits for them, while they have not set out.
    pub expires_at: Option<DateTime<Utc>>,
    /// When they moved in.
    pub moved_in_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct Row {
    number: String,
    kind: String,
    beds: i64,
    party: Option<Uuid>,
    label: Option<String>,
    version: Option<i64>,
    people: Option<i64>,
    gone: i64,
    held_at: Option<Micros>,
    expires_at: Option<Micros>,
    occupied_at: Option<Micros>,
    #[sqlx(flatten)]
    out: OutColumns,
}

impl Row {
    fn open(self, keys: &Keys) -> Result<Lodging, Error> {
        let set_out = self.gone > 0;
        let guest = match (self.party, self.label, self.version, self.people, self.held_at) {
            (Some(party), Some(label), Some(version), Some(people), Some(held_at)) => Some(Guest {
                party: PartyId::new(party),
                label,
                version,
                people,
                set_out,
                held_at: held_at.at(),
                expires_at: self.expires_at.filter(|_| !set_out).map(Micros::at),
                moved_in_at: self.occupied_at.map(Micros::at),
            }),
            _ => None,
        };
        let kind = kind_of(&self.kind, &self.number)?;
        Ok(Lodging { kind, room: self.number, beds: self.beds, guest, out: self.out.closure(keys)? })
    }
}

/// The rooms of a site, as their doors stand.
pub async fn lodgings(conn: &mut Conn, site: &code::Receiver) -> Result<Vec<Lodging>, Error> {
    let rows: Vec<Row> = conn
        .sql(
            "select room.number, room.kind, room.beds, hold.party, party.label, party.version,
                    (select count(*) from arrival where arrival.party = hold.party) as people,
                    (select count(*) from arrival where arrival.party = hold.party and holder <> 'desk') as gone,
                    hold.held_at, hold.expires_at, hold.occupied_at, gone.reason, gone.closed_by, gone.closed_at from room
             left join hold on hold.site = room.site and hold.number = room.number and hold.released_at is null
             left join room_closure as gone on gone.site = room.site and gone.number = room.number and gone.opened_at is null
             left join party on party.id = hold.party
             where room.site = $1",
        )
        .bind(site.as_str())
        .all()
        .await?;
    let mut rooms = rows.into_iter().map(|row| row.open(conn.keys())).collect::<Result<Vec<Lodging>, Error>>()?;
    rooms.sort_by(|one, other| in_order(&one.room, &other.room));
    Ok(rooms)
}

/// Parties at the desk whose rooms have waited too long, all of them, the longest first.
pub async fn due(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<PartyId>, Error> {
    let rows: Vec<(Uuid,)> = conn
        .sql(
            "select party from hold where released_at is null and occupied_at is null and expires_at <= $1
             and not exists (select 1 from arrival where arrival.party = hold.party and holder <> 'desk')
             group by party order by min(expires_at)",
        )
        .bind(Micros::from(now))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(party,)| PartyId::new(party)).collect())
}

/// When a party's room was held, if that room has waited too long now.
pub async fn due_now(conn: &mut Conn, party: PartyId, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, Error> {
    let row: Option<(Micros,)> = conn
        .sql(
            "select held_at from hold
             where party = $1 and released_at is null and occupied_at is null and expires_at <= $2",
        )
        .bind(party.uuid())
        .bind(Micros::from(now))
        .maybe()
        .await?;
    Ok(row.map(|(at,)| at.at()))
}

/// The party's room waits until then.
pub async fn keep_until(conn: &mut Conn, party: PartyId, until: DateTime<Utc>) -> Result<(), Error> {
    conn.sql("update hold set expires_at = $2 where party = $1 and released_at is null and occupied_at is null")
        .bind(party.uuid())
        .bind(Micros::from(until))
        .run()
        .await?;
    Ok(())
}

/// When the party moved into the room it lives in.
pub async fn moved_in_at(conn: &mut Conn, party: PartyId) -> Result<Option<DateTime<Utc>>, Error> {
    let row: Option<(Micros,)> = conn
        .sql("select occupied_at from hold where party = $1 and occupied_at is not null and released_at is null")
        .bind(party.uuid())
        .maybe()
        .await?;
    Ok(row.map(|(at,)| at.at()))
}
