//! What lies sealed in `arrival.person`: who somebody is and their health answers. Never serialised anywhere else.

use chrono::NaiveDate;
use homeward_domain::party::Person;
use homeward_domain::{Country, Document, DocumentKind, Invalid, Personal, Screening, Sensitive};
use serde::{Deserialize, Serialize};

/// The sealed form, version 1.
#[derive(Serialize, Deserialize)]
pub(super) struct SealedPerson {
    surname: String,
    given: String,
    local: Option<String>,
    document_kind: DocumentKind,
    document_country: Country,
    document_number: String,
    nationality: Country,
    sex: char,
    born_on: NaiveDate,
    phone: Option<String>,
    temperature_c: Option<f64>,
    symptoms: bool,
    contact: bool,
}

impl SealedPerson {
    pub(super) fn of(person: &Person, screening: &Screening) -> Self {
        let document = person.document.reveal();
        Self {
            surname: person.surname.reveal().clone(),
            given: person.given.reveal().clone(),
            local: person.local.as_ref().map(|local| local.reveal().clone()),
            document_kind: document.kind(),
            document_country: document.country(),
            document_number: document.number().to_owned(),
            nationality: person.nationality,
            sex: person.sex,
            born_on: *person.born_on.reveal(),
            phone: person.phone.as_ref().map(|phone| phone.reveal().clone()),
            temperature_c: screening.temperature_c(),
            symptoms: screening.symptoms(),
            contact: screening.contact(),
        }
    }

    pub(super) fn open(self) -> Result<(Person, Screening), Invalid> {
        let document = Document::parse(self.document_kind, self.document_country, &self.document_number)?;
        let screening = Screening::parse(self.temperature_c, self.symptoms, self.contact)?;
        let person = Person {
            surname: Personal::new(self.surname),
            given: Personal::new(self.given),
            local: self.local.map(Personal::new),
            document: Sensitive::new(document),
            nationality: self.nationality,
            sex: self.sex,
            born_on: Personal::new(self.born_on),
            phone: self.phone.map(Personal::new),
        };
        Ok((person, screening))
    }
}
