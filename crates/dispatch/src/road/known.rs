//! What was asked and answered about each open trip, and what is still to ask.

use super::source;
use super::way::{Answer, MOVED_METRES, Way};
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::TripId;
use homeward_eta as eta;
use homeward_routing::Router;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// A trip asks at most this often while the same gates are left (issue 5).
const ASK_EVERY: TimeDelta = TimeDelta::seconds(90);
/// Trips in memory: a city has 650 vehicles. One more pushes out the one that asked longest ago.
const TRIPS_MAX: usize = 4_096;

/// One trip.
#[derive(Debug)]
struct Known {
    /// What was asked last.
    asked: Way,
    asked_at: DateTime<Utc>,
    /// Whether the question still waits to be sent.
    waits: bool,
    /// Whether the last question was sent in vain.
    failed: bool,
    answer: Option<Answer>,
    /// When there was last reason to expect a word: the last answer, or the first question.
    since: DateTime<Utc>,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Roads {
    /// Whom to ask; none, and everything here stays empty.
    router: Option<Router>,
    trips: Mutex<BTreeMap<TripId, Known>>,
    /// Trips that were written since they were looked at.
    written: Mutex<BTreeSet<TripId>>,
    more: Notify,
}

/// What is known of a way.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outlook {
    /// Nothing to say: no engine is asked, or it had no time to answer yet.
    Nothing,
    /// Seconds of driving to each gate.
    Says { source: eta::EngineSource, seconds: Vec<f64> },
    /// It was asked in vain.
    Silent { minutes: f64 },
}

impl Outlook {
    /// For the gate at a place of the way.
    pub fn to(&self, place: usize) -> Option<eta::Engine> {
        match self {
            Self::Nothing => None,
            Self::Says { source, seconds } => {
                seconds.get(place).map(|&seconds| eta::Engine::Says { source: *source, seconds })
            }
            Self::Silent { minutes } => Some(eta::Engine::Silent { minutes: *minutes }),
        }
    }
}

impl Roads {
    pub fn asking(router: Router) -> Self {
        Self { router: Some(router), ..Self::default() }
    }

    pub fn router(&self) -> Option<&Router> {
        self.router.as_ref()
    }

    /// What is known now. Never waits and asks nothing: who looks may be in a turn that comes to nothing.
    pub fn look(&self, trip: TripId, way: &Way, now: DateTime<Utc>) -> Outlook {
        self.trips().get(&trip).map_or(Outlook::Nothing, |known| outlook(known, way, now))
    }

    /// Leaves a question behind when what is known of a way is not enough. The way is one that was written down.
    pub fn ask(&self, trip: TripId, way: &Way, now: DateTime<Utc>) {
        if self.router.is_none() || way.gates.is_empty() {
            return;
        }
        let mut trips = self.trips();
        if trips.get(&trip).is_none_or(|known| due(known, way, now)) {
            make_room(&mut trips, trip);
            ask(trips.entry(trip).or_insert_with(|| Known::new(way, now)), way, now);
            self.more.notify_one();
        }
    }

    /// The next question to send.
    pub fn take(&self) -> Option<(TripId, Way)> {
        let mut trips = self.trips();
        let (trip, known) = trips.iter_mut().find(|(_, known)| known.waits)?;
        known.waits = false;
        Some((*trip, known.asked.clone()))
    }

