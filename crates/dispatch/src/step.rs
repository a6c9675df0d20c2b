//! Background steps. They take no input, so running one again is always safe; whoever owns the loop calls them.

use crate::turn::{Receipt, Turn};
use crate::{Dispatcher, Halt};
use chrono::TimeDelta;
use homeward_domain::access::Scope;
use homeward_domain::{PartyId, Refusal, StopId, TripId, party, trip};

/// How long an answered request can be repeated and get the same answer.
const KEYS_STAY: TimeDelta = TimeDelta::days(3);
/// How long ended sessions stay, for whoever asks who was signed in.
const SESSIONS_STAY: TimeDelta = TimeDelta::days(90);
/// How long promises stay: a season, so that its weeks can be compared.
const PROMISES_STAY: TimeDelta = TimeDelta::days(120);

impl Dispatcher {
    /// Tells the dispatcher about notices nobody answered. Gives how many.
    pub async fn step_escalate(&self) -> Result<usize, Halt> {
        let now = self.clock.now();
        let silent = homeward_store::trip::unanswered(self.store.read().await?.conn(), now).await?;
        let mut missed = Missed::default();
        for (trip, stop) in &silent {
            missed.by(settle(self.escalate(*trip, *stop).await))?;
        }
        missed.told()?;
        Ok(silent.len())
    }

    async fn escalate(&self, trip: TripId, stop: StopId) -> Result<Receipt, Halt> {
        let mut turn = Turn::step(self).await?;
        let trip = turn.trip(trip, &Scope::system()).await?;
        self.finish_trip(turn, trip, trip::Command::Escalate { stop }).await
    }

    /// Raises the alarm for private cars that did not come. Gives how many.
    pub async fn step_alarm(&self) -> Result<usize, Halt> {
        let now = self.clock.now();
        let missing = homeward_store::party::cars_overdue(self.store.read().await?.conn(), now).await?;
        let mut missed = Missed::default();
        for party in &missing {
            missed.by(settle(self.raise_alarm(*party).await))?;
        }
        missed.told()?;
        Ok(missing.len())
    }

    async fn raise_alarm(&self, party: PartyId) -> Result<Receipt, Halt> {
        let mut turn = Turn::step(self).await?;
        let party = turn.party(party, &Scope::system(), None).await?;
        self.finish(turn, party, party::Command::RaiseCarAlarm).await
    }

    /// Brings every board's estimates up to now; a trip is written only when what was published is no longer true.
    /// Gives how many trips were published anew.
    pub async fn step_estimate(&self) -> Result<usize, Halt> {
        self.look_at_trips().await?;
        self.look_at_lore().await?;
        let trips = homeward_store::trip::ids(self.store.read().await?.conn(), &Scope::system(), true).await?;
        self.roads.keep_only(&trips);
        let (mut published, mut missed) = (0, Missed::default());
        for id in trips {
            published += usize::from(missed.by(self.refresh(id).await)?.unwrap_or(false));
        }
        missed.told()?;
        Ok(published)
    }

    /// Takes rows off the boards that were handed over long enough ago. Gives how many.
    pub async fn step_retire(&self) -> Result<usize, Halt> {
        let mut turn = Turn::step(self).await?;
        let now = turn.now;
        let mut retired = homeward_store::trip::retire(turn.conn(), now).await?;
        retired.extend(homeward_store::trip::diverted::retire(turn.conn(), now).await?);
        if retired.is_empty() {
            return Ok(0);
        }
        for (stop, receiver) in &retired {
            turn.take_down(receiver, stop.to_string());
        }
        turn.close(retired[0].0.uuid(), 0).await?;
        Ok(retired.len())
    }

    /// Forgets what nobody can ask for any more: old keys, sessions and promises. Gives how many rows.
    pub async fn step_forget(&self) -> Result<u64, Halt> {
        let now = self.clock.now();
        let mut unit = self.begin_on_duty().await?;
        let keys = homeward_store::idempotency::forget(unit.conn(), now - KEYS_STAY).await?;
        let sessions = homeward_store::session::forget(unit.conn(), now - SESSIONS_STAY).await?;
        let promises = homeward_store::trip::promise::forget(unit.conn(), now - PROMISES_STAY).await?;
        unit.commit().await?;
        Ok(keys + sessions + promises)
    }
}

/// Who a step could do nothing for. They hide nobody who stands behind them: the trouble is told when everybody had their turn.
#[derive(Default)]
pub(crate) struct Missed(Option<Halt>);

impl Missed {
    /// Keeps the first trouble that is one party's or trip's own; what is everybody's ends the step at once.
    pub fn by<T>(&mut self, done: Result<T, Halt>) -> Result<Option<T>, Halt> {
        use homeward_store::Error::{Conflict, Corrupt};
        match done {
            Ok(done) => Ok(Some(done)),
            Err(own @ (Halt::Refused(_) | Halt::Store(Conflict { .. } | Corrupt { .. }))) => {
                self.0.get_or_insert(own);
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// What went wrong, if something did.
    pub fn told(self) -> Result<(), Halt> {
        self.0.map_or(Ok(()), Err)
    }
}

/// Somebody was faster than the step: nothing is left to do.
pub(crate) fn settle(done: Result<Receipt, Halt>) -> Result<(), Halt> {
    match done {
        Ok(_) | Err(Halt::Refused(Refusal::Stale { .. } | Refusal::AlreadyReceived | Refusal::NotFound)) => Ok(()),
        Err(other) => Err(other),
    }
}
