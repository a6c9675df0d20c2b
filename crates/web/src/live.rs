//! The socket loop: frames from the hub to the watcher, the watcher's few words back. Rights are checked at every
//! subscription and again whenever they may have changed.

use crate::App;
use crate::caller::known;
use crate::measure::{Board, RequestId};
use crate::problem::Problem;
use crate::security::own_origin;
use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use homeward_dispatch::Stream;
use homeward_dispatch::{Caller, Halt, Known};
use homeward_feed::frame::Hello;
use homeward_feed::{ClientFrame, Close, Connection, PROTOCOL};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout};
use tracing::Instrument as _;

/// The first frame is due within this time.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// A socket that takes nothing for so long comes back from its position.
const WRITE_WITHIN: Duration = Duration::from_secs(10);
/// A watcher that answers no ping for so long is gone.
const SILENT_AFTER: Duration = Duration::from_secs(45);
/// Rights are looked at again at least so often, for changes that another node made.
const RIGHTS_EVERY: Duration = Duration::from_secs(30);
/// A node that cannot see the register for so long sends its watchers away: the proxy knows a node that can.
const BEHIND_AT_MOST: Duration = Duration::from_secs(10);
/// Longer than any wait of a socket.
const FAR_AWAY: Duration = Duration::from_hours(24);
/// Seconds between signs of life when the watcher does not say (feed.md).
const HEARTBEAT_SECONDS: u8 = 15;
/// axum's default buffers cost 135 kB a socket; these cost 4 kB (measured in the prototype, see feed.md).
const READ_BUFFER_BYTES: usize = 1024;
const MESSAGE_BYTES_MAX: usize = 16 * 1024;

