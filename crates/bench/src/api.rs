//! The HTTP side of a run: somebody signed in, reading and writing, and every way in which that can fail, by name.

use crate::wire::{self, Line};
use reqwest::{Client, Method, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;

/// Longer than the server's own time limit, so that it is the server who gives up.
const ANSWER_WITHIN: Duration = Duration::from_mins(1);
/// How often one intent is sent before it counts as unanswered.
const TRIES_MAX: u32 = 8;
/// The first pause between two tries; it doubles each time.
const PAUSE: Duration = Duration::from_millis(50);

/// A server and its nodes.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    http: Client,
    bases: Arc<[String]>,
}

/// Somebody signed in; sessions are rows, so every node knows them.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    api: Api,
    /// The secret, also for the sockets.
    pub token: Arc<str>,
}

/// A line to each node, for one who asks one thing after the other. A pool that anybody may ask through took a quarter of the
/// tool's share of a registration.
pub(crate) struct Lines(Vec<(String, Option<Line>)>);

/// Through the pool of everybody, or over lines of one's own; with the body as each takes it.
enum Way<'w> {
    Pool(&'w Value),
    Lines(&'w mut Lines, &'w [u8]),
}

/// It is written.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Receipt {
    /// The id of what was written.
    pub subject: String,
    /// Whether this answer was given to an earlier try.
    #[serde(skip)]
    pub replayed: bool,
}

/// Why there is no good answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// No answer, or half of one; the word says how.
    Unanswered(&'static str),
    /// The server cannot at the moment, with the seconds it names.
    Unavailable { status: u16, retry_after: Option<u64> },
    /// The server says no, with its stable code.
    Refused { status: u16, code: String },
    /// An answer of another kind than published.
    Unreadable,
}

/// One intent, sent until it was answered.
pub(crate) struct Insisted {
    /// The last answer.
    pub outcome: Result<Receipt, Trouble>,
    /// What went wrong before it.
    pub healed: Vec<Trouble>,
}

impl Trouble {
    /// A name to count by.
    pub fn kind(&self) -> String {
        self.to_string()
    }

    /// Whether the same intent may be sent again.
    const fn passes(&self) -> bool {
        matches!(self, Self::Unanswered(_) | Self::Unavailable { .. })
    }

    fn of(error: &reqwest::Error) -> Self {
        Self::Unanswered(if error.is_timeout() {
            "timeout"
        } else if error.is_connect() {
            "no-connection"
        } else {
            "broken-off"
        })
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unanswered(how) => f.write_str(how),
            Self::Unavailable { status, .. } => write!(f, "unavailable-{status}"),
            Self::Refused { status, code } => write!(f, "refused-{status}-{code}"),
            Self::Unreadable => f.write_str("unreadable"),
        }
    }
}

impl Api {
    /// The nodes at these addresses, without a slash at the end.
    pub fn new(bases: Vec<String>) -> Self {
        let http = Client::builder().timeout(ANSWER_WITHIN).tcp_nodelay(true).no_proxy().build();
        Self { http: http.expect("a client without files and keys has nothing to fail on"), bases: bases.into() }
    }

    /// The nodes.
    pub fn bases(&self) -> &[String] {
        &self.bases
    }

    fn lines(&self) -> Lines {
        Lines(self.bases.iter().map(|base| (wire::address(base).0, None)).collect())
    }

    fn at(&self, node: usize, path: &str) -> String {
        format!("{}{path}", self.bases[node % self.bases.len()])
    }

    /// Reads what everybody may.
    pub async fn get(&self, path: &str) -> Result<Value, Trouble> {
        read(self.http.get(self.at(0, path)).send().await).await
    }

    /// Sends what needs no session.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Value, Trouble> {
        read(self.http.post(self.at(0, path)).json(body).send().await).await
    }

    /// Signs in.
    pub async fn sign_in(&self, username: &str, password: &str) -> Result<Session, Trouble> {
        let session = self.post("/v1/session", &json!({ "username": username, "password": password })).await?;
        let token = session["token"].as_str().ok_or(Trouble::Unreadable)?;
        Ok(Session { api: self.clone(), token: token.into() })
    }
}

impl Session {
    #[cfg(test)]
    pub fn of(api: Api, token: &str) -> Self {
        Self { api, token: token.into() }
    }

    /// Lines of one's own to the nodes, opened when they are asked over.
    pub fn lines(&self) -> Lines {
        self.api.lines()
    }

    /// Reads from a node.
    pub async fn get(&self, node: usize, path: &str) -> Result<Value, Trouble> {
        read(self.api.http.get(self.api.at(node, path)).bearer_auth(&self.token).send().await).await
    }

    /// Reads until it is answered, each try from the next node: a node may just be coming back.
    pub async fn get_in_the_end(&self, node: usize, path: &str) -> Result<Value, Trouble> {
        let mut pause = PAUSE;
        for number in 1..TRIES_MAX {
            match self.get(node + number as usize - 1, path).await {
                Err(trouble) if trouble.passes() => sleep(pause).await,
                answered => return answered,
            }
            pause *= 2;
        }
        self.get(node + TRIES_MAX as usize - 1, path).await
    }

