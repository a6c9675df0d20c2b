//! Drives seen from positions. Columns: `trip_id, elapsed_s, remaining_s` (the truth), `lat, lon` (the position), `dlat, dlon`
//! (where it goes); where there are any, `pickup_local, progress` (0 to 1, how much of the way lies behind), `plat, plon,
//! pzone, dzone, city, split`. Several lines of one trip are several positions.
//!
//! With `pickup_local` the lines are played in time order over all trips and a trip is learnt from once it has ended;
//! without it, in the order of the file, and after the trip's last line.

use super::origins::Origins;
use super::table::{self, Line};
use super::{Predicted, Replay, trips, written};
use crate::Fault;
use crate::options::EtaOptions;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_eta::{Earlier, Forecast, Leg, Model, Place, Point, UnderWay};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::path::Path;
use tokio::time::Instant;

const NEEDED: [&str; 7] = ["trip_id", "elapsed_s", "remaining_s", "lat", "lon", "dlat", "dlon"];
/// Positions of one trip know much of each other: nine of them teach as much as three trips.
const TOGETHER: f64 = 0.5;

#[derive(Debug)]
struct Seen {
    trip: String,
    city: String,
    picked_up_at: Option<DateTime<Utc>>,
    elapsed: f64,
    remaining: f64,
    here: Point,
    to: Place,
    from: Option<(Point, Option<i64>)>,
    progress: Option<f64>,
    split: String,
}

impl Seen {
    fn parse(line: &Line<'_>) -> Result<Self, String> {
        let (elapsed, remaining) = (line.number("elapsed_s")?, line.number("remaining_s")?);
        if !(0.0..=172_800.0).contains(&elapsed) || !(0.0..=172_800.0).contains(&remaining) {
            return Err("elapsed_s and remaining_s are 0 to two days".to_owned());
        }
        let progress = line.find_number("progress").filter(|share| *share >= 0.0);
        Ok(Self {
            trip: line.text("trip_id")?.to_owned(),
            city: line.find("city").unwrap_or_default().to_owned(),
            picked_up_at: line.local_time("pickup_local").ok(),
            elapsed,
            remaining,
            here: line.point("lat", "lon")?,
            to: Place { point: line.point("dlat", "dlon")?, code: line.find_zone("dzone") },
            from: line.point("plat", "plon").ok().map(|from| (from, line.find_zone("pzone"))),
            // Some files write percents.
            progress: progress.map(|share| if share > 1.0 { share / 100.0 } else { share }),
            split: line.find("split").unwrap_or("none").to_owned(),
        })
    }

    fn groups(&self) -> Vec<(&'static str, String)> {
        let mut groups = vec![("split", self.split.clone()), ("city", self.city.clone())];
        if let Some(share) = self.progress {
            groups.push(("progress", format!("{:.0} %", (share * 20.0).round() * 5.0)));
        }
        groups
    }
}

/// One trip: its lines in the order they happen, and when it begins and ends.
#[derive(Debug)]
struct Trip {
    lines: Vec<usize>,
    begins_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
}

/// Which lines are one trip's. A trip without a time begins when the one before it in the file has ended.
fn gather(seen: &[Seen]) -> Vec<Trip> {
    let mut trips: Vec<Trip> = Vec::new();
    let mut places: HashMap<(&str, &str), usize> = HashMap::new();
    // A Wednesday noon of no year, where no time is told.
    let mut clock = DateTime::UNIX_EPOCH + TimeDelta::days(18_262) + TimeDelta::hours(12);
    for (index, line) in seen.iter().enumerate() {
        let place = *places.entry((&line.city, &line.trip)).or_insert_with(|| {
            let begins_at = line.picked_up_at.unwrap_or(clock);
            trips.push(Trip { lines: Vec::new(), begins_at, ends_at: begins_at });
            trips.len() - 1
        });
        let trip = &mut trips[place];
        trip.lines.push(index);
        trip.ends_at = trip.ends_at.max(trip.begins_at + trips::seconds(line.elapsed + line.remaining));
        if line.picked_up_at.is_none() {
            clock = clock.max(trip.ends_at);
        }
    }
    for trip in &mut trips {
        trip.lines.sort_by(|one, two| seen[*one].elapsed.total_cmp(&seen[*two].elapsed));
    }
    trips
}

#[derive(Debug, Default)]
struct City {
    model: Model,
    origins: Origins,
    /// By the end: which trip.
    under_way: BinaryHeap<Reverse<(DateTime<Utc>, usize)>>,
    told: HashMap<usize, Vec<(Forecast, f64)>>,
    /// The same for the whole drive, where its begin is known: what was expected of it helps under way.
    whole: HashMap<usize, (Forecast, f64)>,
}

