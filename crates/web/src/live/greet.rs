//! A socket's first words: who is there, and what they want to watch.

use super::{Live, RIGHTS_EVERY, close, instant};
use crate::App;
use crate::measure::Board;
use crate::socket::{Said, Socket};
use homeward_dispatch::{Known, Stream};
use homeward_feed::frame::Hello;
use homeward_feed::{ClientFrame, Close, Connection, Position};
use std::time::Duration;
use tokio::time::{sleep_until, timeout};

/// The first frame is due within this time.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// Seconds between signs of life when the watcher does not say (feed.md).
const HEARTBEAT_SECONDS: u8 = 15;

pub(super) async fn greet(app: &App, socket: &mut Socket, who: Option<(String, Known)>) -> Result<Live, Close> {
    let said = app.closing.run_until_cancelled(timeout(HELLO_WITHIN, socket.hear())).await;
    let said = said.ok_or(Close::Restart)?.map_err(|_| Close::Silent)?;
    let hello = match said {
        Ok(Said::Text(said)) => match ClientFrame::parse(&said) {
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
        let id = app.dispatcher.new_id();
        let now = instant();
        Self {
            connection: Connection::new(app.hub.clone(), id, who.expires_at),
            board: Board::opened(),
            app: app.clone(),
            token,
            caller: who.caller,
            rights: app.dispatcher.rights(),
            behind: app.hub.falls_behind(),
            heartbeat: Duration::from_secs(u64::from(seconds(hello))),
            heard_at: now,
            told_at: now,
            looked_at: now,
            alarm: Box::pin(sleep_until(now + RIGHTS_EVERY)),
        }
    }

    async fn begin(&mut self, socket: &mut Socket, hello: Hello) -> Result<(), Close> {
        let welcome = self.connection.welcome(seconds(&hello), self.app.dispatcher.now());
        self.tell(socket, welcome).await?;
        for sub in hello.subs {
            let position = sub.position();
            self.subscribe(sub.c, position).await?;
        }
        Ok(())
    }

    pub(super) async fn subscribe(&mut self, stream: Stream, position: Option<Position>) -> Result<(), Close> {
        self.app.dispatcher.may_watch(&self.caller, &stream).await.map_err(|halt| close(&halt, Close::NotYours))?;
        self.connection.subscribe(stream, position).await.map_err(|error| error.close())
    }
}

fn seconds(hello: &Hello) -> u8 {
    hello.hb.unwrap_or(HEARTBEAT_SECONDS).clamp(1, 60)
}
