//! Give up rooms that have waited too long: a background step. Who has seats is waited for until their trip should have
//! left; who set out keeps the room.

use crate::dispose::let_go;
use crate::refer::give_back_seats;
use crate::step::Missed;
use crate::{Dispatcher, Halt, turn::Turn};
use chrono::{DateTime, Utc};
use homeward_domain::access::Scope;
use homeward_domain::party::{Command, Party, Transport};
use homeward_domain::site::Site;
use homeward_domain::{PartyId, Refusal};
use homeward_store::site;

impl Dispatcher {
    /// Frees the rooms nobody set out for in time; their parties are undecided again. Gives how many.
    pub async fn step_expire(&self) -> Result<usize, Halt> {
        let now = self.clock.now();
        let due = site::due(self.store.read().await?.conn(), now).await?;
        let (mut expired, mut missed) = (0, Missed::default());
        for party in due {
            match self.expire(party).await {
                // Somebody was faster than the step: it looks again next time.
                Err(Halt::Refused(Refusal::Stale { .. } | Refusal::NotFound)) => {}
                done => expired += usize::from(missed.by(done)?.unwrap_or(false)),
            }
        }
        missed.told()?;
        Ok(expired)
    }

    async fn expire(&self, party: PartyId) -> Result<bool, Halt> {
        let mut turn = Turn::step(self).await?;
        let now = turn.now;
        let party = turn.party(party, &Scope::system(), None).await?;
        let Some(held_at) = site::due_now(turn.conn(), party.id, now).await? else { return Ok(false) };
        let until = Site::hold_stands_until(held_at, departs_at(&mut turn, &party).await?);
        if now < until {
            site::keep_until(turn.conn(), party.id, until).await?;
            turn.close(party.id.uuid(), party.version).await?;
            return Ok(false);
        }
        let events = party.decide(Command::ExpireHold, now)?;
        if events.is_empty() {
            return Ok(false);
        }
        let_go(&mut turn, &party).await?;
        give_back_seats(&mut turn, &party).await?;
        let party = turn.save_party(party, &events).await?;
        turn.close(party.id.uuid(), party.version).await?;
        Ok(true)
    }
}

async fn departs_at(turn: &mut Turn<'_>, party: &Party) -> Result<Option<DateTime<Utc>>, Halt> {
    let Transport::Seats { trip, .. } = party.transport else { return Ok(None) };
    Ok(Some(turn.trip(trip, &Scope::system()).await?.departs_at))
}
