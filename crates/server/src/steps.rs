//! The loops around the background steps: six lines each, no decision.

use homeward_dispatch::Halt;
use homeward_web::App;
use std::future::Future;
use std::time::Duration;

/// A lost wake-up costs a board at most this long.
const SWEEP_EVERY: Duration = Duration::from_secs(1);
/// Alarms and escalations may be this late.
const WATCH_EVERY: Duration = Duration::from_secs(2);
/// Estimates are counted anew this often when no position comes.
const ESTIMATE_EVERY: Duration = Duration::from_secs(10);
/// Old keys and sessions are forgotten this often.
const FORGET_EVERY: Duration = Duration::from_hours(1);

/// Starts every step; each ends when the process closes.
pub fn start(app: &App) {
    every(app, "sweep", SWEEP_EVERY, |app| async move {
        if let Err(error) = app.hub.sweep().await {
            tracing::error!(%error, "the sweep failed; the next one tries again");
        }
        Ok(())
    });
    every(app, "escalate", WATCH_EVERY, |app| async move { app.dispatcher.step_escalate().await.map(drop) });
    every(app, "alarm", WATCH_EVERY, |app| async move { app.dispatcher.step_alarm().await.map(drop) });
    every(app, "retag", WATCH_EVERY, |app| async move { app.dispatcher.step_retag().await.map(drop) });
    every(app, "estimate", ESTIMATE_EVERY, |app| async move { app.dispatcher.step_estimate().await.map(drop) });
    every(app, "retire", ESTIMATE_EVERY, |app| async move { app.dispatcher.step_retire().await.map(drop) });
    every(app, "forget", FORGET_EVERY, |app| async move { app.dispatcher.step_forget().await.map(drop) });
}

fn every<F>(app: &App, name: &'static str, period: Duration, step: impl Fn(App) -> F + Send + 'static)
where
    F: Future<Output = Result<(), Halt>> + Send,
{
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        let mut beat = tokio::time::interval(period);
        beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while app.closing.run_until_cancelled(beat.tick()).await.is_some() {
            if let Err(halt) = step(app.clone()).await {
                tracing::error!(?halt, name, "a background step failed; the next turn tries again");
            }
        }
    });
}
