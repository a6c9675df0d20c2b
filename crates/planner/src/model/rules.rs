//! The rules of the road, as settings: how long things take, how long people may wait, who may share a vehicle.

use super::{Defect, SECONDS_MAX};

/// Times in seconds. The default is the practice of spring 2020, as the planner's benchmark has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// From the begin of boarding to the departure.
    pub boarding_s: i32,
    /// Each stop, before anybody gets off.
    pub stop_s: i32,
    /// Each party that gets off.
    pub party_s: i32,
    /// Between two trips of a vehicle: disinfection and a break.
    pub turnaround_s: i32,
    /// The longest wait between ready and departure.
    pub wait_max_s: i32,
    /// The longest ride between departure and gate.
    pub ride_max_s: i32,
    /// How much of the seats may be used, in percent; half of them when people shall sit apart.
    pub spacing_percent: i32,
    /// Escorts a vehicle needs.
    pub escorts_min: u8,
    /// For each tag the tags that it must not share a vehicle with, a bit each. Has to be said on both sides.
    pub apart: [u8; 8],
    /// What a kilometre is worth, in seconds of one traveller. A setting of the district, shown beside every plan.
    pub km_s: i32,
    /// What it is worth not to move a party that was told its vehicle, in seconds of each traveller.
    pub told_s: i32,
    /// What an escort who speaks the party's language is worth, in seconds of each traveller.
    pub language_s: i32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            boarding_s: 300,
            stop_s: 180,
            party_s: 60,
            turnaround_s: 1_200,
            wait_max_s: 7_200,
            ride_max_s: 9_000,
            spacing_percent: 100,
            escorts_min: 0,
            apart: [0; 8],
            km_s: 60,
            told_s: 3_600,
            language_s: 900,
        }
    }
}

impl Rules {
    /// The seats of a vehicle that may be used.
    #[must_use]
    pub fn seats(&self, seats: i32) -> i32 {
        seats * self.spacing_percent / 100
    }

    pub(super) fn check(&self, end: i32) -> Result<(), Defect> {
        let seconds = |it: i32| !(0..=SECONDS_MAX).contains(&it);
        let symmetric = (0..8).all(|a| (0..8).all(|b| (self.apart[a] >> b) & 1 == (self.apart[b] >> a) & 1));
        let checks = [
            (seconds(self.boarding_s), "boarding_s"),
            (seconds(self.stop_s), "stop_s"),
            (seconds(self.party_s), "party_s"),
            (seconds(self.turnaround_s), "turnaround_s"),
            (seconds(self.wait_max_s), "wait_max_s"),
            (seconds(self.ride_max_s), "ride_max_s"),
            (!(1..=100).contains(&self.spacing_percent), "spacing_percent"),
            (!symmetric, "apart"),
            (seconds(self.km_s), "km_s"),
            (seconds(self.told_s), "told_s"),
            (seconds(self.language_s), "language_s"),
            (end.abs() > 2 * SECONDS_MAX, "end"),
        ];
        match checks.into_iter().find(|(broken, _)| *broken) {
            Some((_, field)) => Err(Defect::Field { of: "rules", index: 0, field }),
            None => Ok(()),
        }
    }
}
