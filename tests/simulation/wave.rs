//! A day of six hundred arrivals through the console's own verbs: proposed, committed, boarded, driven, handed over. Nobody
//! stays behind, nobody waits or rides longer than anybody may; minutes and kilometres stand beside those of a careful duty
//! officer with the same people, the same vehicles and the same roads.
//! `HOMEWARD_ARRIVALS=n` makes the day longer or shorter, `HOMEWARD_SEED=n` another one; `--no-capture` shows the figures.

mod console;
mod crowd;
mod desk_rule;
mod roads;
mod staff;

use crate::day::Day;
use crate::laws;
use chrono::TimeDelta;
use console::Console;
use crowd::Crowd;
use homeward_tests::Engine;
use roads::Roads;

/// People of the district's peak day (mission.md, scale).
const PEOPLE: i64 = 600;
/// The same story on PostgreSQL, where each of the day's statements is a round trip.
const PEOPLE_ON_A_SERVER: i64 = 120;
const SEED: u64 = 7;
/// The longest wait and ride, in seconds; the planner's default rules.
const WAIT_MAX_S: i64 = 7_200;
const RIDE_MAX_S: i64 = 9_000;
/// After the last arrival everybody is home within this, or the day failed.
const LATE: TimeDelta = TimeDelta::hours(6);

/// What a day amounts to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    pub people: i64,
    pub unserved: i64,
    pub over_limit: i64,
    pub waiting_s: i64,
    pub riding_s: i64,
    pub metres: i64,
    pub trips: usize,
    /// How often people joined a trip that stood.
    pub joined: usize,
}

impl Outcome {
    /// A party that was brought home.
    pub fn home(&mut self, people: i64, wait_s: i64, ride_s: i64) {
        self.people += people;
        self.over_limit += if wait_s > WAIT_MAX_S || ride_s > RIDE_MAX_S { people } else { 0 };
        self.waiting_s += people * wait_s;
        self.riding_s += people * ride_s;
    }

    /// Traveller-minutes, with a kilometre for a minute (product.md, L2).
    pub fn worth(&self) -> i64 {
        (self.waiting_s + self.riding_s) / 60 + self.metres / 1_000
    }

    fn words(&self, who: &str) -> String {
        let each = |seconds: i64| seconds / 60 / self.people.max(1);
        format!(
            "{who}: {} people, {} unserved, {} over a limit; waiting {} min ({} each), riding {} min ({} each), {} km, {} trips ({} joined later), L2 {}",
            self.people,
            self.unserved,
            self.over_limit,
            self.waiting_s / 60,
            each(self.waiting_s),
            self.riding_s / 60,
            each(self.riding_s),
            self.metres / 1_000,
            self.trips,
            self.joined,
            self.worth()
        )
    }
}

#[expect(clippy::disallowed_methods, reason = "which day a test plays comes from whoever runs it, not from settings")]
fn seed() -> u64 {
    std::env::var("HOMEWARD_SEED").map_or(SEED, |it| it.parse().expect("HOMEWARD_SEED is a number"))
}

#[expect(clippy::disallowed_methods, reason = "how long a test's day is comes from whoever runs it, not from settings")]
fn people() -> i64 {
    let usual = if Engine::of_this_run() == Engine::Sqlite { PEOPLE } else { PEOPLE_ON_A_SERVER };
    std::env::var("HOMEWARD_ARRIVALS").map_or(usual, |it| it.parse().expect("HOMEWARD_ARRIVALS is a number"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stdout, reason = "whoever runs it with --no-capture wants to see the figures")]
async fn a_day_of_six_hundred_arrivals_comes_home() {
    let mut day = Day::begin(seed()).await;
    let roads = Roads::of(&day).await;
    staff::equip(&mut day, &roads).await;
    let crowd = Crowd::of(&mut day.chance, &roads, people());
    let begin = day.clock.now();
    let mut console = Console::new(&roads);
    let end = begin + TimeDelta::seconds(crowd.last()) + LATE;
    while day.clock.now() < end && !(crowd.all_at_the_desk(day.clock.now() - begin) && console.idle(&day).await) {
        day.clock.turn(TimeDelta::minutes(1));
        console.minute(&mut day, &crowd, begin).await;
    }
    let fleet = staff::fleet(&day).await;
    let (ours, rule) = (console.outcome(&crowd), desk_rule::outcome(&crowd, &roads, &fleet, begin));
    println!("{}\n{}", ours.words("console"), rule.words("desk rule"));
    assert_eq!(laws::broken(&day).await, Vec::<String>::new());
    assert_eq!((ours.unserved, ours.over_limit), (0, 0), "L1: {}", ours.words("console"));
    // A shorter day is a handful of trips, and says nothing about minutes.
    assert!(
        ours.people < PEOPLE || ours.worth() < rule.worth(),
        "{}\n{}",
        ours.words("console"),
        rule.words("desk rule")
    );
}
