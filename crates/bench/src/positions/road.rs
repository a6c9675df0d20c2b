//! Where a phone is after so long: on a straight way, or on a track that was recorded as GPX 1.1 and is driven again in
//! its own time.

use crate::Fault;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Degrees north and east.
pub(super) type Place = (f64, f64);

/// A straight way takes so long: forty minutes from the airport into town.
const STRAIGHT_SECONDS: f64 = 2_400.0;
/// Phones do not start together.
const APART_SECONDS: f64 = 0.37;

/// Places in the order of time, with the seconds since the first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Road {
    points: Vec<(f64, Place)>,
}

impl Road {
    pub fn straight(from: Place, to: Place) -> Self {
        Self { points: vec![(0.0, from), (STRAIGHT_SECONDS, to)] }
    }

    /// Where a phone is after so long; at the end it stays.
    fn at(&self, seconds: f64) -> Place {
        let after = self.points.partition_point(|(at, _)| *at <= seconds);
        let (Some(&(from_at, from)), next) = (self.points[..after].last(), self.points.get(after)) else {
            return self.points[0].1;
        };
        let Some(&(to_at, to)) = next else { return from };
        let share = (seconds - from_at) / (to_at - from_at);
        (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
    }

    /// What the app would ask for: the token, the place, the phone's own clock.
    #[expect(clippy::disallowed_methods, reason = "the phone's clock is this machine's")]
    #[expect(clippy::cast_precision_loss, reason = "a few thousand phones")]
    pub fn tell(&self, device: usize, token: &str, elapsed: Duration) -> String {
        let (lat, lon) = self.at((device % 100) as f64 * APART_SECONDS + elapsed.as_secs_f64());
        let at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        format!(
            "/v1/positions?id={token}&timestamp={at}&lat={lat:.6}&lon={lon:.6}&speed=29.2&bearing=270.0&altitude=4.0&accuracy=9.5&batt=80.0"
        )
    }
}

/// Reads the track points of a GPX file that carry a time.
pub(super) fn read(path: &Path) -> Result<Road, Fault> {
    let wrong = |why: String| Fault::Option(format!("{}: {why}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    parse(&text).map_err(wrong)
}

fn parse(text: &str) -> Result<Road, String> {
    let mut reader = Reader::from_str(text);
    let (mut points, mut here, mut in_time) = (Vec::new(), None, false);
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) if tag.local_name().as_ref() == "trkpt" => {
                let degrees = |name: &str| {
                    let value = tag.try_get_attribute(name).ok()??.value;
                    value.parse::<f64>().ok()
                };
                here = degrees("lat").zip(degrees("lon"));
            }
            Event::Start(tag) => in_time = tag.local_name().as_ref() == "time",
            Event::Text(text) if in_time => {
                let text: &str = &text;
                let at = seconds(text.trim()).ok_or_else(|| format!("{text} is no time in UTC"))?;
                points.extend(here.take().map(|here| (at, here)));
            }
            Event::End(_) => in_time = false,
            Event::Eof => break,
            _ => {}
        }
    }
    points.sort_by(|one, other| one.0.total_cmp(&other.0));
    points.dedup_by(|later, earlier| later.0 <= earlier.0);
    let first = points.first().map(|point| point.0).ok_or("no track point with a time")?;
    Ok(Road { points: points.into_iter().map(|(at, place)| (at - first, place)).collect() })
}

/// Seconds of `YYYY-MM-DDTHH:MM:SS[.fff]Z` since some day long ago (days from civil: Hinnant 2013).
fn seconds(text: &str) -> Option<f64> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let mut day = day.splitn(3, '-').map(str::parse::<i32>);
    let (year, month, of_month) = (day.next()?.ok()?, day.next()?.ok()?, day.next()?.ok()?);
    let mut time = time.splitn(3, ':').map(str::parse::<f64>);
    let (hour, minute, second) = (time.next()?.ok()?, time.next()?.ok()?, time.next()?.ok()?);
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + of_month - 1;
    let days = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year;
    Some(f64::from(days) * 86_400.0 + hour * 3_600.0 + minute * 60.0 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACK: &str = r#"<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
        <trkpt lat="31.2" lon="121.6"><ele>4</ele><time>2020-03-01T00:00:10Z</time></trkpt>
        <trkpt lat="31.1" lon="121.8"><time>2020-02-29T23:59:50.000Z</time></trkpt>
        <trkpt lat="31.0" lon="121.9"/></trkseg></trk></gpx>"#;

    #[test]
    fn a_track_is_driven_in_the_order_of_time() {
        let road = parse(TRACK).expect("a track");
        assert_eq!(road.points, [(0.0, (31.1, 121.8)), (20.0, (31.2, 121.6))]);
        let (lat, lon) = road.at(10.0);
        assert!((lat - 31.15).abs() < 1e-9 && (lon - 121.7).abs() < 1e-9);
        assert_eq!((road.at(-1.0), road.at(99.0)), ((31.1, 121.8), (31.2, 121.6)));
    }

    #[test]
    fn what_is_no_track_is_said() {
        assert!(
            parse("<gpx></gpx>").is_err() && parse("<gpx><trkpt lat='1' lon='2'><time>x</time></trkpt></gpx>").is_err()
        );
    }
}
