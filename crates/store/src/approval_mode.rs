//! How each district approves homes: versions, chosen once and never changed.

use crate::veil::Veiled;
use crate::{Conn, Error, Keys, Micros};
use homeward_domain::approval::{Choice, Mode};
use homeward_domain::{AccountId, Invalid, Jurisdiction};

type Row = (String, i64, String, Veiled, Veiled, Micros);

fn choice(keys: &Keys, (district, version, mode, reason, by, at): Row) -> Result<Choice, Error> {
    let bad = |column: &'static str| {
        let key = format!("{district} {version}");
        move |_: Invalid| Error::corrupt("approval_mode", column, key)
    };
    Ok(Choice {
        mode: Mode::parse(&mode).map_err(bad("mode"))?,
        version: u32::try_from(version).map_err(|_| Error::corrupt("approval_mode", "version", version))?,
        at: at.at(),
        district: Jurisdiction::parse(&district).map_err(bad("district"))?,
        reason: reason.open(keys)?,
        by: by.open(keys)?,
    })
}

/// The versions of a district, newest first; 1,000 at most.
pub async fn of_district(conn: &mut Conn, district: &Jurisdiction) -> Result<Vec<Choice>, Error> {
    let rows: Vec<Row> = conn
        .sql(
            "select district, version, mode, reason, chosen_by, chosen_at from approval_mode
             where district = $1 order by version desc limit 1000",
        )
        .bind(district.as_str())
        .all()
        .await?;
    rows.into_iter().map(|row| choice(conn.keys(), row)).collect()
}

/// The newest version of a district; `None` if nobody ever chose.
pub async fn newest(conn: &mut Conn, district: &Jurisdiction) -> Result<Option<Choice>, Error> {
    let row: Option<Row> = conn
        .sql(
            "select district, version, mode, reason, chosen_by, chosen_at from approval_mode
             where district = $1 order by version desc limit 1",
        )
        .bind(district.as_str())
        .maybe()
        .await?;
    row.map(|row| choice(conn.keys(), row)).transpose()
}

/// Writes the next version. Two at once: `approval_mode_pkey`.
pub async fn insert(conn: &mut Conn, choice: &Choice, account: AccountId) -> Result<(), Error> {
    let [reason, by] = [&choice.reason, &choice.by].map(|said| Veiled::of(conn.keys(), said));
    conn.sql(
        "insert into approval_mode (district, version, mode, reason, chosen_by, account, chosen_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(choice.district.as_str())
    .bind(i64::from(choice.version))
    .bind(choice.mode.code())
    .bind(reason)
    .bind(by)
    .bind(account.uuid())
    .bind(Micros::from(choice.at))
    .run()
    .await?;
    Ok(())
}
