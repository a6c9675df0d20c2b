//! Desks that register at two nodes at once, and account for every registration: what was acknowledged is there once,
//! what was not is sent again with the same key and is there once.

use crate::server::Server;
use homeward_tests::sample;
use reqwest::header::RETRY_AFTER;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Desks that register at once.
const DESKS: usize = 4;
/// How long nodes may refuse everything on a busy machine before the story calls them lost.
const WORK_WITHIN: Duration = Duration::from_mins(2);

/// What became of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The party it made.
    Acknowledged(String),
    /// The node said that it could not now, and when to come again.
    Refused,
    /// No answer: nobody knows.
    Lost,
}

/// Sends one registration; the number is its content and its key.
pub async fn register(node: &Server, token: &str, number: u32) -> Outcome {
    let body = sample::party(number, 1);
    let answer = match node.write(token, "/v1/parties", &format!("r{number}"), &body).await {
        Ok(answer) => answer,
        Err(error) if error.is_timeout() => panic!("{number}: a node that neither answers nor goes away"),
        Err(_) => return Outcome::Lost,
    };
    let (status, retry) = (answer.status(), answer.headers().contains_key(RETRY_AFTER));
    // The head may come and the body not: without the receipt nobody was told.
    let Ok(said) = answer.json::<Value>().await else { return Outcome::Lost };
    match status.as_u16() {
        201 => Outcome::Acknowledged(said["subject"].as_str().expect("a receipt").to_owned()),
        503 if retry => Outcome::Refused,
        _ => panic!("{status}: {said}"),
    }
}

/// Sends it again, to any of these nodes in turn, until one acknowledges it.
pub async fn insist(nodes: &[&Server], token: &str, number: u32) -> String {
    let acknowledged = async {
        for node in nodes.iter().cycle() {
            if let Outcome::Acknowledged(party) = register(node, token, number).await {
                return party;
            }
        }
        unreachable!("there is a node")
    };
    timeout(WORK_WITHIN, acknowledged).await.unwrap_or_else(|_| panic!("no node takes {number} any more"))
}

/// Desks at work until they are told to stop.
pub struct Load {
    stop: Arc<AtomicBool>,
    /// Told by the desks alone: when the last of them has failed, nobody waits any longer.
    acknowledged: watch::Receiver<u32>,
    desks: JoinSet<Vec<(u32, Outcome)>>,
}

impl Load {
    /// Each desk goes from node to node; `next` counts the registrations of the whole story.
    pub fn start(nodes: &[Arc<Server>], token: &str, next: &Arc<AtomicU32>) -> Self {
        let (stop, acknowledged) = (Arc::<AtomicBool>::default(), watch::Sender::new(0));
        let mut desks = JoinSet::new();
        for desk in 0..DESKS {
            let (nodes, token, next) = (nodes.to_vec(), token.to_owned(), Arc::clone(next));
            let (stop, acknowledged) = (Arc::clone(&stop), acknowledged.clone());
            desks.spawn(async move {
                let mut outcomes = Vec::new();
                for node in nodes.iter().cycle().skip(desk) {
                    if stop.load(Ordering::Acquire) {
                        break;
                    }
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let outcome = register(node, &token, number).await;
                    if matches!(outcome, Outcome::Acknowledged(_)) {
                        acknowledged.send_modify(|count| *count += 1);
                    }
                    outcomes.push((number, outcome));
                }
                outcomes
            });
        }
        Self { stop, acknowledged: acknowledged.subscribe(), desks }
    }

    /// Waits until so many were acknowledged since the start.
    pub async fn until(&self, count: u32) {
        let mut acknowledged = self.acknowledged.clone();
        let reached = timeout(WORK_WITHIN, acknowledged.wait_for(|sofar| *sofar >= count)).await;
        let reached = reached.unwrap_or_else(|_| panic!("the nodes refuse everything since {}", self.count()));
        reached.expect("a desk works on (each that failed said why)");
    }

    /// How many were acknowledged since the start.
    pub fn count(&self) -> u32 {
        *self.acknowledged.borrow()
    }

    /// Ends the desks' work; gives what became of every registration.
    pub async fn end(mut self) -> Vec<(u32, Outcome)> {
        self.stop.store(true, Ordering::Release);
        let mut all = Vec::new();
        while let Some(outcomes) = self.desks.join_next().await {
            all.extend(outcomes.expect("a desk works to its end"));
        }
        all
    }
}

/// Every registration of a story, by its number.
#[derive(Default)]
pub struct Book(BTreeMap<u32, String>);

impl Book {
    /// Writes down what was acknowledged; sends again what was not.
    pub async fn settle(&mut self, outcomes: Vec<(u32, Outcome)>, nodes: &[&Server], token: &str) {
        for (number, outcome) in outcomes {
            let party = match outcome {
                Outcome::Acknowledged(party) => party,
                Outcome::Refused | Outcome::Lost => insist(nodes, token, number).await,
            };
            assert!(self.0.insert(number, party).is_none(), "{number} was sent by two desks");
        }
    }

    /// Holds a node to it: every registration is there, once, and nothing else.
    pub async fn holds(&self, node: &Server, token: &str) {
        let stored = node.get(token, "/v1/parties?open=true").await;
        let rows = stored["parties"].as_array().expect("parties").iter();
        let mut stored: Vec<&str> = rows.map(|row| row["party"].as_str().expect("an id")).collect();
        let mut written: Vec<&str> = self.0.values().map(String::as_str).collect();
        assert!(written.len() < 1_000, "the list ends at a thousand: register less");
        stored.sort_unstable();
        written.sort_unstable();
        assert_eq!(stored, written, "a registration is lost or doubled");
    }
}
