//! Whom a round takes out: strings of riders from trips near each other, or whole trips that leave at about the same time.

use super::{NOBODY, Search};

/// How many parties a round takes out on average when strings are short (Christiaens and Vanden Berghe take 10; with 6
/// the rounds are so much shorter that more come of it, 0.3 to 0.8 points here).
const TAKEN_MEAN: f64 = 6.0;
/// The longest string.
const STRING_MAX: f64 = 10.0;
/// In this share of the rounds whole trips are taken out, in percent.
const WHOLE_TRIPS: usize = 10;
/// Trips that leave within this many seconds could change places.
const SAME_TIME_S: i32 = 5_400;
/// At most so many parties of whole trips at once.
const WHOLE_MAX: u32 = 40;

impl Search<'_> {
    /// Takes parties out, into the pool. The parties without a seat join them.
    pub(super) fn ruin(&mut self) {
        self.pool.clear();
        let centre = self.movable[self.random.below(self.movable.len())];
        if self.rides[centre as usize] != NOBODY && self.random.below(100) < WHOLE_TRIPS {
            self.mark_trips(centre);
        } else {
            self.mark_strings(centre);
        }
        self.take_marked();
        self.draft.pick_up_absent(self.problem, &mut self.pool);
    }

    /// Takes out whoever was marked since the last time.
    pub(super) fn take_marked(&mut self) {
        for at in 0..self.undo.touched.len() {
            self.draft.take_out(self.problem, self.undo.touched[at], &self.marked);
        }
        for &party in &self.pool {
            self.marked[party as usize] = false;
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "ratios of small counts")]
    fn mark_strings(&mut self, centre: u32) {
        let trips: usize =
            self.draft.routes.iter().zip(&self.draft.locked).map(|(it, locked)| it.trips.len() - locked).sum();
        let mean = (self.movable.len() as f64 / trips.max(1) as f64).clamp(1.0, STRING_MAX);
        let strings_max = 4.0 * TAKEN_MEAN / (1.0 + mean) - 1.0;
        let strings = whole(self.random.fraction() * strings_max + 1.0);
        let (mut taken, mut nth, mut next) = (0, 0, Some(centre));
        let mut cut: [(usize, usize); 64] = [(NOBODY, 0); 64];
        while let Some(party) = next.filter(|_| taken < strings.min(64)) {
            if let Some(trip) = self.open_trip(party).filter(|trip| !cut[..taken].contains(trip)) {
                cut[taken] = trip;
                taken += 1;
                self.mark_string(party, trip, mean * 1.5 + 1.0);
            }
            next = self.neighbours.get(centre, nth);
            nth += 1;
        }
    }

    /// The vehicle and trip of a party that may still move and was not taken yet.
    pub(super) fn open_trip(&self, party: u32) -> Option<(usize, usize)> {
        let vehicle = self.rides[party as usize];
        if vehicle == NOBODY || self.marked[party as usize] {
            return None;
        }
        let (trip, _) = self.draft.routes[vehicle].find(party)?;
        (trip >= self.draft.locked[vehicle]).then_some((vehicle, trip))
    }

    /// Marks neighbours in the row around a party.
    fn mark_string(&mut self, party: u32, (vehicle, trip): (usize, usize), longest: f64) {
        let route = &self.draft.routes[vehicle];
        let Some((_, at)) = route.find(party) else { return };
        let row = route.trips[trip].row();
        let longest = longest.min(f64::from(route.trips[trip].len));
        let length = (whole(self.random.fraction() * longest) + 1).min(row.len());
        let low = row.start.max((at + 1).saturating_sub(length));
        let high = (row.end - length).min(at).max(low);
        let first = low + self.random.below(high - low + 1);
        self.mark(vehicle, first..first + length);
    }

    fn mark_trips(&mut self, centre: u32) {
        let Some((vehicle, trip)) = self.open_trip(centre) else { return };
        let departs = self.draft.routes[vehicle].trips[trip].departs;
        let wanted = 1 + self.random.below(3);
        let mut nearest = [(i32::MAX, NOBODY, 0); 3];
        for (vehicle, route) in self.draft.routes.iter().enumerate() {
            for (index, trip) in route.trips.iter().enumerate().skip(self.draft.locked[vehicle]) {
                let apart = (trip.departs - departs).abs();
                if apart < SAME_TIME_S {
                    let jitter = i32::try_from(self.random.below(1_800)).expect("it is below 1,800");
                    let candidate = (apart + jitter, vehicle, index);
                    if candidate < nearest[2] {
                        nearest[2] = candidate;
                        nearest.sort_unstable();
                    }
                }
            }
        }
        let mut taken = 0;
        for &(_, vehicle, index) in nearest[..wanted].iter().filter(|(_, vehicle, _)| *vehicle != NOBODY) {
            let trip = self.draft.routes[vehicle].trips[index];
            if taken + trip.len > WHOLE_MAX && taken > 0 {
                break;
            }
            taken += trip.len;
            self.mark(vehicle, trip.row());
        }
    }

    pub(super) fn mark(&mut self, vehicle: usize, row: std::ops::Range<usize>) {
        self.undo.keep(&self.draft, vehicle);
        for rider in &self.draft.routes[vehicle].riders[row] {
            let stays = self.problem.parties[rider.party as usize].stays;
            if !stays && !self.marked[rider.party as usize] {
                self.marked[rider.party as usize] = true;
                self.pool.push(rider.party);
            }
        }
    }
}

/// The whole part of a small number that is not negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and not negative")]
fn whole(number: f64) -> usize {
    number as usize
}
