//! Asks the planner. Writes nothing.

use super::right_size::right_size;
use super::setting::Setting;
use super::{DayPlan, Wishes, words};
use crate::{Caller, Dispatcher, Halt};
use homeward_domain::access::Action;
use homeward_planner::{Plan, Rounds, check, solve};

/// Rounds of the search: about a tenth of a second for 300 parties, and the same plan for the same question.
const ROUNDS: u64 = 12_000;

impl Dispatcher {
    /// Trips for everybody at a point of entry who has a destination and no seat.
    pub async fn propose_plan(&self, caller: &Caller, point_of_entry: &str) -> Result<DayPlan, Halt> {
        self.propose_plan_with(caller, point_of_entry, &Wishes::default()).await
    }

    /// The same around what a person laid down: pinned parties keep their vehicle, parties left out stay out.
    pub async fn propose_plan_with(
        &self,
        caller: &Caller,
        point_of_entry: &str,
        wishes: &Wishes,
    ) -> Result<DayPlan, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let now = self.clock.now();
        let mut reader = self.store.read().await?;
        let setting = Setting::load_with(reader.conn(), &scope, point_of_entry, now, wishes).await?;
        drop(reader);
        let (plan, setting) = tokio::task::spawn_blocking(move || (search(&setting), setting))
            .await
            .expect("the planner does not panic on a validated problem");
        let goals = check(&setting.problem, &plan).expect("the planner proposes only what its own check lets pass");
        let mut day = words::day_plan(&setting, point_of_entry, &plan);
        day.trips.sort_by_key(|trip| trip.departs_at);
        day.over_limit = goals.not_served - goals.unserved;
        Ok(day)
    }
}

fn search(setting: &Setting) -> Plan {
    let mut plan = solve(&setting.problem, 1, &mut Rounds(ROUNDS)).plan;
    right_size(&setting.problem, &mut plan);
    plan
}
