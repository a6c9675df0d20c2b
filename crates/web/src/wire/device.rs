//! What phones send, in both dialects of the Traccar Client app, and bodies about the phones themselves.
//!
//! The query dialect (`id, timestamp, lat, lon, accuracy, valid, …`) came from `OsmAnd`; the JSON dialect
//! (`{"location":{"timestamp","coords":{…}},"device_id"}`) is the app's since version 9 (traccar.org/osmand). Speed, heading,
//! height, battery and activity come along in both and are not read: nothing is done with them, so they stay outside.

use super::text;
use chrono::{DateTime, NaiveDateTime, Utc};
use homeward_domain::fix::Fix;
use homeward_domain::{Invalid, Personal, Point};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Below this a number is seconds, from it on milliseconds: 2^31, as Traccar's own server decides.
const SECONDS_BELOW: i64 = 1 << 31;

/// One message of a phone, as it came: nothing in it is checked yet.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Told {
    /// The token.
    pub id: Option<Personal<String>>,
    timestamp: Option<String>,
    lat: Option<String>,
    lon: Option<String>,
    accuracy: Option<String>,
    valid: Option<String>,
}

/// The query dialect, as the document shows it.
#[derive(Deserialize, IntoParams)]
#[expect(dead_code, reason = "read as pairs, because the app sends more and other servers' phones send less")]
pub(crate) struct TellQuery {
    /// The phone's token (`deviceid` is the same).
    id: Option<String>,
    /// Seconds or milliseconds since 1970, or ISO 8601; now, if it is left out.
    timestamp: Option<String>,
    /// Degrees north, WGS-84.
    lat: Option<f64>,
    /// Degrees east, WGS-84.
    lon: Option<f64>,
    /// Radius, metres.
    accuracy: Option<f64>,
    /// `false` or `0`: the receiver has no fix.
    valid: Option<String>,
}

/// The JSON dialect; further members are passed over.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct TellBody {
    device_id: Option<String>,
    location: Option<Location>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PhoneLocation)]
struct Location {
    timestamp: Option<String>,
    coords: Option<Coords>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct Coords {
    latitude: f64,
    longitude: f64,
    accuracy: Option<f64>,
}

impl Told {
    /// From the pairs of a query or of a form; the first of a name counts.
    pub fn of_pairs(pairs: Vec<(String, String)>) -> Self {
        let mut told = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "id" | "deviceid" => told.id = told.id.or(Some(Personal::new(value))),
                "timestamp" => told.timestamp = told.timestamp.or(Some(value)),
                "lat" => told.lat = told.lat.or(Some(value)),
                "lon" => told.lon = told.lon.or(Some(value)),
                "accuracy" => told.accuracy = told.accuracy.or(Some(value)),
                "valid" => told.valid = told.valid.or(Some(value)),
                _ => {}
            }
        }
        told
    }

    /// The fix, or nothing if the receiver has none; what cannot be read is named.
    pub fn fix(&self, now: DateTime<Utc>) -> Result<Option<Fix>, Invalid> {
        if self.valid.as_deref().is_some_and(|valid| matches!(valid, "false" | "0")) {
            return Ok(None);
        }
        let told_at = self.timestamp.as_deref().map_or(Ok(now), instant)?;
        let accuracy_metres = self.accuracy.as_deref().map(|text| number(text, "accuracy")).transpose()?;
        let (lat, lon) = (degrees(self.lat.as_deref(), "lat")?, degrees(self.lon.as_deref(), "lon")?);
        match Point::parse(lat, lon) {
            Ok(point) => Ok(Some(Fix { point, told_at, accuracy_metres: accuracy_metres.filter(|it| *it > 0.0) })),
            Err(nowhere) if nowhere.reason == "null-island" => Ok(None),
            Err(wrong) => Err(wrong),
        }
    }
}

impl From<TellBody> for Told {
    fn from(body: TellBody) -> Self {
        let id = body.device_id.map(Personal::new);
        let Some(Location { timestamp, coords }) = body.location else { return Self { id, ..Self::default() } };
        let Some(coords) = coords else { return Self { id, timestamp, ..Self::default() } };
        let text = |number: f64| Some(number.to_string());
        Self {
            id,
            timestamp,
            lat: text(coords.latitude),
            lon: text(coords.longitude),
            accuracy: coords.accuracy.and_then(text),
            valid: None,
        }
    }
}

fn degrees(value: Option<&str>, field: &str) -> Result<f64, Invalid> {
    let value = value.ok_or_else(|| Invalid::new("missing", "send degrees, WGS-84").at(field))?;
    number(value, field)
}

