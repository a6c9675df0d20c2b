//! At the airport: parties are registered, referred, decided, seated, picked up.

use super::{Deed, community, told};
use crate::day::{COUNTRIES, Day, PLACES, SITES, administrator, desk, dispatching, district};
use chrono::{Days, TimeDelta};
use homeward_dispatch::{NewList, NewMode, NewPlanning, Referral, Registrant, Registration, Seen};
use homeward_domain::access::Scope;
use homeward_domain::approval::Mode;
use homeward_domain::disposition::{Disposition, HomeFacts};
use homeward_domain::party::{Flight, Needs, Party, Person, Stage, Transport};
use homeward_domain::planning::{Pair, Rules};
use homeward_domain::private_car::{CarState, PickUp, ReleaseCheck};
use homeward_domain::{
    Country, Document, DocumentKind, FlightNumber, Jurisdiction, PartyId, Personal, RiskTag, Screening, Sensitive,
    Sojourn, TravelHistory, code,
};

fn person(number: i64, country: Country, day: &Day) -> Person {
    let document = Document::parse(DocumentKind::Passport, country, &format!("SIM{number:06}")).expect("a document");
    Person {
        surname: Personal::new(format!("SURNAME{number}")),
        given: Personal::new("GIVEN".into()),
        local: None,
        document: Sensitive::new(document),
        nationality: country,
        sex: 'x',
        born_on: Personal::new(day.clock.now().date_naive() - Days::new(12_000)),
        phone: None,
    }
}

fn registrant(day: &mut Day, number: i64) -> Registrant {
    let code = day.chance.pick(&COUNTRIES).expect("a country");
    let country = Country::parse(code).expect("a country");
    let today = day.clock.now().date_naive();
    let stay = Sojourn { country, from: today - Days::new(9), until: today };
    let temperature_c = if day.chance.percent(6) { 38.2 } else { 36.6 };
    // Now and then somebody comes a second time: the same traveller, another arrival.
    let number = if day.chance.percent(5) { number / 2 } else { number };
    Registrant {
        person: person(number, country, day),
        needs: Needs { infant: day.chance.percent(15), wheelchair: day.chance.percent(5), luggage: 1 },
        screening: Screening::parse(Some(temperature_c), false, day.chance.percent(5)).expect("an answer"),
        history: TravelHistory::parse(today, vec![stay]).expect("a history"),
    }
}

/// One to three people stand at the desk, now and then a family of six.
pub async fn register(day: &mut Day) -> Deed {
    if day.over {
        return super::steps(day).await;
    }
    let few = 1 + i64::try_from(day.chance.below(3)).expect("a small number");
    let size = if day.chance.percent(6) { 6 } else { few };
    let members: Vec<_> = (0..size).map(|member| registrant(day, day.people * 3 + member)).collect();
    let minors = members.iter().all(|it| it.needs.infant);
    let (place, _) = day.chance.pick(&PLACES).expect("a place");
    let registration = Registration {
        desk: code::Desk::parse("pvg-t1-310101").expect("a desk"),
        flight: Flight {
            number: FlightNumber::parse("NH919").expect("a flight"),
            origin: Some("NRT".into()),
            landed_on: day.clock.now().date_naive(),
        },
        responsible: Jurisdiction::parse(place).expect("a place"),
        address: None,
        languages: vec!["ja".into()],
        members,
    };
    let key = day.key();
    let done = day.dispatcher.register(&desk(), &key, registration).await;
    if let Ok(receipt) = &done {
        day.people += size;
        day.parties.push(PartyId::new(receipt.subject));
        day.minors.extend(minors.then_some(PartyId::new(receipt.subject)));
    }
    told("register", done)
}

/// The party, whoever asks.
pub async fn load(day: &Day, id: PartyId) -> Party {
    let mut reader = day.store.read().await.expect("a reader");
    let party = homeward_store::party::load(reader.conn(), id, &Scope::system()).await.expect("a readable party");
    party.expect("a party never goes away")
}

/// The next sensible thing for some party.
pub async fn advance(day: &mut Day) -> Deed {
    let open = super::open_parties(day).await;
    let Some(party) = day.chance.pick(&open) else { return register(day).await };
    let id = party.id;
    match party.stage() {
        Stage::ToRefer => refer(day, &party).await,
        Stage::Referred => {
            let key = day.key();
            told("ambulance", day.dispatcher.ambulance_took(&desk(), &key, id).await)
        }
        Stage::Asked if day.chance.percent(85) => community::answer(day, &party).await,
        Stage::Waiting | Stage::Asked => decide(day, &party).await,
        Stage::ToConfirm => confirm(day, &party).await,
        Stage::Disposed => carry(day, &party).await,
        Stage::Assigned if day.chance.percent(20) => unassign(day, &party).await,
        Stage::Boarding | Stage::Riding | Stage::PrivateCar if to_confirm(&party) => confirm(day, &party).await,
        Stage::PrivateCar if asked(&party) && day.chance.percent(50) => community::answer(day, &party).await,
        Stage::PrivateCar => car(day, &party).await,
        Stage::Assigned | Stage::Boarding | Stage::Riding => community::answer(day, &party).await,
        Stage::HandedOver | Stage::Released => register(day).await,
    }
}

