//! `homeward demo`: the whole product alive on a throw-away register. A seeded airport day goes through the same verbs as
//! the real one; everybody in it is invented.

mod cast;
mod chance;
mod day;
mod desk;
mod gate;
mod people;
mod ride;
mod road;

use crate::fault::Fault;
use crate::log;
use crate::otlp::Traces;
use crate::wiring::{House, listen, told_to_stop};
use cast::{Cast, PASSWORD};
use chrono::{DateTime, TimeDelta, Utc};
use day::Day;
use homeward_dispatch::{Clock, Dispatcher, Ids};
use homeward_web::App;
use std::net::SocketAddr;
use std::time::Duration;

/// Hours of the day that have passed when the doors open, so that the first look shows a moving board.
const WARM_UP: TimeDelta = TimeDelta::hours(4);
/// How far the day goes at one stroke while it warms up.
const STROKE: TimeDelta = TimeDelta::seconds(60);
/// How often the day goes on once the doors are open, in the machine's time.
const EVERY: Duration = Duration::from_millis(500);

/// Runs until it is told to stop; leaves nothing behind.
pub async fn run(at: SocketAddr, speed: f64, seed: u64) -> Result<(), Fault> {
    if !(1.0..=120.0).contains(&speed) {
        return Err(Fault::Setting { name: "speed", why: "choose 1 to 120 minutes a minute".into() });
    }
    log::start("warn", log::Format::Text, &Traces::to(None)?)?;
    let listener = listen(at, "--listen").await?;
    let folder =
        tempfile::tempdir().map_err(|error| Fault::Start(format!("no room for a throw-away register: {error}")))?;
    let database = format!("sqlite:{}", folder.path().join("demo.db").display());
    let house = House::open(&database, &folder.path().join("demo.key"), Clock::fast(speed), true).await?;
    say("Preparing a simulated airport day …");
    let day = warm_up(&house, house.app.dispatcher.now(), seed).await?;
    invite(listener.local_addr().map_err(|error| Fault::Start(error.to_string()))?, speed, seed);
    go_on(&house.app, day);
    house.serve(listener, told_to_stop()).await?;
    folder.close().map_err(|error| Fault::Start(format!("the throw-away register could not be removed: {error}")))
}

/// Lives the first hours at one go, on a clock that is turned by hand.
async fn warm_up(house: &House, now: DateTime<Utc>, seed: u64) -> Result<Day, Fault> {
    let clock = Clock::manual(now - WARM_UP);
    let past = Dispatcher::new(house.store.clone(), house.app.hub.clone(), clock.clone(), Ids::System);
    past.stand_duty().await?;
    let cast = Cast::hire(&past).await?;
    let mut day = Day::new(cast, seed, clock.now());
    while clock.now() < now {
        clock.turn(STROKE);
        day.go_on(&past).await?;
        past.step_escalate().await?;
        past.step_alarm().await?;
        past.step_retire().await?;
    }
    past.step_estimate().await?;
    past.leave_duty().await?;
    Ok(day)
}

fn go_on(app: &App, mut day: Day) {
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        let mut beat = tokio::time::interval(EVERY);
        beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while app.closing.run_until_cancelled(beat.tick()).await.is_some() {
            if let Err(fault) = day.go_on(&app.dispatcher).await {
                tracing::error!(?fault, "the simulated day stumbled; it goes on");
            }
        }
    });
}

#[expect(clippy::print_stdout, reason = "the demo talks to whoever started it")]
fn say(line: &str) {
    println!("{line}");
}

fn invite(at: SocketAddr, speed: f64, seed: u64) {
    say("");
    say("  DEMO: everything here is invented, and gone when you stop it (Ctrl-C).");
    say(&format!("  One of your minutes is {speed} minutes of the day; seed {seed}."));
    say("");
    say(&format!("  Password of every account: {PASSWORD}"));
    for (screen, path, account) in cast::GUESTS {
        say(&format!("  {screen:<46} http://{at}{path:<30} {account}"));
    }
    say("");
    say(&format!("listening on http://{at}"));
}
