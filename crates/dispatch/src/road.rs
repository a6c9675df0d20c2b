//! What a routing engine says about the ways of open trips (decision 0015). Estimates look here and never wait. What is asked is a
//! way that was written down: a turn only says which trips it wrote, and [`Dispatcher::step_road`] looks at them after it and
//! asks when no verb and no transaction is under way. Kept in memory, like positions; the other nodes are told.

mod known;
mod way;

pub(crate) use known::{Outlook, Roads};
pub(crate) use way::{Answer, Way};

use crate::{Dispatcher, Halt};
use homeward_eta::EngineSource;
use homeward_routing::{Engine, Router};
use std::sync::Arc;

impl Dispatcher {
    /// The same dispatcher, with a routing engine to ask.
    #[must_use]
    pub fn with_engine(self, router: Router) -> Self {
        Self { roads: Arc::new(Roads::asking(router)), ..self }
    }

    /// Resolves when there is a question for the routing engine; never, where none is asked.
    pub async fn road_wanted(&self) {
        self.roads.wanted().await;
    }

    /// Looks at the trips that were written, asks the routing engine everything that is wanted, and estimates those trips
    /// anew. Every node does, about what it wrote and was asked itself. Gives how many questions were answered.
    pub async fn step_road(&self) -> Result<usize, Halt> {
        let mut answered = 0;
        let Some(router) = self.roads.router() else { return Ok(answered) };
        while let Some(trip) = self.roads.take_written() {
            self.refresh(trip).await?;
        }
        while let Some((trip, way)) = self.roads.take() {
            let now = self.clock.now();
            match router.legs(&way.points(), now).await {
                Ok(legs) => {
                    answered += 1;
                    let answer = Answer { engine: router.engine(), way, legs, at: now };
                    self.tell_road(trip, &answer);
                    self.roads.put(trip, answer);
                }
                Err(silence) => {
                    tracing::debug!(%trip, engine = router.engine().as_str(), %silence, "no word from the routing engine");
                    self.roads.failed(trip);
                }
            }
            self.refresh(trip).await?;
        }
        Ok(answered)
    }
}

const fn source(engine: Engine) -> EngineSource {
    match engine {
        Engine::Osrm => EngineSource::Osrm,
        Engine::Valhalla => EngineSource::Valhalla,
    }
}
