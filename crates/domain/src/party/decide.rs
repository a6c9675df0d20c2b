//! What may be done with a party, and when not. Pure: `now` and data in, events or a refusal out.

mod change;
mod destination;
mod divert;
mod passage;
mod room;
mod silence;
mod transport;

pub use divert::Instead;

use super::{Event, Party, Tag};
use crate::disposition::{HomeFacts, Terms};
use crate::private_car::{PickUp, ReleaseCheck};
use crate::reception::{Step, Tick};
use crate::silence::Silence;
use crate::{ArrivalId, Refusal, RiskTag, StopId, TripId, code};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// What somebody wants done with a party.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is documented; its fields are what their names and types say")]
pub enum Command {
    /// Set a person's tag otherwise than the list says.
    Tag { arrival: ArrivalId, tag: RiskTag, reason: String },
    /// A new list came into force while the party waits.
    Retag { list: crate::KeyList },
    /// Call the ambulance for the patients; companions go along.
    Refer { hospital: String, ambulance_plate: String, patients: Vec<ArrivalId> },
    /// The ambulance took them.
    AmbulanceTook,
    /// Ask the community about a home.
    ProposeHome { gate: code::Gate, receiver: code::Receiver, facts: HomeFacts, terms: Terms },
    /// The sub-district answers.
    GiveOpinion { agreed: bool, reason: Option<String>, by: String },
    /// The committee answers.
    AnswerHomeCheck { suitable: bool, reason: Option<String>, by: String },
    /// The deadline passed; a background step asks, not a person.
    HearSilence,
    /// The sub-district chose another rule while it is asked.
    TakeRule { silence: Silence },
    /// The district chose another mode while the home is asked about.
    TakeMode { mode: crate::approval::Mode, version: u32 },
    /// The dispatcher confirms what the community agreed to.
    ConfirmHome { by: String },
    /// Place at a site; the room was held by the site in the same transaction.
    PlaceAtSite { receiver: code::Receiver, gate: code::Gate, room: String, reason: String },
    /// Make two parties of one; `room` is the room of who stays, where a site held one for all of them.
    Split { leaving: BTreeSet<ArrivalId>, room: Option<String>, reason: String },
    /// Give up the room held at a site; a background step asks, not a person.
    ExpireHold,
    /// Leave the site; why was decided by the stay.
    Discharge,
    /// Travels on.
    SendOnward { to: String, reason: String },
    /// Free to go.
    Free { reason: String },
    /// Seats were given by the trip in the same transaction.
    Seat { trip: TripId, stop: StopId },
    /// Seats were taken back by the trip in the same transaction.
    Unseat,
    /// Aboard: go elsewhere; the trip was diverted in the same transaction.
    Divert { stop: StopId, to: Instead, reason: String },
    /// Record a private car.
    RecordCar { pick_up: PickUp, receiver: code::Receiver },
    /// Nobody picks up after all.
    DropCar,
    /// Let the private car go.
    ReleaseCar { check: ReleaseCheck, expected_at: DateTime<Utc> },
    /// In a private car: go elsewhere. The driver is phoned; custody stays as it is.
    RedirectCar { to: Instead, expected_at: DateTime<Utc>, reason: String },
    /// The gate saw the private car.
    ReceiveCar,
    /// The private car did not come; a background step asks, not a person.
    RaiseCarAlarm,
    /// The escort takes a person aboard.
    Board { arrival: ArrivalId, trip: TripId },
    /// The escort gives a person back to the desk.
    Unboard { arrival: ArrivalId },
    /// Another trip brings them to their gate; the trips decided so in the same transaction.
    Reseat { trip: TripId, stop: StopId },
    /// The escort offers a person to the vehicle that goes on.
    OfferOnward { arrival: ArrivalId, onto: TripId },
    /// The escort keeps a person who was to pass to another vehicle.
    Keep { arrival: ArrivalId },
    /// The escort offers everybody to the receiver.
    Offer,
    /// What the escort offered does not stand any more: more people get off there.
    TakeBackOffer,
    /// The receiver takes everybody over.
    Accept,
    /// Tick a reception step of a person.
    Check { arrival: ArrivalId, step: Step, tick: Tick },
    /// Tick a reception step of a person who came by private car.
    CheckInCar { arrival: ArrivalId, step: Step, tick: Tick },
}