    /// Sends one intent, once, through the pool.
    async fn write_once(&self, node: usize, path: &str, key: &str, body: &Value) -> Result<Receipt, Trouble> {
        let request = self.api.http.request(Method::POST, self.api.at(node, path)).bearer_auth(&self.token);
        let sent = request.header("idempotency-key", key).json(body).send().await;
        let replayed = sent.as_ref().is_ok_and(|answer| answer.headers().contains_key("idempotency-replayed"));
        let receipt: Receipt = serde_json::from_value(read(sent).await?).map_err(|_| Trouble::Unreadable)?;
        Ok(Receipt { replayed, ..receipt })
    }

    /// Sends one intent, once, over a line of its own.
    async fn write_over(
        &self,
        lines: &mut Lines,
        node: usize,
        (path, key, body): (&str, &str, &[u8]),
    ) -> Result<Receipt, Trouble> {
        let node = node % lines.0.len();
        let (_, prefix) = wire::address(&self.api.bases[node]);
        let (address, line) = &mut lines.0[node];
        let mut request = format!(
            "POST {prefix}{path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\nidempotency-key: {key}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n",
            self.token,
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        let answer = Line::told(line, address, &request, ANSWER_WITHIN).await.map_err(Trouble::Unanswered)?;
        let replayed = answer.header("idempotency-replayed").is_some();
        let retry_after = answer.header("retry-after").and_then(|it| it.parse().ok());
        let body = judge(answer.status, retry_after, &answer.body)?;
        let receipt: Receipt = serde_json::from_slice(body).map_err(|_| Trouble::Unreadable)?;
        Ok(Receipt { replayed, ..receipt })
    }

    /// Sends one intent until it is answered, each try with the same key and to the next node.
    pub async fn insist(&self, node: usize, path: &str, key: &str, body: &Value) -> Insisted {
        self.until_answered(Way::Pool(body), node, path, key).await
    }

    /// The same over lines of whoever asks.
    pub async fn insist_over(
        &self,
        lines: &mut Lines,
        node: usize,
        (path, key, body): (&str, &str, &Value),
    ) -> Insisted {
        let body = body.to_string();
        self.until_answered(Way::Lines(lines, body.as_bytes()), node, path, key).await
    }

    async fn until_answered(&self, mut way: Way<'_>, mut node: usize, path: &str, key: &str) -> Insisted {
        let (mut healed, mut pause) = (Vec::new(), PAUSE);
        loop {
            let tried = match &mut way {
                Way::Pool(body) => self.write_once(node, path, key, body).await,
                Way::Lines(lines, body) => self.write_over(lines, node, (path, key, body)).await,
            };
            let trouble = match tried {
                Err(trouble) if trouble.passes() && healed.len() + 1 < TRIES_MAX as usize => trouble,
                outcome => return Insisted { outcome, healed },
            };
            let named = match trouble {
                Trouble::Unavailable { retry_after: Some(seconds), .. } => Duration::from_secs(seconds.min(5)),
                _ => Duration::ZERO,
            };
            sleep(pause.max(named)).await;
            healed.push(trouble);
            (pause, node) = (pause * 2, node + 1);
        }
    }

    /// Sends one intent, once, whose answer is more than a receipt.
    pub async fn ask(&self, node: usize, path: &str, key: &str, body: &Value) -> Result<Value, Trouble> {
        let request = self.api.http.post(self.api.at(node, path)).bearer_auth(&self.token);
        read(request.header("idempotency-key", key).json(body).send().await).await
    }

    /// Sends an intent the run stands on.
    pub async fn write(&self, path: &str, key: &str, body: &Value) -> Result<Receipt, Trouble> {
        self.insist(0, path, key, body).await.outcome
    }
}

/// The body of a good answer; null when there is none.
async fn read(sent: Result<Response, reqwest::Error>) -> Result<Value, Trouble> {
    let answer = sent.map_err(|error| Trouble::of(&error))?;
    let status = answer.status();
    let retry_after = answer.headers().get("retry-after").and_then(|it| it.to_str().ok()?.parse().ok());
    let body = answer.bytes().await.map_err(|error| Trouble::of(&error))?;
    serde_json::from_slice(judge(status.as_u16(), retry_after, &body)?).map_err(|_| Trouble::Unreadable)
}

/// The body of a good answer, or why it is none.
fn judge(status: u16, retry_after: Option<u64>, body: &[u8]) -> Result<&[u8], Trouble> {
    if (200..300).contains(&status) {
        return Ok(if body.is_empty() { b"null" } else { body });
    }
    if status >= 500 || status == StatusCode::TOO_MANY_REQUESTS.as_u16() {
        return Err(Trouble::Unavailable { status, retry_after });
    }
    let problem: Value = serde_json::from_slice(body).unwrap_or_default();
    let code = problem["code"].as_str().unwrap_or("without-a-code").to_owned();
    Err(Trouble::Refused { status, code })
}