    /// Something about these trips was written: their ways may have become others.
    pub fn written<'t>(&self, trips: impl Iterator<Item = &'t TripId>) {
        if self.router.is_some() {
            self.written_set().extend(trips);
            self.more.notify_one();
        }
    }

    /// A trip that was written, to be looked at anew.
    pub fn take_written(&self) -> Option<TripId> {
        self.written_set().pop_first()
    }

    /// Resolves when there is something to take.
    pub async fn wanted(&self) {
        while self.written_set().is_empty() && !self.trips().values().any(|known| known.waits) {
            self.more.notified().await;
        }
    }

    /// An answer, our own or another node's. A newer one of the same trip stays.
    pub fn put(&self, trip: TripId, answer: Answer) {
        let mut trips = self.trips();
        make_room(&mut trips, trip);
        let known = trips.entry(trip).or_insert_with(|| Known::new(&answer.way, answer.at));
        if known.answer.as_ref().is_none_or(|old| old.at <= answer.at) {
            if known.asked.same_gates(&answer.way) {
                (known.waits, known.failed) = (false, false);
                known.asked_at = known.asked_at.max(answer.at);
            }
            known.since = answer.at;
            known.answer = Some(answer);
        }
    }

    /// The question was in vain; it may be asked again when its time has come.
    pub fn failed(&self, trip: TripId) {
        if let Some(known) = self.trips().get_mut(&trip) {
            known.failed = true;
        }
    }

    /// Forgets trips that ended.
    pub fn keep_only(&self, open: &[TripId]) {
        self.trips().retain(|trip, _| open.contains(trip));
    }

    fn trips(&self) -> MutexGuard<'_, BTreeMap<TripId, Known>> {
        self.trips.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn written_set(&self) -> MutexGuard<'_, BTreeSet<TripId>> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn new(way: &Way, now: DateTime<Utc>) -> Self {
        Self { asked: way.clone(), asked_at: now, waits: false, failed: false, answer: None, since: now }
    }
}

fn make_room(trips: &mut BTreeMap<TripId, Known>, newcomer: TripId) {
    if trips.len() >= TRIPS_MAX
        && !trips.contains_key(&newcomer)
        && let Some(oldest) = trips.iter().min_by_key(|(_, known)| known.asked_at).map(|(trip, _)| *trip)
    {
        trips.remove(&oldest);
    }
}

fn ask(known: &mut Known, way: &Way, now: DateTime<Utc>) {
    (known.asked, known.asked_at, known.waits) = (way.clone(), now, true);
}

fn outlook(known: &Known, way: &Way, now: DateTime<Utc>) -> Outlook {
    let said = known.answer.as_ref().and_then(|answer| Some((answer.engine, answer.seconds(way, now)?)));
    match said {
        Some((engine, seconds)) => Outlook::Says { source: source(engine), seconds },
        None if known.failed => Outlook::Silent { minutes: (now - known.since).as_seconds_f64().max(0.0) / 60.0 },
        None => Outlook::Nothing,
    }
}

