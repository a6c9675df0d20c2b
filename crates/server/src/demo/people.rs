//! Invented travellers: families and students on the flights of March 2020. No real person, no real document.

use super::chance::Chance;
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use homeward_dispatch::{Registrant, Registration};
use homeward_domain::party::{Flight, Needs, Person};
use homeward_domain::{
    Country, Document, DocumentKind, FlightNumber, Jurisdiction, Personal, Screening, Sensitive, Sojourn,
    TravelHistory, code,
};

/// Flight, airport it came from, country, language of who needs one besides Chinese.
const FLIGHTS: [(&str, &str, &str, &str); 8] = [
    ("NH919", "NRT", "JPN", "ja"),
    ("MU524", "NRT", "JPN", "zh"),
    ("KE893", "ICN", "KOR", "ko"),
    ("AZ790", "FCO", "ITA", "it"),
    ("MU552", "LHR", "GBR", "en"),
    ("AF116", "CDG", "FRA", "fr"),
    ("LH728", "FRA", "DEU", "de"),
    ("SQ830", "SIN", "SGP", "en"),
];
const SURNAMES: [(&str, &str); 12] = [
    ("WANG", "王"),
    ("LI", "李"),
    ("ZHANG", "张"),
    ("CHEN", "陈"),
    ("XU", "徐"),
    ("SUN", "孙"),
    ("ZHU", "朱"),
    ("GU", "顾"),
    ("LU", "陆"),
    ("SHEN", "沈"),
    ("YAO", "姚"),
    ("FANG", "方"),
];
const GIVEN: [(&str, &str); 12] = [
    ("MIN", "敏"),
    ("JIE", "洁"),
    ("YUN", "云"),
    ("TAO", "涛"),
    ("XIN", "欣"),
    ("HAO", "浩"),
    ("YAN", "艳"),
    ("BO", "波"),
    ("LAN", "兰"),
    ("JUN", "军"),
    ("QI", "琦"),
    ("RUI", "睿"),
];

/// A flight that has landed.
#[derive(Clone, Copy)]
pub struct Landed {
    flight: (&'static str, &'static str, &'static str, &'static str),
    on: NaiveDate,
}

/// The next flight of the day.
pub fn land(chance: &mut Chance, at: DateTime<Utc>) -> Landed {
    Landed { flight: *chance.pick(&FLIGHTS), on: (at + TimeDelta::hours(8)).date_naive() }
}

/// One party of a flight at a desk.
pub fn party(chance: &mut Chance, landed: Landed, desk: &code::Desk, responsible: &Jurisdiction) -> Registration {
    let size = *chance.pick(&[1, 1, 1, 2, 2, 2, 3, 4]);
    let family = *chance.pick(&SURNAMES);
    let members = (0..size).map(|place| member(chance, landed, family, place)).collect();
    let (number, origin, _, language) = landed.flight;
    let speaks = if chance.percent(30) { language } else { "zh" };
    Registration {
        desk: desk.clone(),
        flight: Flight {
            number: FlightNumber::parse(number).expect("an IATA number"),
            origin: Some(origin.into()),
            landed_on: landed.on,
        },
        responsible: responsible.clone(),
        address: Some(Personal::new(format!("演示路{}弄{}号", chance.number(1, 99), chance.number(1, 30)))),
        languages: vec![speaks.into()],
        members,
    }
}

fn member(chance: &mut Chance, landed: Landed, family: (&str, &str), place: u32) -> Registrant {
    let given = *chance.pick(&GIVEN);
    let infant = place == 3 && chance.percent(50);
    let age = if infant {
        1
    } else if place >= 2 {
        chance.number(4, 16)
    } else {
        chance.number(19, 78)
    };
    let born_on = NaiveDate::from_ymd_opt(
        landed.on.year() - i32::try_from(age).expect("an age"),
        chance.number(1, 12),
        chance.number(1, 28),
    );
    let country = Country::parse("CHN").expect("ISO 3166-1");
    let number = format!("EX{:07}", chance.number(0, 9_999_999));
    let person = Person {
        surname: Personal::new(family.0.into()),
        given: Personal::new(given.0.into()),
        local: Some(Personal::new(format!("{}{}", family.1, given.1))),
        document: Sensitive::new(Document::parse(DocumentKind::Passport, country, &number).expect("nine characters")),
        nationality: country,
        sex: if chance.percent(50) { 'f' } else { 'm' },
        born_on: Personal::new(born_on.expect("the 28th is in every month").min(landed.on)),
        phone: (place == 0).then(|| Personal::new(format!("137{:08}", chance.number(0, 99_999_999)))),
    };
    let fever = chance.percent(2);
    let temperature = if fever {
        37.3 + f64::from(chance.number(1, 12)) / 10.0
    } else {
        36.2 + f64::from(chance.number(0, 8)) / 10.0
    };
    Registrant {
        person,
        needs: Needs {
            infant,
            wheelchair: age > 72 && chance.percent(40),
            luggage: u8::try_from(chance.number(0, 2)).expect("few"),
        },
        screening: Screening::parse(Some(temperature), fever, false).expect("a human temperature"),
        history: history(landed),
    }
}

fn history(landed: Landed) -> TravelHistory {
    let country = Country::parse(landed.flight.2).expect("ISO 3166-1");
    let stay = Sojourn { country, from: landed.on - TimeDelta::days(40), until: landed.on };
    TravelHistory::parse(landed.on, vec![stay]).expect("a stay that ends on the day of landing")
}
