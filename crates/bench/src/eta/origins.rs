//! Where trips begin, when the file does not name the place: pickups within a walk of each other are one place.

use homeward_eta::{Place, Point};

/// A terminal's kerbs lie within it, two airports of one city do not.
const WALK_METRES: f64 = 1_500.0;
/// Looked through for every trip; a city has fewer.
const ORIGINS_MAX: usize = 4_000;

#[derive(Debug, Default)]
pub(super) struct Origins(Vec<Point>);

impl Origins {
    /// The place of a pickup: by its zone, else the nearest place known, else a new one.
    pub fn place(&mut self, point: Point, zone: Option<i64>) -> Place {
        let code = zone.or_else(|| Some(-1 - self.nearest(point)?));
        Place { point, code }
    }

    fn nearest(&mut self, point: Point) -> Option<i64> {
        let near = self.0.iter().map(|known| known.metres_to(point)).enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((index, _)) = near.filter(|(_, metres)| *metres <= WALK_METRES) {
            return i64::try_from(index).ok();
        }
        if self.0.len() >= ORIGINS_MAX {
            return None;
        }
        self.0.push(point);
        i64::try_from(self.0.len() - 1).ok()
    }
}
