//! A made-up family that came from Japan, for the tests that ask things of a party. No test is here.

use chrono::{DateTime, NaiveDate, Utc};
use homeward_domain::custody::Custody;
use homeward_domain::disposition::Disposition;
use homeward_domain::party::{Flight, Member, Needs, Party, Person, Tag, Transport};
use homeward_domain::reception::Reception;
use homeward_domain::{
    ArrivalId, Country, Document, DocumentKind, FlightNumber, Jurisdiction, PartyId, Personal, RiskTag, Screening,
    Sensitive, Sojourn, TravelHistory, TravellerId, code,
};
use uuid::Uuid;

/// The evening of the story.
pub fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_584_700_000, 0).expect("an instant")
}

/// A receiver's code.
pub fn receiver(name: &str) -> code::Receiver {
    code::Receiver::parse(&format!("huangpu-{name}")).expect("a code")
}

/// The code of its gate.
pub fn gate(name: &str) -> code::Gate {
    code::Gate::parse(&format!("huangpu-{name}-g1")).expect("a code")
}

/// Where they come from.
pub fn japan() -> Country {
    Country::parse("JPN").expect("a country")
}

fn landed_on() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 3, 20).expect("a day")
}

fn person(number: u128) -> Person {
    let document = Document::parse(DocumentKind::Passport, japan(), &format!("TR{number:07}")).expect("a document");
    Person {
        surname: Personal::new("WANG".into()),
        given: Personal::new("LI".into()),
        local: None,
        document: Sensitive::new(document),
        nationality: japan(),
        sex: 'f',
        born_on: Personal::new(landed_on()),
        phone: None,
    }
}

fn member(number: u128, temperature_c: f64) -> Member {
    let stay = Sojourn { country: japan(), from: landed_on(), until: landed_on() };
    Member {
        arrival: ArrivalId::new(Uuid::from_u128(100 + number)),
        traveller: TravellerId::new(Uuid::from_u128(200 + number)),
        person: person(number),
        needs: Needs::default(),
        screening: Sensitive::new(Screening::parse(Some(temperature_c), false, false).expect("an answer")),
        history: TravelHistory::parse(landed_on(), vec![stay]).expect("a history"),
        tag: Tag { tag: RiskTag::Yellow, list_version: 1, because: Some(japan()), overridden: None },
        custody: Custody::at_desk(start()),
        reception: Reception::default(),
    }
}

/// So many people, arrivals 100 and up; the first of them febrile or not.
pub fn family(size: u128, febrile: bool) -> Party {
    let temperature = |number| if febrile && number == 0 { 38.4 } else { 36.5 };
    Party {
        id: PartyId::new(Uuid::from_u128(1)),
        label: "P1-037".into(),
        desk: code::Desk::parse("pvg-t1-310101").expect("a desk"),
        district: Jurisdiction::parse("310101").expect("a district"),
        responsible: Jurisdiction::parse("310101017").expect("a sub-district"),
        flight: Flight {
            number: FlightNumber::parse("NH919").expect("a flight"),
            origin: None,
            landed_on: landed_on(),
        },
        languages: vec!["ja".into()],
        address: None,
        members: (0..size).map(|number| member(number, temperature(number))).collect(),
        disposition: Disposition::Undecided,
        transport: Transport::None,
        registered_at: start(),
        version: 1,
    }
}
