//! What operators say of the roads: say it, end it early, list it. It counts for every estimate from the next moment on.

use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use homeward_domain::access::{Action, Scope};
use homeward_domain::road_word::{RoadWord, Said};
use homeward_domain::{Refusal, RoadWordId};
use homeward_store::{model, word};
use serde_json::json;

impl Dispatcher {
    /// The words that hold now for the caller's trips, oldest first: those of the district and those for every district.
    pub async fn road_words(&self, caller: &Caller) -> Result<Vec<RoadWord>, Halt> {
        caller.may(Action::ReadRoads)?;
        let now = self.clock.now();
        let words = word::open(self.store.read().await?.conn(), now).await?;
        Ok(words.into_iter().filter(|word| word.seen_by(&caller.actor.grant)).collect())
    }

    /// Says how much longer driving takes than trips have shown; every open trip is estimated anew.
    pub async fn say_of_roads(&self, caller: &Caller, key: &Key, said: Said) -> Result<Receipt, Halt> {
        caller.may(Action::SayOfRoads)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let id = RoadWordId::new(turn.new_id());
        let word = RoadWord::say(id, &said, (caller.actor.name.clone(), &caller.actor.grant), turn.now)?;
        word::insert(turn.conn(), &word, caller.actor.account).await?;
        let district = word.district.as_ref().map(ToString::to_string);
        let kept = json!({ "district": district, "factor": word.factor, "until": word.spell.ends, "reason": word.spell.reason });
        self.spoken(turn, id, "road_word.said", kept).await
    }

    /// Ends a word before its time.
    pub async fn end_road_word(&self, caller: &Caller, key: &Key, id: RoadWordId) -> Result<Receipt, Halt> {
        caller.may(Action::SayOfRoads)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let word = word::load(turn.conn(), id).await?.ok_or(Refusal::NotFound)?;
        let ended = word.end((caller.actor.name.clone(), &caller.actor.grant), turn.now)?;
        word::end(turn.conn(), id, &ended).await?;
        self.spoken(turn, id, "road_word.ended", json!({})).await
    }

    async fn spoken(
        &self,
        mut turn: Turn<'_>,
        id: RoadWordId,
        kind: &'static str,
        kept: serde_json::Value,
    ) -> Result<Receipt, Halt> {
        turn.record(id.uuid(), kind, kept);
        let version = model::turn(turn.conn()).await?;
        let receipt = turn.close(id.uuid(), version).await?;
        // It is said. Boards that cannot be told now are told by the next step.
        if let Err(error) = self.estimate_anew().await {
            tracing::warn!(?error, "open trips could not be estimated anew; the next step does");
        }
        Ok(receipt)
    }

    async fn estimate_anew(&self) -> Result<(), Halt> {
        self.look_at_lore().await?;
        let trips = homeward_store::trip::ids(self.store.read().await?.conn(), &Scope::system(), true).await?;
        for trip in trips {
            self.refresh(trip).await?;
        }
        Ok(())
    }
}
