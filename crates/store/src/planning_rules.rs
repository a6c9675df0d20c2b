//! The rules that each district's plans are made by: versions, chosen once and never changed.

use crate::veil::Veiled;
use crate::{Conn, Error, Keys, Micros};
use homeward_domain::planning::{Choice, InForce, Pair, Rules};
use homeward_domain::{AccountId, Invalid, Jurisdiction};

/// Whether each pair of [`Pair::ALL`] is kept apart, then the numbers.
type Laid = (i64, i64, i64, i64, i64, i64, i64);
type Row = (String, i64, i64, i64, i64, i64, i64, i64, i64, Veiled, Veiled, Micros);

fn choice(keys: &Keys, row: Row) -> Result<Choice, Error> {
    let (district, version, gy, gr, yr, spacing, wait, ride, km, reason, by, at) = row;
    let key = format!("{district} {version}");
    let bad = |column: &'static str| move |_: Invalid| Error::corrupt("planning_rules", column, key);
    Ok(Choice {
        version: u32::try_from(version).map_err(|_| Error::corrupt("planning_rules", "version", version))?,
        district: Jurisdiction::parse(&district).map_err(bad("district"))?,
        rules: rules((gy, gr, yr, spacing, wait, ride, km)),
        reason: reason.open(keys)?,
        by: by.open(keys)?,
        at: at.at(),
    })
}

/// The numbers are within their bounds by named checks.
fn rules((gy, gr, yr, spacing_percent, wait_max_minutes, ride_max_minutes, km_seconds): Laid) -> Rules {
    let apart = Pair::ALL.into_iter().zip([gy, gr, yr]).filter(|(_, apart)| *apart == 1);
    let apart = apart.map(|(pair, _)| pair).collect();
    Rules { apart, spacing_percent, wait_max_minutes, ride_max_minutes, km_seconds }
}

/// The versions of a district, newest first; 1,000 at most.
pub async fn of_district(conn: &mut Conn, district: &Jurisdiction) -> Result<Vec<Choice>, Error> {
    let rows: Vec<Row> = conn
        .sql(
            "select district, version, green_yellow_apart, green_red_apart, yellow_red_apart, spacing_percent,
                    wait_max_minutes, ride_max_minutes, km_seconds, reason, chosen_by, chosen_at
             from planning_rules where district = $1 order by version desc limit 1000",
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
            "select district, version, green_yellow_apart, green_red_apart, yellow_red_apart, spacing_percent,
                    wait_max_minutes, ride_max_minutes, km_seconds, reason, chosen_by, chosen_at
             from planning_rules where district = $1 order by version desc limit 1",
        )
        .bind(district.as_str())
        .maybe()
        .await?;
    row.map(|row| choice(conn.keys(), row)).transpose()
}

/// What the plans of a district are made by: its newest version, or the default.
pub async fn in_force(conn: &mut Conn, district: &Jurisdiction) -> Result<InForce, Error> {
    Ok(newest(conn, district).await?.map_or_else(InForce::default, |choice| choice.in_force()))
}

/// Writes the next version. Two at once: `planning_rules_pkey`.
pub async fn insert(conn: &mut Conn, choice: &Choice, account: AccountId) -> Result<(), Error> {
    let [reason, by] = [&choice.reason, &choice.by].map(|said| Veiled::of(conn.keys(), said));
    let [gy, gr, yr] = Pair::ALL.map(|pair| {
        let [milder, stricter] = pair.tags();
        i64::from(choice.rules.apart.holds(milder, stricter))
    });
    conn.sql(
        "insert into planning_rules (district, version, green_yellow_apart, green_red_apart, yellow_red_apart,
             spacing_percent, wait_max_minutes, ride_max_minutes, km_seconds, reason, chosen_by, account, chosen_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(choice.district.as_str())
    .bind(i64::from(choice.version))
    .bind(gy)
    .bind(gr)
    .bind(yr)
    .bind(choice.rules.spacing_percent)
    .bind(choice.rules.wait_max_minutes)
    .bind(choice.rules.ride_max_minutes)
    .bind(choice.rules.km_seconds)
    .bind(reason)
    .bind(by)
    .bind(account.uuid())
    .bind(Micros::from(choice.at))
    .run()
    .await?;
    Ok(())
}
