//! A registration as the desk sends it.

use super::{language, phone, text, text_opt};
use chrono::{Datelike, NaiveDate};
use homeward_dispatch::{Registrant, Registration};
use homeward_domain::party::{Flight, Needs, Person};
use homeward_domain::{
    Country, Document, DocumentKind, FlightNumber, Invalid, Jurisdiction, Personal, Screening, Sensitive, Sojourn,
    TravelHistory, code,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A party is never larger than the largest vehicle.
const MEMBERS_MAX: usize = 45;
/// Nobody alive is older.
const BORN_YEAR_MIN: i32 = 1900;

/// `POST /v1/parties`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Register {
    desk: String,
    flight: FlightBody,
    responsible: String,
    address: Option<String>,
    #[serde(default)]
    languages: Vec<String>,
    members: Vec<MemberBody>,
    #[serde(default)]
    history: Vec<SojournBody>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FlightBody {
    number: String,
    origin: Option<String>,
    landed_on: NaiveDate,
}

#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SojournBody {
    pub country: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberBody {
    name: NameBody,
    document: DocumentBody,
    nationality: String,
    sex: String,
    born_on: NaiveDate,
    phone: Option<String>,
    #[serde(default)]
    needs: NeedsBody,
    screening: ScreeningBody,
    history: Option<Vec<SojournBody>>,
}

#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NameBody {
    pub surname: String,
    #[serde(default)]
    pub given: String,
    pub local: Option<String>,
}

#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentBody {
    /// `passport`, `id_card`, `visa` or `other`.
    pub kind: String,
    pub country: String,
    pub number: String,
}

#[derive(Debug, Default, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct NeedsBody {
    pub infant: bool,
    pub wheelchair: bool,
    pub luggage: u8,
}

#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScreeningBody {
    pub temperature_c: Option<f64>,
    pub symptoms: bool,
    pub contact: bool,
}

impl DocumentBody {
    pub fn of(document: &Document) -> Self {
        let kind = match document.kind() {
            DocumentKind::Passport => "passport",
            DocumentKind::IdCard => "id_card",
            DocumentKind::Visa => "visa",
            DocumentKind::Other => "other",
        };
        Self { kind: kind.to_owned(), country: document.country().to_string(), number: document.number().to_owned() }
    }

    pub fn parse(&self) -> Result<Document, Invalid> {
        let kind = match self.kind.as_str() {
            "passport" => DocumentKind::Passport,
            "id_card" => DocumentKind::IdCard,
            "visa" => DocumentKind::Visa,
            "other" => DocumentKind::Other,
            _ => return Err(Invalid::new("unknown-kind", "passport, id_card, visa or other").at("kind")),
        };
        let country = Country::parse_icao(&self.country).map_err(|bad| bad.at("country"))?;
        Document::parse(kind, country, &self.number)
    }
}

fn sojourns(rows: &[SojournBody]) -> Result<Vec<Sojourn>, Invalid> {
    let sojourn = |(place, row): (usize, &SojournBody)| {
        let country = Country::parse(&row.country).map_err(|bad| bad.at("country").at(place))?;
        Ok(Sojourn { country, from: row.from, until: row.until })
    };
    rows.iter().enumerate().map(sojourn).collect()
}

/// Nobody was nowhere for 14 days: an empty history is a question not asked, and never a green tag.
fn travelled(landed_on: NaiveDate, sojourns: Vec<Sojourn>) -> Result<TravelHistory, Invalid> {
    let history = TravelHistory::parse(landed_on, sojourns)?;
    if history.sojourns().is_empty() {
        return Err(Invalid::new("missing", "say where they were in the 14 days before landing"));
    }
    Ok(history)
}

impl TryFrom<Register> for Registration {
    type Error = Invalid;

    fn try_from(body: Register) -> Result<Self, Invalid> {
        if body.members.is_empty() || body.members.len() > MEMBERS_MAX {
            return Err(Invalid::new("party-size", format!("1 to {MEMBERS_MAX} members")).at("members"));
        }
        let landed_on = body.flight.landed_on;
        let shared = &body.history;
        let members = body.members.iter().enumerate().map(|(place, member)| {
            member.parse(landed_on, shared).map_err(|bad| {
                if bad.field.starts_with("history") && member.history.is_none() {
                    bad
                } else {
                    bad.at(place).at("members")
                }
            })
        });
        let languages = body.languages.iter().enumerate();
        let languages = languages.map(|(place, tag)| language(tag).map_err(|bad| bad.at(place).at("languages")));
        Ok(Self {
            desk: code::Desk::parse(&body.desk).map_err(|bad| bad.at("desk"))?,
            flight: body.flight.parse().map_err(|bad| bad.at("flight"))?,
            responsible: Jurisdiction::parse(&body.responsible).map_err(|bad| bad.at("responsible"))?,
            address: text_opt(body.address.as_deref(), "address", 200)?.map(Personal::new),
            members: members.collect::<Result<_, _>>()?,
            languages: languages.collect::<Result<_, _>>()?,
        })
    }
}

impl FlightBody {
    fn parse(&self) -> Result<Flight, Invalid> {
        let origin = text_opt(self.origin.as_deref(), "origin", 3)?.map(|origin| origin.to_uppercase());
        if origin.as_ref().is_some_and(|code| code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase())) {
            return Err(Invalid::new("not-an-airport", "three letters, e.g. NRT").at("origin"));
        }
        let number = FlightNumber::parse(&self.number).map_err(|bad| bad.at("number"))?;
        Ok(Flight { number, origin, landed_on: self.landed_on })
    }
}

impl MemberBody {
    fn parse(&self, landed_on: NaiveDate, shared: &[SojournBody]) -> Result<Registrant, Invalid> {
        let history = sojourns(self.history.as_deref().unwrap_or(shared)).map_err(|bad| bad.at("history"))?;
        let screening = &self.screening;
        Ok(Registrant {
            person: self.person(landed_on)?,
            needs: Needs { infant: self.needs.infant, wheelchair: self.needs.wheelchair, luggage: self.needs.luggage },
            screening: Screening::parse(screening.temperature_c, screening.symptoms, screening.contact)
                .map_err(|bad| bad.at("screening"))?,
            history: travelled(landed_on, history).map_err(|bad| bad.at("history"))?,
        })
    }

    fn person(&self, landed_on: NaiveDate) -> Result<Person, Invalid> {
        if self.born_on > landed_on || self.born_on.year() < BORN_YEAR_MIN {
            return Err(Invalid::new("out-of-range", "a birth date is after 1900 and before the landing").at("born_on"));
        }
        let sex = match self.sex.as_str() {
            "f" => 'f',
            "m" => 'm',
            "x" => 'x',
            _ => return Err(Invalid::new("unknown", "f, m or x, as in the document").at("sex")),
        };
        let given = text_opt(Some(&self.name.given), "given", 80).map_err(|bad| bad.at("name"))?;
        let local = text_opt(self.name.local.as_deref(), "local", 80).map_err(|bad| bad.at("name"))?;
        Ok(Person {
            surname: Personal::new(text(&self.name.surname, "surname", 80).map_err(|bad| bad.at("name"))?),
            given: Personal::new(given.unwrap_or_default()),
            local: local.map(Personal::new),
            document: Sensitive::new(self.document.parse().map_err(|bad| bad.at("document"))?),
            nationality: Country::parse_icao(&self.nationality).map_err(|bad| bad.at("nationality"))?,
            sex,
            born_on: Personal::new(self.born_on),
            phone: self.phone.as_deref().filter(|it| !it.trim().is_empty()).map(|it| phone(it, "phone")).transpose()?,
        })
    }
}