/// At once when other gates are left than were asked about; else after 90 s, if the vehicle moved or the last question was
/// in vain.
fn due(known: &Known, way: &Way, now: DateTime<Utc>) -> bool {
    if !known.asked.same_gates(way) {
        return true;
    }
    let moved = way.moved_metres(&known.asked) >= MOVED_METRES;
    !known.waits && now - known.asked_at >= ASK_EVERY && (moved || known.failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use homeward_domain::Point;
    use homeward_routing::Engine;

    fn way(start: f64, gates: &[f64]) -> Way {
        let point = |lon: f64| Point::parse(31.2, lon).expect("a place");
        Way { start: point(start), gates: gates.iter().map(|lon| point(*lon)).collect() }
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn roads() -> (Roads, TripId) {
        // Nobody is asked: the questions are taken by hand.
        let router = Router::new(Engine::Valhalla, "http://127.0.0.1:1").expect("an address");
        (Roads::asking(router), TripId::new(uuid::Uuid::from_u128(7)))
    }

    /// As whoever estimates a trip that was written.
    fn looked(roads: &Roads, trip: TripId, way: &Way, now: DateTime<Utc>) -> Outlook {
        roads.ask(trip, way, now);
        roads.look(trip, way, now)
    }

    fn answered(roads: &Roads, trip: TripId, now: DateTime<Utc>) {
        let (asked, way) = roads.take().expect("a question");
        assert_eq!(asked, trip);
        let legs = vec![600.0; way.gates.len()];
        roads.put(trip, Answer { engine: Engine::Valhalla, way, legs, at: now });
    }

    #[test]
    fn one_question_at_assignment_then_every_90_seconds_and_500_metres() {
        let (roads, trip) = roads();
        assert_eq!(looked(&roads, trip, &way(121.8, &[121.5]), at(0)), Outlook::Nothing);
        assert_eq!(looked(&roads, trip, &way(121.8, &[121.5]), at(1)), Outlook::Nothing, "no second question is left");
        answered(&roads, trip, at(1));
        let said = looked(&roads, trip, &way(121.8, &[121.5]), at(100_000));
        assert_eq!(said.to(0), Some(eta::Engine::Says { source: eta::EngineSource::Valhalla, seconds: 600.0 }));
        assert_eq!(roads.take(), None, "it has not moved");
        looked(&roads, trip, &way(121.79, &[121.5]), at(100_000));
        assert!(roads.take().is_some(), "it moved, and the last question is old");
        roads.put(
            trip,
            Answer { engine: Engine::Valhalla, way: way(121.79, &[121.5]), legs: vec![590.0], at: at(100_000) },
        );
        looked(&roads, trip, &way(121.7, &[121.5]), at(100_089));
        assert_eq!(roads.take(), None, "too soon");
        looked(&roads, trip, &way(121.7, &[121.5]), at(100_090));
        assert!(roads.take().is_some());
        looked(&roads, trip, &way(121.7, &[121.6, 121.5]), at(100_091));
        assert!(roads.take().is_some(), "another gate is asked about at once");
    }

    #[test]
    fn a_turn_asks_nothing_and_what_it_wrote_is_looked_at_after_it() {
        let (roads, trip) = roads();
        assert_eq!(roads.look(trip, &way(121.8, &[121.5]), at(0)), Outlook::Nothing);
        assert_eq!((roads.take(), roads.take_written()), (None, None), "the turn may come to nothing");
        roads.written([trip, trip].iter());
        assert_eq!((roads.take_written(), roads.take_written()), (Some(trip), None));
        let nobody = Roads::default();
        nobody.written([trip].iter());
        assert_eq!(nobody.take_written(), None, "where no engine is asked nothing gathers");
    }

    #[test]
    fn silence_is_said_once_a_question_was_in_vain_and_asked_again_after_90_seconds() {
        let (roads, trip) = roads();
        let here = way(121.8, &[121.5]);
        looked(&roads, trip, &here, at(0));
        roads.take().expect("a question");
        roads.failed(trip);
        assert_eq!(looked(&roads, trip, &here, at(60)), Outlook::Silent { minutes: 1.0 });
        assert_eq!(roads.take(), None);
        looked(&roads, trip, &here, at(90));
        answered(&roads, trip, at(91));
        assert!(matches!(looked(&roads, trip, &here, at(92)), Outlook::Says { .. }), "it is back");
    }

    #[test]
    fn an_answer_outlives_a_short_silence_and_no_long_one() {
        let (roads, trip) = roads();
        looked(&roads, trip, &way(121.8, &[121.5]), at(0));
        answered(&roads, trip, at(0));
        looked(&roads, trip, &way(121.7, &[121.5]), at(300));
        roads.take().expect("a question");
        roads.failed(trip);
        assert!(matches!(looked(&roads, trip, &way(121.7, &[121.5]), at(301)), Outlook::Says { .. }));
        assert_eq!(looked(&roads, trip, &way(121.7, &[121.5]), at(660)), Outlook::Silent { minutes: 11.0 });
    }

    #[test]
    fn another_nodes_answer_saves_the_question() {
        let (roads, trip) = roads();
        let here = way(121.8, &[121.5]);
        roads.put(trip, Answer { engine: Engine::Valhalla, way: here.clone(), legs: vec![600.0], at: at(0) });
        assert!(matches!(looked(&roads, trip, &here, at(10)), Outlook::Says { .. }));
        assert_eq!(roads.take(), None);
        roads.keep_only(&[]);
        assert_eq!(looked(&roads, trip, &here, at(10)), Outlook::Nothing);
    }
}
