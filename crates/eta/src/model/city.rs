//! A city before its first trip: how long a distance takes and how hours differ. Every number is an assumption that the
//! first trips correct.

/// Added to every time before its logarithm is taken, in seconds: lights and ramps make short ways no more certain than
/// a minute.
pub const GRACE_SECONDS: f64 = 60.0;

/// Logarithm of how much longer each hour of a working day takes than the mean of the day; a rush at eight and at
/// seventeen, free roads at night, as most big cities have it.
const WORKING_DAY: [f64; 24] = [
    -0.30, -0.34, -0.36, -0.38, -0.36, -0.26, -0.07, 0.12, 0.20, 0.14, 0.06, 0.04, 0.05, 0.07, 0.14, 0.22, 0.26, 0.26,
    0.17, 0.02, -0.07, -0.12, -0.17, -0.24,
];
/// The same on Saturday and Sunday: no morning rush, a flat afternoon.
const WEEKEND: [f64; 24] = [
    -0.26, -0.31, -0.36, -0.38, -0.38, -0.36, -0.31, -0.26, -0.19, -0.12, -0.06, 0.00, 0.04, 0.06, 0.06, 0.07, 0.07,
    0.06, 0.04, 0.00, -0.06, -0.10, -0.14, -0.20,
];

/// Seconds for a great circle of `km`: a detour of 1.3, and 18 km/h for the first kilometre growing to 50 for the
/// twenty-fifth, because farther ways use faster roads.
pub fn seconds(km: f64) -> f64 {
    let km = km.max(0.0);
    km * 1.3 / (18.0 + km.min(25.0) * 1.3) * 3600.0 + 60.0
}

/// Logarithm of an hour's factor, between the hours a straight line.
pub fn hour(hour: f64, weekend: bool) -> f64 {
    let table = if weekend { &WEEKEND } else { &WORKING_DAY };
    super::cells::circle(hour, 24).into_iter().map(|(index, share)| at(table, index) * share).sum()
}

fn at(table: &[f64; 24], index: i64) -> f64 {
    usize::try_from(index).ok().and_then(|index| table.get(index)).copied().unwrap_or(0.0)
}

/// Six parts of a day that traffic tells apart, by local hour.
pub const fn period(hour: f64) -> i64 {
    match hour {
        h if h < 6.0 => 0,
        h if h < 10.0 => 1,
        h if h < 15.0 => 2,
        h if h < 19.0 => 3,
        h if h < 22.0 => 4,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn farther_takes_longer_and_the_rush_longest() {
        let times: Vec<f64> = (0..200).map(|step| seconds(f64::from(step) * 0.5)).collect();
        assert!(times.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(hour(17.0, false) > hour(12.0, false) && hour(12.0, false) > hour(3.0, false));
        assert!(hour(8.0, true) < hour(8.0, false));
        assert!((hour(23.999, false) - hour(0.0, false)).abs() < 0.01);
    }
}
