//! People on the wire: only as much as the caller's right shows. What is not shown is absent, not blank.

use super::register::{DocumentBody, NameBody, NeedsBody, ScreeningBody, SojournBody};
use chrono::{DateTime, NaiveDate, Utc};
use homeward_domain::access::Fields;
use homeward_domain::custody::Holder;
use homeward_domain::gcj02::on_map;
use homeward_domain::party::{Member, Party, Transport};
use homeward_domain::private_car::PrivateCar;
use homeward_domain::reception::{Reception, Tick};
use homeward_domain::trip::{Seat, Trip};
use homeward_domain::{ChangeId, Point, StopId, TripId};
use homeward_feed::row::{PartyRow, PrivateCarRow, StopRow, TripRow};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// A party with its people.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartyDetail {
    #[serde(flatten)]
    row: PartyRow,
    members: Vec<MemberDetail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    history: Vec<SojournBody>,
}

#[derive(Debug, Serialize, ToSchema)]
struct MemberDetail {
    arrival: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<NameBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<DocumentBody>,
    nationality: String,
    sex: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    born_on: Option<NaiveDate>,
    /// Must not be left without an adult: an infant, or under age on the day of landing.
    #[serde(skip_serializing_if = "Option::is_none")]
    under_age: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    needs: NeedsBody,
    tag: String,
    tag_because: Option<String>,
    tag_reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    screening: Option<ScreeningBody>,
    custody: CustodyBody,
    reception: ReceptionBody,
}

#[derive(Debug, Serialize, ToSchema)]
struct CustodyBody {
    holder: String,
    since: DateTime<Utc>,
    offered: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct TickBody {
    by: String,
    role: String,
    at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature_c: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    letter_signed: Option<bool>,
}

/// The checklist of a person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReceptionBody {
    verified: Option<TickBody>,
    informed: Option<TickBody>,
    enrolled: Option<TickBody>,
}

fn tick(tick: &Tick) -> TickBody {
    TickBody {
        by: tick.by.clone(),
        role: tick.role.clone(),
        at: tick.at,
        language: None,
        temperature_c: None,
        letter_signed: None,
    }
}

/// The checklist; the temperature at the gate is a health answer.
fn reception(reception: &Reception, fields: Fields) -> ReceptionBody {
    let health = fields >= Fields::Sensitive;
    ReceptionBody {
        verified: reception.verified.as_ref().map(tick),
        informed: reception
            .informed
            .as_ref()
            .map(|(by, language)| TickBody { language: Some(language.clone()), ..tick(by) }),
        enrolled: reception.enrolled.as_ref().map(|(by, celsius)| TickBody {
            temperature_c: health.then_some(*celsius),
            letter_signed: Some(true),
            ..tick(by)
        }),
    }
}

fn name(member: &Member, fields: Fields) -> Option<NameBody> {
    (fields >= Fields::Personal).then(|| NameBody {
        surname: member.person.surname.reveal().clone(),
        given: member.person.given.reveal().clone(),
        local: member.person.local.as_ref().map(|local| local.reveal().clone()),
    })
}

fn screening(member: &Member, fields: Fields) -> Option<ScreeningBody> {
    let answers = member.screening.reveal();
    (fields >= Fields::Sensitive).then(|| ScreeningBody {
        temperature_c: answers.temperature_c(),
        symptoms: answers.symptoms(),
        contact: answers.contact(),
    })
}

fn document(member: &Member, fields: Fields) -> Option<DocumentBody> {
    (fields >= Fields::Sensitive).then(|| DocumentBody::of(member.person.document.reveal()))
}

