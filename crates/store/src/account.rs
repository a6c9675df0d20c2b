//! Accounts: who may sign in, and what they were given. Passwords come hashed.

use crate::reference::Receiver;
use crate::veil::{Veiled, opened};
use crate::{Conn, Error, Json, Keys, Micros};
use chrono::{DateTime, Utc};
use homeward_domain::access::{Actor, Grant};
use homeward_domain::{AccountId, VehicleId};
use std::collections::BTreeMap;
use uuid::Uuid;

/// One account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What it signs in with; unique.
    pub username: String,
    /// What is written beside its deeds.
    pub display_name: String,
    /// Work phone, shown to those who wait for this person.
    pub phone: Option<String>,
    /// BCP 47 tags of what an escort speaks; empty while nobody wrote them down.
    pub languages: Vec<String>,
    /// What it was given.
    pub grant: Grant,
    /// Since when it may not sign in.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Counts changes.
    pub version: i64,
}

impl Account {
    /// The account as somebody who acts.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { account: self.id, name: self.display_name.clone(), grant: self.grant.clone() }
    }
}

#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    id: Uuid,
    username: String,
    display_name: Veiled,
    phone: Option<Veiled>,
    languages: Json<Vec<String>>,
    granted: Json<Grant>,
    disabled_at: Option<Micros>,
    version: i64,
}

impl Row {
    pub(crate) fn open(self, keys: &Keys) -> Result<Account, Error> {
        Ok(Account {
            id: AccountId::new(self.id),
            username: self.username,
            display_name: self.display_name.open(keys)?,
            phone: opened(keys, self.phone)?,
            languages: self.languages.0,
            grant: self.granted.0,
            disabled_at: self.disabled_at.map(Micros::at),
            version: self.version,
        })
    }
}

/// The place a grant holds for, as a plain column to search by.
fn held_for(grant: &Grant) -> Option<&str> {
    match grant {
        Grant::DutyOfficer { desk } => Some(desk.as_str()),
        Grant::Dispatcher { district }
        | Grant::Escort { district }
        | Grant::Command { district }
        | Grant::Export { district } => Some(district.as_str()),
        Grant::Squad { place, .. } => Some(place.as_str()),
        Grant::SiteManager { site } => Some(site.as_str()),
        Grant::Auditor | Grant::Administrator => None,
    }
}

/// Writes a new account. A second one of the same name breaks `username_taken_once`.
pub async fn insert(conn: &mut Conn, account: &Account, password: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let (name, phone) = (Veiled::of(conn.keys(), &account.display_name), account.phone.as_deref());
    let phone = Veiled::maybe(conn.keys(), phone);
    conn.sql(
        "insert into account (id, username, password, display_name, phone, role, held_for, granted, disabled_at, created_at,
                              languages, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, null, $9, $10, 1)",
    )
    .bind(account.id.uuid())
    .bind(&account.username)
    .bind(password)
    .bind(name)
    .bind(phone)
    .bind(account.grant.code())
    .bind(held_for(&account.grant).map(str::to_owned))
    .bind(Json(&account.grant))
    .bind(Micros::from(now))
    .bind(Json(&account.languages))
    .run()
    .await?;
    Ok(())
}

/// Every account, by name; as many as there are people on duty.
pub async fn all(conn: &mut Conn) -> Result<Vec<Account>, Error> {
    let rows: Vec<Row> = conn
        .sql("select id, username, display_name, phone, languages, granted, disabled_at, version from account order by username")
        .all()
        .await?;
    rows.into_iter().map(|row| row.open(conn.keys())).collect()
}

/// One account.
pub async fn load(conn: &mut Conn, id: AccountId) -> Result<Option<Account>, Error> {
    let row: Option<Row> = conn
        .sql("select id, username, display_name, phone, languages, granted, disabled_at, version from account where id = $1")
        .bind(id.uuid())
        .maybe()
        .await?;
    row.map(|row| row.open(conn.keys())).transpose()
}

/// The account of a user name with its hashed password.
pub async fn to_sign_in(conn: &mut Conn, username: &str) -> Result<Option<(Account, String)>, Error> {
    let password: Option<(Uuid, String)> =
        conn.sql("select id, password from account where username = $1").bind(username).maybe().await?;
    let Some((id, password)) = password else { return Ok(None) };
    Ok(load(conn, AccountId::new(id)).await?.map(|account| (account, password)))
}