/// Whether somebody is waited for, at the place they come to.
fn asked(party: &Party) -> bool {
    matches!(&party.disposition, Disposition::Home(home) if home.opinion.is_pending() || home.check.is_pending())
}

/// Whether a dispatcher's word is all that is missing.
fn to_confirm(party: &Party) -> bool {
    matches!(party.cleared_to_depart(), Err(homeward_domain::Refusal::NotConfirmed))
}

async fn confirm(day: &mut Day, party: &Party) -> Deed {
    let (seen, key) = (seen(day, party), day.key());
    told("confirm", day.dispatcher.confirm_home(&dispatching(), &key, seen).await)
}

/// A rule of a sub-district, the mode of the district or the rules of its plans change while people wait.
pub async fn lay_down(day: &mut Day) -> Deed {
    if day.chance.percent(50) {
        return community::choose_rule(day).await;
    }
    if day.chance.percent(40) {
        return lay_down_for_plans(day).await;
    }
    let mode = if day.chance.percent(70) { Mode::Manual } else { Mode::Automatic };
    let new = NewMode { district: district(), mode, reason: "so decided".into(), seen: None };
    let key = day.key();
    told("mode", day.dispatcher.choose_mode(&dispatching(), &key, new).await)
}

/// The largest vehicle takes the largest family even when every second seat stays free.
async fn lay_down_for_plans(day: &mut Day) -> Deed {
    let apart = Pair::ALL.into_iter().filter(|_| day.chance.percent(40)).collect();
    let spacing_percent = if day.chance.percent(50) { 50 } else { 100 };
    let km_seconds = i64::try_from(day.chance.below(200)).expect("a small number");
    let rules = Rules { apart, spacing_percent, km_seconds, ..Rules::default() };
    let new = NewPlanning { district: district(), rules, reason: "so decided".into(), seen: None };
    let key = day.key();
    told("rules", day.dispatcher.choose_planning(&dispatching(), &key, new).await)
}

async fn refer(day: &mut Day, party: &Party) -> Deed {
    let patients = vec![party.members[0].arrival];
    let call = Referral { hospital: "Renji".into(), ambulance_plate: "沪A1201".into(), patients };
    let key = day.key();
    told("refer", day.dispatcher.refer(&desk(), &key, party.id, call).await)
}

fn seen(day: &mut Day, party: &Party) -> Seen {
    Seen { party: party.id, version: day.chance.percent(50).then_some(party.version) }
}

async fn decide(day: &mut Day, party: &Party) -> Deed {
    let seen = seen(day, party);
    let key = day.key();
    let reason = || "as agreed".to_owned();
    if day.chance.percent(5) && party.size() > 1 {
        return split(day, party).await;
    }
    match day.chance.below(100) {
        0..=4 => {
            told("onward", day.dispatcher.send_onward(&dispatching(), &key, seen, "SUZHOU".into(), reason()).await)
        }
        5..=19 if party.tag().tag == RiskTag::Green => {
            told("free", day.dispatcher.free(&dispatching(), &key, seen, reason()).await)
        }
        20..=21 => record_car(day, party).await,
        22..=24 => {
            let arrival = party.members[0].arrival;
            told("tag", day.dispatcher.tag(&desk(), &key, party.id, (arrival, RiskTag::Red), reason()).await)
        }
        25..=49 => place(day, party).await,
        50..=95 if party.tag().tag == RiskTag::Red => place(day, party).await,
        _ => {
            let (_, gates) = PLACES.into_iter().find(|(at, _)| *at == party.responsible.as_str()).expect("a place");
            let gate = code::Gate::parse(day.chance.pick(gates).expect("a gate")).expect("a gate");
            let facts = HomeFacts {
                co_residents: 0,
                own_room: true,
                own_toilet: day.chance.percent(90),
                co_residents_consent: true,
            };
            told("home", day.dispatcher.ask_home(&dispatching(), &key, seen, gate, facts).await)
        }
    }
}

