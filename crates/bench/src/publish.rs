//! Changes that reach boards, at a rate: parties of the run whose home is asked about again and again. Each asking is
//! one numbered fact on the community's board, and leaves no more behind than the row that was there.
//!
//! The number of co-residents in the asking counts up, so that a board can tell which asking it sees.

use crate::Fault;
use crate::api::{Session, Trouble};
use crate::cast::{Cast, Community};
use crate::latency::{Latency, Summary};
use crate::report::{Troubles, add, count, float, say};
use crate::sample;
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

/// Askings of one party that can be told apart: the values of the field that counts.
const SERIALS: usize = 256;
/// Askings a second of one party; at this rate its serials last a minute, and a later board is no longer timed rightly.
const ASKINGS_A_PARTY: u32 = 4;

/// One party of the run, at one community.
struct Topic {
    party: String,
    community: usize,
    serial: AtomicU64,
    /// Microseconds since the topics were made, by serial.
    sent: Vec<AtomicU64>,
    /// The same; zero while there is no answer.
    answered: Vec<AtomicU64>,
}

/// What is asked about in this run.
pub(crate) struct Topics {
    made: Instant,
    run: String,
    pub communities: Vec<Community>,
    all: Vec<Topic>,
    by_party: HashMap<String, usize>,
    dispatcher: Session,
}

/// How long ago an asking was sent and answered.
pub(crate) struct Ages {
    /// The node it was sent to first, counted on over the number of nodes.
    pub node: usize,
    pub sent: Duration,
    /// `None` when the board was faster than the answer.
    pub answered: Option<Duration>,
}

/// How the changes themselves went.
#[derive(Debug, Serialize)]
pub(crate) struct Published {
    pub seconds: f64,
    pub acknowledged: u64,
    pub acknowledged_per_second: f64,
    /// From the instant a change was due to its answer.
    pub latency: Summary,
    /// Changes without a good answer after every try.
    pub failed: u64,
    /// Every try that went wrong, by kind.
    pub troubles: Troubles,
}

struct Written {
    latency: Latency,
    failed: u64,
    troubles: Troubles,
}

impl Topic {
    fn new(party: String, community: usize) -> Self {
        let slots = || (0..SERIALS).map(|_| AtomicU64::new(0)).collect();
        Self { party, community, serial: AtomicU64::new(0), sent: slots(), answered: slots() }
    }
}

impl Topics {
    /// Registers the parties and asks about each home once, so that every board has its rows before it is opened.
    pub async fn prepare(cast: &mut Cast, receivers: u32, rate: u32, writers: u32) -> Result<Self, Fault> {
        let communities = cast.communities(receivers as usize)?;
        // Each writer has its own parties, so that no two askings of one party are under way at once.
        let least = receivers.max(rate.div_ceil(ASKINGS_A_PARTY));
        let parties = least.div_ceil(writers) * writers;
        say(&format!("preparing {parties} parties at {receivers} communities"));
        let (officers, dispatcher) = (cast.officers().await?, cast.dispatcher().await?);
        let mut topics = Vec::new();
        for number in 0..u64::from(parties) {
            let place = topics.len();
            let officer = &officers[place % officers.len()];
            let body = sample::party(&officer.desk, &officer.responsible, &cast.today, &cast.run, number);
            let made = officer.session.write("/v1/parties", &format!("bench-{}-{number}", cast.run), &body).await;
            let trouble = |trouble| Fault::server("register a party of the run", &trouble);
            topics.push(Topic::new(made.map_err(trouble)?.subject, place % communities.len()));
        }
        let by_party = topics.iter().enumerate().map(|(place, topic)| (topic.party.clone(), place)).collect();
        let run = cast.run.clone();
        let topics = Self { made: Instant::now(), run, communities, all: topics, by_party, dispatcher };
        for place in 0..topics.all.len() {
            let trouble = |trouble| Fault::server("ask about a home", &trouble);
            topics.ask(place, &mut Troubles::new()).await.map_err(trouble)?;
        }
        Ok(topics)
    }

    fn now(&self) -> u64 {
        u64::try_from(self.made.elapsed().as_micros()).unwrap_or(u64::MAX).max(1)
    }

    async fn ask(&self, place: usize, troubles: &mut Troubles) -> Result<(), Trouble> {
        let topic = &self.all[place];
        let turn = topic.serial.fetch_add(1, Ordering::Relaxed);
        let serial = usize::try_from(turn).unwrap_or(0) % SERIALS;
        let gate = &self.communities[topic.community].gate;
        let body = json!({ "gate": gate, "co_residents": serial, "own_room": true, "own_toilet": true,
            "co_residents_consent": true });
        let (path, key) = (format!("/v1/parties/{}/home", topic.party), format!("bench-{}-{place}-{turn}", self.run));
        topic.answered[serial].store(0, Ordering::Relaxed);
        topic.sent[serial].store(self.now(), Ordering::Release);
        let insisted = self.dispatcher.insist(place, &path, &key, &body).await;
        topic.answered[serial].store(self.now(), Ordering::Release);
        insisted.healed.iter().for_each(|trouble| count(troubles, trouble));
        insisted.outcome.map(|_| ())
    }

