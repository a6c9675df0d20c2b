//! A place where a vehicle stops: the point of entry, a community's gate, an observation site.

use super::{Defect, SECONDS_MAX};

/// One place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// From when somebody is there to take over, in seconds; a vehicle that comes earlier waits.
    pub opens: i32,
    /// Until when they are, in seconds.
    pub closes: i32,
    /// Free beds, at an observation site; nothing at a community, which has none to run out of.
    pub beds: Option<u32>,
}

impl Place {
    /// The beds as the search counts them.
    pub(crate) fn room(&self) -> i32 {
        self.beds.map_or(i32::MAX, |beds| i32::try_from(beds).unwrap_or(i32::MAX))
    }
}

pub(super) fn check(places: &[Place], max: usize) -> Result<(), Defect> {
    if places.is_empty() || places.len() > max {
        return Err(Defect::Places { found: places.len(), max });
    }
    let bad = |place: &Place| place.opens.abs() > SECONDS_MAX || place.closes.abs() > 10 * SECONDS_MAX;
    match places.iter().position(bad) {
        Some(index) => Err(Defect::Field { of: "place", index, field: "opens or closes" }),
        None => Ok(()),
    }
}
