//! What the nodes of a cluster tell each other beside the database: wake-ups, and what is too quick to be a row.
//!
//! Lossy by design: whatever must not be lost is in the tables, and everybody looks there once a second. After a commit
//! the new heads are put into one pending message; while one is on its way the next gathers (PostgreSQL's `notify`
//! inside the transaction would make commits wait for each other). A single node (SQLite) has nobody to tell.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{ConnectOptions as _, PgConnection};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::Stream;
use crate::conn::patient;

const CHANNEL: &str = "homeward";
/// PostgreSQL takes 8,000 bytes a message.
const PAYLOAD_BYTES_MAX: usize = 7_900;
/// What may gather while the database is away; older words are dropped first.
const GATHERED_MAX: usize = 4_096;
/// A sign of life to ourselves, so that a line that was cut without a word is noticed.
const SIGN_EVERY: Duration = Duration::from_secs(3);
/// A listener that heard not even ourselves for so long connects anew.
const DEAF_AFTER: Duration = Duration::from_secs(8);
/// Between two attempts to connect.
const RETRY_AFTER: Duration = Duration::from_millis(250);

/// What was heard from another node.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// New heads of streams.
    Heads(Vec<(Stream, i64)>),
    /// A word on a topic, see [`Store::tell`](crate::Store::tell).
    Told {
        /// What it is about.
        topic: String,
        /// What was said.
        body: Value,
    },
    /// Words may have been missed: look into the database now.
    Missed,
}

/// One message on the channel.
#[derive(Default, Serialize, Deserialize)]
struct Message {
    node: Uuid,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    heads: BTreeMap<Stream, i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    told: Vec<(String, Value)>,
}

/// The way to the other nodes; a clone is the same relay.
#[derive(Clone)]
pub(crate) struct Relay {
    inner: Option<Arc<Inner>>,
}

struct Inner {
    node: Uuid,
    settings: PgConnectOptions,
    gathered: Mutex<Gathered>,
    filled: Notify,
    closing: CancellationToken,
    tasks: TaskTracker,
}

#[derive(Default)]
struct Gathered {
    heads: BTreeMap<Stream, i64>,
    told: VecDeque<(String, Value)>,
}

impl Relay {
    /// Nobody to tell.
    pub(crate) fn alone() -> Self {
        Self { inner: None }
    }

    /// Through a PostgreSQL server.
    pub(crate) fn start(settings: PgConnectOptions) -> Self {
        let inner = Arc::new(Inner {
            node: Uuid::from_bytes(rand::random()),
            settings,
            gathered: Mutex::default(),
            filled: Notify::new(),
            closing: CancellationToken::new(),
            tasks: TaskTracker::new(),
        });
        let at_work = Arc::clone(&inner);
        inner.tasks.spawn(async move { at_work.closing.run_until_cancelled(at_work.send()).await });
        Self { inner: Some(inner) }
    }

    pub(crate) fn heads(&self, heads: &[(Stream, i64)]) {
        self.gather(|gathered| {
            for (stream, head) in heads {
                let known = gathered.heads.entry(stream.clone()).or_default();
                *known = (*known).max(*head);
            }
        });
    }

    pub(crate) fn tell(&self, topic: &'static str, body: Value) {
        self.gather(|gathered| {
            if gathered.told.len() >= GATHERED_MAX {
                gathered.told.pop_front();
            }
            gathered.told.push_back((topic.to_owned(), body));
        });
    }

    fn gather(&self, add: impl FnOnce(&mut Gathered)) {
        if let Some(inner) = &self.inner {
            add(&mut inner.gathered.lock().unwrap_or_else(PoisonError::into_inner));
            inner.filled.notify_one();
        }
    }

    pub(crate) fn listen(&self) -> Listener {
        Listener { relay: self.clone(), line: None, heard: VecDeque::new() }
    }

    pub(crate) async fn close(&self) {
        if let Some(inner) = &self.inner {
            inner.closing.cancel();
            inner.tasks.close();
            inner.tasks.wait().await;
        }
    }
}

