//! The rest of a trip's way, and what an old answer still says about it. Pure.

use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::Point;
use homeward_routing::Engine;

/// A vehicle that moved less is where it was, in metres (issue 5); also the step at which it is worth asking again.
pub(super) const MOVED_METRES: f64 = 500.0;
/// An answer about somewhere else is scaled to here for so long; it is renewed every 90 s as long as the engine answers.
const SCALED_FOR: TimeDelta = TimeDelta::minutes(10);
/// Two readings of the same gate; its coordinates may have been written as text in between.
const SAME_METRES: f64 = 1.0;
/// A detour can make the way longer than it was, not endlessly.
const STRETCH_MAX: f64 = 2.0;

/// Where the vehicle is, or starts, and the gates that are left, in order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Way {
    pub start: Point,
    pub gates: Vec<Point>,
}

impl Way {
    pub fn points(&self) -> Vec<Point> {
        std::iter::once(self.start).chain(self.gates.iter().copied()).collect()
    }

    /// Whether the same gates are left.
    pub fn same_gates(&self, other: &Self) -> bool {
        self.gates.len() == other.gates.len() && self.gates.iter().zip(&other.gates).all(|(a, b)| same(*a, *b))
    }

    pub fn moved_metres(&self, since: &Self) -> f64 {
        since.start.metres_to(self.start)
    }
}

fn same(a: Point, b: Point) -> bool {
    a.metres_to(b) <= SAME_METRES
}

/// What the engine said: seconds of each leg of a way, on a free road.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub engine: Engine,
    pub way: Way,
    pub legs: Vec<f64>,
    pub at: DateTime<Utc>,
}

impl Answer {
    /// Seconds of driving to each gate of `way`, if this still says something about it: the same gates or the last ones of
    /// them are left, and the vehicle stands where it stood, or moved a short while ago. Then the first leg is scaled by
    /// the straight distance that is left of it.
    pub fn seconds(&self, way: &Way, now: DateTime<Utc>) -> Option<Vec<f64>> {
        let passed = self.way.gates.len().checked_sub(way.gates.len())?;
        let left = self.way.gates[passed..].iter().zip(&way.gates).all(|(a, b)| same(*a, *b));
        let from = if passed == 0 { self.way.start } else { self.way.gates[passed - 1] };
        let still = passed == 0 && from.metres_to(way.start) < MOVED_METRES;
        let (true, Some(first)) = (left && (still || now - self.at <= SCALED_FOR), way.gates.first()) else {
            return None;
        };
        let whole = from.metres_to(*first);
        let share = if whole < SAME_METRES { 1.0 } else { (way.start.metres_to(*first) / whole).min(STRETCH_MAX) };
        let legs = self.legs[passed..]
            .iter()
            .enumerate()
            .map(|(leg, seconds)| if leg == 0 { seconds * share } else { *seconds });
        Some(
            legs.scan(0.0, |sum, seconds| {
                *sum += seconds;
                Some(*sum)
            })
            .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(lon: f64) -> Point {
        Point::parse(31.2, lon).expect("a place")
    }

    fn way(start: f64, gates: &[f64]) -> Way {
        Way { start: point(start), gates: gates.iter().map(|lon| point(*lon)).collect() }
    }

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn answer() -> Answer {
        let way = way(121.8, &[121.6, 121.5]);
        Answer { engine: Engine::Osrm, way, legs: vec![1_000.0, 300.0], at: at(0) }
    }

    #[test]
    fn where_it_stood_it_holds_for_ever() {
        assert_eq!(answer().seconds(&answer().way, at(100_000)), Some(vec![1_000.0, 1_300.0]));
    }

    #[test]
    fn on_the_way_it_is_scaled_for_ten_minutes() {
        let halfway = way(121.7, &[121.6, 121.5]);
        let said = answer().seconds(&halfway, at(10)).expect("fresh");
        assert!((said[0] - 500.0).abs() < 1.0 && (said[1] - said[0] - 300.0).abs() < 1e-9, "{said:?}");
        assert_eq!(answer().seconds(&halfway, at(11)), None);
        let astray = answer().seconds(&way(122.9, &[121.6, 121.5]), at(1)).expect("fresh");
        assert!((astray[0] - 2_000.0).abs() < 1e-9, "{astray:?}");
    }

    #[test]
    fn behind_a_gate_the_later_legs_are_left() {
        let said = answer().seconds(&way(121.6, &[121.5]), at(5)).expect("fresh");
        assert!((said[0] - 300.0).abs() < 1e-6 && said.len() == 1, "{said:?}");
    }

    #[test]
    fn of_another_way_it_says_nothing() {
        for other in
            [way(121.8, &[121.5, 121.6]), way(121.8, &[121.6, 121.5, 121.4]), way(121.8, &[121.6]), way(121.8, &[])]
        {
            assert_eq!(answer().seconds(&other, at(0)), None, "{other:?}");
        }
    }
}
