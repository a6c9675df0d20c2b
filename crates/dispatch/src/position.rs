//! Where the vehicles are. Positions are not rows: the newest one of each trip is kept in memory ([`crate::under_way`]),
//! and what boards are told of it follows once a second ([`crate::refresh`]). A fix itself never reaches the register.

use crate::project::under_way;
use crate::under_way::{Heard, Phone, Source};
use crate::{Caller, Dispatcher, Halt, token};
use chrono::{DateTime, Utc};
use homeward_domain::access::Action;
use homeward_domain::fix::{Fix, Outcome};
use homeward_domain::trip::State;
use homeward_domain::{Invalid, Personal, Refusal, StopId, TripId};
use homeward_eta::Manual;

/// Wrong tokens are counted together: nobody has a name there, and whoever has a right one is never slowed down.
const STRANGERS: &str = "phones with a wrong token";
const POSITIONS: &str = "homeward_positions_total";

/// Says what this crate's numbers mean; to be called once, after a recorder was installed.
pub fn describe_numbers() {
    metrics::describe_counter!(POSITIONS, metrics::Unit::Count, "Fixes told by phones, by what became of them.");
    for outcome in Outcome::ALL {
        metrics::counter!(POSITIONS, "outcome" => outcome.code()).absolute(0);
    }
}

impl Dispatcher {
    /// The escort's browser says where it is.
    pub async fn report_position(&self, caller: &Caller, trip: TripId, fix: Fix) -> Result<Outcome, Halt> {
        let scope = caller.may(Action::Escort)?.scope;
        let escort = caller.actor.account;
        let departed_at = if let Some(at) = self.under_way.aboard(trip, escort) {
            at
        } else {
            let known = homeward_store::trip::load(self.store.read().await?.conn(), trip, &scope).await?;
            let known = known.ok_or(Refusal::NotFound)?;
            let at = known.state.departed_at().filter(|_| under_way(&known));
            at.ok_or(Refusal::WrongStage { stage: "planned", needed: "en_route" })?
        };
        let outcome = self.judge(trip, Source::Escort(escort), fix, departed_at);
        if outcome == Outcome::ClockAhead {
            let mend = "the phone's clock is ahead; set it by the network";
            return Err(Invalid::new("in-the-future", mend).at("at").into());
        }
        Ok(outcome)
    }

    /// The phone behind a token. A wrong one, a revoked one and none at all are answered alike.
    pub async fn recognise_phone(&self, token: Option<&Personal<String>>) -> Result<Phone, Halt> {
        let token = token.ok_or(Refusal::NotSignedIn)?;
        let hash = token::hash(token.reveal());
        if let Some(phone) = self.under_way.phone(&hash) {
            return Ok(phone);
        }
        let now = self.clock.now();
        if self.under_way.phones_due(now) {
            self.look_at_phones(now).await?;
            if let Some(phone) = self.under_way.phone(&hash) {
                return Ok(phone);
            }
        }
        self.throttle.admit(STRANGERS, now)?;
        self.throttle.failed(STRANGERS, now);
        Err(Refusal::NotSignedIn.into())
    }

    /// A phone says where it is; nothing if its receiver has no fix. Never refused: what is not believed is dropped and
    /// counted, so that the phone's queue does not grow for ever.
    pub async fn report_fix(&self, phone: Phone, fix: Option<Fix>) -> Result<Outcome, Halt> {
        let trip = if let Ok(trip) = self.under_way.trip_of(phone) {
            trip
        } else {
            self.look_at_trips().await?;
            self.under_way.trip_of(phone).unwrap_or_default()
        };
        let outcome = match (trip, fix) {
            (Some((trip, departed_at)), Some(fix)) => self.judge(trip, Source::Device(phone.device), fix, departed_at),
            (None, _) => counted(Outcome::NoTrip),
            (_, None) => counted(Outcome::NoFix),
        };
        self.under_way.note(phone.device, Heard { at: self.clock.now(), outcome });
        Ok(outcome)
    }

    fn judge(&self, trip: TripId, source: Source, fix: Fix, departed_at: DateTime<Utc>) -> Outcome {
        counted(self.under_way.judge(trip, source, fix, departed_at, self.clock.now()))
    }

    /// The escort says when the vehicle will be at a stop; the board shows it as said by a person.
    pub async fn say_eta(
        &self,
        caller: &Caller,
        trip: TripId,
        stop: StopId,
        gate_at: DateTime<Utc>,
    ) -> Result<(), Halt> {
        let scope = caller.may(Action::Escort)?.scope;
        let now = self.clock.now();
        if gate_at < now {
            return Err(Invalid::new("in-the-past", "say when the vehicle will be there, not when it was")
                .at("gate_at")
                .into());
        }
        let known = homeward_store::trip::load(self.store.read().await?.conn(), trip, &scope).await?;
        let known = known.ok_or(Refusal::NotFound)?;
        if known.stops.iter().all(|halt| halt.id != stop) {
            return Err(Refusal::NotFound.into());
        }
        // Before it leaves another vehicle may make the journey, and nobody aboard has seen the road.
        if !matches!(known.state, State::EnRoute { .. }) {
            return Err(Refusal::WrongStage { stage: known.state.code(), needed: "en_route" }.into());
        }
        let manual = Manual { gate_at, given_at: now };
        self.under_way.say(trip, stop, manual);
        self.tell_said(trip, stop, manual);
        self.refresh(trip).await?;
        Ok(())
    }
}

fn counted(outcome: Outcome) -> Outcome {
    metrics::counter!(POSITIONS, "outcome" => outcome.code()).increment(1);
    outcome
}
