//! Where one more stop costs least on a way. Straight lines only: the ranking needs differences, not roads.

use homeward_domain::Point;

/// Two gates this near are the same, in metres: the length of a vehicle and the error of a position.
pub const SAME_GATE_METRES: f64 = 30.0;

/// A place for a stop on a way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Insertion {
    /// Before which stop, from 0; the number of stops means behind the last.
    pub index: usize,
    /// How much longer the way becomes, in great-circle kilometres; never below 0.
    pub extra_km: f64,
}

/// The cheapest place for `stop` on `origin → stops…`; the last one on a tie, so that nobody rides on for nothing. The
/// way ends at its last stop: the ride home of the empty vehicle does not count.
#[must_use]
pub fn cheapest_insertion(origin: Point, stops: &[Point], stop: Point) -> Insertion {
    let mut best = Insertion { index: stops.len(), extra_km: km(stops.last().copied().unwrap_or(origin), stop) };
    for index in (0..stops.len()).rev() {
        let (before, after) = (if index == 0 { origin } else { stops[index - 1] }, stops[index]);
        let extra_km = (km(before, stop) + km(stop, after) - km(before, after)).max(0.0);
        if extra_km < best.extra_km {
            best = Insertion { index, extra_km };
        }
    }
    best
}

/// The length of `origin → stops…`, in great-circle kilometres.
#[must_use]
pub fn way_km(origin: Point, stops: &[Point]) -> f64 {
    let mut here = origin;
    stops.iter().map(|stop| km(std::mem::replace(&mut here, *stop), *stop)).sum()
}

fn km(from: Point, to: Point) -> f64 {
    from.metres_to(to) / 1000.0
}