async fn place(day: &mut Day, party: &Party) -> Deed {
    let site = code::Receiver::parse(day.chance.pick(&SITES).expect("a site")).expect("a site");
    let (seen, key) = (seen(day, party), day.key());
    let spread = day.chance.percent(50).then(|| "no room takes them whole".to_owned());
    let done = day.dispatcher.place_at_site(&dispatching(), &key, seen, site, ("no room".into(), spread)).await;
    let now = super::load_party(day, party.id).await;
    let several = matches!(&now.disposition, Disposition::Site { room, .. } if room.contains('+'));
    told(if several { "rooms" } else { "site" }, done)
}

/// Somebody of the party, perhaps nobody or all of them, go into a party of their own.
async fn split(day: &mut Day, party: &Party) -> Deed {
    let leaving = party.members.iter().map(|member| member.arrival).filter(|_| day.chance.percent(40)).collect();
    let (seen, key) = (seen(day, party), day.key());
    told("split", day.dispatcher.split(&dispatching(), &key, seen, leaving, "no vehicle takes them whole".into()).await)
}

async fn carry(day: &mut Day, party: &Party) -> Deed {
    if day.chance.percent(15) {
        return record_car(day, party).await;
    }
    if day.chance.percent(15) {
        return decide(day, party).await;
    }
    let loading = super::road::loading(day).await;
    if day.chance.percent(10) && party.size() > 1 {
        return split(day, party).await;
    }
    if day.chance.percent(15)
        && let Some(deed) = super::day_plan::for_all(day).await
    {
        return deed;
    }
    let Some(trip) = day.chance.pick(&loading) else { return super::road::plan(day).await };
    let (seen, key) = (seen(day, party), day.key());
    told("assign", day.dispatcher.assign(&dispatching(), &key, seen, trip).await)
}

async fn unassign(day: &mut Day, party: &Party) -> Deed {
    if day.chance.percent(10) {
        return refer(day, party).await;
    }
    let (seen, key) = (seen(day, party), day.key());
    told("unassign", day.dispatcher.unassign(&dispatching(), &key, seen, "another vehicle".into()).await)
}

/// To where the party goes, or before anybody has decided that.
async fn record_car(day: &mut Day, party: &Party) -> Deed {
    let some = code::Gate::parse(PLACES[0].1[0]).expect("a gate");
    let gate = party.disposition.bound_for().map_or(&some, |(gate, _)| gate);
    let pick_up = PickUp {
        name: Personal::new("PICKS UP".into()),
        document: Sensitive::new("310101".into()),
        phone: Personal::new("+8613900000000".into()),
        plate: "沪B54321".into(),
        gate: gate.clone(),
    };
    let key = day.key();
    told("car", day.dispatcher.record_car(&desk(), &key, party.id, pick_up).await)
}

/// Whether the car that waits was to go to another gate than the party does now.
fn elsewhere(party: &Party) -> bool {
    match (&party.transport, party.disposition.bound_for()) {
        (Transport::Car(car), Some((gate, _))) => car.state == CarState::Recorded && car.pick_up.gate != *gate,
        _ => false,
    }
}

async fn car(day: &mut Day, party: &Party) -> Deed {
    let key = day.key();
    if elsewhere(party) && day.chance.percent(60) {
        if day.chance.percent(30) {
            return told("car-off", day.dispatcher.drop_car(&desk(), &key, party.id, "goes elsewhere".into()).await);
        }
        return record_car(day, party).await;
    }
    if day.chance.percent(50) {
        let plate_seen = if day.chance.percent(90) { "沪B·54321" } else { "沪B·54322" }.to_owned();
        let check = ReleaseCheck { plate_seen, document_checked: true, walked_to_car: true };
        return told("car-release", day.dispatcher.release_car(&desk(), &key, party.id, check).await);
    }
    if day.chance.percent(20) {
        let to = super::divert::towards(day);
        return told(
            "car-elsewhere",
            day.dispatcher.redirect_car(&dispatching(), &key, party.id, to, ("road closed".into(), None)).await,
        );
    }
    let receiver = match &party.disposition {
        Disposition::Home(home) => home.receiver.clone(),
        Disposition::Site { receiver, .. } => receiver.clone(),
        _ => return refer(day, party).await,
    };
    let who = community::accepting(receiver.as_str());
    told("car-receive", day.dispatcher.receive_car(&who, &key, party.id).await)
}

/// The list changes, now or within three hours.
pub async fn publish_list(day: &mut Day) -> Deed {
    let minutes = i64::try_from(day.chance.below(180)).expect("a small number");
    let list = NewList {
        effective_at: day.clock.now() + TimeDelta::minutes(minutes),
        entries: day.some_countries(),
        note: "changed again".into(),
    };
    let key = day.key();
    told("list", day.dispatcher.publish_list(&administrator(), &key, list).await)
}
