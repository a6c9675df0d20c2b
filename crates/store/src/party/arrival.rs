//! The rows of `arrival`: one a member, personal fields sealed.

use super::person::SealedPerson;
use crate::sealed::{seal, unseal};
use crate::{Conn, Error, Json, Micros};
use homeward_domain::access::Scope;
use homeward_domain::custody::{Custody, Holder, Offer};
use homeward_domain::party::{Member, Needs, Party, Tag};
use homeward_domain::reception::Reception;
use homeward_domain::{AccountId, ArrivalId, Sensitive, TravelHistory, TravellerId, disposition::Disposition};
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    traveller: Uuid,
    person: Vec<u8>,
    needs: Json<Needs>,
    history: Json<TravelHistory>,
    tagged: Json<Tag>,
    holder_doc: Json<Holder>,
    held_since: Micros,
    offered: Option<Json<Offer>>,
    reception: Json<Reception>,
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
    let custody =
        Custody { holder: row.holder_doc.0, since: row.held_since.at(), offered: row.offered.map(|offer| offer.0) };
    Ok(Member {
        arrival: ArrivalId::new(row.id),
        traveller: TravellerId::new(row.traveller),
        person,
        needs: row.needs.0,
        screening: Sensitive::new(screening),
        history: row.history.0,
        tag: row.tagged.0,
        custody,
        reception: row.reception.0,
    })
}

pub(super) async fn insert_all(conn: &mut Conn, party: &Party) -> Result<(), Error> {
    for (ordinal, member) in (0_i64..).zip(&party.members) {
        let id = member.arrival.uuid();
        let sealed = SealedPerson::of(&member.person, member.screening.reveal());
        let person = seal(conn, ("arrival", "person"), id, &sealed);
        conn.sql(
            "insert into arrival (id, party, ordinal, traveller, person, nationality, needs, history, tag, tagged,
                                  holder, holder_doc, held_since, offered, trip, receiver, referred, reception)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'desk', $11, $12, null, null, null, 0, $13)",
        )
        .bind(id)
        .bind(party.id.uuid())
        .bind(ordinal)
        .bind(member.traveller.uuid())
        .bind(person)
        .bind(member.person.nationality.to_string())
        .bind(Json(member.needs))
        .bind(Json(&member.history))
        .bind(member.tag.tag.code())
        .bind(Json(&member.tag))
        .bind(Json(&member.custody.holder))
        .bind(Micros::from(member.custody.since))
        .bind(Json(&member.reception))
        .run()
        .await?;
    }
    Ok(())
}

/// Saves what changes after registration: tag, custody, checklist. Who somebody is does not change here.
pub(super) async fn save_all(conn: &mut Conn, party: &Party) -> Result<(), Error> {
    let referred = i64::from(matches!(party.disposition, Disposition::Referral { .. }));
    for member in &party.members {
        let (trip, receiver) = match &member.custody.holder {
            Holder::Vehicle { trip } => (Some(trip.uuid()), None),
            Holder::Receiver { receiver } | Holder::Site { receiver } => (None, Some(receiver.as_str().to_owned())),
            Holder::Desk | Holder::Hospital { .. } | Holder::PrivateCar | Holder::Released => (None, None),
        };
        conn.sql(
            "update arrival set party = $2, tag = $3, tagged = $4, holder = $5, holder_doc = $6, held_since = $7, offered = $8,
                                trip = $9, receiver = $10, referred = $11, reception = $12
             where id = $1",
        )
        .bind(member.arrival.uuid())
        .bind(party.id.uuid())
        .bind(member.tag.tag.code())
        .bind(Json(&member.tag))
        .bind(member.custody.holder.code())
        .bind(Json(&member.custody.holder))
        .bind(Micros::from(member.custody.since))
        .bind(member.custody.offered.clone().map(Json))
        .bind(trip)
        .bind(receiver)
        .bind(referred)
        .bind(Json(&member.reception))
        .run()
        .await?;
    }
    Ok(())
}
