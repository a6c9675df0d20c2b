//! A party: people who travel together. One destination, one set of seats, one label; custody is each person's own.

mod decide;
mod event;
mod lodging;
mod split;
mod stage;

pub use decide::{Command, Instead};
pub use event::Event;
pub use lodging::RoomWanted;
pub use stage::Stage;

use crate::custody::Custody;
use crate::disposition::Disposition;
use crate::private_car::PrivateCar;
use crate::reception::Reception;
use crate::site::Lodgers;
use crate::{
    ArrivalId, Country, Document, FlightNumber, Jurisdiction, PartyId, Personal, RiskTag, Screening, Sensitive, StopId,
    TravelHistory, TravellerId, TripId, code,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// How the party came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flight {
    /// IATA or ICAO flight number.
    pub number: FlightNumber,
    /// IATA code of the airport it came from, when known.
    pub origin: Option<String>,
    /// Local civil day of landing.
    pub landed_on: NaiveDate,
}

/// Who somebody is. Nothing in here can be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// As in the passport, `SURNAME, GIVEN`.
    pub surname: Personal<String>,
    /// Given names; may be empty.
    pub given: Personal<String>,
    /// In the person's own script, when they have one.
    pub local: Option<Personal<String>>,
    /// Travel document.
    pub document: Sensitive<Document>,
    /// ISO 3166-1.
    pub nationality: Country,
    /// `f`, `m` or `x`, as in the document.
    pub sex: char,
    /// Civil day of birth.
    pub born_on: Personal<NaiveDate>,
    /// Phone, if they have one that works here.
    pub phone: Option<Personal<String>>,
}

/// What a person needs on the way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needs {
    /// Under two years: rides on its own seat all the same (head count = manifest).
    pub infant: bool,
    /// Needs a wheelchair place.
    pub wheelchair: bool,
    /// Large pieces.
    pub luggage: u8,
}

/// The tag on the passport, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Red, yellow or green.
    pub tag: RiskTag,
    /// Version of the key list that was in force.
    pub list_version: u32,
    /// The country that made it so, if one did.
    pub because: Option<Country>,
    /// Why a person set it otherwise.
    pub overridden: Option<String>,
}

/// One person of the party: their arrival.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// This entry.
    pub arrival: ArrivalId,
    /// This person over all entries.
    pub traveller: TravellerId,
    /// Who they are.
    pub person: Person,
    /// What they need.
    pub needs: Needs,
    /// Health answers.
    pub screening: Sensitive<Screening>,
    /// Where they were.
    pub history: TravelHistory,
    /// What follows from it.
    pub tag: Tag,
    /// Who answers for them.
    pub custody: Custody,
    /// The checklist at the gate.
    pub reception: Reception,
}

impl Member {
    /// Years from which somebody may be on their own.
    pub const OF_AGE: u32 = 18;

    /// Whether somebody has to be with them, on a civil day of the place.
    #[must_use]
    pub fn under_age(&self, on: NaiveDate) -> bool {
        let years = on.years_since(*self.person.born_on.reveal());
        self.needs.infant || years.is_none_or(|years| years < Self::OF_AGE)
    }
}

/// What carries the party.
#[derive(Debug, Clone, PartialEq)]
pub enum Transport {
    /// Nothing yet.
    None,
    /// Seats on a trip.
    Seats {
        /// The journey.
        trip: TripId,
        /// The halt where they get off.
        stop: StopId,
    },
    /// Somebody picks them up.
    Car(PrivateCar),
}

/// People who travel together.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// Its id.
    pub id: PartyId,
    /// What people call it over the radio, e.g. `P1-037`.
    pub label: String,
    /// The desk that registered it.
    pub desk: code::Desk,
    /// The desk's district.
    pub district: Jurisdiction,
    /// The sub-district that answers for it; neither the desk's nor the place of stay (mission.md, rule 10).
    pub responsible: Jurisdiction,
    /// How it came.
    pub flight: Flight,
    /// BCP 47 tags.
    pub languages: Vec<String>,
    /// Where it says it lives.
    pub address: Option<Personal<String>>,
    /// One or more.
    pub members: Vec<Member>,
    /// Where it goes.
    pub disposition: Disposition,
    /// What carries it.
    pub transport: Transport,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
    /// Counts changes; a write that saw an older one is refused.
    pub version: i64,
}

impl Party {
    /// Seats, beds, places in the head count.
    #[must_use]
    pub fn size(&self) -> i64 {
        i64::try_from(self.members.len()).expect("a party has at most a few dozen members")
    }

    /// What the party asks of a site: beds for all, and who needs what.
    #[must_use]
    pub fn lodgers(&self) -> Lodgers {
        let of_age = |member: &&Member| !member.under_age(self.flight.landed_on);
        Lodgers {
            people: self.size(),
            adults: self.members.iter().filter(of_age).count(),
            wheelchair: self.members.iter().any(|member| member.needs.wheelchair),
        }
    }

    /// The strictest tag in the party: it travels as one.
    #[must_use]
    pub fn tag(&self) -> &Tag {
        self.members.iter().map(|member| &member.tag).max_by_key(|tag| tag.tag).expect("a party has a member")
    }

    /// Whether screening says that the ambulance comes first.
    #[must_use]
    pub fn must_be_referred(&self) -> bool {
        self.members.iter().any(|member| member.screening.reveal().must_be_referred())
    }

    /// The member of this arrival.
    #[must_use]
    pub fn member(&self, arrival: ArrivalId) -> Option<&Member> {
        self.members.iter().find(|member| member.arrival == arrival)
    }
}
