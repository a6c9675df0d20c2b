//! Asks the planner. Writes nothing.

use super::right_size::right_size;
use super::setting::{Said, Setting};
use super::{DayPlan, DayTrip, Wishes, words};
use crate::{Caller, Dispatcher, Halt};
use homeward_domain::access::Action;
use homeward_planner::check;

impl Dispatcher {
    /// Trips for everybody at a point of entry who has a destination and no seat, the longest waits if they are more than one
    /// plan looks at: the plan at hand, gone on with
    /// ([`Dispatcher::step_improve`]).
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
        let setting =
            Setting::load_with(reader.conn(), &scope, (point_of_entry, now), Said { wishes, chosen: &[] }).await?;
        drop(reader);
        let keep = *wishes == Wishes::default();
        let (mut found, setting) = self.find_plan((&scope, point_of_entry), setting, keep).await;
        right_size(&setting.problem, &mut found.plan);
        let goals =
            check(&setting.problem, &found.plan).expect("the planner proposes only what its own check lets pass");
        let mut day = words::day_plan(&setting, point_of_entry, &found.plan);
        day.trips.sort_by_key(|trip| trip.departs_at);
        let adds = |trip: &DayTrip| trip.riders.iter().any(|rider| !rider.seated);
        (day.trips, day.standing) = day.trips.into_iter().partition(adds);
        day.over_limit = goals.not_served - goals.unserved;
        day.settled = found.settled;
        Ok(day)
    }
}