/// Those of a role who are posted by a district and may sign in, by name.
pub async fn of_role(conn: &mut Conn, role: &str, held_for: &str) -> Result<Vec<Account>, Error> {
    let rows: Vec<Row> = conn
        .sql(
            "select id, username, display_name, phone, languages, granted, disabled_at, version from account
             where role = $1 and held_for = $2 and disabled_at is null order by id",
        )
        .bind(role)
        .bind(held_for)
        .all()
        .await?;
    let mut accounts: Vec<Account> = rows.into_iter().map(|row| row.open(conn.keys())).collect::<Result<_, _>>()?;
    accounts.sort_by(|a, b| a.display_name.cmp(&b.display_name));
    Ok(accounts)
}

/// Who receives at a community or a site and may sign in, by the wider place first: the squads of the sub-district and of the committee, or
/// the site's own people.
pub async fn at_receiver(conn: &mut Conn, receiver: &Receiver) -> Result<Vec<Account>, Error> {
    let rows: Vec<Row> = if receiver.site {
        conn.sql(
            "select id, username, display_name, phone, languages, granted, disabled_at, version from account
             where role = 'site_manager' and held_for = $1 and disabled_at is null order by id",
        )
        .bind(receiver.code.as_str())
        .all()
        .await?
    } else {
        conn.sql(
            "select id, username, display_name, phone, languages, granted, disabled_at, version from account
             where role = 'squad' and substr($1, 1, length(held_for)) = held_for and disabled_at is null
             order by length(held_for), id",
        )
        .bind(receiver.jurisdiction.as_str())
        .all()
        .await?
    };
    rows.into_iter().map(|row| row.open(conn.keys())).collect()
}

/// Writes down what somebody speaks; gives the new version.
pub async fn set_languages(conn: &mut Conn, account: &Account, languages: &[String]) -> Result<i64, Error> {
    conn.sql("update account set languages = $2, version = version + 1 where id = $1")
        .bind(account.id.uuid())
        .bind(Json(languages.to_vec()))
        .run()
        .await?;
    Ok(account.version + 1)
}

/// What is spoken aboard each vehicle of a district: by the crew of its last trip that is meant to leave, or left, since an
/// instant. Vehicles without a crew are absent.
pub async fn spoken_aboard(
    conn: &mut Conn,
    district: &str,
    since: DateTime<Utc>,
) -> Result<BTreeMap<VehicleId, Vec<String>>, Error> {
    let rows: Vec<(Uuid, Uuid, Json<Vec<String>>)> = conn
        .sql(
            "select trip.vehicle, trip.id, account.languages from trip
             join trip_escort on trip_escort.trip = trip.id join account on account.id = trip_escort.account
             where trip.district = $1 and trip.state <> 'cancelled' and trip.departs_at >= $2
             order by trip.departs_at, trip.id limit 5000",
        )
        .bind(district)
        .bind(Micros::from(since))
        .all()
        .await?;
    let mut spoken: BTreeMap<VehicleId, (Uuid, Vec<String>)> = BTreeMap::new();
    for (vehicle, trip, languages) in rows {
        let aboard = spoken.entry(VehicleId::new(vehicle)).or_insert((trip, Vec::new()));
        if aboard.0 != trip {
            *aboard = (trip, Vec::new());
        }
        aboard.1.extend(languages.0);
    }
    Ok(spoken.into_iter().map(|(vehicle, (_, languages))| (vehicle, languages)).collect())
}

/// How many administrators may sign in.
pub async fn administrators(conn: &mut Conn) -> Result<i64, Error> {
    let (count,): (i64,) =
        conn.sql("select count(*) from account where role = 'administrator' and disabled_at is null").one().await?;
    Ok(count)
}

/// Disables (an instant) or enables (`None`) an account.
pub async fn set_disabled(conn: &mut Conn, id: AccountId, at: Option<DateTime<Utc>>) -> Result<u64, Error> {
    conn.sql("update account set disabled_at = $2, version = version + 1 where id = $1")
        .bind(id.uuid())
        .bind(at.map(Micros::from))
        .run()
        .await
}