impl Inner {
    /// One message under way at a time; what cannot be sent is lost, and the sweeps make up for it.
    async fn send(&self) {
        let mut line = None;
        loop {
            // Nothing to say for a while is a sign of life, and as good a message as any.
            let quiet = timeout(SIGN_EVERY, self.filled.notified()).await.is_err();
            let messages = self.messages();
            tracing::trace!(quiet, messages = messages.len(), "telling the other nodes");
            for message in messages {
                match self.notify(line.take(), message).await {
                    Ok(open) => line = Some(open),
                    Err(error) => {
                        tracing::debug!(%error, "the other nodes were not told; they will look by themselves");
                        sleep(RETRY_AFTER).await;
                    }
                }
            }
        }
    }

    async fn notify(&self, line: Option<PgConnection>, payload: String) -> Result<PgConnection, sqlx::Error> {
        let mut line = match line {
            Some(line) => line,
            None => patient(self.settings.connect()).await?,
        };
        let told = sqlx::query("select pg_notify($1, $2)").bind(CHANNEL).bind(payload);
        patient(told.execute(&mut line)).await?;
        Ok(line)
    }

    /// Everything gathered, in messages of the size the server takes.
    fn messages(&self) -> Vec<String> {
        let gathered = std::mem::take(&mut *self.gathered.lock().unwrap_or_else(PoisonError::into_inner));
        let mut messages = Vec::new();
        let mut message = Message { node: self.node, ..Message::default() };
        let mut bytes = 64;
        let mut room = |message: &mut Message, needed: usize| {
            if bytes + needed > PAYLOAD_BYTES_MAX {
                let full = std::mem::replace(message, Message { node: self.node, ..Message::default() });
                messages.push(full);
                bytes = 64;
            }
            bytes += needed;
        };
        for (stream, head) in gathered.heads {
            room(&mut message, stream.as_str().len() + 26);
            message.heads.insert(stream, head);
        }
        for (topic, body) in gathered.told {
            room(&mut message, topic.len() + body.to_string().len() + 8);
            message.told.push((topic, body));
        }
        messages.push(message);
        messages.iter().map(|message| serde_json::to_string(message).expect("keys are strings")).collect()
    }
}

/// Hears what the other nodes say.
pub struct Listener {
    relay: Relay,
    line: Option<PgListener>,
    heard: VecDeque<Heard>,
}

impl Listener {
    /// The next word. Waits for ever where there is no other node; comes back by itself when the database does, and
    /// says then that words may have been missed. May be dropped at any point.
    pub async fn next(&mut self) -> Heard {
        let Some(inner) = self.relay.inner.clone() else { return std::future::pending().await };
        loop {
            if let Some(heard) = self.heard.pop_front() {
                return heard;
            }
            let Some(line) = &mut self.line else {
                self.line = connect(&inner.settings).await;
                match self.line {
                    Some(_) => return Heard::Missed,
                    None => sleep(RETRY_AFTER).await,
                }
                continue;
            };
            match timeout(DEAF_AFTER, line.try_recv()).await {
                Ok(Ok(Some(said))) => self.take(inner.node, said.payload()),
                Ok(Ok(None) | Err(_)) | Err(_) => self.line = None,
            }
        }
    }

    fn take(&mut self, own: Uuid, payload: &str) {
        match serde_json::from_str::<Message>(payload) {
            Ok(message) if message.node == own => {}
            Ok(message) => {
                if !message.heads.is_empty() {
                    self.heard.push_back(Heard::Heads(message.heads.into_iter().collect()));
                }
                self.heard.extend(message.told.into_iter().map(|(topic, body)| Heard::Told { topic, body }));
            }
            // A newer node may speak differently; the sweep does not depend on it.
            Err(error) => tracing::warn!(%error, "a word of another node was not understood"),
        }
    }
}

async fn connect(settings: &PgConnectOptions) -> Option<PgListener> {
    let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with(settings.clone());
    let opened = async {
        let mut line = PgListener::connect_with(&pool).await?;
        line.eager_reconnect(false);
        line.listen(CHANNEL).await?;
        Ok(line)
    };
    match patient(opened).await {
        Ok(line) => Some(line),
        Err(error) => {
            tracing::debug!(%error, "the other nodes cannot be heard yet");
            None
        }
    }
}