fn member(member: &Member, landed_on: NaiveDate, fields: Fields) -> MemberDetail {
    let personal = fields >= Fields::Personal;
    MemberDetail {
        arrival: member.arrival.uuid(),
        name: name(member, fields),
        document: document(member, fields),
        nationality: member.person.nationality.to_string(),
        sex: member.person.sex.to_string(),
        born_on: personal.then(|| *member.person.born_on.reveal()),
        under_age: personal.then(|| member.under_age(landed_on)),
        phone: member.person.phone.as_ref().filter(|_| personal).map(|phone| phone.reveal().clone()),
        needs: NeedsBody {
            infant: member.needs.infant,
            wheelchair: member.needs.wheelchair,
            luggage: member.needs.luggage,
        },
        tag: member.tag.tag.code().to_owned(),
        tag_because: member.tag.because.map(|country| country.to_string()),
        tag_reason: member.tag.overridden.clone(),
        screening: screening(member, fields),
        custody: CustodyBody {
            holder: member.custody.holder.code().to_owned(),
            since: member.custody.since,
            offered: member.custody.offered.as_ref().map(|offer| offer.to.code().to_owned()),
        },
        reception: reception(&member.reception, fields),
    }
}

/// The party as this caller sees it.
pub(crate) fn party(party: &Party, row: PartyRow, fields: Fields) -> PartyDetail {
    let address = party.address.as_ref().filter(|_| fields >= Fields::Personal);
    let sojourns = party.members.first().map(|first| first.history.sojourns()).unwrap_or_default();
    let sojourn =
        |it: &homeward_domain::Sojourn| SojournBody { country: it.country.to_string(), from: it.from, until: it.until };
    PartyDetail {
        row,
        members: party.members.iter().map(|it| member(it, party.flight.landed_on, fields)).collect(),
        address: address.map(|address| address.reveal().clone()),
        history: sojourns.iter().map(sojourn).collect(),
    }
}

/// A trip with its manifest.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TripDetail {
    #[serde(flatten)]
    row: TripRow,
    manifest: Vec<ManifestLine>,
    /// Where its gates are.
    places: Vec<PlaceBody>,
}

/// Where a stop's gate is.
#[derive(Debug, Serialize, ToSchema)]
struct PlaceBody {
    stop: Uuid,
    /// WGS-84.
    lat: f64,
    lon: f64,
    /// GCJ-02, for a link to a Chinese map and for nothing else.
    map_lat: f64,
    map_lon: f64,
}

impl TripDetail {
    /// With the places of its stops.
    pub fn at(self, places: &[(StopId, Point)]) -> Self {
        let place = |&(stop, point): &(StopId, Point)| {
            let map = on_map(point);
            PlaceBody { stop: stop.uuid(), lat: point.lat(), lon: point.lon(), map_lat: map.lat, map_lon: map.lon }
        };
        Self { places: places.iter().map(place).collect(), ..self }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct ManifestLine {
    arrival: Uuid,
    party: Uuid,
    stop: Uuid,
    label: String,
    seat: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<NameBody>,
    boarded_at: Option<DateTime<Utc>>,
    no_show: bool,
    /// The change they pass to another vehicle by, or come by.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<Uuid>,
    /// Between the vehicles: `aboard` the first, `offered`, `passed` to the second.
    #[serde(skip_serializing_if = "Option::is_none")]
    passing: Option<&'static str>,
}

/// The trip as this caller sees it.
pub(crate) fn trip(trip: &Trip, parties: &[Party], row: TripRow, fields: Fields) -> TripDetail {
    let by_id: BTreeMap<_, _> = parties.iter().map(|party| (party.id, party)).collect();
    let line = |stop: StopId, seat: &Seat, change: Option<ChangeId>| {
        let party = by_id.get(&seat.party);
        let member = party.and_then(|party| party.member(seat.arrival));
        let boards_here = seat.via.filter(|_| change.is_none());
        ManifestLine {
            arrival: seat.arrival.uuid(),
            party: seat.party.uuid(),
            stop: stop.uuid(),
            label: party.map(|party| party.label.clone()).unwrap_or_default(),
            seat: seat.number,
            name: member.and_then(|member| name(member, fields)),
            boarded_at: seat.boarded_at,
            no_show: false,
            change: change.or(seat.via).map(ChangeId::uuid),
            passing: boards_here.and(member).map(|it| passing(it, trip.id)),
        }
    };
    let here = trip.stops.iter().flat_map(|stop| stop.seats.iter().map(|seat| line(stop.id, seat, None)));
    let onward = trip.changes.iter().flat_map(|change| {
        let line = &line;
        change.riders.iter().map(move |rider| {
            let member = parties.iter().find_map(|party| party.member(rider.seat.arrival));
            ManifestLine {
                passing: member.map(|it| passing(it, change.onto)),
                ..line(rider.stop, &rider.seat, Some(change.id))
            }
        })
    });
    TripDetail { row, manifest: here.chain(onward).collect(), places: Vec::new() }
}

/// Where somebody stands between two vehicles, by who answers for them.
fn passing(member: &Member, onto: TripId) -> &'static str {
    match (&member.custody.holder, &member.custody.offered) {
        (Holder::Vehicle { trip }, _) if *trip == onto => "passed",
        (Holder::Vehicle { .. }, Some(offer)) if offer.to == (Holder::Vehicle { trip: onto }) => "offered",
        (Holder::Vehicle { .. } | Holder::Desk, _) => "aboard",
        _ => "passed",
    }
}

/// A stop with the people who get off there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StopDetail {
    #[serde(flatten)]
    row: StopRow,
    people_list: Vec<GatePerson>,
}

