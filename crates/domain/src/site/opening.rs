//! Where a site or a relay point may be opened, and how its code is written. Nothing is guessed: what cannot be right is
//! refused with words.

use crate::refusal::Door;
use crate::{Invalid, Point, Refusal, code};

/// How far a place may lie from the nearest desk of its district: a city's way home is a drive, never a flight.
pub const REACH_METRES: f64 = 300_000.0;
/// Signs of a new code: the code of its gate, two signs and more, is as long as a code may be.
const CODE_MAX: usize = 56;

/// The place behind two numbers, WGS-84 degrees, inside the reach of the district's desks; `field` is where they stand in the
/// body. Numbers that are right the other way round are refused as such.
pub fn place(lat: f64, lon: f64, desks: &[Point], field: &'static str) -> Result<Point, Refusal> {
    let metres = |point: Point| desks.iter().map(|desk| desk.metres_to(point)).min_by(f64::total_cmp);
    let near = |point: Point| metres(point).is_none_or(|metres| metres <= REACH_METRES);
    let found = Point::parse(lat, lon);
    if let Ok(point) = found
        && near(point)
    {
        return Ok(point);
    }
    if !desks.is_empty() && Point::parse(lon, lat).is_ok_and(near) {
        return Err(Door::Swapped { field }.into());
    }
    let point = found.map_err(|bad| bad.at(field))?;
    let km = metres(point).unwrap_or_default() / 1_000.0;
    #[expect(clippy::cast_possible_truncation, reason = "half the Earth's girth is 20 016 km")]
    Err(Door::TooFar { field, km: km.round() as i64 }.into())
}

/// The code of a new site: kebab-case, short enough for the code of its gate.
pub fn site_code(text: &str) -> Result<code::Receiver, Invalid> {
    kebab(text)?;
    code::Receiver::parse(text)
}

/// The code of a new relay point, written the same way.
pub fn relay_point_code(text: &str) -> Result<code::RelayPoint, Invalid> {
    kebab(text)?;
    code::RelayPoint::parse(text)
}

/// The code of a new site's gate.
#[must_use]
pub fn gate_code(site: &code::Receiver) -> code::Gate {
    code::Gate::parse(&format!("{site}-g1")).expect("a short code and three signs are a code")
}

fn kebab(text: &str) -> Result<(), Invalid> {
    if text.contains("--") || text.len() > CODE_MAX {
        let mend = format!(
            "up to {CODE_MAX} lower-case letters and digits, words with one hyphen between, e.g. huangpu-site-3"
        );
        return Err(Invalid::new("not-a-code", mend));
    }
    Ok(())
}
