//! Which node of the cluster runs the background steps. One does, by a lease; its token is looked at again in every
//! transaction a step writes in, so that a node which was slow, cut off or asleep writes nothing after its time.

use crate::{Dispatcher, Halt};
use chrono::TimeDelta;
use homeward_store::{Unit, lease};
use std::sync::atomic::{AtomicI64, Ordering};
use uuid::Uuid;

const STEPS: &str = "steps";
/// A node that says nothing for so long is relieved by another.
const TERM: TimeDelta = TimeDelta::seconds(6);
/// No token was ever this.
const OFF: i64 = 0;

/// This node's part in it.
pub(crate) struct Duty {
    node: Uuid,
    token: AtomicI64,
}

impl Duty {
    pub fn of(node: Uuid) -> Self {
        Self { node, token: AtomicI64::new(OFF) }
    }
}

impl Dispatcher {
    /// Takes the duty, or keeps it for another term; whether this node has it now. To be asked every second or two.
    pub async fn stand_duty(&self) -> Result<bool, Halt> {
        let node = self.duty.node;
        let mut reader = self.store.read().await?;
        let relieved = lease::held_by_another(reader.conn(), STEPS, node).await?;
        drop(reader);
        let token = if relieved { None } else { self.take_duty(node).await? };
        self.duty.token.store(token.unwrap_or(OFF), Ordering::Release);
        Ok(token.is_some())
    }

    async fn take_duty(&self, node: Uuid) -> Result<Option<i64>, Halt> {
        let mut unit = self.store.begin().await?;
        let token = lease::take(unit.conn(), STEPS, node, TERM).await?;
        unit.commit().await?;
        Ok(token)
    }

    /// Whether this node has the duty, as far as it knows; the transaction of a step looks again.
    #[must_use]
    pub fn on_duty(&self) -> bool {
        self.duty.token.load(Ordering::Acquire) != OFF
    }

    /// Gives the duty back, so that another node goes on at once.
    pub async fn leave_duty(&self) -> Result<(), Halt> {
        if self.duty.token.swap(OFF, Ordering::AcqRel) == OFF {
            return Ok(());
        }
        let mut unit = self.store.begin().await?;
        lease::give_back(unit.conn(), STEPS, self.duty.node).await?;
        unit.commit().await?;
        Ok(())
    }

    /// A unit that only the node on duty gets: nobody else can have the duty before it ends.
    pub(crate) async fn begin_on_duty(&self) -> Result<Unit, Halt> {
        let token = self.duty.token.load(Ordering::Acquire);
        let mut unit = self.store.begin().await?;
        if lease::holds(unit.conn(), STEPS, self.duty.node, token).await? {
            return Ok(unit);
        }
        // Keep the token of a term that began in between.
        self.duty.token.compare_exchange(token, OFF, Ordering::AcqRel, Ordering::Acquire).ok();
        Err(Halt::OffDuty)
    }
}