#[derive(Debug, Serialize, ToSchema)]
struct GatePerson {
    arrival: Uuid,
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<NameBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sex: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    born_on: Option<NaiveDate>,
    languages: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    health: Option<ScreeningBody>,
    reception: ReceptionBody,
}

/// The stop as this caller sees it.
pub(crate) fn stop(trip: &Trip, id: StopId, parties: &[Party], row: StopRow, fields: Fields) -> StopDetail {
    let seats: Vec<_> = trip.stops.iter().filter(|stop| stop.id == id).flat_map(|stop| &stop.seats).collect();
    let riding = |member: &&Member| seats.iter().any(|seat| seat.arrival == member.arrival);
    let people =
        parties.iter().flat_map(|party| party.members.iter().filter(riding).map(move |member| (party, member)));
    StopDetail { row, people_list: people.map(|(party, member)| at_gate(party, member, fields)).collect() }
}

/// A private car with the people in it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CarDetail {
    #[serde(flatten)]
    row: PrivateCarRow,
    /// Who drives.
    #[serde(skip_serializing_if = "Option::is_none")]
    driver: Option<CarDriver>,
    people_list: Vec<GatePerson>,
}

/// Whom to phone when a private car does not come.
#[derive(Debug, Serialize, ToSchema)]
struct CarDriver {
    name: String,
    phone: String,
}

/// The car as this caller sees it.
pub(crate) fn car(party: &Party, row: PrivateCarRow, fields: Fields) -> CarDetail {
    let driver = |car: &PrivateCar| CarDriver {
        name: car.pick_up.name.reveal().clone(),
        phone: car.pick_up.phone.reveal().clone(),
    };
    let driver = match &party.transport {
        Transport::Car(car) if fields >= Fields::Personal => Some(driver(car)),
        _ => None,
    };
    let people_list = party.members.iter().map(|member| at_gate(party, member, fields)).collect();
    CarDetail { row, driver, people_list }
}

fn at_gate(party: &Party, member: &Member, fields: Fields) -> GatePerson {
    let personal = fields >= Fields::Personal;
    GatePerson {
        arrival: member.arrival.uuid(),
        label: party.label.clone(),
        name: name(member, fields),
        sex: personal.then(|| member.person.sex.to_string()),
        born_on: personal.then(|| *member.person.born_on.reveal()),
        languages: party.languages.clone(),
        address: party.address.as_ref().filter(|_| personal).map(|address| address.reveal().clone()),
        phone: member.person.phone.as_ref().filter(|_| personal).map(|phone| phone.reveal().clone()),
        health: screening(member, fields),
        reception: reception(&member.reception, fields),
    }
}