    /// How old the asking is that a board sees; `None` for what is not of this run.
    pub fn ages(&self, party: &str, serial: u8) -> Option<Ages> {
        let node = *self.by_party.get(party)?;
        let topic = &self.all[node];
        let (sent, answered) = (
            topic.sent[usize::from(serial)].load(Ordering::Acquire),
            topic.answered[usize::from(serial)].load(Ordering::Acquire),
        );
        let now = self.now();
        let ago = |then: u64| Duration::from_micros(now.saturating_sub(then));
        (sent > 0).then(|| Ages { node, sent: ago(sent), answered: (answered > 0).then(|| ago(answered)) })
    }

    /// Asks at a rate until it is stopped; whatever is under way then is still answered.
    pub async fn publish(self: &Arc<Self>, rate: u32, writers: u32, stop: &CancellationToken) -> Published {
        let began = Instant::now();
        let mut tasks = JoinSet::new();
        for writer in 0..writers {
            let (topics, stop) = (Arc::clone(self), stop.clone());
            tasks.spawn(async move { topics.write(began, (writer, writers), rate, &stop).await });
        }
        let mut all = Written { latency: Latency::new(), failed: 0, troubles: Troubles::new() };
        while let Some(one) = tasks.join_next().await {
            let one = one.expect("a writer does not panic");
            all.latency.add(&one.latency);
            all.failed += one.failed;
            add(&mut all.troubles, &one.troubles);
        }
        let (seconds, latency) = (began.elapsed().as_secs_f64(), all.latency.summary());
        Published {
            seconds: crate::report::round(seconds),
            acknowledged: latency.count,
            acknowledged_per_second: crate::report::rate(latency.count, seconds),
            latency,
            failed: all.failed,
            troubles: all.troubles,
        }
    }

    async fn write(&self, began: Instant, of: (u32, u32), rate: u32, stop: &CancellationToken) -> Written {
        let mut written = Written { latency: Latency::new(), failed: 0, troubles: Troubles::new() };
        let mut number = u64::from(of.0);
        loop {
            let due = began + Duration::from_secs(1).mul_f64(float(number) / f64::from(rate));
            tokio::select! {
                biased;
                () = stop.cancelled() => return written,
                () = sleep_until(due) => {}
            }
            let place = usize::try_from(number).unwrap_or(0) % self.all.len();
            match self.ask(place, &mut written.troubles).await {
                Ok(()) => written.latency.record(due.elapsed()),
                Err(trouble) => {
                    count(&mut written.troubles, &trouble);
                    written.failed += 1;
                }
            }
            number += u64::from(of.1);
        }
    }

    /// Where each community's stream stands, as a page that needs no socket.
    pub async fn heads(&self, watcher: &Session) -> Result<Vec<i64>, Fault> {
        let mut heads = Vec::new();
        for community in &self.communities {
            let board = watcher.get_in_the_end(0, &format!("/v1/boards/{}", community.receiver)).await;
            let trouble = |trouble| Fault::server("read a board", &trouble);
            heads.push(board.map_err(trouble)?["seq"].as_i64().unwrap_or(0));
        }
        Ok(heads)
    }

    /// Takes the run's parties off the boards; what stays behind when that ends early.
    pub async fn clear(&self) -> Option<String> {
        let body = json!({ "to": "nowhere", "reason": "end of a bench run" });
        for (number, Topic { party, .. }) in self.all.iter().enumerate() {
            let (path, key) = (format!("/v1/parties/{party}/onward"), format!("bench-{}-end-{party}", self.run));
            if let Err(trouble) = self.dispatcher.write(&path, &key, &body).await {
                return Some(format!("{} parties of the run are still on boards: {trouble}", self.all.len() - number));
            }
        }
        None
    }
}

impl Published {
    /// What was wrong with the changes.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.failed > 0 {
            faults.push(format!("{} changes were not written", self.failed));
        }
        if self.acknowledged == 0 {
            faults.push("no change was written".into());
        }
        faults
    }
}

#[cfg(test)]
impl Topics {
    /// One community and nobody there, for boards that are told what they see.
    pub fn nobody(receiver: &str) -> Self {
        let community = Community { receiver: receiver.into(), gate: "gate".into() };
        Self {
            made: Instant::now(),
            run: "TEST".into(),
            communities: vec![community],
            all: Vec::new(),
            by_party: HashMap::new(),
            dispatcher: Session::of(crate::api::Api::new(vec!["http://127.0.0.1:1".into()]), "token"),
        }
    }
}
