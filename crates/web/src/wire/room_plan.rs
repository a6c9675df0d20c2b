//! Bodies of the rooms for everybody.

use super::plan::LaterBody;
use chrono::{DateTime, Utc};
use homeward_dispatch::{Placement, PlannedGuest, PlannedRoom, RoomPlan};
use homeward_domain::{Invalid, PartyId, code};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// As many as are proposed at once.
const PLACEMENTS_MAX: usize = 1_000;

/// `GET /v1/room-plan`
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoomPlanBody {
    as_of: DateTime<Utc>,
    /// The sites that take somebody new.
    sites: Vec<SiteWithBeds>,
    /// Who has to go to a site first, each group by registration.
    guests: Vec<GuestBody>,
    /// Who comes after these in that order.
    later: LaterBody,
}

#[derive(Debug, Serialize, ToSchema)]
struct SiteWithBeds {
    receiver: String,
    /// Beds in rooms that nobody has.
    free: i64,
}

#[derive(Debug, Serialize, ToSchema)]
struct GuestBody {
    party: Uuid,
    version: i64,
    label: String,
    people: i64,
    wheelchairs: i64,
    #[schema(example = "red")]
    tag: &'static str,
    /// Why a room is to be found: `red_tag`, `home_refused`, `room_given_up`, `undecided`.
    #[schema(example = "red_tag")]
    wanted: &'static str,
    /// It can go nowhere else; whoever might go home stands behind.
    must: bool,
    registered_at: DateTime<Utc>,
    /// The room it would get; null where there is none.
    #[schema(required)]
    room: Option<PlannedRoomBody>,
    /// Why there is none: `closed`, `not_accessible`, `not_whole`, `full`; null where there is one.
    #[schema(required)]
    short: Option<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
struct PlannedRoomBody {
    site: String,
    /// The number as painted on the door.
    door: String,
    /// Driving there, in minutes.
    way_minutes: i64,
}

impl From<RoomPlan> for RoomPlanBody {
    fn from(plan: RoomPlan) -> Self {
        let site = |(receiver, free): (code::Receiver, i64)| SiteWithBeds { receiver: receiver.to_string(), free };
        Self {
            as_of: plan.as_of,
            sites: plan.sites.into_iter().map(site).collect(),
            guests: plan.guests.into_iter().map(GuestBody::from).collect(),
            later: plan.later.into(),
        }
    }
}

impl From<PlannedGuest> for GuestBody {
    fn from(guest: PlannedGuest) -> Self {
        let room = |it: PlannedRoom| PlannedRoomBody {
            site: it.site.to_string(),
            door: it.door,
            way_minutes: it.way_s.div_euclid(60),
        };
        Self {
            party: guest.party.uuid(),
            version: guest.version,
            label: guest.label,
            people: guest.people,
            wheelchairs: guest.wheelchairs,
            tag: guest.tag.code(),
            wanted: guest.wanted.code(),
            must: guest.wanted.must(),
            registered_at: guest.registered_at,
            short: guest.room.as_ref().err().map(|why| why.code()),
            room: guest.room.ok().map(room),
        }
    }
}

/// `POST /v1/room-plan`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommitRooms {
    placements: Vec<PlacementBody>,
    /// Why, kept with each of them.
    reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PlacementBody {
    party: Uuid,
    /// The version that was on the screen.
    version: i64,
    /// Which site.
    site: String,
}

impl CommitRooms {
    /// What is to be written.
    pub fn placements(self) -> Result<(Vec<Placement>, String), Invalid> {
        if self.placements.len() > PLACEMENTS_MAX {
            return Err(Invalid::new("too-many", "at most 1,000 parties at once").at("placements"));
        }
        let placements = self.placements.into_iter().enumerate().map(|(nth, it)| it.placement(nth));
        Ok((placements.collect::<Result<_, _>>()?, self.reason))
    }
}

impl PlacementBody {
    fn placement(self, nth: usize) -> Result<Placement, Invalid> {
        let site = code::Receiver::parse(&self.site);
        let site = site.map_err(|invalid| invalid.at("site").at(nth).at("placements"))?;
        Ok(Placement { party: PartyId::new(self.party), version: self.version, site })
    }
}
