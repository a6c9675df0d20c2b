//! A new site: the receiver, its gate, and its rooms, which may also come later.

use crate::reference::{Gate, Receiver};
use crate::rows::Rows;
use crate::{Conn, Error};
use homeward_domain::code;
use homeward_domain::site::rooms::NewRoom;

/// Writes a new site with its gate. A second one of the same code breaks `receiver_pkey`.
pub async fn insert(conn: &mut Conn, site: &Receiver, gate: &Gate) -> Result<(), Error> {
    conn.sql("insert into receiver (code, kind, jurisdiction, name_zh, name_en) values ($1, 'site', $2, $3, $4)")
        .bind(site.code.as_str())
        .bind(site.jurisdiction.as_str())
        .bind(&site.name.zh)
        .bind(&site.name.en)
        .run()
        .await?;
    conn.sql("insert into gate (code, receiver, compound_zh, compound_en, lat, lon) values ($1, $2, $3, $4, $5, $6)")
        .bind(gate.code.as_str())
        .bind(gate.receiver.as_str())
        .bind(&gate.compound.zh)
        .bind(&gate.compound.en)
        .bind(gate.location.lat())
        .bind(gate.location.lon())
        .run()
        .await?;
    Ok(())
}

/// Adds rooms that the site does not have.
pub async fn add_rooms(conn: &mut Conn, site: &code::Receiver, rooms: &[NewRoom]) -> Result<(), Error> {
    let rows: Rows<'_> = rooms
        .iter()
        .map(|room| [site.as_str().into(), room.number.as_str().into(), room.kind.code().into(), room.beds.into()])
        .collect();
    conn.over(
        "insert into room (site, number, kind, beds) select {0 text}, {1 text}, {2 text}, {3 int} from {rows}",
        &rows,
    )
    .run()
    .await?;
    Ok(())
}