/// `GET /feed`: one socket, many streams.
pub(crate) async fn upgrade(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> Result<Response, Problem> {
    own_origin(&headers)?;
    let offered = headers.get_all("sec-websocket-protocol").iter().filter_map(|value| value.to_str().ok());
    if !offered.flat_map(|line| line.split(',')).any(|one| one.trim() == PROTOCOL) {
        return Ok(wrong_version().into_response());
    }
    let who = match known(&headers, &app).await {
        Ok(who) => Some((token_of(&headers), who)),
        // The first frame may bring another sign-in; a register that cannot be seen is no reason to ask for one.
        Err(problem) if problem.status() == StatusCode::UNAUTHORIZED => None,
        Err(problem) => return Err(problem),
    };
    let tasks = app.tasks.clone();
    let socket = socket
        .protocols([PROTOCOL])
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(0)
        .max_message_size(MESSAGE_BYTES_MAX);
    let token = tasks.token();
    Ok(socket.on_upgrade(move |socket| {
        let watched = async move {
            let _counted = token;
            serve(app, socket, who).await;
        };
        watched.instrument(id.socket())
    }))
}

fn wrong_version() -> Problem {
    let detail = "ask for the subprotocol in Sec-WebSocket-Protocol";
    Problem::new(StatusCode::BAD_REQUEST, "wrong-protocol", "This version is not spoken here", detail)
        .with("supported", vec![PROTOCOL])
}

fn token_of(headers: &HeaderMap) -> String {
    crate::caller::token(headers).unwrap_or_default().to_owned()
}

/// Who is refused does not come back; who could not be looked up does.
fn close(halt: &Halt, refused: Close) -> Close {
    match halt {
        Halt::Refused(_) | Halt::Replayed(_) => refused,
        Halt::Store(_) | Halt::OffDuty => Close::Error,
    }
}

async fn serve(app: App, mut socket: WebSocket, who: Option<(String, Known)>) {
    let close = match greet(&app, &mut socket, who).await {
        Ok(mut live) => live.run(&mut socket).await,
        Err(close) => close,
    };
    let goodbye = async {
        socket.send(text(close.bye().encode())).await?;
        let frame = CloseFrame { code: close.code(), reason: close.why().into() };
        socket.send(Message::Close(Some(frame))).await
    };
    if let Ok(Err(error)) = timeout(Duration::from_secs(1), goodbye).await {
        tracing::debug!(%error, "the watcher was gone before the goodbye");
    }
}

fn text(frame: Bytes) -> Message {
    Message::Text(Utf8Bytes::try_from(frame).expect("frames are JSON, which is UTF-8"))
}

/// A socket that said hello.
struct Live {
    app: App,
    token: String,
    caller: Caller,
    connection: Connection,
    board: Board,
    rights: watch::Receiver<u64>,
    behind: watch::Receiver<Option<Instant>>,
    heartbeat: Duration,
    heard_at: Instant,
    told_at: Instant,
    looked_at: Instant,
}

/// What the loop woke up for.
enum Woken {
    Frame(Result<Bytes, homeward_feed::Error>),
    Said(Option<Result<Message, axum::Error>>),
    Heartbeat,
    Rights,
    Closing,
}

/// Timers of a socket run by the machine's clock, not by the product's.
fn instant() -> Instant {
    Instant::now()
}

async fn greet(app: &App, socket: &mut WebSocket, who: Option<(String, Known)>) -> Result<Live, Close> {
    let said = app.closing.run_until_cancelled(timeout(HELLO_WITHIN, socket.recv())).await;
    let said = said.ok_or(Close::Restart)?.map_err(|_| Close::Silent)?;
    let hello = match said {
        Some(Ok(Message::Text(said))) => match ClientFrame::parse(&said) {
            Ok(ClientFrame::Hello(hello)) => hello,
            _ => return Err(Close::BadFrame),
        },
        _ => return Err(Close::BadFrame),
    };
    let (token, who) = match (who, &hello.auth) {
        (Some(who), _) => who,
        (None, Some(token)) => {
            let who = app.dispatcher.recognise(token).await.map_err(|halt| close(&halt, Close::NotAuthenticated))?;
            (token.clone(), who)
        }
        (None, None) => return Err(Close::NotAuthenticated),
    };
    let mut live = Live::new(app, token, who, &hello);
    live.begin(socket, hello).await?;
    Ok(live)
}

impl Live {
    fn new(app: &App, token: String, who: Known, hello: &Hello) -> Self {
        let seconds = hello.hb.unwrap_or(HEARTBEAT_SECONDS).clamp(1, 60);
        let id = app.dispatcher.new_id();
        Self {
            connection: Connection::new(app.hub.clone(), id, who.expires_at),
            board: Board::opened(),
            app: app.clone(),
            token,
            caller: who.caller,
            rights: app.dispatcher.rights(),
            behind: app.hub.falls_behind(),
            heartbeat: Duration::from_secs(u64::from(seconds)),
            heard_at: instant(),
            told_at: instant(),
            looked_at: instant(),
        }
    }

    async fn begin(&mut self, socket: &mut WebSocket, hello: Hello) -> Result<(), Close> {
        let seconds = hello.hb.unwrap_or(HEARTBEAT_SECONDS).clamp(1, 60);
        let welcome = self.connection.welcome(seconds, self.app.dispatcher.now());
        self.tell(socket, welcome).await?;
        for sub in hello.subs {
            let position = sub.position();
            self.subscribe(sub.c, position).await?;
        }
        Ok(())
    }

    async fn subscribe(&mut self, stream: Stream, position: Option<homeward_feed::Position>) -> Result<(), Close> {
        self.app.dispatcher.may_watch(&self.caller, &stream).await.map_err(|halt| close(&halt, Close::NotYours))?;
        self.connection.subscribe(stream, position).await.map_err(|error| error.close())
    }

    async fn run(&mut self, socket: &mut WebSocket) -> Close {
        loop {
            let woken = self.wait(socket).await;
            if let Err(close) = self.handle(socket, woken).await {
                return close;
            }
        }
    }

    async fn wait(&mut self, socket: &mut WebSocket) -> Woken {
        let rights_due = sleep_until(self.looked_at + RIGHTS_EVERY);
        let too_long = self.behind_too_long();
        tokio::select! {
            biased;
            () = self.app.closing.cancelled() => Woken::Closing,
            _ = self.rights.changed() => Woken::Rights,
            _ = self.behind.changed() => Woken::Heartbeat,
            () = sleep_until(too_long) => Woken::Closing,
            said = socket.recv() => Woken::Said(said),
            frame = self.connection.next() => Woken::Frame(frame),
            () = sleep_until(self.told_at + self.heartbeat) => Woken::Heartbeat,
            () = rights_due => Woken::Rights,
        }
    }

    /// When to send the watcher to another node, which may see the register. Never, while this one does.
    fn behind_too_long(&self) -> Instant {
        let since = *self.behind.borrow();
        since.map_or_else(|| instant() + FAR_AWAY, |since| since + BEHIND_AT_MOST)
    }

    async fn handle(&mut self, socket: &mut WebSocket, woken: Woken) -> Result<(), Close> {
        match woken {
            Woken::Closing => Err(Close::Restart),
            Woken::Rights => self.look_again().await,
            Woken::Frame(Ok(frame)) => self.pass_on(socket, frame).await,
            Woken::Frame(Err(error)) => {
                tracing::error!(%error, "the feed stopped for a watcher");
                Err(error.close())
            }
            Woken::Heartbeat => self.beat(socket).await,
            Woken::Said(Some(Ok(said))) => self.hear(said).await,
            Woken::Said(_) => Err(Close::Silent),
        }
    }

    async fn beat(&mut self, socket: &mut WebSocket) -> Result<(), Close> {
        let now = self.app.dispatcher.now();
        if now >= self.connection.expires_at() {
            return Err(Close::Expired);
        }
        if self.heard_at.elapsed() > SILENT_AFTER {
            return Err(Close::Silent);
        }
        let frame = self.connection.heartbeat(now);
        self.tell(socket, frame).await?;
        self.send(socket, Message::Ping(Bytes::new())).await
    }

    async fn pass_on(&mut self, socket: &mut WebSocket, frame: Bytes) -> Result<(), Close> {
        let happened_at = self.connection.happened_at();
        self.tell(socket, frame).await?;
        if let Some(at) = happened_at {
            self.board.late(self.app.dispatcher.now() - at);
        }
        Ok(())
    }

    async fn tell(&mut self, socket: &mut WebSocket, frame: Bytes) -> Result<(), Close> {
        self.told_at = instant();
        self.send(socket, text(frame)).await?;
        self.board.sent();
        Ok(())
    }

    async fn send(&mut self, socket: &mut WebSocket, message: Message) -> Result<(), Close> {
        let sent = timeout(WRITE_WITHIN, socket.send(message));
        match self.app.closing.run_until_cancelled(sent).await {
            Some(Ok(Ok(()))) => Ok(()),
            Some(Ok(Err(_))) => Err(Close::Silent),
            Some(Err(_)) => Err(Close::Lagging),
            // Whatever did not go out comes again after the watcher's position.
            None => Err(Close::Restart),
        }
    }

    async fn hear(&mut self, said: Message) -> Result<(), Close> {
        self.heard_at = instant();
        let said = match said {
            Message::Text(said) => ClientFrame::parse(&said).map_err(|_| Close::BadFrame)?,
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Binary(_) => return Err(Close::BadFrame),
            Message::Close(_) => return Err(Close::Silent),
        };
        match said {
            ClientFrame::Sub(sub) => {
                let position = sub.position();
                self.subscribe(sub.c, position).await
            }
            ClientFrame::Unsub(unsub) => {
                self.connection.unsubscribe(&unsub.c);
                Ok(())
            }
            ClientFrame::Ack(ack) => {
                self.connection.acknowledge(&ack.c, ack.s, self.app.dispatcher.now());
                Ok(())
            }
            ClientFrame::Auth(auth) => self.renew(auth.auth).await,
            ClientFrame::Hello(_) | ClientFrame::Ping | ClientFrame::Unknown => Ok(()),
        }
    }

    async fn renew(&mut self, token: String) -> Result<(), Close> {
        let known = self.app.dispatcher.recognise(&token).await;
        let known = known.map_err(|halt| close(&halt, Close::NotAuthenticated))?;
        (self.token, self.caller) = (token, known.caller);
        self.connection.renew(known.expires_at);
        self.look_again().await
    }

    /// Rights as of now: a session that ended closes the socket, a stream that is no longer the caller's too.
    async fn look_again(&mut self) -> Result<(), Close> {
        self.rights.mark_unchanged();
        let known = self.app.dispatcher.recognise(&self.token).await;
        let known = known.map_err(|halt| close(&halt, Close::NotAuthenticated))?;
        self.caller = known.caller;
        let streams: Vec<Stream> = self.connection.streams().cloned().collect();
        for stream in streams {
            self.app.dispatcher.may_watch(&self.caller, &stream).await.map_err(|halt| close(&halt, Close::NotYours))?;
        }
        self.looked_at = instant();
        Ok(())
    }
}
