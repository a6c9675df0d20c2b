//! Everything one socket watches.

use std::collections::BTreeMap;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::future::select_all;
use homeward_store::Stream;
use uuid::Uuid;

use crate::frame::{Heartbeat, ServerFrame, Welcome};
use crate::{Error, Hub, Position, Subscription};

/// A district's command post with its receivers fits; a program that wants more opens a second connection.
pub const SUBSCRIPTIONS_MAX: usize = 64;

/// In its last minute a sign-in's end is announced.
const WARNING_SECONDS: i64 = 60;

/// The subscriptions of one socket, and its receipts.
pub struct Connection {
    hub: Hub,
    id: Uuid,
    expires_at: DateTime<Utc>,
    subscriptions: Vec<Subscription>,
    happened_at: Option<DateTime<Utc>>,
}

impl Connection {
    /// A socket that was upgraded; watches nothing yet. `id` is new, `expires_at` is the end of its sign-in.
    #[must_use]
    pub fn new(hub: Hub, id: Uuid, expires_at: DateTime<Utc>) -> Self {
        Self { hub, id, expires_at, subscriptions: Vec::new(), happened_at: None }
    }

    /// The first frame, with the seconds between signs of life.
    #[must_use]
    pub fn welcome(&self, hb: u8, now: DateTime<Utc>) -> Bytes {
        ServerFrame::Welcome(Welcome { conn: self.id, hb, expires: self.expires_at, now }).encode()
    }

    /// Watches one more stream, or the same one from another position. **The caller has checked the rights.**
    pub async fn subscribe(&mut self, stream: Stream, position: Option<Position>) -> Result<(), Error> {
        let others = self.subscriptions.iter().filter(|one| *one.stream() != stream).count();
        if others >= SUBSCRIPTIONS_MAX {
            return Err(Error::TooManySubscriptions(SUBSCRIPTIONS_MAX));
        }
        let subscription = self.hub.subscribe(stream, position).await?;
        self.unsubscribe(subscription.stream());
        self.subscriptions.push(subscription);
        Ok(())
    }

    /// Watches it no longer; also what a lost right does.
    pub fn unsubscribe(&mut self, stream: &Stream) {
        let id = self.id;
        self.subscriptions.retain(|one| {
            let stays = one.stream() != stream;
            if !stays {
                one.log().shown().forget(id);
            }
            stays
        });
    }

    /// What is watched, to check rights again.
    pub fn streams(&self) -> impl Iterator<Item = &Stream> {
        self.subscriptions.iter().map(Subscription::stream)
    }

    /// The next frame of any stream. Waits for ever when nothing is watched; may be dropped at any point.
    pub async fn next(&mut self) -> Result<Bytes, Error> {
        match &mut self.subscriptions[..] {
            [] => return std::future::pending().await,
            // Nearly every board: nothing has to be allocated to wait for one.
            [one] => {
                let frame = one.next().await;
                self.happened_at = one.happened_at();
                return frame;
            }
            _ => {}
        }
        let each = self.subscriptions.iter_mut().map(|one| Box::pin(one.next()));
        let (frame, first, _) = select_all(each).await;
        self.happened_at = self.subscriptions[first].happened_at();
        // Whoever was served goes to the end, so that a busy stream does not starve the others.
        self.subscriptions[first..].rotate_left(1);
        frame
    }

    /// When what [`next`](Self::next) gave out last happened, if it was a fact that came while the socket was watching:
    /// with the time of its sending this is how late the board is.
    #[must_use]
    pub fn happened_at(&self) -> Option<DateTime<Utc>> {
        self.happened_at
    }

    /// A sign of life.
    #[must_use]
    pub fn heartbeat(&self, now: DateTime<Utc>) -> Bytes {
        let heads: BTreeMap<_, _> =
            self.subscriptions.iter().map(|one| (one.stream().to_string(), one.cursor())).collect();
        let left = (self.expires_at - now).num_seconds();
        let expires_in = u8::try_from(left.max(0)).ok().filter(|_| left <= WARNING_SECONDS);
        ServerFrame::Hb(Heartbeat { now, heads, expires_in, behind: self.hub.behind() }).encode()
    }

    /// The sign-in was renewed.
    pub fn renew(&mut self, expires_at: DateTime<Utc>) {
        self.expires_at = expires_at;
    }

    /// When the sign-in ends.
    #[must_use]
    pub fn expires_at(&self) -> DateTime<Utc> {
        self.expires_at
    }

    /// A receipt. A number that was never sent counts as the last one that was.
    pub fn acknowledge(&mut self, stream: &Stream, seq: i64, at: DateTime<Utc>) {
        if let Some(one) = self.subscriptions.iter().find(|one| one.stream() == stream) {
            one.log().shown().keep(self.id, seq.min(one.cursor()), at);
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        for one in &self.subscriptions {
            one.log().shown().forget(self.id);
        }
    }
}
