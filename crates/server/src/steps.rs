//! The loops around the background steps: six lines each, no decision.

use homeward_dispatch::{Dispatcher, Halt};
use homeward_web::App;
use metrics::Unit;
use std::fmt::Debug;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// A lost wake-up costs a board at most this long.
const SWEEP_EVERY: Duration = Duration::from_secs(1);
/// Who has the duty says so this often, three times a term; the others look as often whether it is free.
const DUTY_EVERY: Duration = Duration::from_secs(2);
/// Boards hear of a vehicle that moves at most this often.
const POSITIONS_EVERY: Duration = Duration::from_secs(1);
/// Alarms and escalations may be this late.
const WATCH_EVERY: Duration = Duration::from_secs(2);
/// Estimates are counted anew this often when no position comes.
const ESTIMATE_EVERY: Duration = Duration::from_secs(10);
/// A plan that somebody looks at is gone on with this often.
const IMPROVE_EVERY: Duration = Duration::from_secs(1);
/// Old keys and sessions are forgotten this often.
const FORGET_EVERY: Duration = Duration::from_hours(1);

const RUNS: &str = "homeward_step_runs_total";
const SECONDS: &str = "homeward_step_seconds";
const DUTY: &str = "homeward_duty";

/// Says what the numbers of the steps mean; to be called once, after a recorder was installed.
pub fn describe_numbers() {
    metrics::describe_counter!(RUNS, Unit::Count, "Turns of a background step on this node: done, off_duty or failed.");
    metrics::describe_gauge!(DUTY, Unit::Count, "1 on the node that runs the background steps.");
    metrics::describe_histogram!(SECONDS, Unit::Seconds, "How long a turn of a background step took.");
}

/// Starts every step; each ends when the process closes.
pub fn start(app: &App) {
    every(app, "sweep", SWEEP_EVERY, |app| async move { app.hub.sweep().await });
    every(app, "duty", DUTY_EVERY, |app| async move { app.dispatcher.stand_duty().await.map(drop) });
    every(app, "positions", POSITIONS_EVERY, |app| async move { app.dispatcher.step_positions().await.map(drop) });
    every(app, "improve", IMPROVE_EVERY, |app| async move { app.dispatcher.step_improve().await.map(drop) });
    on_duty(app, "escalate", WATCH_EVERY, |it| async move { it.step_escalate().await.map(drop) });
    on_duty(app, "silence", WATCH_EVERY, |it| async move { it.step_silence().await.map(drop) });
    on_duty(app, "alarm", WATCH_EVERY, |it| async move { it.step_alarm().await.map(drop) });
    on_duty(app, "expire", WATCH_EVERY, |it| async move { it.step_expire().await.map(drop) });
    on_duty(app, "retag", WATCH_EVERY, |it| async move { it.step_retag().await.map(drop) });
    on_duty(app, "estimate", ESTIMATE_EVERY, |it| async move { it.step_estimate().await.map(drop) });
    on_duty(app, "retire", ESTIMATE_EVERY, |it| async move { it.step_retire().await.map(drop) });
    on_duty(app, "forget", FORGET_EVERY, |it| async move { it.step_forget().await.map(drop) });
    hear(app);
    ask_roads(app);
}

/// Hears the other nodes until the process closes.
fn hear(app: &App) {
    let (dispatcher, closing) = (app.dispatcher.clone(), app.closing.clone());
    app.tasks.spawn(async move {
        let mut listener = dispatcher.listen();
        while let Some(heard) = closing.run_until_cancelled(listener.next()).await {
            dispatcher.hear(heard).await;
        }
    });
}

/// Asks the routing engine as soon as there is a question, until the process closes; where none is asked it only waits.
fn ask_roads(app: &App) {
    let (dispatcher, closing) = (app.dispatcher.clone(), app.closing.clone());
    app.tasks.spawn(async move {
        while closing.run_until_cancelled(dispatcher.road_wanted()).await.is_some() {
            if let Err(error) = dispatcher.step_road().await {
                tracing::error!(
                    ?error,
                    "estimates could not be brought up to the routing engine's word; the next turn does"
                );
            }
        }
    });
}

/// A step that one node of the cluster takes; a node that was relieved in the middle of it has nothing left to do.
fn on_duty<F>(app: &App, name: &'static str, period: Duration, step: impl Fn(Dispatcher) -> F + Send + Sync + 'static)
where
    F: Future<Output = Result<(), Halt>> + Send,
{
    let step = Arc::new(step);
    turns(app, name, period, move |app| {
        let step = Arc::clone(&step);
        async move {
            if !app.dispatcher.on_duty() {
                return Turn::OffDuty;
            }
            match step(app.dispatcher.clone()).await {
                Err(Halt::OffDuty) => Turn::OffDuty,
                taken => Turn::of(name, taken),
            }
        }
    });
}

/// What became of a turn of a step.
#[derive(Clone, Copy)]
enum Turn {
    Done,
    OffDuty,
    Failed,
}

impl Turn {
    fn of<E: Debug>(name: &'static str, taken: Result<(), E>) -> Self {
        match taken {
            Ok(()) => Self::Done,
            Err(error) => {
                tracing::error!(?error, name, "a background step failed; the next turn tries again");
                Self::Failed
            }
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::OffDuty => "off_duty",
            Self::Failed => "failed",
        }
    }
}

/// A step that every node takes.
fn every<F, E>(app: &App, name: &'static str, period: Duration, step: impl Fn(App) -> F + Send + Sync + 'static)
where
    F: Future<Output = Result<(), E>> + Send,
    E: Debug,
{
    let step = Arc::new(step);
    turns(app, name, period, move |app| {
        let step = Arc::clone(&step);
        async move { Turn::of(name, step(app).await) }
    });
}

/// Takes turns until the process closes, and counts them.
fn turns<F>(app: &App, name: &'static str, period: Duration, step: impl Fn(App) -> F + Send + 'static)
where
    F: Future<Output = Turn> + Send,
{
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        let mut beat = tokio::time::interval(period);
        beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while app.closing.run_until_cancelled(beat.tick()).await.is_some() {
            let begun = Instant::now();
            let turn = step(app.clone()).await;
            metrics::histogram!(SECONDS, "step" => name).record(begun.elapsed());
            metrics::counter!(RUNS, "step" => name, "outcome" => turn.word()).increment(1);
            metrics::gauge!(DUTY).set(if app.dispatcher.on_duty() { 1.0 } else { 0.0 });
        }
    });
}
