//! The loops around the background steps: six lines each, no decision.

use homeward_web::App;
use metrics::Unit;
use std::fmt::Debug;
use std::future::Future;
use std::time::Duration;
use tokio::time::Instant;

/// A lost wake-up costs a board at most this long.
const SWEEP_EVERY: Duration = Duration::from_secs(1);
/// Alarms and escalations may be this late.
const WATCH_EVERY: Duration = Duration::from_secs(2);
/// Estimates are counted anew this often when no position comes.
const ESTIMATE_EVERY: Duration = Duration::from_secs(10);
/// Old keys and sessions are forgotten this often.
const FORGET_EVERY: Duration = Duration::from_hours(1);

const RUNS: &str = "homeward_step_runs_total";
const SECONDS: &str = "homeward_step_seconds";

/// Says what the numbers of the steps mean; to be called once, after a recorder was installed.
pub fn describe_numbers() {
    metrics::describe_counter!(RUNS, Unit::Count, "Turns of a background step on this node, done or failed.");
    metrics::describe_histogram!(SECONDS, Unit::Seconds, "How long a turn of a background step took.");
}

/// Starts every step; each ends when the process closes.
pub fn start(app: &App) {
    every(app, "sweep", SWEEP_EVERY, |app| async move { app.hub.sweep().await });
    every(app, "escalate", WATCH_EVERY, |app| async move { app.dispatcher.step_escalate().await.map(drop) });
    every(app, "alarm", WATCH_EVERY, |app| async move { app.dispatcher.step_alarm().await.map(drop) });
    every(app, "retag", WATCH_EVERY, |app| async move { app.dispatcher.step_retag().await.map(drop) });
    every(app, "estimate", ESTIMATE_EVERY, |app| async move { app.dispatcher.step_estimate().await.map(drop) });
    every(app, "retire", ESTIMATE_EVERY, |app| async move { app.dispatcher.step_retire().await.map(drop) });
    every(app, "forget", FORGET_EVERY, |app| async move { app.dispatcher.step_forget().await.map(drop) });
}

fn every<F, E>(app: &App, name: &'static str, period: Duration, step: impl Fn(App) -> F + Send + 'static)
where
    F: Future<Output = Result<(), E>> + Send,
    E: Debug,
{
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        let mut beat = tokio::time::interval(period);
        beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while app.closing.run_until_cancelled(beat.tick()).await.is_some() {
            let begun = Instant::now();
            let outcome = match step(app.clone()).await {
                Ok(()) => "done",
                Err(error) => {
                    tracing::error!(?error, name, "a background step failed; the next turn tries again");
                    "failed"
                }
            };
            metrics::histogram!(SECONDS, "step" => name).record(begun.elapsed());
            metrics::counter!(RUNS, "step" => name, "outcome" => outcome).increment(1);
        }
    });
}
