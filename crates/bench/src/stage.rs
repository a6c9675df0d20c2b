//! What a run over boards stands on: accounts, parties that change, a place for every board.

use crate::Fault;
use crate::api::Session;
use crate::board::{Board, Line};
use crate::cast::Cast;
use crate::crowd::{Crowd, Seen, nodes};
use crate::limits::make_room;
use crate::options::Crowded;
use crate::publish::Topics;
use std::sync::Arc;
use std::time::Duration;

/// Opening twenty thousand lines takes half a minute on a small machine.
pub(crate) const WHOLE_WITHIN: Duration = Duration::from_mins(2);
/// What was written reaches every board within this time, or it is behind.
const AT_HEAD_WITHIN: Duration = Duration::from_secs(30);

/// The accounts, the parties and the places of the boards.
pub(crate) struct Stage {
    cast: Option<Cast>,
    pub urls: Vec<String>,
    pub topics: Arc<Topics>,
    watcher: Session,
    pub seen: Arc<Seen>,
}

impl Stage {
    /// Prepares everything but the lines.
    pub async fn set(crowded: &Crowded) -> Result<Self, Fault> {
        make_room(crowded.boards, crowded.target.url.len())?;
        let mut cast = Cast::gather(&crowded.target).await?;
        let urls = cast.bases().to_vec();
        let topics = Arc::new(Topics::prepare(&mut cast, crowded.receivers, crowded.rate, crowded.writers).await?);
        let watcher = cast.watcher().await?;
        let line = Line {
            nodes: nodes(&urls).await?,
            token: Arc::clone(&watcher.token),
            heartbeat: crowded.heartbeat,
            topics: Arc::clone(&topics),
        };
        let seen = Seen::new(line, crowded.boards as usize, crowded.at_once);
        Ok(Self { cast: Some(cast), urls, topics, watcher, seen })
    }

    /// New boards, spread evenly over the communities.
    pub fn boards(&self, crowded: &Crowded) -> Vec<Board> {
        (0..crowded.boards as usize).map(|number| Board::new(number, number % self.topics.communities.len())).collect()
    }

    /// How many boards have not come to the end of their streams; what hindered to ask where that is.
    pub async fn behind(&self, crowd: &Crowd, boards: u32) -> (usize, Option<String>) {
        match self.topics.heads(&self.watcher).await {
            Ok(heads) => (crowd.until_at(&heads, AT_HEAD_WITHIN).await, None),
            Err(fault) => (boards as usize, Some(fault.to_string())),
        }
    }

    /// Takes away what was prepared; says what stays.
    pub async fn strike(&mut self) -> Vec<String> {
        let mut faults = Vec::from_iter(self.topics.clear().await);
        if let Some(cast) = self.cast.take() {
            faults.extend(cast.dismiss().await);
        }
        faults
    }
}
