//! One board: a socket that subscribes to one stream and checks every number, kept over all its lines.

mod frame;

use crate::publish::Topics;
use crate::track::Track;
use frame::Frame;
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

/// The version of the feed that is spoken here.
const PROTOCOL: &str = "transfer-feed.v1";
/// A line that stands not by then is given up.
const OPEN_WITHIN: Duration = Duration::from_secs(30);
/// Besides two heartbeats: a busy machine is not a dead one.
const PATIENCE: Duration = Duration::from_secs(20);
/// Twenty thousand boards share one machine: the library's own 128 KiB would be 2.5 GB.
const BUFFER_BYTES: usize = 4 * 1024;

/// A line that stands.
pub(crate) type Socket = WebSocketStream<TcpStream>;

/// Where boards connect to, and as whom.
pub(crate) struct Line {
    pub nodes: Vec<Node>,
    pub token: Arc<str>,
    /// Seconds.
    pub heartbeat: u8,
    pub topics: Arc<Topics>,
}

/// One node, its name resolved once.
pub(crate) struct Node {
    pub url: String,
    pub address: SocketAddr,
}

/// One board.
pub(crate) struct Board {
    /// Its place among all boards.
    pub number: usize,
    /// Its stream's place among the communities.
    pub community: usize,
    pub track: Track,
}

/// How a line ended or why there is none.
#[derive(Debug)]
pub(crate) struct Lost {
    /// By what name it is counted.
    pub kind: String,
    /// Whether the protocol says to come back unchanged (close codes from 4500, and lines cut by nobody).
    pub back: bool,
}

/// What a frame was.
pub(crate) enum Heard {
    /// A numbered fact, with its age when it is of this run and came live.
    Fact(Option<crate::publish::Ages>),
    /// Everything else that carries no number.
    Other,
}

impl Lost {
    fn new(kind: impl Into<String>) -> Self {
        Self { kind: kind.into(), back: true }
    }

    fn closed(code: u16) -> Self {
        Self { kind: format!("closed-{code}"), back: !(4000..4500).contains(&code) }
    }

    fn of(error: &Error) -> Self {
        match error {
            Error::Http(answer) => {
                Self { kind: format!("upgrade-{}", answer.status().as_u16()), back: answer.status().is_server_error() }
            }
            Error::Io(error) => Self::new(format!("broken-off ({})", error.kind())),
            _ => Self::new("broken-off"),
        }
    }
}

impl Board {
    /// A board that never had a line.
    pub fn new(number: usize, community: usize) -> Self {
        Self { number, community, track: Track::default() }
    }

    /// Connects to a node and subscribes: from the position it has, or with a snapshot.
    pub async fn open(&mut self, line: &Line, node: usize) -> Result<Socket, Lost> {
        timeout(OPEN_WITHIN, self.begin(line, &line.nodes[node % line.nodes.len()]))
            .await
            .unwrap_or_else(|_| Err(Lost::new("opening-timeout")))
    }

    async fn begin(&mut self, line: &Line, node: &Node) -> Result<Socket, Lost> {
        let tcp = TcpStream::connect(node.address).await;
        let tcp = tcp.map_err(|error| Lost::new(format!("no-connection ({})", error.kind())))?;
        tcp.set_nodelay(true).map_err(|error| Lost::of(&Error::Io(error)))?;
        let config = WebSocketConfig::default().read_buffer_size(BUFFER_BYTES).write_buffer_size(0);
        let (mut socket, _) =
            client_async_with_config(request(line, node), tcp, Some(config)).await.map_err(|error| Lost::of(&error))?;
        let stream = &line.topics.communities[self.community].receiver;
        let sub = match self.track.position() {
            Some(at) => json!({ "c": stream, "after": at.after, "epoch": at.epoch }),
            None => json!({ "c": stream }),
        };
        let hello = json!({ "op": "hello", "hb": line.heartbeat, "subs": [sub] });
        socket.send(Message::text(hello.to_string())).await.map_err(|error| Lost::of(&error))?;
        let begun = self.track.counts.snapshots + self.track.counts.resumes;
        while self.track.counts.snapshots + self.track.counts.resumes == begun {
            self.hear(&mut socket, line).await?;
        }
        Ok(socket)
    }