impl City {
    fn catch_up(&mut self, now: DateTime<Utc>) {
        while self.under_way.peek().is_some_and(|Reverse((ended_at, _))| *ended_at <= now) {
            let Some(Reverse((ended_at, trip))) = self.under_way.pop() else { return };
            let told = self.told.remove(&trip).unwrap_or_default();
            if let Some((whole, took)) = self.whole.remove(&trip) {
                self.model.learn(&whole, took, ended_at, 1.0);
            }
            #[expect(clippy::cast_precision_loss, reason = "positions of a trip")]
            let weight = (told.len() as f64).powf(-TOGETHER);
            for (forecast, remaining) in told {
                self.model.learn(&forecast, remaining, ended_at, weight);
            }
        }
    }

    fn expect_whole(&mut self, trip: usize, seen: &Seen, begins_at: DateTime<Utc>) {
        if let Some((from, zone)) = seen.from {
            let from = self.origins.place(from, zone);
            let forecast = self.model.drive(&Leg { from, to: seen.to, at: begins_at, local: trips::local() }, &[]);
            self.whole.insert(trip, (forecast, seen.elapsed + seen.remaining));
        }
    }

    fn predict(&mut self, seen: &Seen, earlier: Option<&Seen>, at: DateTime<Utc>) -> (Forecast, Predicted) {
        let begun = Instant::now();
        let way = UnderWay {
            rest: Leg { from: Place::at(seen.here), to: seen.to, at, local: trips::local() },
            origin: seen.from.map(|(point, zone)| self.origins.place(point, zone)),
            elapsed_seconds: seen.elapsed,
            progress: seen.progress,
            earlier: earlier.map(|it| Earlier { point: it.here, seconds_ago: seen.elapsed - it.elapsed }),
        };
        let forecast = self.model.rest(&way, &[]);
        let micros = begun.elapsed().as_secs_f64() * 1e6;
        let told = forecast.quantiles();
        (forecast, Predicted { told, took: seen.remaining, micros })
    }
}

/// Predicts every line of a file and learns from the first `--first` trips.
pub(super) fn replay(path: &Path, options: &EtaOptions) -> Result<Replay, Fault> {
    let (seen, refused) = table::read(path, &NEEDED, Seen::parse)?;
    let trips = gather(&seen);
    let mut order: Vec<usize> = (0..trips.len()).collect();
    order.sort_by_key(|trip| trips[*trip].begins_at);
    let learnt = options.first.unwrap_or(trips.len()).min(trips.len());
    let mut teaches = vec![false; trips.len()];
    order.iter().take(learnt).for_each(|trip| teaches[*trip] = true);
    let mut predicted: Vec<Option<Predicted>> = vec![None; seen.len()];
    let mut cities: HashMap<&str, City> = HashMap::new();
    for (trip, place, at) in moments(&seen, &trips, &order) {
        let index = trips[trip].lines[place];
        let city = cities.entry(&seen[index].city).or_default();
        city.catch_up(at);
        let earlier = place.checked_sub(1).map(|before| &seen[trips[trip].lines[before]]);
        let (forecast, one) = city.predict(&seen[index], earlier, at);
        predicted[index] = Some(one);
        if teaches[trip] {
            if place == 0 {
                city.under_way.push(Reverse((trips[trip].ends_at, trip)));
                city.expect_whole(trip, &seen[index], trips[trip].begins_at);
            }
            city.told.entry(trip).or_default().push((forecast, seen[index].remaining));
        }
    }
    let predicted: Vec<Predicted> = predicted.into_iter().flatten().collect();
    let names = seen.iter().map(|line| format!("{},{}", line.trip, line.elapsed));
    written::write(options.predictions.as_deref(), "trip_id,elapsed_s", names, &predicted)?;
    Ok(Replay { groups: seen.iter().map(Seen::groups).collect(), predicted, learnt, refused })
}

/// Every line as (trip, place in it, instant), in time order.
fn moments(seen: &[Seen], trips: &[Trip], order: &[usize]) -> Vec<(usize, usize, DateTime<Utc>)> {
    let mut moments: Vec<(usize, usize, DateTime<Utc>)> = Vec::with_capacity(seen.len());
    for &trip in order {
        for (place, &line) in trips[trip].lines.iter().enumerate() {
            moments.push((trip, place, trips[trip].begins_at + trips::seconds(seen[line].elapsed)));
        }
    }
    moments.sort_by_key(|moment| moment.2);
    moments
}
