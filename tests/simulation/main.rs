//! Random days on a clock that is turned by hand, over a real database: after every step everybody is somewhere, every
//! seat and bed is given once, and every board shows what is true. A failure prints its seed and step;
//! `HOMEWARD_SEED=n cargo test -p homeward-tests --test simulation` runs that day again.

mod chance;
mod day;
mod deeds;
mod evening;
mod laws;
mod wave;

use day::Day;

/// Steps of one day. At this length every kind of deed happens many times and a trip comes home.
const STEPS: u32 = 400;
/// Days without `HOMEWARD_SEED`: as many as stay under half a minute on two cores.
const SEEDS: std::ops::Range<u64> = 1..6;

#[expect(
    clippy::disallowed_methods,
    reason = "the seed of a failure comes from whoever runs the test, not from settings"
)]
fn seeds() -> Vec<u64> {
    match std::env::var("HOMEWARD_SEED") {
        Ok(seed) => vec![seed.parse().expect("HOMEWARD_SEED is a number")],
        Err(_) => SEEDS.collect(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_happens_in_a_day_nobody_is_lost() {
    let mut tally = deeds::Tally::default();
    let seeds = seeds();
    for &seed in &seeds {
        let mut day = Day::begin(seed).await;
        for step in 1..=STEPS {
            let deed = deeds::one(&mut day).await;
            let broken = laws::broken(&day).await;
            assert!(broken.is_empty(), "HOMEWARD_SEED={seed}, step {step}, after {deed}:\n{}", broken.join("\n"));
            tally.count(&deed);
        }
        let more = Box::pin(evening::everybody_home(&mut day, seed, &mut tally)).await;
        let broken = laws::broken(&day).await;
        assert!(broken.is_empty(), "HOMEWARD_SEED={seed}, {more} deeds later:\n{}", broken.join("\n"));
        let learnt = day.dispatcher.learnt_again().await.expect("what was learnt");
        assert_eq!(learnt.differing, 0, "HOMEWARD_SEED={seed}: lessons and rows go apart, {learnt:?}");
    }
    if seeds.len() > 1 {
        tally.covers_the_day();
    }
}
