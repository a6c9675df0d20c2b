//! The same person over several arrivals, found again without reading anybody: by keyed blind indexes.

use crate::{Conn, Error, Micros};
use chrono::{DateTime, NaiveDate, Utc};
use homeward_domain::{Document, PartyId, TravellerId};
use uuid::Uuid;

/// A name as two people would both type it: letters only, upper case.
fn normalised(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

fn by_document(conn: &Conn, document: &Document) -> [u8; 32] {
    conn.keys().blind("traveller.document", &format!("{}/{}", document.country(), document.number()))
}

fn by_person(conn: &Conn, name: &str, born_on: NaiveDate) -> [u8; 32] {
    conn.keys().blind("traveller.person", &format!("{}/{born_on}", normalised(name)))
}

/// The traveller of this document; written with the given id if nobody came with it before.
pub async fn find_or_insert(
    conn: &mut Conn,
    new: TravellerId,
    document: &Document,
    (name, born_on): (&str, NaiveDate),
    now: DateTime<Utc>,
) -> Result<TravellerId, Error> {
    let (document, person) = (by_document(conn, document), by_person(conn, name, born_on));
    let (id,): (Uuid,) = conn
        .sql(
            "insert into traveller (id, document_index, person_index, first_seen_at) values ($1, $2, $3, $4)
             on conflict (document_index) do update set person_index = excluded.person_index returning id",
        )
        .bind(new.uuid())
        .bind(document.as_slice())
        .bind(person.as_slice())
        .bind(Micros::from(now))
        .one()
        .await?;
    Ok(TravellerId::new(id))
}

type Found = Vec<(Uuid,)>;

fn parties(found: Found) -> Vec<PartyId> {
    found.into_iter().map(|(id,)| PartyId::new(id)).collect()
}

/// Parties of a district with somebody of this document, newest first.
pub async fn parties_by_document(conn: &mut Conn, district: &str, document: &Document) -> Result<Vec<PartyId>, Error> {
    let index = by_document(conn, document);
    let found: Found = conn
        .sql(
            "select distinct party.id from traveller
             join arrival on arrival.traveller = traveller.id join party on party.id = arrival.party
             where document_index = $1 and party.district = $2 order by party.id desc limit 20",
        )
        .bind(index.as_slice())
        .bind(district)
        .all()
        .await?;
    Ok(parties(found))
}

/// Parties of a district with somebody of this name and birth date, newest first.
pub async fn parties_by_person(
    conn: &mut Conn,
    district: &str,
    name: &str,
    born_on: NaiveDate,
) -> Result<Vec<PartyId>, Error> {
    let index = by_person(conn, name, born_on);
    let found: Found = conn
        .sql(
            "select distinct party.id from traveller
             join arrival on arrival.traveller = traveller.id join party on party.id = arrival.party
             where person_index = $1 and party.district = $2 order by party.id desc limit 20",
        )
        .bind(index.as_slice())
        .bind(district)
        .all()
        .await?;
    Ok(parties(found))
}
