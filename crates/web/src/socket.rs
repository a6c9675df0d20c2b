//! One websocket (RFC 6455), for thousands of boards that mostly wait: a frame goes out as the shared bytes it is, without
//! a copy, and a socket that waits holds no buffer. What is said on it is not known here.

mod frame;

pub(crate) use frame::{Frame, Said};

use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use frame::{HEAD_BYTES_MAX, Listening};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use sha1::{Digest, Sha1};
use std::future::poll_fn;
use std::io::{Error, ErrorKind, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead as _, AsyncWrite as _, ReadBuf};

/// What is read at a time, on the stack: a watcher says a few dozen bytes.
const READ_BYTES: usize = 2 * 1024;
/// What the standard adds to a key (section 1.3).
const GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// The code that closes a line whose purpose is fulfilled (section 7.4.1).
const NORMAL: u16 = 1000;

/// A request to become a socket.
pub(crate) struct Upgrade {
    key: HeaderValue,
    line: OnUpgrade,
}

impl<S: Sync> FromRequestParts<S> for Upgrade {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let headers = &parts.headers;
        let asked = parts.method == Method::GET
            && says(headers, &header::CONNECTION, "upgrade")
            && says(headers, &header::UPGRADE, "websocket")
            && says(headers, &header::SEC_WEBSOCKET_VERSION, "13");
        let key = headers.get(header::SEC_WEBSOCKET_KEY).cloned();
        match (asked, key, parts.extensions.remove::<OnUpgrade>()) {
            (true, Some(key), Some(line)) => Ok(Self { key, line }),
            _ => Err(no_socket()),
        }
    }
}

/// Whether a header's list has a word.
fn says(headers: &HeaderMap, name: &HeaderName, word: &str) -> bool {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|line| line.split(',')).any(|one| one.trim().eq_ignore_ascii_case(word))
}

fn no_socket() -> Problem {
    let detail = "open a websocket here (RFC 6455, version 13); the same entries are plain pages under /v1/feed";
    Problem::new(StatusCode::BAD_REQUEST, "no-websocket", "This is a place for websockets", detail)
}

impl Upgrade {
    /// The answer that makes the line a socket, and the socket when the line stands.
    pub fn accept(self, protocol: &'static str) -> (Response, impl Future<Output = hyper::Result<Socket>> + Send) {
        let mut hash = Sha1::new();
        hash.update(self.key.as_bytes());
        hash.update(GUID);
        let accepted = STANDARD.encode(hash.finalize());
        let headers = [
            (header::CONNECTION, HeaderValue::from_static("upgrade")),
            (header::UPGRADE, HeaderValue::from_static("websocket")),
            (header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(protocol)),
            (header::SEC_WEBSOCKET_ACCEPT, HeaderValue::from_str(&accepted).expect("base64 is visible ASCII")),
        ];
        let line = self.line;
        let socket = async { Ok(Socket::new(TokioIo::new(line.await?))) };
        ((StatusCode::SWITCHING_PROTOCOLS, headers).into_response(), socket)
    }
}

/// A line that stands.
pub(crate) struct Socket {
    line: TokioIo<Upgraded>,
    listening: Listening,
    /// What a send that was given up left behind: the rest of a frame goes before anything else.
    under_way: Option<UnderWay>,
    left: bool,
}

/// A frame of which some bytes may be gone already.
struct UnderWay {
    head: [u8; HEAD_BYTES_MAX],
    head_bytes: u8,
    sent: usize,
    body: bytes::Bytes,
}

impl Socket {
    fn new(line: TokioIo<Upgraded>) -> Self {
        Self { line, listening: Listening::default(), under_way: None, left: false }
    }

    /// The next thing it says. May be dropped at any point. Nonsense is an error of the kind `InvalidData`.
    pub async fn hear(&mut self) -> Result<Said, Error> {
        let said = poll_fn(|context| self.poll_hear(context)).await?;
        self.left |= said == Said::Closed;
        Ok(said)
    }

    fn poll_hear(&mut self, context: &mut Context<'_>) -> Poll<Result<Said, Error>> {
        loop {
            match self.listening.next() {
                Ok(Some(said)) => return Poll::Ready(Ok(said)),
                Ok(None) => {}
                Err(nonsense) => return Poll::Ready(Err(Error::new(ErrorKind::InvalidData, nonsense))),
            }
            let mut bytes = [0; READ_BYTES];
            let mut read = ReadBuf::new(&mut bytes);
            ready!(Pin::new(&mut self.line).poll_read(context, &mut read))?;
            if read.filled().is_empty() {
                return Poll::Ready(Err(ErrorKind::UnexpectedEof.into()));
            }
            self.listening.take(read.filled());
        }
    }

    /// Sends a frame. May be dropped at any point: then the watcher gets all of it or nothing, before the next one.
    pub async fn send(&mut self, frame: Frame) -> Result<(), Error> {
        poll_fn(|context| self.poll_sent(context)).await?;
        let (head, head_bytes) = frame.head();
        self.under_way = Some(UnderWay { head, head_bytes, sent: 0, body: frame.body });
        poll_fn(|context| self.poll_sent(context)).await
    }

    /// Sends the last words and closes the line. Who has left already only hears that we heard it.
    pub async fn goodbye(&mut self, last: Frame, close: Frame) -> Result<(), Error> {
        let close = if self.left {
            Frame::close(NORMAL, "")
        } else {
            self.send(last).await?;
            close
        };
        self.send(close).await?;
        poll_fn(|context| Pin::new(&mut self.line).poll_shutdown(context)).await
    }

    fn poll_sent(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        while let Some(frame) = &mut self.under_way {
            let count = ready!(Pin::new(&mut self.line).poll_write_vectored(context, &frame.rest()))?;
            if count == 0 {
                return Poll::Ready(Err(ErrorKind::WriteZero.into()));
            }
            frame.sent += count;
            if frame.sent == usize::from(frame.head_bytes) + frame.body.len() {
                self.under_way = None;
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl UnderWay {
    /// What has not gone yet.
    fn rest(&self) -> [IoSlice<'_>; 2] {
        let head = &self.head[..usize::from(self.head_bytes)];
        let of_head = self.sent.min(head.len());
        let of_body = self.sent - of_head;
        [IoSlice::new(&head[of_head..]), IoSlice::new(&self.body[of_body..])]
    }
}
