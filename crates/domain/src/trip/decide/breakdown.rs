//! On the road: a vehicle that cannot go on, and one that goes on after all.

use crate::refusal::Change as Between;
use crate::trip::change::{self, Breakdown, Place};
use crate::trip::{Event, State, Trip};
use crate::{Invalid, Refusal, VehicleId};
use chrono::{DateTime, Utc};

type Decided = Result<Vec<Event>, Refusal>;

impl Trip {
    pub(super) fn break_down(&self, reason: String, by: String, now: DateTime<Utc>) -> Decided {
        let State::EnRoute { .. } = self.state else {
            return Err(Refusal::WrongStage { stage: self.state.code(), needed: "en_route" });
        };
        self.not_broken_down()?;
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        Ok(vec![Event::Change(change::Event::BrokeDown(Breakdown { at: now, reason, by }))])
    }

    /// Not while people stand beside the road between it and the vehicle that came for them.
    pub(super) fn mend(&self, reason: String) -> Decided {
        if self.breakdown.is_none() {
            return Err(Between::NotBrokenDown.into());
        }
        let standing =
            self.changes.iter().find(|change| matches!(change.place, Place::Road { .. }) && !change.closed());
        if let Some(change) = standing {
            return Err(super::change::still_open(change));
        }
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        Ok(vec![Event::Change(change::Event::Mended(reason))])
    }

    pub(super) fn not_broken_down(&self) -> Result<(), Refusal> {
        self.breakdown.as_ref().map_or(Ok(()), |broken| Err(Between::BrokenDown { at: broken.at }.into()))
    }

    /// A replacement comes to a vehicle that broke down; everybody else meets at a relay point.
    pub(super) fn may_meet_at(&self, place: &Place) -> Result<(), Refusal> {
        match place {
            Place::Relay { .. } => self.not_broken_down(),
            Place::Road { .. } if self.breakdown.is_none() => Err(Between::NotBrokenDown.into()),
            Place::Road { .. } => Ok(()),
        }
    }

    /// A vehicle cannot meet itself, on this trip or on its next one.
    pub(super) fn other_than_self(&self, vehicle: VehicleId) -> Result<(), Refusal> {
        if vehicle != self.vehicle.id {
            return Ok(());
        }
        Err(Invalid::new("same-trip", "choose another vehicle than the one they ride in").at("onto").into())
    }
}
