//! Bodies about where a party goes, and what carries it.

use super::{phone, text};
use homeward_dispatch::Referral;
use homeward_domain::disposition::HomeFacts;
use homeward_domain::private_car::{PickUp, ReleaseCheck, plate};
use homeward_domain::{ArrivalId, Invalid, Personal, Sensitive, code};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// `POST /v1/parties/{id}/home`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Home {
    pub gate: String,
    pub co_residents: u8,
    pub own_room: bool,
    pub own_toilet: bool,
    pub co_residents_consent: bool,
    pub version: Option<i64>,
}

impl Home {
    pub fn parse(&self) -> Result<(code::Gate, HomeFacts), Invalid> {
        let gate = code::Gate::parse(&self.gate).map_err(|bad| bad.at("gate"))?;
        let facts = HomeFacts {
            co_residents: self.co_residents,
            own_room: self.own_room,
            own_toilet: self.own_toilet,
            co_residents_consent: self.co_residents_consent,
        };
        Ok((gate, facts))
    }
}

/// `POST /v1/parties/{id}/site`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceAtSite {
    pub site: String,
    pub reason: String,
    /// Why several rooms, should no room take them all; left out, none does.
    pub spread: Option<String>,
    pub version: Option<i64>,
}

/// `POST /v1/parties/{id}/split`: who leaves, at least one and not all.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SplitParty)]
pub(crate) struct Split {
    pub arrivals: Vec<Uuid>,
    pub reason: String,
    pub version: Option<i64>,
}

/// `POST /v1/parties/{id}/onward`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Onward {
    pub to: String,
    pub reason: String,
    pub version: Option<i64>,
}

/// `POST /v1/parties/{id}/opinion`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = GiveOpinion)]
pub(crate) struct Opinion {
    pub agreed: bool,
    /// Why not: free words, or one of `no_own_room`, `no_own_toilet`, `co_residents_refuse`, `vulnerable_co_resident`,
    /// `address_unknown`, which the screens word.
    pub reason: Option<String>,
}

/// `POST /v1/parties/{id}/home-check`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AnswerHomeCheck)]
pub(crate) struct HomeCheck {
    pub suitable: bool,
    /// Why not, as with the opinion.
    pub reason: Option<String>,
}

/// `POST /v1/parties/{id}/referral`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Refer {
    hospital: String,
    ambulance_plate: String,
    patients: Vec<Uuid>,
}

impl TryFrom<Refer> for Referral {
    type Error = Invalid;
    fn try_from(body: Refer) -> Result<Self, Invalid> {
        Ok(Self {
            hospital: text(&body.hospital, "hospital", 100)?,
            ambulance_plate: plate(&body.ambulance_plate).map_err(|bad| bad.at("ambulance_plate"))?,
            patients: body.patients.into_iter().map(ArrivalId::new).collect(),
        })
    }
}

/// `POST /v1/parties/{id}/tag`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OverrideTag {
    pub arrival: Uuid,
    /// `red`, `yellow` or `green`.
    pub tag: String,
    pub reason: String,
}

/// `POST /v1/parties/{id}/seats`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seats {
    pub trip: Uuid,
    pub version: Option<i64>,
}

/// `POST /v1/parties/{id}/private-car`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordCar {
    pick_up: PickUpBody,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PickUpBody {
    name: String,
    document: String,
    phone: String,
    plate: String,
    destination_gate: String,
}

impl TryFrom<RecordCar> for PickUp {
    type Error = Invalid;
    fn try_from(RecordCar { pick_up }: RecordCar) -> Result<Self, Invalid> {
        let parse = || {
            Ok(Self {
                name: Personal::new(text(&pick_up.name, "name", 80)?),
                document: Sensitive::new(text(&pick_up.document, "document", 30)?),
                phone: phone(&pick_up.phone, "phone")?,
                plate: plate(&pick_up.plate).map_err(|bad| bad.at("plate"))?,
                gate: code::Gate::parse(&pick_up.destination_gate).map_err(|bad| bad.at("destination_gate"))?,
            })
        };
        parse().map_err(|bad: Invalid| bad.at("pick_up"))
    }
}

/// `POST /v1/parties/{id}/private-car/release`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Release {
    plate_seen: String,
    document_checked: bool,
    walked_to_car: bool,
}

impl From<Release> for ReleaseCheck {
    fn from(body: Release) -> Self {
        Self { plate_seen: body.plate_seen, document_checked: body.document_checked, walked_to_car: body.walked_to_car }
    }
}
