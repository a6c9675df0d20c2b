//! The rolling day: parties are known only once they register, the plan is improved a slice a minute, trips lock.

use super::Until;
use super::instance::Instance;
use crate::options::PlannerOptions;
use hdrhistogram::Histogram;
use homeward_planner::{Plan, Policy, Problem, Rolling, Rounds};
use serde::Serialize;
use std::time::Duration;
use tokio::time::Instant;

/// A minute between two looks.
const STEP_S: i32 = 60;

/// How the day went, beside its plan.
#[derive(Debug, Serialize)]
pub(super) struct Day {
    /// Parties that were told their vehicle.
    told: u32,
    /// How often one was told something else.
    changes: u32,
    /// Changes for each party that was told.
    changes_each: f64,
    /// How long a registration took to get its seat, in microseconds.
    answer_us_p50: u64,
    answer_us_p99: u64,
    answer_us_max: u64,
}

/// Plays the day of an instance; `ms` or `iterations` is what each minute may use.
pub(super) fn run(instance: &Instance, problem: Problem, options: &PlannerOptions) -> (Plan, u64, Day) {
    let mut rolling = Rolling::new(problem, Policy::default());
    let mut waiting: Vec<usize> = (0..instance.parties.len()).collect();
    waiting.sort_by_key(|party| std::cmp::Reverse((instance.parties[*party].registered, *party)));
    let mut answers = Histogram::<u64>::new(3).expect("three digits are allowed");
    let (mut now, mut rounds) = (0, 0);
    while now < instance.end && !(waiting.is_empty() && rolling.settled()) {
        rolling.now(now);
        while let Some(party) = waiting.pop_if(|party| instance.parties[*party].registered <= now) {
            let begun = Instant::now();
            rolling.register(u32::try_from(party).expect("an instance has fewer parties"));
            answers.saturating_record(u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX) / 1_000);
        }
        rounds += improve(&mut rolling, options, now);
        rolling.tell_and_lock(now + STEP_S);
        now += STEP_S;
    }
    (rolling.plan(), rounds, day(&rolling, &answers))
}

fn improve(rolling: &mut Rolling, options: &PlannerOptions, now: i32) -> u64 {
    let seed = options.seed.wrapping_mul(1_000_003).wrapping_add(u64::from(now.unsigned_abs()));
    match options.iterations {
        Some(rounds) => rolling.improve(seed, &mut Rounds(rounds)),
        None => rolling.improve(seed, &mut Until::new(Instant::now(), Duration::from_millis(options.ms))),
    }
}

fn day(rolling: &Rolling, answers: &Histogram<u64>) -> Day {
    let told = rolling.told();
    Day {
        told: told.parties,
        changes: told.changes,
        changes_each: f64::from(told.changes) / f64::from(told.parties.max(1)),
        answer_us_p50: answers.value_at_quantile(0.5),
        answer_us_p99: answers.value_at_quantile(0.99),
        answer_us_max: answers.max(),
    }
}
