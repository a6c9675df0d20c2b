//! Erasing who a driver was, wherever they are named: the registry, their trips, every row a stream ever told. The order of things
//! stays: the row of the registry without a person in it, the trips with a driver, the streams with their numbers.

use super::PERSON;
use crate::conn::{Conn, Json};
use crate::rows::{Cell, Rows};
use crate::sealed::seal;
use crate::trip::SealedDriver;
use crate::{Error, Micros, feed_body};
use chrono::{DateTime, Utc};
use homeward_domain::DriverId;
use homeward_domain::driver::Driver;
use serde_json::value::RawValue;
use uuid::Uuid;

/// How many rows of streams are rewritten in a statement.
const ROWS: i64 = 500;

/// Overwrites everything that says who the driver was; gives the new version. `Stale` if somebody was faster.
pub async fn erase(conn: &mut Conn, driver: &Driver, now: DateTime<Utc>) -> Result<i64, Error> {
    let id = driver.id.uuid();
    // An index of nothing anybody could type: the phone may be entered again, and by nobody is it known that it was.
    let index: [u8; 32] = rand::random();
    let person = seal(conn, PERSON, id, &nobody());
    let erased = conn
        .sql(
            "update driver set person = $3, phone_index = $4, shift_from = null, shift_until = null, usual = null,
                               erased_at = $5, version = version + 1
             where id = $1 and version = $2",
        )
        .bind(id)
        .bind(driver.version)
        .bind(person)
        .bind(index.as_slice())
        .bind(Micros::from(now))
        .run()
        .await?;
    if erased == 0 {
        let (found,): (i64,) = conn.sql("select version from driver where id = $1").bind(id).one().await?;
        return Err(Error::Stale { expected: driver.version, found });
    }
    trips(conn, driver.id).await?;
    while entries(conn, driver.id).await? {}
    Ok(driver.version + 1)
}

fn nobody() -> SealedDriver {
    SealedDriver { name: String::new(), phone: String::new() }
}

/// Every trip they drove keeps that somebody did.
async fn trips(conn: &mut Conn, driver: DriverId) -> Result<(), Error> {
    let trips: Vec<(Uuid,)> = conn.sql("select id from trip where driver_id = $1").bind(driver.uuid()).all().await?;
    let place = ("trip", "driver");
    let rows: Rows<'_> = trips.iter().map(|(id,)| [(*id).into(), seal(conn, place, *id, &nobody()).into()]).collect();
    conn.over("update trip set driver = {1 bytes} from {rows} where trip.id = {0 uuid}", &rows).run().await?;
    Ok(())
}

type Line = (String, i64, String, Json<Box<RawValue>>, Option<Vec<u8>>);

/// Some of the rows that name them, without the name; whether there were any.
async fn entries(conn: &mut Conn, driver: DriverId) -> Result<bool, Error> {
    let lines: Vec<Line> = conn
        .sql("select stream, seq, key, body, sealed from feed_entry where driver = $1 order by stream, seq limit $2")
        .bind(driver.uuid())
        .bind(ROWS)
        .all()
        .await?;
    let keys = conn.keys();
    let rewritten = lines.iter().map(|(stream, seq, key, body, sealed)| {
        let row = feed_body::open(keys, stream, *seq, (body.0.clone(), sealed.as_deref()))?;
        let row = feed_body::without_driver(&row).ok_or_else(|| Error::corrupt("feed", stream, seq))?;
        let (open, sealed) = feed_body::shut(keys, stream, *seq, &row);
        Ok([stream.as_str().into(), (*seq).into(), open, sealed.into(), key.as_str().into(), Cell::Null])
    });
    feed_body::rewrite(conn, &rewritten.collect::<Result<Vec<_>, Error>>()?.into_iter().collect()).await?;
    Ok(!lines.is_empty())
}