    /// The next frame, checked and applied. May be dropped at any point.
    pub async fn hear(&mut self, socket: &mut Socket, line: &Line) -> Result<Heard, Lost> {
        let patience = PATIENCE + Duration::from_secs(2 * u64::from(line.heartbeat));
        match timeout(patience, socket.next()).await {
            Err(_) => Err(Lost::new("silence")),
            Ok(None) => Err(Lost::new("ended")),
            Ok(Some(Err(error))) => Err(Lost::of(&error)),
            Ok(Some(Ok(Message::Text(text)))) => self.apply(&text, line),
            Ok(Some(Ok(Message::Close(Some(close))))) => Err(Lost::closed(close.code.into())),
            Ok(Some(Ok(_))) => Ok(Heard::Other),
        }
    }

    fn apply(&mut self, text: &str, line: &Line) -> Result<Heard, Lost> {
        let frame = Frame::parse(text).ok_or_else(|| Lost { kind: "unreadable-frame".into(), back: false })?;
        let stream = &line.topics.communities[self.community].receiver;
        match &*frame.op {
            "ev" => {
                let live = self.track.whole();
                let due = self.track.fact(frame.s.unwrap_or(0));
                let asked = frame.asking().filter(|_| live && due);
                return Ok(Heard::Fact(asked.and_then(|(party, serial)| line.topics.ages(party, serial))));
            }
            "sub" => self.subscribed(&frame),
            "hb" => {
                if let Some(sent) = frame.heads.as_ref().and_then(|heads| heads.get(stream)) {
                    self.track.sent(*sent);
                }
            }
            _ => {}
        }
        Ok(Heard::Other)
    }

    fn subscribed(&mut self, frame: &Frame<'_>) {
        let epoch = frame.epoch.as_deref().unwrap_or_default();
        match (frame.seq, frame.after) {
            (Some(seq), _) => self.track.snapshot(epoch, seq),
            (None, after) => self.track.resume(epoch, after.unwrap_or(0), frame.head.unwrap_or(0)),
        }
    }
}

fn request(line: &Line, node: &Node) -> Request {
    let url = format!("{}/feed", node.url.replacen("http", "ws", 1));
    let mut request = url.into_client_request().expect("the address was resolved from the same text");
    let bearer = format!("Bearer {}", line.token).parse().expect("a token is URL-safe");
    request.headers_mut().insert("authorization", bearer);
    request.headers_mut().insert("sec-websocket-protocol", PROTOCOL.parse().expect("a protocol is a word"));
    request
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::Counts;

    /// A board that is told these frames.
    fn told(frames: &[&str]) -> Counts {
        let topics = Arc::new(Topics::nobody("here"));
        let line = Line { nodes: Vec::new(), token: "token".into(), heartbeat: 1, topics };
        let mut board = Board::new(0, 0);
        for frame in frames {
            board.apply(frame, &line).expect("a frame");
        }
        board.track.counts
    }

    const SNAPSHOT: &str = r#"{"op":"sub","c":"here","epoch":"e","mode":"snapshot","seq":5,"board":{"rows":[]}}"#;

    fn fact(seq: i64) -> String {
        format!(r#"{{"op":"ev","c":"here","s":{seq},"t":"x","d":{{"key":"k","row":null}}}}"#)
    }

    #[test]
    fn a_whole_stream_is_clean_over_a_lost_line() {
        let resume = r#"{"op":"sub","c":"here","epoch":"e","mode":"resume","after":6,"head":7}"#;
        let counts = told(&[r#"{"op":"welcome","hb":1}"#, SNAPSHOT, &fact(6), resume, &fact(7)]);
        assert_eq!(counts, Counts { facts: 2, snapshots: 1, resumes: 1, ..Counts::default() });
    }

    #[test]
    fn a_frame_that_was_left_out_is_a_gap_and_one_sent_twice_a_duplicate() {
        let counts = told(&[SNAPSHOT, &fact(6), &fact(8), &fact(8)]);
        assert_eq!((counts.gaps, counts.duplicates), (1, 1));
    }

    #[test]
    fn a_heartbeat_tells_of_the_last_frame_that_was_lost() {
        let counts = told(&[SNAPSHOT, r#"{"op":"hb","now":"x","heads":{"here":6}}"#]);
        assert_eq!(counts.gaps, 1);
    }

    #[test]
    fn only_codes_below_4500_say_not_to_come_back() {
        let back = |code| Lost::closed(code).back;
        assert_eq!([4403, 4499, 4500, 4501, 1006].map(back), [false, false, true, true, true]);
    }
}
