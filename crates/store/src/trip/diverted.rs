//! Rows of halts that are gone because their vehicle was ordered elsewhere. A board keeps them a while, so that people are
//! told instead of seeing a row vanish.

use super::ROWS_STAY;
use crate::{Conn, Error, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::{StopId, code};
use uuid::Uuid;

/// Remembers that a receiver is shown a halt that is gone.
pub async fn keep(conn: &mut Conn, stop: StopId, receiver: &code::Receiver, now: DateTime<Utc>) -> Result<(), Error> {
    conn.sql("insert into diverted_row (stop, receiver, shown_until) values ($1, $2, $3)")
        .bind(stop.uuid())
        .bind(receiver.as_str())
        .bind(Micros::from(now + ROWS_STAY))
        .run()
        .await?;
    Ok(())
}

/// Halts that were shown as gone long enough, with their receivers; they are not named again.
pub async fn retire(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<(StopId, code::Receiver)>, Error> {
    let rows: Vec<(Uuid, String)> = conn
        .sql("delete from diverted_row where shown_until <= $1 returning stop, receiver")
        .bind(Micros::from(now))
        .all()
        .await?;
    let gone = |(stop, receiver): (Uuid, String)| {
        let receiver =
            code::Receiver::parse(&receiver).map_err(|_| Error::corrupt("diverted_row", "receiver", stop))?;
        Ok((StopId::new(stop), receiver))
    };
    rows.into_iter().map(gone).collect()
}
