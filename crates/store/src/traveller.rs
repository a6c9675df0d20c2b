//! The same person over several arrivals, found again without reading anybody: by keyed blind indexes.

use crate::rows::Rows;
use crate::{Conn, Error};
use chrono::{DateTime, NaiveDate, Utc};
use homeward_domain::{Document, PartyId, TravellerId};
use std::collections::BTreeMap;
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

/// Somebody who came, and the id they get if nobody came with their document before.
pub struct Came<'p> {
    /// The new id.
    pub new: TravellerId,
    /// Their document.
    pub document: &'p Document,
    /// Surname and given names, as one.
    pub name: String,
    /// Civil day of birth.
    pub born_on: NaiveDate,
}

/// The travellers of these documents, in this order; written with the given ids if nobody came with them before. Who came
/// with one document twice is one traveller, under the later name.
pub async fn find_or_insert(conn: &mut Conn, all: &[Came<'_>], now: DateTime<Utc>) -> Result<Vec<TravellerId>, Error> {
    let documents: Vec<[u8; 32]> = all.iter().map(|came| by_document(conn, came.document)).collect();
    let mut rows = BTreeMap::new();
    for (came, document) in all.iter().zip(&documents) {
        let person = by_person(conn, &came.name, came.born_on);
        rows.insert(document, (came.new.uuid(), person));
    }
    let at = now.timestamp_micros();
    let rows: Rows<'_> = rows
        .iter()
        .map(|(document, (id, person))| [(*id).into(), document[..].into(), person[..].into(), at.into()])
        .collect();
    let found: Vec<(Uuid, Vec<u8>)> = conn
        .over(
            "insert into traveller (id, document_index, person_index, first_seen_at)
             select {0 uuid}, {1 bytes}, {2 bytes}, {3 int} from {rows} where true
             on conflict (document_index) do update set person_index = excluded.person_index
             returning id, document_index",
            &rows,
        )
        .all()
        .await?;
    let found: BTreeMap<Vec<u8>, Uuid> = found.into_iter().map(|(id, document)| (document, id)).collect();
    let id = |document: &[u8; 32]| found.get(document.as_slice()).copied().map(TravellerId::new);
    documents.iter().map(|it| id(it).ok_or_else(|| Error::corrupt("traveller", "document_index", "unknown"))).collect()
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