impl Party {
    /// Decides one command. The events are to be applied in order and saved together.
    pub fn decide(&self, command: Command, now: DateTime<Utc>) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Tag { arrival, tag, reason } => self.override_tag(arrival, tag, reason),
            Command::Retag { list } => Ok(self.retag(&list)),
            Command::Refer { hospital, ambulance_plate, patients } => {
                self.refer(hospital, ambulance_plate, patients, now)
            }
            Command::AmbulanceTook => self.ambulance_took(now),
            Command::ProposeHome { gate, receiver, facts, terms } => {
                self.propose_home((gate, receiver), facts, terms, now)
            }
            Command::GiveOpinion { agreed, reason, by } => self.give_opinion(agreed, reason, by, now),
            Command::AnswerHomeCheck { suitable, reason, by } => self.answer_home_check(suitable, reason, by, now),
            Command::HearSilence => Ok(self.hear_silence(now)),
            Command::TakeRule { silence } => Ok(self.take_rule(silence, now)),
            Command::TakeMode { mode, version } => Ok(self.take_mode(mode, version)),
            Command::ConfirmHome { by } => self.confirm_home(by, now),
            Command::PlaceAtSite { receiver, gate, room, reason } => self.place_at_site(receiver, gate, room, reason),
            Command::Split { leaving, room, reason } => self.split_off(leaving, room, said(reason)?),
            Command::ExpireHold => Ok(self.expire_hold(now)),
            Command::Discharge => self.discharge(now),
            Command::SendOnward { to, reason } => self.send_onward(to, reason, now),
            Command::Free { reason } => self.free(reason, now),
            Command::Seat { trip, stop } => self.seat(trip, stop, now),
            Command::Unseat => self.unseat(),
            Command::Divert { stop, to, reason } => self.divert(stop, to, reason, now),
            Command::RecordCar { pick_up, receiver } => self.record_car(pick_up, receiver),
            Command::DropCar => self.drop_car(),
            Command::ReleaseCar { check, expected_at } => self.release_car(&check, expected_at, now),
            Command::RedirectCar { to, expected_at, reason } => self.redirect_car(to, expected_at, reason, now),
            Command::ReceiveCar => self.receive_car(now),
            Command::RaiseCarAlarm => Ok(self.raise_car_alarm(now)),
            Command::Board { arrival, trip } => self.board(arrival, trip, now),
            Command::Unboard { arrival } => self.unboard(arrival, now),
            Command::Reseat { trip, stop } => self.reseat(trip, stop),
            Command::OfferOnward { arrival, onto } => self.offer_onward(arrival, onto, now),
            Command::Keep { arrival } => self.keep(arrival),
            Command::Offer => self.offer(now),
            Command::TakeBackOffer => Ok(self.withdraw_all()),
            Command::Accept => self.accept(now),
            Command::Check { arrival, step, tick } => self.check(arrival, &step, tick),
            Command::CheckInCar { arrival, step, tick } => self.check_in_car(arrival, &step, tick),
        }
    }

    fn override_tag(&self, arrival: ArrivalId, tag: RiskTag, reason: String) -> Result<Vec<Event>, Refusal> {
        let member = self.member(arrival).ok_or(Refusal::NotInParty)?;
        let reason = said(reason)?;
        self.still_at_desk()?;
        let tag = Tag { tag, overridden: Some(reason), ..member.tag.clone() };
        Ok(vec![Event::Tagged { arrival, tag }])
    }

    /// What a person set stays; what a list set follows the list.
    fn retag(&self, list: &crate::KeyList) -> Vec<Event> {
        let of_the_list = self.members.iter().filter(|member| member.tag.overridden.is_none());
        let retagged = of_the_list.map(|member| {
            let tagged = crate::key_list::evaluate(&member.history, list);
            let tag = Tag { tag: tagged.tag, list_version: tagged.version, because: tagged.because, overridden: None };
            Event::Tagged { arrival: member.arrival, tag }
        });
        retagged.collect()
    }

    fn check(&self, arrival: ArrivalId, step: &Step, tick: Tick) -> Result<Vec<Event>, Refusal> {
        let member = self.member(arrival).ok_or(Refusal::NotInParty)?;
        let reception = member.reception.clone().check(step, tick)?;
        Ok(vec![Event::Checked { arrival, reception }])
    }
}

/// A reason that says something.
fn said(reason: String) -> Result<String, Refusal> {
    if reason.trim().is_empty() { Err(Refusal::ReasonMissing) } else { Ok(reason) }
}
