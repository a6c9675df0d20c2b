//! Made-up people and lists. Every name and number here is invented.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// The community of most stories, and its first gate.
pub const QIAOJIA: &str = "huangpu-xdm-qiaojia";
/// The gate of the lane houses at Qiaojia Road.
pub const QIAOJIA_GATE: &str = "huangpu-xdm-qiaojia-g1";
/// The district's own stream.
pub const DISTRICT: &str = "district:310101";
/// The smaller observation site.
pub const SITE_1: &str = "huangpu-site-1";
/// The other observation site.
pub const SITE_2: &str = "huangpu-site-2";
/// The gate of the first site.
pub const SITE_1_GATE: &str = "huangpu-site-1-g1";

/// Japan and Korea yellow, Italy red, from an instant on.
#[must_use]
pub fn first_list(effective_at: DateTime<Utc>) -> Value {
    list(effective_at, &[("JPN", "yellow"), ("KOR", "yellow"), ("ITA", "red")])
}

/// A key list.
#[must_use]
pub fn list(effective_at: DateTime<Utc>, entries: &[(&str, &str)]) -> Value {
    let entries: Vec<_> = entries.iter().map(|(country, tag)| json!({ "country": country, "tag": tag })).collect();
    json!({ "effective_at": effective_at, "entries": entries, "note": "" })
}

/// A driver of a vehicle's own, by its id: name and phone.
#[must_use]
pub fn driver_of(vehicle: &str) -> Value {
    let digits = vehicle.bytes().fold(0_u32, |sum, byte| (sum * 31 + u32::from(byte)) % 100_000_000);
    json!({ "name": "陈师傅", "phone": format!("138{digits:08}") })
}

/// A person with a normal temperature; `number` makes name and document unique.
#[must_use]
pub fn person(number: u32) -> Value {
    json!({
        "name": { "surname": "WANG", "given": format!("XIAO{}", letters(number)), "local": "王小" },
        "document": { "kind": "passport", "country": "CHN", "number": format!("E{number:08}") },
        "nationality": "CHN", "sex": "f", "born_on": "1985-04-12", "phone": "13900000000",
        "needs": { "infant": false, "wheelchair": false, "luggage": 2 },
        "screening": { "temperature_c": 36.5, "symptoms": false, "contact": false },
    })
}

fn letters(number: u32) -> String {
    number.to_string().bytes().map(|digit| char::from(b'A' + (digit - b'0'))).collect()
}

/// A party back from Japan at the desk in Pudong T1, at home in Xiaodongmen; members are numbered from `first`.
#[must_use]
pub fn party(first: u32, people: u32) -> Value {
    from_country("JPN", first, people)
}

/// A party back from another country.
#[must_use]
pub fn from_country(country: &str, first: u32, people: u32) -> Value {
    let members: Vec<Value> = (first..first + people).map(person).collect();
    json!({
        "desk": "pvg-t1-310101",
        "flight": { "number": "NH919", "origin": "NRT", "landed_on": "2020-03-20" },
        "responsible": "310101017", "address": "乔家路 1 弄 2 号 301", "languages": ["zh", "ja"],
        "members": members,
        "history": [{ "country": country, "from": "2020-03-06", "until": "2020-03-20" }],
    })
}

/// A grandmother, two parents and two children; members are numbered from `first`.
#[must_use]
pub fn family_of_five(country: &str, first: u32) -> Value {
    let mut family = from_country(country, first, 5);
    for (member, born_on) in ["1950-05-01", "1985-04-12", "1986-11-30", "2012-02-29", "2018-07-07"].iter().enumerate() {
        family["members"][member]["born_on"] = json!(born_on);
    }
    family
}

/// Who picks up by private car, the five fields.
#[must_use]
pub fn pick_up(gate: &str) -> Value {
    json!({ "name": "王大", "document": "310101198001011234", "phone": "13900000009", "plate": "沪C 12345",
        "destination_gate": gate })
}

/// A third site of Huangpu, in a school by the river.
#[must_use]
pub fn site_3(rooms: &[(String, &str, i64)]) -> Value {
    json!({
        "code": "huangpu-site-3", "name": { "zh": "黄浦区第三集中观察点", "en": "Huangpu Observation Site 3" },
        "district": "310101",
        "gate": { "compound": { "zh": "江边学校", "en": "Riverside school" }, "location": { "lat": 31.2112, "lon": 121.5019 } },
        "rooms": self::rooms(rooms),
    })
}

/// A list of rooms: number, kind, beds.
#[must_use]
pub fn rooms(rooms: &[(String, &str, i64)]) -> Value {
    let room = |(number, kind, beds): &(String, &str, i64)| json!({ "number": number, "kind": kind, "beds": beds });
    rooms.iter().map(room).collect()
}

/// A car park of Huangpu.
#[must_use]
pub fn relay_point() -> Value {
    json!({ "code": "huangpu-relay-3", "name": { "zh": "陆家浜路停车场交接点", "en": "Lujiabang Road car park" },
        "district": "310101", "location": { "lat": 31.2085, "lon": 121.4920 } })
}
