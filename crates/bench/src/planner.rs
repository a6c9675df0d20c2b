//! `homeward bench planner`: the planner alone, on instances and plans in the formats `tdp-1` and `tdp-plan-1`, so that
//! any checker and any other solver of that problem can stand beside it. No server takes part.

mod instance;
mod rolling;
mod written;

use crate::Fault;
use crate::options::PlannerOptions;
use homeward_planner::{Goals, Pace, Problem, Rounds, check, solve};
use instance::Instance;
use serde::Serialize;
use std::time::Duration;
use tokio::time::Instant;

/// What a run tells on standard output, one line of JSON.
#[derive(Debug, Serialize)]
struct Told {
    instance: String,
    rounds: u64,
    wall_ms: f64,
    /// People not properly served.
    l1: i64,
    /// Traveller-minutes from ready to gate.
    l2_minutes: f64,
    /// Kilometres.
    l3_km: f64,
    #[serde(flatten)]
    day: Option<rolling::Day>,
}

/// A clock as a pace: from its begin to a number of milliseconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Until {
    begun: Instant,
    budget: Duration,
}

impl Until {
    pub fn new(begun: Instant, budget: Duration) -> Self {
        Self { begun, budget }
    }
}

impl Pace for Until {
    fn progress(&mut self, _rounds: u64) -> f64 {
        self.begun.elapsed().as_secs_f64() / self.budget.as_secs_f64().max(1e-9)
    }
}

/// Plans an instance and writes the plan; its goals, checked by rules that share nothing with the search, go to
/// standard output.
pub(crate) fn run(options: &PlannerOptions) -> Result<(), Fault> {
    let instance = Instance::read(&options.instance)?;
    let begun = Instant::now();
    let problem = instance.problem(options.kilometre)?;
    let (plan, rounds, day) = if options.online {
        let (plan, rounds, day) = rolling::run(&instance, problem.clone(), options);
        (plan, rounds, Some(day))
    } else {
        let found = whole(&problem, options, begun);
        (found.plan, found.rounds, None)
    };
    let wall_ms = begun.elapsed().as_secs_f64() * 1_000.0;
    let goals = check(&problem, &plan).map_err(|broken| Fault::NotClean(broken.to_string()))?;
    if let Some(path) = &options.out {
        written::write(&plan, path)?;
    }
    tell(&told(instance.name, rounds, wall_ms, goals, day))
}

fn whole(problem: &Problem, options: &PlannerOptions, begun: Instant) -> homeward_planner::Outcome {
    match options.iterations {
        Some(rounds) => solve(problem, options.seed, &mut Rounds(rounds)),
        None => solve(problem, options.seed, &mut Until::new(begun, Duration::from_millis(options.ms))),
    }
}

#[expect(clippy::cast_precision_loss, reason = "sums far below 2^53")]
fn told(instance: String, rounds: u64, wall_ms: f64, goals: Goals, day: Option<rolling::Day>) -> Told {
    let (l2_minutes, l3_km) = (goals.seconds as f64 / 60.0, goals.metres as f64 / 1_000.0);
    Told { instance, rounds, wall_ms, l1: goals.not_served, l2_minutes, l3_km, day }
}

#[expect(clippy::print_stdout, reason = "the answer of the command")]
fn tell(told: &Told) -> Result<(), Fault> {
    let line = serde_json::to_string(told).map_err(|error| Fault::Option(error.to_string()))?;
    println!("{line}");
    Ok(())
}
