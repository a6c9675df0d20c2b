//! A watcher of one stream, as strict as feed.md: the number of every fact is one more than the last, every frame is as
//! the published document says, the rows are what the facts made of them. A hole or a repetition fails the story here.

mod published;

pub use published::fault;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// How long a frame may take on a busy machine before the story calls it lost.
const FRAME_WITHIN: Duration = Duration::from_secs(20);
/// Seconds between signs of life, so that a quiet stream still shows one within [`FRAME_WITHIN`].
const HEARTBEAT_SECONDS: u8 = 1;

/// Where a watcher left off: kept by a tablet, brought back after the tunnel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The epoch of the stream.
    pub epoch: String,
    /// The last number that was applied.
    pub after: i64,
}

/// How the stream began on this connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Began {
    /// With everything there is.
    Snapshot,
    /// With what was missed.
    Resume,
}

/// A connection that watches one stream.
pub struct FeedClient {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    stream: String,
    position: Position,
    began: Began,
    rows: BTreeMap<String, Value>,
    seen: Vec<Value>,
}

impl FeedClient {
    /// Connects and subscribes: from a position, with the rows as they were there, or from a snapshot.
    pub async fn connect(base: &str, token: &str, stream: &str, from: Option<(Position, Rows)>) -> Self {
        let mut client = Self::greet(base, token, stream, from).await;
        client.welcome().await;
        client.subscribed().await;
        client
    }

    /// Connects and subscribes to what must be refused; gives the close code.
    pub async fn refused(base: &str, token: &str, stream: &str) -> u16 {
        Self::greet(base, token, stream, None).await.closed().await
    }

    async fn greet(base: &str, token: &str, stream: &str, from: Option<(Position, Rows)>) -> Self {
        let mut request = base.replacen("http", "ws", 1).into_client_request().expect("an address");
        *request.uri_mut() = format!("{}/feed", base.replacen("http", "ws", 1)).parse().expect("an address");
        let bearer = format!("Bearer {token}").parse().expect("a token is URL-safe");
        request.headers_mut().insert("authorization", bearer);
        let protocol = homeward_feed::PROTOCOL.parse().expect("a protocol is a word");
        request.headers_mut().insert("sec-websocket-protocol", protocol);
        let connected = timeout(FRAME_WITHIN, connect_async(request)).await.expect("the node answers or goes away");
        let (socket, _) = connected.expect("the feed is there");
        let (position, rows) = from.clone().unwrap_or((Position { epoch: String::new(), after: 0 }, Rows::new()));
        let mut client =
            Self { socket, stream: stream.to_owned(), position, began: Began::Resume, rows, seen: Vec::new() };
        let sub = match &from {
            Some((at, _)) => json!({ "c": stream, "after": at.after, "epoch": at.epoch }),
            None => json!({ "c": stream }),
        };
        client.say(json!({ "op": "hello", "hb": HEARTBEAT_SECONDS, "subs": [sub] })).await;
        client
    }

    async fn say(&mut self, frame: Value) {
        self.socket.send(Message::text(frame.to_string())).await.expect("the feed listens");
    }

    async fn welcome(&mut self) {
        let welcome = self.frame().await;
        assert_eq!(welcome["op"], "welcome", "the first frame: {welcome:#}");
        assert_eq!(welcome["hb"], HEARTBEAT_SECONDS);
    }

    async fn subscribed(&mut self) {
        let sub = self.frame().await;
        assert_eq!((&sub["op"], &sub["c"]), (&json!("sub"), &json!(self.stream)), "the second frame: {sub:#}");
        self.begin(&sub);
    }

    fn begin(&mut self, sub: &Value) {
        let epoch = sub["epoch"].as_str().expect("a stream has an epoch").to_owned();
        self.began = if sub["mode"] == "snapshot" { Began::Snapshot } else { Began::Resume };
        match self.began {
            Began::Snapshot => {
                let after = sub["seq"].as_i64().expect("a snapshot has a number");
                self.position = Position { epoch, after };
                self.rows = by_key(&sub["board"]["rows"]);
            }
            Began::Resume => {
                assert_eq!(epoch, self.position.epoch, "a position is resumed in its epoch only");
                assert_eq!(sub["after"], self.position.after, "the resume begins where the watcher left off");
            }
        }
    }

    /// The next frame, checked and applied.
    pub async fn next(&mut self) -> Value {
        let frame = self.frame().await;
        match frame["op"].as_str().expect("a frame has an operation") {
            "ev" => self.apply(&frame),
            "sub" => self.begin(&frame),
            "hb" => self.no_hole(&frame),
            "tick" => {}
            other => panic!("{other} now? {frame:#}"),
        }
        frame
    }

    fn apply(&mut self, event: &Value) {
        assert_eq!(event["c"], self.stream, "a fact of another stream");
        assert_eq!(event["s"], self.position.after + 1, "a hole or a repetition: {event:#}");
        self.position.after += 1;
        let key = event["d"]["key"].as_str().expect("a change names its row").to_owned();
        match &event["d"]["row"] {
            Value::Null => {
                self.rows.remove(&key);
            }
            row => {
                assert_eq!(key_of(row), key, "a row tells its own key");
                self.rows.insert(key, row.clone());
            }
        }
    }

    fn no_hole(&self, heartbeat: &Value) {
        let sent = heartbeat["heads"][&self.stream].as_i64();
        assert!(sent.is_none_or(|sent| sent == self.position.after), "a frame was lost: {heartbeat:#}");
    }

