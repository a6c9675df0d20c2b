//! A watcher's few words, and whether it may still watch.

use super::{Live, close, instant};
use crate::socket::{Frame, Said, Socket};
use homeward_dispatch::Stream;
use homeward_feed::{ClientFrame, Close};

impl Live {
    pub(super) async fn hear(&mut self, socket: &mut Socket, said: Said) -> Result<(), Close> {
        self.heard_at = instant();
        let said = match said {
            Said::Text(said) => ClientFrame::parse(&said).map_err(|_| Close::BadFrame)?,
            Said::Ping(bytes) => return self.send(socket, Frame::pong(bytes)).await,
            Said::Pong => return Ok(()),
            Said::Binary => return Err(Close::BadFrame),
            Said::Closed => return Err(Close::Silent),
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
    pub(super) async fn look_again(&mut self) -> Result<(), Close> {
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