fn number(value: &str, field: &str) -> Result<f64, Invalid> {
    value.trim().parse().map_err(|_| Invalid::new("not-a-number", "send a decimal number with a point").at(field))
}

/// Seconds, milliseconds, RFC 3339, or date and time in UTC.
fn instant(text: &str) -> Result<DateTime<Utc>, Invalid> {
    let text = text.trim();
    let read = match text.parse::<i64>() {
        Ok(seconds) if seconds < SECONDS_BELOW => DateTime::from_timestamp(seconds, 0),
        Ok(millis) => DateTime::from_timestamp_millis(millis),
        Err(_) => DateTime::parse_from_rfc3339(text).map(|at| at.to_utc()).ok().or_else(|| {
            let plain = |form| NaiveDateTime::parse_from_str(text, form).ok().map(|at| at.and_utc());
            plain("%Y-%m-%d %H:%M:%S").or_else(|| plain("%Y-%m-%dT%H:%M:%S%.f"))
        }),
    };
    let mend = "seconds or milliseconds since 1970, or ISO 8601 such as 2020-03-20T20:30:00Z";
    read.ok_or_else(|| Invalid::new("not-an-instant", mend).at("timestamp"))
}

/// `POST /v1/devices`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Enrol {
    pub vehicle: Uuid,
    label: String,
}

impl Enrol {
    /// 1 to 40 characters.
    pub fn label(&self) -> Result<String, Invalid> {
        text(&self.label, "label", 40)
    }
}

/// A phone was enrolled. The token is told this once.
#[derive(Serialize, ToSchema)]
pub(crate) struct Enrolled {
    pub subject: Uuid,
    pub version: i64,
    pub at: DateTime<Utc>,
    /// What the phone shows itself with; absent when the request is repeated.
    pub token: Option<String>,
    /// What the app reads to set itself up: where to send, as whom, how often.
    pub set_up_url: Option<String>,
    /// The same as a QR code: a row of modules a text, `1` is dark.
    pub qr: Vec<String>,
}

/// A phone of the district.
#[derive(Serialize, ToSchema)]
pub(crate) struct DeviceBody {
    pub id: Uuid,
    pub vehicle: Uuid,
    pub vehicle_name: String,
    pub label: String,
    pub enrolled_by: String,
    pub enrolled_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    /// When this node heard it last; nothing since the node began.
    pub heard_at: Option<DateTime<Utc>>,
    /// What became of that.
    pub outcome: Option<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_584_708_000, 0).expect("an instant")
    }

    fn query(text: &[(&str, &str)]) -> Told {
        Told::of_pairs(text.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn both_dialects_say_the_same() {
        let pairs = [("id", "x"), ("lat", "31.2"), ("lon", "121.6"), ("accuracy", "12"), ("timestamp", "1584708000")];
        let body = r#"{"location":{"timestamp":"2020-03-20T12:40:00.000Z","coords":{"latitude":31.2,"longitude":121.6,
            "accuracy":12,"speed":9.5,"heading":270,"altitude":4},"is_moving":true,"odometer":7,"event":"motionchange",
            "battery":{"level":0.5,"is_charging":false},"activity":{"type":"in_vehicle"},"extras":{}},"device_id":"x"}"#;
        let body: TellBody = serde_json::from_str(body).expect("the app's own");
        let (one, other) = (query(&pairs), Told::from(body));
        assert_eq!(one.id.as_ref().map(|id| id.reveal().clone()), other.id.as_ref().map(|id| id.reveal().clone()));
        assert_eq!(one.fix(now()), other.fix(now()));
        assert_eq!(one.fix(now()).expect("good").expect("a fix").told_at, now());
    }

    #[test]
    fn instants_are_read_in_every_form() {
        for text in
            ["1584708000", "1584708000000", "2020-03-20T12:40:00Z", "2020-03-20T20:40:00+08:00", "2020-03-20 12:40:00"]
        {
            assert_eq!(instant(text), Ok(now()), "{text}");
        }
        assert_eq!(instant("yesterday").expect_err("no instant").field, "timestamp");
    }

    #[test]
    fn a_receiver_without_a_fix_tells_none() {
        let place = [("lat", "31.2"), ("lon", "121.6")];
        assert_eq!(query(&[place[0], place[1], ("valid", "0")]).fix(now()), Ok(None));
        assert_eq!(query(&[("lat", "0"), ("lon", "0.0")]).fix(now()), Ok(None));
        assert_eq!(query(&[("lat", "91"), place[1]]).fix(now()).expect_err("no place").field, "lat");
        assert_eq!(query(&[place[0]]).fix(now()).expect_err("half a place").field, "lon");
        assert_eq!(query(&place).fix(now()).expect("good").expect("a fix").told_at, now(), "no instant is now");
    }
}
