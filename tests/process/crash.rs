//! `kill -9` under load: what was acknowledged is there once, what was not is sent again and is there once.

use crate::server::Server;
use homeward_tests::sample;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::sync::mpsc;

/// Kills in one run (security.md: 200 by hand, 20 here).
const KILLS: u32 = 20;
/// Desks that register at once.
const DESKS: u32 = 4;

/// What became of a registration: the party, or no answer.
type Outcome = (u32, Option<String>);

async fn register(server: &Server, token: &str, number: u32) -> Outcome {
    let body = sample::party(number, 1);
    let Ok(answer) = server.write(token, "/v1/parties", &format!("r{number}"), &body).await else {
        return (number, None);
    };
    let status = answer.status();
    // The head may come and the body not: without the receipt nobody was told.
    let Ok(receipt) = answer.json::<Value>().await else { return (number, None) };
    assert_eq!(status, 201, "{receipt}");
    (number, Some(receipt["subject"].as_str().expect("a receipt").to_owned()))
}

/// Registers at every desk until the process dies under them.
async fn until_killed(server: Server, token: &str, next: &Arc<AtomicU32>, after: u32) -> Vec<Outcome> {
    let server = Arc::new(server);
    let (tell, mut told) = mpsc::unbounded_channel();
    let mut desks = tokio::task::JoinSet::new();
    for _ in 0..DESKS {
        let (server, token, next, tell) = (Arc::clone(&server), token.to_owned(), Arc::clone(next), tell.clone());
        desks.spawn(async move {
            loop {
                let outcome = register(&server, &token, next.fetch_add(1, Ordering::Relaxed)).await;
                let dead = outcome.1.is_none();
                tell.send(outcome).expect("somebody counts");
                if dead {
                    return;
                }
            }
        });
    }
    drop(tell);
    let mut outcomes = Vec::new();
    for _ in 0..after {
        outcomes.push(told.recv().await.expect("desks at work"));
    }
    server.kill_now().await;
    while let Some(outcome) = told.recv().await {
        outcomes.push(outcome);
    }
    outcomes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_is_there_once_after_every_kill() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::start(folder.path()).await;
    let token = server.first_run().await;
    let next = Arc::new(AtomicU32::new(1));
    let mut parties = BTreeSet::new();
    for round in 0..KILLS {
        let outcomes = until_killed(server, &token, &next, 5 + round % 7).await;
        server = Server::start(folder.path()).await;
        for (number, acknowledged) in outcomes {
            let party = match acknowledged {
                Some(party) => party,
                None => register(&server, &token, number).await.1.expect("an answer after the restart"),
            };
            assert!(parties.insert(party), "two registrations, one party");
        }
        let stored = server.get(&token, "/v1/parties?open=true").await;
        let rows = stored["parties"].as_array().expect("parties").iter();
        let stored: Vec<String> = rows.map(|row| row["party"].as_str().expect("an id").to_owned()).collect();
        assert_eq!(stored.len(), parties.len(), "round {round}: a registration is lost or doubled");
        assert_eq!(stored.into_iter().collect::<BTreeSet<_>>(), parties, "round {round}");
    }
}