    /// Applies frames until the board is as the story needs it.
    pub async fn until(&mut self, what: &str, is: impl Fn(&Self) -> bool) {
        while !is(self) {
            let frame = self.next().await;
            assert!(frame["op"] != "hb" || !self.idle(), "nothing comes any more; still waiting until {what}");
        }
    }

    /// Two signs of life in a row: the server has nothing more to say.
    fn idle(&self) -> bool {
        self.seen.iter().rev().take(3).filter(|frame| frame["op"] == "hb").count() == 3
    }

    /// Applies facts until a number is reached.
    pub async fn until_number(&mut self, number: i64) {
        while self.position.after < number {
            let frame = self.next().await;
            assert!(frame["op"] != "hb" || !self.idle(), "nothing comes any more; still before {number}");
        }
    }

    /// The code with which the server closes; everything before it is applied.
    pub async fn closed(mut self) -> u16 {
        loop {
            match self.message().await {
                Some(Message::Text(text)) => {
                    let frame = self.check(&text);
                    if frame["op"] == "ev" {
                        self.apply(&frame);
                    }
                }
                Some(Message::Close(Some(close))) => return close.code.into(),
                Some(Message::Close(None)) | None => panic!("closed without a reason"),
                Some(_) => {}
            }
        }
    }

    /// Follows the stream until the connection ends, with or without a word; what the tablet kept is left.
    pub async fn until_lost(self) -> (Position, Rows) {
        match self.follow(std::future::pending()).await {
            Ok(never) => never.cut(),
            Err(kept) => kept,
        }
    }

    /// Follows the stream until told to stop; what the tablet kept, when the connection ends before.
    pub async fn follow(mut self, stop: impl Future<Output = ()>) -> Result<Self, (Position, Rows)> {
        let mut stop = std::pin::pin!(stop);
        loop {
            let message = tokio::select! {
                () = &mut stop => return Ok(self),
                message = timeout(FRAME_WITHIN, self.socket.next()) => message.expect("a sign of life, or an end"),
            };
            match message {
                Some(Ok(Message::Text(text))) => {
                    let frame = self.check(&text);
                    if frame["op"] == "ev" {
                        self.apply(&frame);
                    }
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => return Err(self.cut()),
            }
        }
    }

    /// Follows the stream until a sign of life says that the node cannot see its register, or that it can again.
    pub async fn until_behind(&mut self, behind: bool) {
        loop {
            let frame = self.next().await;
            if frame["op"] == "hb" && (frame["behind"] == true) == behind {
                return;
            }
        }
    }

    /// The connection is gone without a word, as in a tunnel. What the tablet kept is left.
    #[must_use]
    pub fn cut(self) -> (Position, Rows) {
        (self.position, self.rows)
    }

    /// The rows by key.
    #[must_use]
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The row of a key; null while there is none.
    #[must_use]
    pub fn row(&self, key: &str) -> &Value {
        self.rows.get(key).unwrap_or(&Value::Null)
    }

    /// Where the watcher is.
    #[must_use]
    pub fn position(&self) -> &Position {
        &self.position
    }

    /// How the stream began on this connection.
    #[must_use]
    pub fn began(&self) -> Began {
        self.began
    }

    /// Every frame of this connection, in order.
    #[must_use]
    pub fn seen(&self) -> &[Value] {
        &self.seen
    }

    /// The codes of the facts, in order.
    #[must_use]
    pub fn facts(&self) -> Vec<&str> {
        self.seen.iter().filter_map(|frame| frame["t"].as_str()).collect()
    }

    async fn frame(&mut self) -> Value {
        loop {
            match self.message().await {
                Some(Message::Text(text)) => return self.check(&text),
                Some(Message::Ping(_) | Message::Pong(_)) => {}
                other => panic!("the stream {} ended with {other:?}", self.stream),
            }
        }
    }

    async fn message(&mut self) -> Option<Message> {
        let message = timeout(FRAME_WITHIN, self.socket.next()).await;
        let message = message.unwrap_or_else(|_| panic!("no sign of life on {} for {FRAME_WITHIN:?}", self.stream));
        message.map(|message| message.expect("the socket carries frames"))
    }

    fn check(&mut self, text: &str) -> Value {
        let frame: Value = serde_json::from_str(text).expect("a frame is JSON");
        assert_eq!(fault(&frame), None, "not as published: {frame:#}");
        self.seen.push(frame.clone());
        frame
    }
}

/// Rows by key.
pub type Rows = BTreeMap<String, Value>;

/// A list of rows, by the key that each tells itself.
#[must_use]
pub fn by_key(rows: &Value) -> Rows {
    let rows = rows.as_array().expect("a list of rows");
    rows.iter().map(|row| (key_of(row), row.clone())).collect()
}

fn key_of(row: &Value) -> String {
    let kind = row["kind"].as_str().expect("a row has a kind");
    let text = |member: &str| row[member].as_str().expect("a row tells its key").to_owned();
    match kind {
        "stop" | "trip" | "party" => text(kind),
        "request" => text("party"),
        "private_car" => text("party") + ":car",
        "site" => text("receiver"),
        "approval" | "planning" => kind.to_owned(),
        "vehicle" => row["vehicle"]["id"].as_str().expect("a vehicle tells its id").to_owned(),
        other => panic!("a row of a kind nobody published: {other}"),
    }
}
