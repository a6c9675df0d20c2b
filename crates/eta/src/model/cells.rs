//! Places, distances and hours as weights on a few keys: smooth where the world is smooth.

use homeward_domain::Point;

const KM_PER_DEGREE: f64 = 111.2;
/// Rows and columns of cells fit into half of it on every grid from 100 m on.
const COLUMNS: i64 = 1 << 21;

/// The whole number below; coordinates and hours are far inside what an `i64` holds.
#[expect(clippy::cast_possible_truncation, reason = "coordinates, hours and sectors are far below 2^53")]
pub fn whole(value: f64) -> i64 {
    value.floor() as i64
}

fn row_of(point: Point, km: f64) -> f64 {
    point.lat() * KM_PER_DEGREE / km
}

/// Columns are as wide as rows are high, measured at the row, so that every point of a row agrees on them.
fn column_of(point: Point, row: f64, km: f64) -> f64 {
    let lat = (row * km / KM_PER_DEGREE).clamp(-89.0, 89.0);
    point.lon() * KM_PER_DEGREE * lat.to_radians().cos() / km
}

fn name(row: i64, column: i64) -> i64 {
    row * COLUMNS + column
}

/// The cell of `km` by `km` that holds a point.
pub fn cell(point: Point, km: f64) -> i64 {
    let row = row_of(point, km).floor();
    name(whole(row), whole(column_of(point, row, km)))
}

/// The name of a gate: the cell of 100 m it stands in, the finest whose names do not meet.
pub fn gate(point: Point) -> i64 {
    cell(point, 0.1)
}

/// The four corners around a point and how much each counts; the weights add up to 1 and never jump.
pub fn corners(point: Point, km: f64) -> [(i64, f64); 4] {
    let exact = row_of(point, km);
    let (low, up) = (exact.floor(), exact - exact.floor());
    let side = |row: f64, share: f64| {
        let column = column_of(point, row, km);
        let right = column - column.floor();
        let (row, column) = (whole(row), whole(column));
        [(name(row, column), share * (1.0 - right)), (name(row, column + 1), share * right)]
    };
    let ([a, b], [c, d]) = (side(low, 1.0 - up), side(low + 1.0, up));
    [a, b, c, d]
}

/// Between which knots a positive value lies, in its logarithm, and how much each counts.
pub fn hats(value: f64, knots: &[f64]) -> [(i64, f64); 2] {
    let last = knots.len() - 1;
    let value = value.clamp(knots[0], knots[last]);
    let upper = knots.partition_point(|knot| *knot <= value).clamp(1, last);
    let (low, high) = (knots[upper - 1].ln(), knots[upper].ln());
    let share = (value.ln() - low) / (high - low);
    let index = i64::try_from(upper).unwrap_or(i64::MAX);
    [(index - 1, 1.0 - share), (index, share)]
}

/// Between which of `count` points of a circle a position lies (0 ≤ position < count), and how much each counts.
pub fn circle(position: f64, count: i64) -> [(i64, f64); 2] {
    let (index, share) = (whole(position), position - position.floor());
    [(index.rem_euclid(count), 1.0 - share), ((index + 1).rem_euclid(count), share)]
}

/// Which way `to` lies from `from`, as a part of the full circle, 0 ≤ turn < 1, east first.
pub fn turn(from: Point, to: Point) -> f64 {
    let north = to.lat() - from.lat();
    let east = (to.lon() - from.lon()) * from.lat().to_radians().cos();
    (north.atan2(east) / std::f64::consts::TAU).rem_euclid(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn weights_add_up_and_near_points_agree(lat in -80.0..80.0_f64, lon in -179.0..179.0_f64, km in 0.5..10.0_f64) {
            prop_assume!(lat.abs() > 0.1 || lon.abs() > 0.1);
            let here = Point::parse(lat, lon).expect("a place");
            let near = Point::parse(lat + 1e-7, lon + 1e-7).expect("a place");
            let (one, two) = (corners(here, km), corners(near, km));
            prop_assert!((one.iter().map(|it| it.1).sum::<f64>() - 1.0).abs() < 1e-9);
            let moved: f64 = one.iter().map(|(cell, weight)| {
                let other = two.iter().filter(|it| it.0 == *cell).map(|it| it.1).sum::<f64>();
                (weight - other).abs()
            }).sum();
            prop_assert!(moved < 0.01, "{one:?} {two:?}");
        }

        #[test]
        fn a_value_between_two_knots_is_both_in_part(value in 0.0..100.0_f64) {
            let [(low, one), (high, other)] = hats(value, &[0.5, 1.0, 2.0, 8.0, 40.0]);
            prop_assert!(high == low + 1 && high <= 4 && low >= 0);
            prop_assert!((one + other - 1.0).abs() < 1e-12 && one >= 0.0 && other >= 0.0);
        }
    }
}
