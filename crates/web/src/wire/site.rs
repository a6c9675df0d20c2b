//! Bodies and views about observation sites.

use super::text_opt;
use chrono::{DateTime, NaiveDate, Utc};
use homeward_dispatch as dispatch;
use homeward_domain::site::{Because, Day, Stay};
use homeward_domain::{Invalid, Personal};
use homeward_feed::row::Closed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// `POST /v1/sites/{site}/close` and `…/open`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SiteReason {
    pub reason: String,
}

/// Why a stay ends.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Leaves {
    /// The days have passed.
    Completed,
    /// Before they have.
    Early,
    /// To another place.
    Transferred,
}

/// `POST /v1/parties/{id}/discharge`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Discharge {
    because: Leaves,
    /// Needed unless the days have passed.
    reason: Option<String>,
    pub version: Option<i64>,
}

impl Discharge {
    /// Why, and the note to it.
    pub fn parse(&self) -> Result<(Because, Option<Personal<String>>), Invalid> {
        let because = match self.because {
            Leaves::Completed => Because::Completed,
            Leaves::Early => Because::Early,
            Leaves::Transferred => Because::Transferred,
        };
        Ok((because, text_opt(self.reason.as_deref(), "reason", 500)?.map(Personal::new)))
    }
}

/// Free beds on one day.
#[derive(Debug, Serialize, ToSchema)]
struct BedDay {
    on: NaiveDate,
    /// In all rooms.
    free: i64,
    /// In rooms for one.
    single: i64,
    /// In rooms for a family.
    family: i64,
    /// In accessible rooms.
    accessible: i64,
}

impl From<Day> for BedDay {
    fn from(day: Day) -> Self {
        let Day { on, single, family, accessible } = day;
        Self { on, free: day.free(), single, family, accessible }
    }
}

/// Free beds of a site, today first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BedForecast {
    site: String,
    /// Whether it takes new people now.
    open: bool,
    closed: Option<Closed>,
    /// All its beds; `on` is today.
    capacity: BedDay,
    days: Vec<BedDay>,
}

impl BedForecast {
    /// The view of a forecast.
    pub fn of(site: String, forecast: dispatch::Forecast) -> Self {
        Self {
            site,
            open: forecast.closed.is_none(),
            closed: forecast.closed,
            capacity: forecast.capacity.into(),
            days: forecast.days.into_iter().map(BedDay::from).collect(),
        }
    }
}

/// A party that lives at the site.
#[derive(Debug, Serialize, ToSchema)]
struct StayBody {
    room: String,
    party: Uuid,
    label: String,
    version: i64,
    people: i64,
    moved_in_at: DateTime<Utc>,
    /// Which day it is, from 1; more than `days` for who should have left.
    day: i64,
    /// Days of observation.
    days: i64,
    /// The first day without observation.
    ends_on: NaiveDate,
    /// Whether that day has come.
    over: bool,
}

/// A party a room waits for.
#[derive(Debug, Serialize, ToSchema)]
struct HoldBody {
    room: String,
    party: Uuid,
    label: String,
    people: i64,
    held_at: DateTime<Utc>,
    /// Until when the room waits; null for who is on the way.
    expires_at: Option<DateTime<Utc>>,
}

/// Who has the rooms of a site.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoomsInUse {
    site: String,
    /// Who leaves first comes first.
    stays: Vec<StayBody>,
    holds: Vec<HoldBody>,
}

impl RoomsInUse {
    /// The view of the rooms in use.
    pub fn of(site: String, lodgings: dispatch::Lodgings) -> Self {
        Self {
            site,
            stays: lodgings.living.into_iter().map(stay).collect(),
            holds: lodgings.bound.into_iter().map(hold).collect(),
        }
    }
}

fn stay(it: dispatch::Living) -> StayBody {
    StayBody {
        room: it.room,
        party: it.party.uuid(),
        label: it.label,
        version: it.version,
        people: it.people,
        moved_in_at: it.moved_in_at,
        day: it.day,
        days: Stay::DAYS,
        ends_on: it.ends_on,
        over: it.over,
    }
}

fn hold(it: dispatch::Bound) -> HoldBody {
    HoldBody {
        room: it.room,
        party: it.party.uuid(),
        label: it.label,
        people: it.people,
        held_at: it.held_at,
        expires_at: it.expires_at,
    }
}
