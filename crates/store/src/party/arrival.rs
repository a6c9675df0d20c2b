//! The rows of `arrival`: one a member, personal fields sealed.

use super::person::SealedPerson;
use crate::rows::{Cell, Rows};
use crate::sealed::{seal, unseal};
use crate::{Conn, Error, Json, Keys, Micros, veil};
use homeward_domain::access::Scope;
use homeward_domain::custody::{Custody, Holder, Offer};
use homeward_domain::party::{Member, Needs, Party, Tag};
use homeward_domain::reception::Reception;
use homeward_domain::{AccountId, ArrivalId, Sensitive, TravelHistory, TravellerId, disposition::Disposition};
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    traveller: Uuid,
    person: Vec<u8>,
    needs: Json<Needs>,
    history: Json<TravelHistory>,
    tagged: Json<Value>,
    holder_doc: Json<Holder>,
    held_since: Micros,
    offered: Option<Json<Offer>>,
    reception: Json<Value>,
}

pub(super) async fn of_party(conn: &mut Conn, party: Uuid) -> Result<Vec<Member>, Error> {
    let rows: Vec<Row> = conn
        .sql(
            "select id, traveller, person, needs, history, tagged, holder_doc, held_since, offered, reception
             from arrival where party = $1 order by ordinal",
        )
        .bind(party)
        .all()
        .await?;
    rows.into_iter().map(|row| open(conn, row)).collect()
}

/// A member's row, and the party it belongs to.
#[derive(sqlx::FromRow)]
struct OfParty {
    party: Uuid,
    #[sqlx(flatten)]
    row: Row,
}

/// The members of every open party inside the scope, by party, in their order.
pub(super) async fn of_open(conn: &mut Conn, scope: &Scope) -> Result<BTreeMap<Uuid, Vec<Member>>, Error> {
    let rows: Vec<OfParty> = conn
        .sql(
            "select arrival.party, arrival.id, traveller, person, needs, history, tagged, holder_doc, held_since, offered,
                    reception
             from party join arrival on arrival.party = party.id
             where closed = 0
               and ($1 is null or desk = $1) and ($2 is null or district = $2) and ($3 is null or place like $3 || '%')
               and ($4 is null or party.receiver = $4)
               and ($5 is null or exists (select 1 from trip_escort where trip_escort.trip = party.trip and account = $5))
             order by arrival.party, ordinal",
        )
        .bind(scope.desk().map(str::to_owned))
        .bind(scope.district().map(str::to_owned))
        .bind(scope.place().map(str::to_owned))
        .bind(scope.site().map(str::to_owned))
        .bind(scope.crew().map(AccountId::uuid))
        .all()
        .await?;
    let mut members: BTreeMap<Uuid, Vec<Member>> = BTreeMap::new();
    for OfParty { party, row } in rows {
        members.entry(party).or_default().push(open(conn, row)?);
    }
    Ok(members)
}

fn open(conn: &Conn, row: Row) -> Result<Member, Error> {
    let sealed: SealedPerson = unseal(conn, ("arrival", "person"), row.id, &row.person)?;
    let (person, screening) = sealed.open().map_err(|_| Error::corrupt("arrival", "person", row.id))?;
    let tag: Tag = veil::read(conn.keys(), ("arrival", "tagged", row.id), row.tagged.0)?;
    let reception: Reception = veil::read(conn.keys(), ("arrival", "reception", row.id), row.reception.0)?;
    let custody =
        Custody { holder: row.holder_doc.0, since: row.held_since.at(), offered: row.offered.map(|offer| offer.0) };
    Ok(Member {
        arrival: ArrivalId::new(row.id),
        traveller: TravellerId::new(row.traveller),
        person,
        needs: row.needs.0,
        screening: Sensitive::new(screening),
        history: row.history.0,
        tag,
        custody,
        reception,
    })
}

/// Writes the members of new parties, all at once.
pub(super) async fn insert_all(conn: &mut Conn, parties: &[Party]) -> Result<(), Error> {
    let members = parties.iter().flat_map(|party| (0_i64..).zip(&party.members).map(move |it| (party, it)));
    let rows: Rows<'_> = members.map(|(party, (ordinal, member))| new_row(conn, party, ordinal, member)).collect();
    conn.over(
        "insert into arrival (id, party, ordinal, traveller, person, nationality, needs, history, tag, tagged,
                              holder, holder_doc, held_since, offered, trip, receiver, referred, reception)
         select {0 uuid}, {1 uuid}, {2 int}, {3 uuid}, {4 bytes}, {5 text}, {6 doc}, {7 doc}, {8 text}, {9 doc},
                'desk', {10 doc}, {11 int}, null, null, null, 0, {12 doc}
         from {rows}",
        &rows,
    )
    .run()
    .await?;
    Ok(())
}

fn new_row<'p>(conn: &Conn, party: &Party, ordinal: i64, member: &'p Member) -> [Cell<'p>; 13] {
    let (id, keys) = (member.arrival.uuid(), conn.keys());
    let sealed = SealedPerson::of(&member.person, member.screening.reveal());
    [
        id.into(),
        party.id.uuid().into(),
        ordinal.into(),
        member.traveller.uuid().into(),
        seal(conn, ("arrival", "person"), id, &sealed).into(),
        member.person.nationality.to_string().into(),
        Cell::doc(&member.needs),
        Cell::doc(&member.history),
        member.tag.tag.code().into(),
        Cell::doc(&veil::document(keys, &member.tag)),
        Cell::doc(&member.custody.holder),
        member.custody.since.timestamp_micros().into(),
        Cell::doc(&veil::document(keys, &member.reception)),
    ]
}

/// Saves what changes after registration: tag, custody, checklist. Who somebody is does not change here.
pub(super) async fn save_all(conn: &mut Conn, party: &Party) -> Result<(), Error> {
    let keys = conn.keys();
    let rows: Rows<'_> = party.members.iter().map(|member| changed_row(keys, party, member)).collect();
    conn.over(
        "update arrival set party = {1 uuid}, tag = {2 text}, tagged = {3 doc}, holder = {4 text}, holder_doc = {5 doc},
                            held_since = {6 int}, offered = {7 doc}, trip = {8 uuid}, receiver = {9 text},
                            referred = {10 int}, reception = {11 doc}
         from {rows} where arrival.id = {0 uuid}",
        &rows,
    )
    .run()
    .await?;
    Ok(())
}

fn changed_row<'p>(keys: &Keys, party: &Party, member: &'p Member) -> [Cell<'p>; 12] {
    let (trip, receiver) = match &member.custody.holder {
        Holder::Vehicle { trip } => (Some(trip.uuid()), None),
        Holder::Receiver { receiver } | Holder::Site { receiver } => (None, Some(receiver.as_str())),
        Holder::Desk | Holder::Hospital { .. } | Holder::PrivateCar | Holder::Released => (None, None),
    };
    [
        member.arrival.uuid().into(),
        party.id.uuid().into(),
        member.tag.tag.code().into(),
        Cell::doc(&veil::document(keys, &member.tag)),
        member.custody.holder.code().into(),
        Cell::doc(&member.custody.holder),
        member.custody.since.timestamp_micros().into(),
        Cell::doc(&member.custody.offered),
        trip.into(),
        receiver.into(),
        i64::from(matches!(party.disposition, Disposition::Referral { .. })).into(),
        Cell::doc(&veil::document(keys, &member.reception)),
    ]
}
