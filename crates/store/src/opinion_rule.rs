//! What each sub-district's silence means: versions, chosen once and never changed.

use crate::veil::Veiled;
use crate::{Conn, Error, Keys, Micros};
use homeward_domain::silence::{Cited, Means, Rule};
use homeward_domain::{AccountId, Invalid, Jurisdiction};

type Row = (String, i64, String, Veiled, Veiled, Micros);

fn rule(keys: &Keys, (place, version, means, reason, by, at): Row) -> Result<Rule, Error> {
    let bad = |column: &'static str| {
        let key = format!("{place} {version}");
        move |_: Invalid| Error::corrupt("opinion_rule", column, key)
    };
    Ok(Rule {
        means: Means::parse(&means).map_err(bad("means"))?,
        at: at.at(),
        cited: Cited {
            version: u32::try_from(version).map_err(|_| Error::corrupt("opinion_rule", "version", version))?,
            place: Jurisdiction::parse(&place).map_err(bad("place"))?,
            by: by.open(keys)?,
            reason: reason.open(keys)?,
        },
    })
}

/// Every version of every sub-district, by place, newest first; 10,000 at most.
pub async fn all(conn: &mut Conn) -> Result<Vec<Rule>, Error> {
    let rows: Vec<Row> = conn
        .sql(
            "select place, version, means, reason, chosen_by, chosen_at from opinion_rule
             order by place, version desc limit 10000",
        )
        .all()
        .await?;
    rows.into_iter().map(|row| rule(conn.keys(), row)).collect()
}

/// The newest version of one sub-district; `None` if nobody ever chose.
pub async fn of_place(conn: &mut Conn, place: &Jurisdiction) -> Result<Option<Rule>, Error> {
    let row: Option<Row> = conn
        .sql(
            "select place, version, means, reason, chosen_by, chosen_at from opinion_rule
             where place = $1 order by version desc limit 1",
        )
        .bind(place.as_str())
        .maybe()
        .await?;
    row.map(|row| rule(conn.keys(), row)).transpose()
}

/// Writes the next version. Two at once: `opinion_rule_pkey`.
pub async fn insert(conn: &mut Conn, rule: &Rule, account: AccountId) -> Result<(), Error> {
    let [reason, by] = [&rule.cited.reason, &rule.cited.by].map(|said| Veiled::of(conn.keys(), said));
    conn.sql(
        "insert into opinion_rule (place, version, means, reason, chosen_by, account, chosen_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(rule.cited.place.as_str())
    .bind(i64::from(rule.cited.version))
    .bind(rule.means.code())
    .bind(reason)
    .bind(by)
    .bind(account.uuid())
    .bind(Micros::from(rule.at))
    .run()
    .await?;
    Ok(())
}
