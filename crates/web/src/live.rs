//! The socket loop: frames from the hub to the watcher, the watcher's few words back. Rights are checked at every
//! subscription and again whenever they may have changed.

mod greet;
mod hear;

use crate::App;
use crate::caller::known;
use crate::measure::{Board, RequestId};
use crate::problem::Problem;
use crate::security::own_origin;
use crate::socket::{Frame, Said, Socket, Upgrade};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt as _;
use homeward_dispatch::{Caller, Halt, Known};
use homeward_feed::{Close, Connection, PROTOCOL};
use std::io::{Error, ErrorKind};
use std::pin::{Pin, pin};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, Sleep, timeout};
use tracing::Instrument as _;

/// A socket that takes nothing for so long comes back from its position.
const WRITE_WITHIN: Duration = Duration::from_secs(10);
/// A watcher that answers no ping for so long is gone.
const SILENT_AFTER: Duration = Duration::from_secs(45);
/// Rights are looked at again at least so often, for changes that another node made.
const RIGHTS_EVERY: Duration = Duration::from_secs(30);
/// A node that cannot see the register for so long sends its watchers away: the proxy knows a node that can.
const BEHIND_AT_MOST: Duration = Duration::from_secs(10);

/// `GET /feed`: one socket, many streams.
pub(crate) async fn upgrade(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    upgrade: Upgrade,
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
    let (answer, socket) = upgrade.accept(PROTOCOL);
    let tasks = app.tasks.clone();
    let watched = async move {
        match socket.await {
            Ok(socket) => serve(app, socket, who).await,
            Err(error) => tracing::debug!(%error, "the watcher was gone before the socket stood"),
        }
    };
    tasks.spawn(watched.instrument(id.socket()));
    Ok(answer)
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

async fn serve(app: App, mut socket: Socket, who: Option<(String, Known)>) {
    // Boxed: a socket lives for hours, its greeting for a moment.
    let greeted = Box::pin(greet::greet(&app, &mut socket, who)).await;
    let close = match greeted {
        Ok(mut live) => live.run(&mut socket).await,
        Err(close) => close,
    };
    let last = Frame::text(close.bye().encode());
    let goodbye = socket.goodbye(last, Frame::close(close.code(), close.why()));
    if let Ok(Err(error)) = timeout(Duration::from_secs(1), goodbye).await {
        tracing::debug!(%error, "the watcher was gone before the goodbye");
    }
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
    /// Rings at the latest when something is due. Every frame puts that off, so it is set anew only when it rang.
    alarm: Pin<Box<Sleep>>,
}

/// What the loop woke up for.
enum Woken {
    Frame(Result<Bytes, homeward_feed::Error>),
    Said(Result<Said, Error>),
    Heartbeat,
    Rights,
    Closing,
    TooEarly,
}

/// Timers of a socket run by the machine's clock, not by the product's.
fn instant() -> Instant {
    Instant::now()
}

impl Live {
    async fn run(&mut self, socket: &mut Socket) -> Close {
        loop {
            let woken = self.wait(socket).await;
            if let Err(close) = self.handle(socket, woken).await {
                return close;
            }
        }
    }

    async fn wait(&mut self, socket: &mut Socket) -> Woken {
        self.set_alarm();
        tokio::select! {
            biased;
            () = self.app.closing.cancelled() => Woken::Closing,
            _ = self.rights.changed() => Woken::Rights,
            _ = self.behind.changed() => Woken::Heartbeat,
            said = socket.hear() => Woken::Said(said),
            frame = self.connection.next() => Woken::Frame(frame),
            () = &mut self.alarm => self.due(),
        }
    }

    fn set_alarm(&mut self) {
        let due = (self.told_at + self.heartbeat).min(self.looked_at + RIGHTS_EVERY);
        let due = self.behind_too_long().map_or(due, |too_long| too_long.min(due));
        if self.alarm.is_elapsed() || due < self.alarm.deadline() {
            self.alarm.as_mut().reset(due);
        }
    }

    /// What the alarm rang for.
    fn due(&self) -> Woken {
        let now = instant();
        if self.behind_too_long().is_some_and(|too_long| too_long <= now) {
            Woken::Closing
        } else if self.told_at + self.heartbeat <= now {
            Woken::Heartbeat
        } else if self.looked_at + RIGHTS_EVERY <= now {
            Woken::Rights
        } else {
            Woken::TooEarly
        }
    }

    /// When to send the watcher to another node, which may see the register. Never, while this one does.
    fn behind_too_long(&self) -> Option<Instant> {
        let since = *self.behind.borrow();
        since.map(|since| since + BEHIND_AT_MOST)
    }

    async fn handle(&mut self, socket: &mut Socket, woken: Woken) -> Result<(), Close> {
        match woken {
            Woken::TooEarly => Ok(()),
            Woken::Closing => Err(Close::Restart),
            Woken::Rights => Box::pin(self.look_again()).await,
            Woken::Frame(Ok(frame)) => self.pass_on(socket, frame).await,
            Woken::Frame(Err(error)) => {
                tracing::error!(%error, "the feed stopped for a watcher");
                Err(error.close())
            }
            Woken::Heartbeat => self.beat(socket).await,
            Woken::Said(Ok(said)) => Box::pin(self.hear(socket, said)).await,
            Woken::Said(Err(error)) if error.kind() == ErrorKind::InvalidData => Err(Close::BadFrame),
            Woken::Said(Err(_)) => Err(Close::Silent),
        }
    }

    async fn beat(&mut self, socket: &mut Socket) -> Result<(), Close> {
        let now = self.app.dispatcher.now();
        if now >= self.connection.expires_at() {
            return Err(Close::Expired);
        }
        if self.heard_at.elapsed() > SILENT_AFTER {
            return Err(Close::Silent);
        }
        let frame = self.connection.heartbeat(now);
        self.tell(socket, frame).await?;
        self.send(socket, Frame::ping()).await
    }

    async fn pass_on(&mut self, socket: &mut Socket, frame: Bytes) -> Result<(), Close> {
        let happened_at = self.connection.happened_at();
        self.tell(socket, frame).await?;
        if let Some(at) = happened_at {
            self.board.late(self.app.dispatcher.now() - at);
        }
        Ok(())
    }

    async fn tell(&mut self, socket: &mut Socket, frame: Bytes) -> Result<(), Close> {
        self.told_at = instant();
        self.send(socket, Frame::text(frame)).await?;
        self.board.sent();
        Ok(())
    }

    async fn send(&mut self, socket: &mut Socket, frame: Frame) -> Result<(), Close> {
        let mut sending = pin!(socket.send(frame));
        // Nearly always the line takes the frame at once, and nobody has to be asked to wake us.
        if let Some(sent) = sending.as_mut().now_or_never() {
            return sent.map_err(|_| Close::Silent);
        }
        match self.app.closing.run_until_cancelled(timeout(WRITE_WITHIN, sending)).await {
            Some(Ok(Ok(()))) => Ok(()),
            Some(Ok(Err(_))) => Err(Close::Silent),
            Some(Err(_)) => Err(Close::Lagging),
            // Whatever did not go out comes again after the watcher's position.
            None => Err(Close::Restart),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The room a task holds from beginning to end.
    fn room<F: Future>(_: impl FnOnce(App, Socket, Option<(String, Known)>) -> F) -> usize {
        size_of::<F>()
    }

    #[test]
    fn a_socket_that_waits_is_small() {
        let bytes = room(serve);
        assert!(bytes <= 4_096, "ten thousand boards hold {bytes} bytes each: box what is rare");
    }
}
