//! The rows of a receiver's board. A row comes from this receiver's stops, never from the whole trip (mission.md, rule 1).

use super::{Contact, Eta, Gate, GateClosed, HomeCheck, Opinion, People, Silence, StopChange};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Where a stop is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StopStage {
    /// Seats are given.
    Planned,
    /// People get on.
    Boarding,
    /// On the road.
    EnRoute,
    /// At the gate.
    Arrived,
    /// The escort confirmed.
    Offered,
    /// Both confirmed.
    HandedOver,
    /// The trip will not leave.
    Cancelled,
    /// The vehicle was ordered elsewhere on the road; it does not come here.
    Diverted,
}

/// The times a board showed for a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Told {
    /// The best guess of when the vehicle comes.
    pub gate_at: DateTime<Utc>,
    /// When to go.
    pub go_at: DateTime<Utc>,
}

/// One role's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ack {
    /// Squad role code.
    pub role: String,
    /// Display name.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// What it answered to, if the board showed a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Told>,
}

/// The notice of a stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Notice {
    /// When the board first showed it.
    pub sent_at: DateTime<Utc>,
    /// When it was last sent anew.
    pub renewed_at: Option<DateTime<Utc>>,
    /// Until when an answer is due.
    pub deadline_at: DateTime<Utc>,
    /// The answers.
    pub acks: Vec<Ack>,
    /// Answers that count no longer: the vehicle comes at another time than these answered to. None of a role that has
    /// answered since.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lapsed: Vec<Ack>,
    /// When the squad was in place.
    pub mustered_at: Option<DateTime<Utc>>,
    /// When silence was escalated.
    pub escalated_at: Option<DateTime<Utc>>,
}

/// Why a vehicle that was under way does not come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Diverted {
    /// As it was said.
    pub reason: String,
    /// Display name of the dispatcher.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A vehicle comes to a gate of the receiver.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StopRow {
    /// The stop; the row's key.
    pub stop: Uuid,
    /// Its trip.
    pub trip: Uuid,
    /// Whose board.
    pub receiver: String,
    /// Where to be.
    pub gate: Gate,
    /// When that gate lets nobody in, while something of it lies ahead: the earliest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate_closed: Option<GateClosed>,
    /// Where it is in its life.
    pub stage: StopStage,
    /// When it comes.
    pub eta: Option<Eta>,
    /// Since when the vehicle cannot go on; another one is not sent yet.
    pub broken_at: Option<DateTime<Utc>>,
    /// The change of vehicle its people come by.
    pub change: Option<StopChange>,
    /// Who gets off here, in numbers.
    pub people: People,
    /// Labels of the parties that get off here.
    pub parties: Vec<String>,
    /// BCP 47 tags.
    pub languages: Vec<String>,
    /// The countries they were in during the last 14 days, ISO 3166-1 alpha-3.
    pub from: Vec<String>,
    /// Flight numbers.
    pub flights: Vec<String>,
    /// Plate, when known.
    pub plate: Option<String>,
    /// Who drives.
    pub driver: Option<Contact>,
    /// Whom to call aboard.
    pub escort: Option<Contact>,
    /// What the squad was told and answered.
    pub notice: Notice,
    /// The committee's finding for those who get off here; the least ready one.
    pub home_check: HomeCheck,
    /// When the vehicle stood at the gate.
    pub arrived_at: Option<DateTime<Utc>>,
    /// When the escort confirmed.
    pub offered_at: Option<DateTime<Utc>>,
    /// When the receiver confirmed.
    pub handed_over_at: Option<DateTime<Utc>>,
    /// Why it does not come, if it was ordered elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diverted: Option<Diverted>,
    /// Version of the trip.
    pub version: i64,
}

/// The community is asked about a home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RequestRow {
    /// The party; the row's key.
    pub party: Uuid,
    /// Its label.
    pub label: String,
    /// Whose board.
    pub receiver: String,
    /// Where they would live.
    pub gate: Gate,
    /// How many.
    pub people: People,
    /// BCP 47 tags.
    pub languages: Vec<String>,
    /// The countries they were in during the last 14 days, ISO 3166-1 alpha-3.
    pub from: Vec<String>,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// Until when answers are due.
    pub deadline_at: DateTime<Utc>,
    /// The sub-district's opinion.
    pub opinion: Opinion,
    /// What silence means, and what became of it.
    pub silence: Silence,
    /// The committee's finding.
    pub home_check: HomeCheck,
    /// People who live there already.
    pub co_residents: u8,
    /// A room of their own.
    pub own_room: bool,
    /// A toilet of their own.
    pub own_toilet: bool,
    /// Every co-resident agreed.
    pub co_residents_consent: bool,
}

/// A household comes by private car.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PrivateCarRow {
    /// The party; the row's key is this and `:car`.
    pub party: Uuid,
    /// Its label.
    pub label: String,
    /// Whose board.
    pub receiver: String,
    /// Where it drives to.
    pub gate: Gate,
    /// How many.
    pub people: People,
    /// Plate.
    pub plate: String,
    /// When the desk let it go.
    pub released_at: DateTime<Utc>,
    /// When it should be there.
    pub expected_at: Option<DateTime<Utc>>,
    /// Whether the alarm went.
    pub overdue: bool,
    /// When the gate saw it.
    pub received_at: Option<DateTime<Utc>>,
    /// What is left to do for those who were received; the row goes when nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_steps: Option<OpenSteps>,
}

/// For how many people each reception step is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpenSteps {
    /// The details were not compared yet.
    pub verify: usize,
    /// Nobody explained the fourteen days yet.
    pub inform: usize,
    /// Not registered for daily checks yet.
    pub enrol: usize,
}
