//! What this node tells the others beside the database, and what it does when they tell it something. Nothing here is
//! ever the only way: what is lost comes again, or is looked up.

use crate::Dispatcher;
use crate::devices::PHONES;
use crate::road::{Answer, Way};
use chrono::{DateTime, Utc};
use homeward_domain::{Point, StopId, TripId};
use homeward_eta::{Manual, Position};
use homeward_feed::Tick;
use homeward_store::{Heard, Stream};
use serde::{Deserialize, Serialize};
use serde_json::json;

const RIGHTS: &str = "rights";
const POSITION: &str = "position";
const SAID: &str = "said";
const TICK: &str = "tick";
const ROAD: &str = "road";

/// Where a vehicle is.
#[derive(Serialize, Deserialize)]
struct Whereabouts {
    trip: TripId,
    lat: f64,
    lon: f64,
    at: DateTime<Utc>,
    #[serde(default)]
    accuracy_metres: f64,
}

/// What an escort said about an arrival.
#[derive(Serialize, Deserialize)]
struct Said {
    trip: TripId,
    stop: StopId,
    gate_at: DateTime<Utc>,
    given_at: DateTime<Utc>,
}

/// What a routing engine said: the points of a way and the seconds between them.
#[derive(Serialize, Deserialize)]
struct Road {
    trip: TripId,
    engine: String,
    points: Vec<Point>,
    legs: Vec<f64>,
    at: DateTime<Utc>,
}

impl Road {
    /// `None` from a program that asks an engine we do not know, or that is not whole.
    fn answer(self) -> Option<Answer> {
        let engine = homeward_routing::Engine::find(&self.engine)?;
        let (start, gates) = self.points.split_first()?;
        let way = Way { start: *start, gates: gates.to_vec() };
        (self.legs.len() == gates.len()).then_some(Answer { engine, way, legs: self.legs, at: self.at })
    }
}

/// A raw estimate for those who watch on another node.
#[derive(Serialize, Deserialize)]
struct Told {
    stream: Stream,
    tick: Tick,
}

impl Dispatcher {
    /// Somebody's rights changed: sockets look again, here and on the other nodes.
    pub(crate) fn rights_changed(&self) {
        self.look_at_rights();
        self.store.tell(RIGHTS, json!({}));
    }

    fn look_at_rights(&self) {
        self.rights.send_modify(|turn| *turn += 1);
    }

    pub(crate) fn tell_position(&self, trip: TripId, position: &Position, accuracy_metres: f64) {
        let (lat, lon) = (position.point.lat(), position.point.lon());
        self.tell(POSITION, &Whereabouts { trip, lat, lon, at: position.at, accuracy_metres });
    }

    pub(crate) fn tell_said(&self, trip: TripId, stop: StopId, manual: Manual) {
        self.tell(SAID, &Said { trip, stop, gate_at: manual.gate_at, given_at: manual.given_at });
    }

    pub(crate) fn tell_road(&self, trip: TripId, answer: &Answer) {
        let Answer { engine, way, legs, at } = answer;
        let (engine, points) = (engine.as_str().to_owned(), way.points());
        self.tell(ROAD, &Road { trip, engine, points, legs: legs.clone(), at: *at });
    }

    pub(crate) fn tell_tick(&self, stream: &Stream, tick: Tick) {
        self.tell(TICK, &Told { stream: stream.clone(), tick: tick.clone() });
        self.feed.tick(stream, tick);
    }

    fn tell(&self, topic: &'static str, said: &impl Serialize) {
        self.store.tell(topic, serde_json::to_value(said).expect("our own words have string keys only"));
    }

    /// Does what another node's word asks for. A word from a newer program is passed over.
    pub async fn hear(&self, heard: Heard) {
        match heard {
            Heard::Heads(heads) => self.feed.wake(&heads),
            Heard::Missed => {
                self.look_at_rights();
                if let Err(error) = self.feed.sweep().await {
                    tracing::warn!(%error, "the boards could not be brought up to date; the next sweep tries again");
                }
            }
            Heard::Told { topic, body } => {
                if let Err(error) = self.heed(&topic, body) {
                    tracing::warn!(topic, %error, "a word of another node was not understood");
                }
            }
        }
    }

    fn heed(&self, topic: &str, body: serde_json::Value) -> Result<(), serde_json::Error> {
        match topic {
            RIGHTS => self.look_at_rights(),
            PHONES => self.under_way.phones_changed(),
            POSITION => {
                let told: Whereabouts = serde_json::from_value(body)?;
                if let Ok(point) = Point::parse(told.lat, told.lon) {
                    self.under_way.put(told.trip, Position { point, at: told.at }, told.accuracy_metres);
                }
            }
            SAID => {
                let Said { trip, stop, gate_at, given_at } = serde_json::from_value(body)?;
                self.under_way.say(trip, stop, Manual { gate_at, given_at });
            }
            ROAD => {
                let told: Road = serde_json::from_value(body)?;
                let trip = told.trip;
                if let Some(answer) = told.answer() {
                    self.roads.put(trip, answer);
                }
            }
            TICK => {
                let Told { stream, tick } = serde_json::from_value(body)?;
                self.feed.tick(&stream, tick);
            }
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use homeward_routing::Engine;

    #[test]
    fn a_word_about_a_road_is_the_same_on_the_other_node() {
        let point = |lat, lon| Point::parse(lat, lon).expect("a place");
        let way =
            Way { start: point(31.1496, 121.801), gates: vec![point(31.2173, 121.4909), point(31.2139, 121.4914)] };
        let answer = Answer { engine: Engine::Osrm, way, legs: vec![2399.8, 28.5], at: DateTime::UNIX_EPOCH };
        let (trip, points) = (TripId::new(uuid::Uuid::from_u128(7)), answer.way.points());
        let told = Road { trip, engine: "osrm".into(), points, legs: answer.legs.clone(), at: answer.at };
        let sent = serde_json::to_value(&told).expect("JSON");
        let heard = |word: serde_json::Value| serde_json::from_value::<Road>(word).expect("a road").answer();
        assert_eq!(heard(sent.clone()), Some(answer));
        for (member, other) in [("engine", json!("graphhopper")), ("legs", json!([1.0])), ("points", json!([]))] {
            let mut word = sent.clone();
            word[member] = other;
            assert_eq!(heard(word), None, "{member}");
        }
    }
}
