//! From the planner's obstacle, or the register's, to a code with its numbers.

use super::seats::Because;
use super::setting::Setting;
use super::standing::ASKED;
use chrono::{DateTime, Utc};
use homeward_domain::Refusal;
use homeward_domain::refusal::Door;
use homeward_domain::vehicle::Vehicle;
use homeward_planner::Obstacle;

/// The planner's word on one trip or vehicle.
pub(super) fn of(setting: &Setting, vehicle: usize, obstacle: Obstacle) -> Because {
    let at = |second: i32| Some(setting.at(second));
    let minutes = |seconds: i32| Some(i64::from(seconds).div_euclid(60));
    let label = |party: u32| (party != ASKED).then(|| setting.parties[party as usize].label.clone());
    let of = Because { code: obstacle.as_str(), ..Because::default() };
    match obstacle {
        Obstacle::PinnedElsewhere { vehicle } => Because { label: Some(setting.vehicles[vehicle].name.clone()), ..of },
        Obstacle::Escorts { found, needed } => Because { free: Some(found.into()), needed: Some(needed.into()), ..of },
        Obstacle::Full { free, needed } if setting.spared(vehicle) >= i64::from(needed) - i64::from(free) => {
            let percent = Some(setting.rules.rules.spacing_percent);
            Because { code: "seats_apart", free: Some(free.max(0).into()), needed: Some(needed.into()), percent, ..of }
        }
        Obstacle::Full { free, needed }
        | Obstacle::Luggage { free, needed }
        | Obstacle::Wheelchairs { free, needed }
        | Obstacle::NoBed { free, needed, .. } => {
            Because { free: Some(free.max(0).into()), needed: Some(needed.into()), ..of }
        }
        Obstacle::MustNotMeet { party } => Because { label: label(party), ..of },
        Obstacle::WaitTooLong { party, wait_s, max_s } => {
            Because { label: label(party), minutes: minutes(wait_s), minutes_max: minutes(max_s), ..of }
        }
        Obstacle::RideTooLong { party, ride_s, max_s } => {
            Because { label: label(party), minutes: minutes(ride_s), minutes_max: minutes(max_s), ..of }
        }
        Obstacle::GateClosed { party, arrives, closes } => {
            Because { label: label(party), at: at(arrives), until: at(closes), ..of }
        }
        Obstacle::BackAfterShift { back, until } => Because { at: at(back), until: at(until), ..of },
        _ => of,
    }
}

/// Nobody plans with it; nothing for a vehicle in service.
pub(super) fn out_of_service(vehicle: &Vehicle) -> Option<Because> {
    let out = vehicle.out()?;
    let (reason, at) = (Some(out.reason.to_owned()), Some(out.since));
    Some(Because { code: "out_of_service", reason, at, ..Because::default() })
}

/// It stands beside the road, and nobody can say when it is back.
pub(super) fn broken_down(since: DateTime<Utc>, reason: &str) -> Because {
    Because { code: "broken_down", reason: Some(reason.to_owned()), at: Some(since), ..Because::default() }
}

/// It is back, and nobody has confirmed that it was disinfected.
pub(super) fn not_cleaned(since: DateTime<Utc>) -> Because {
    Because { code: "not_cleaned", at: Some(since), ..Because::default() }
}

/// Why a site has no room; nothing for a refusal that is no site's.
pub(super) fn of_site(refusal: Refusal) -> Option<Because> {
    match refusal {
        Refusal::SiteClosed { reason } => {
            Some(Because { code: "site_closed", reason: Some(reason), ..Because::default() })
        }
        Refusal::SiteFull { free, needed } => {
            Some(Because { code: "no_bed", free: Some(free), needed: Some(needed), ..Because::default() })
        }
        Refusal::Door(Door::NoRoomWhole { free, needed, .. }) => {
            Some(Because { code: "no_room_whole", free: Some(free), needed: Some(needed), ..Because::default() })
        }
        _ => None,
    }
}
