//! What the last trips were off by: a mean that forgets, everywhere and near where a trip goes.

use super::belief::Belief;
use super::case::Case;
use super::key::{Factor, Key};
use std::collections::BTreeMap;

/// Half of a trip's say is gone after an hour: traffic jams last about as long.
const HALF_LIFE_SECONDS: f64 = 3_600.0;
/// So much doubt, in trips, pulls the mean towards nothing: little everywhere, more in a neighbourhood.
const DOUBT: f64 = 0.6;
const DOUBT_NEAR: f64 = 1.0;
/// One trip says at most that everything takes 1.8 times as long.
const OFF_MAX: f64 = 0.6;

type Rows = BTreeMap<Key, Belief>;

fn keys(case: &Case) -> [(Key, f64); 2] {
    let key = |a, b| Key::new(case.part, Factor::LiveSum, a, b);
    [(key(0, 0), DOUBT), (key(case.near, 1), DOUBT_NEAR)]
}

fn kept(seconds: f64) -> f64 {
    (-seconds.max(0.0) * std::f64::consts::LN_2 / HALF_LIFE_SECONDS).exp()
}

/// Adds the two live factors, each weighing as much as the last trips were off by.
pub fn add(rows: &Rows, case: &mut Case) {
    let [all, near] = keys(case).map(|(key, doubt)| {
        rows.get(&key).map_or(0.0, |sum| {
            let count = sum.count * kept(case.at - sum.at);
            sum.mean * count / (count + doubt)
        })
    });
    for (factor, off) in [(Factor::Live, all), (Factor::LiveNear, near)] {
        if off != 0.0 {
            case.factors.push((Key::new(case.part, factor, 0, 0), off));
        }
    }
}

/// Takes one more trip in; `off` is what it took beyond the prediction without the live factors. Gives the rows it wrote.
pub fn learn(rows: &mut Rows, case: &Case, off: f64, weight: f64, now: f64) -> [Key; 2] {
    let off = off.clamp(-OFF_MAX, OFF_MAX);
    keys(case).map(|(key, _)| {
        let old = rows.get(&key).copied().unwrap_or(Belief { mean: 0.0, variance: 0.0, count: 0.0, at: now });
        let before = old.count * kept(now - old.at);
        let count = before + weight;
        let mean = (old.mean * before + off * weight) / count;
        rows.insert(key, Belief { mean, variance: 0.0, count, at: now.max(old.at) });
        key
    })
}
