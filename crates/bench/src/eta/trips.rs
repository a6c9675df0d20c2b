//! Trips seen when they begin. Columns: `trip_id, pickup_local, plat, plon, dlat, dlon, dur_s`; where there are any,
//! `city, pzone, dzone, split`. Other columns are not looked at, least of all what is known only afterwards.

use super::origins::Origins;
use super::table::{self, Line};
use super::{Predicted, Replay, written};
use crate::Fault;
use crate::options::EtaOptions;
use chrono::{DateTime, FixedOffset, Offset, TimeDelta, Utc};
use homeward_eta::{Forecast, Leg, Model, Place, Point};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::path::Path;
use tokio::time::Instant;

const NEEDED: [&str; 7] = ["trip_id", "pickup_local", "plat", "plon", "dlat", "dlon", "dur_s"];

#[derive(Debug)]
struct Trip {
    id: String,
    city: String,
    at: DateTime<Utc>,
    from: Point,
    from_zone: Option<i64>,
    to: Place,
    took: f64,
    split: String,
}

impl Trip {
    fn parse(line: &Line<'_>) -> Result<Self, String> {
        let took = line.number("dur_s")?;
        if !(1.0..=172_800.0).contains(&took) {
            return Err(format!("dur_s is {took}: a trip takes a second to two days"));
        }
        Ok(Self {
            id: line.text("trip_id")?.to_owned(),
            city: line.find("city").unwrap_or_default().to_owned(),
            at: line.local_time("pickup_local")?,
            from: line.point("plat", "plon")?,
            from_zone: line.find_zone("pzone"),
            to: Place { point: line.point("dlat", "dlon")?, code: line.find_zone("dzone") },
            took,
            split: line.find("split").unwrap_or("none").to_owned(),
        })
    }

    fn ended_at(&self) -> DateTime<Utc> {
        self.at + seconds(self.took)
    }

    fn groups(&self) -> Vec<(&'static str, String)> {
        let month = self.at.format("%Y-%m").to_string();
        vec![("split", self.split.clone()), ("month", month), ("city", self.city.clone())]
    }
}

/// Milliseconds are finer than any file.
pub(super) fn seconds(seconds: f64) -> TimeDelta {
    #[expect(clippy::cast_possible_truncation, reason = "at most two days")]
    TimeDelta::milliseconds((seconds * 1_000.0).ceil() as i64)
}

/// The model of one city and the trips under way in it.
#[derive(Debug, Default)]
struct City {
    model: Model,
    origins: Origins,
    /// By the end: which trip.
    under_way: BinaryHeap<Reverse<(DateTime<Utc>, usize)>>,
    told: HashMap<usize, Forecast>,
}

impl City {
    /// Learns from every trip that has ended by `now`, in the order of their ends.
    fn catch_up(&mut self, trips: &[Trip], now: DateTime<Utc>) {
        while self.under_way.peek().is_some_and(|Reverse((ended_at, _))| *ended_at <= now) {
            let Some(Reverse((ended_at, index))) = self.under_way.pop() else { return };
            if let Some(forecast) = self.told.remove(&index) {
                self.model.learn(&forecast, trips[index].took, ended_at, 1.0);
            }
        }
    }

    fn predict(&mut self, trip: &Trip) -> (Forecast, Predicted) {
        let begun = Instant::now();
        let from = self.origins.place(trip.from, trip.from_zone);
        let leg = Leg { from, to: trip.to, at: trip.at, local: local() };
        let forecast = self.model.drive(&leg, &[]);
        let micros = begun.elapsed().as_secs_f64() * 1e6;
        let told = forecast.quantiles();
        (forecast, Predicted { told, took: trip.took, micros })
    }
}

/// Times of the file are local already.
pub(super) fn local() -> FixedOffset {
    Utc.fix()
}

/// Predicts every trip of a file and learns from the first `--first` of them.
pub(super) fn replay(path: &Path, options: &EtaOptions) -> Result<Replay, Fault> {
    let (mut trips, refused) = table::read(path, &NEEDED, Trip::parse)?;
    trips.sort_by_key(|trip| trip.at);
    let mut cities: HashMap<String, City> = HashMap::new();
    let mut predicted = Vec::with_capacity(trips.len());
    let learnt = options.first.unwrap_or(trips.len()).min(trips.len());
    for (index, trip) in trips.iter().enumerate() {
        let city = cities.entry(trip.city.clone()).or_default();
        city.catch_up(&trips, trip.at);
        let (forecast, one) = city.predict(trip);
        predicted.push(one);
        if index < learnt {
            city.under_way.push(Reverse((trip.ended_at(), index)));
            city.told.insert(index, forecast);
        }
    }
    let names = trips.iter().map(|trip| trip.id.clone());
    written::write(options.predictions.as_deref(), "trip_id", names, &predicted)?;
    Ok(Replay { groups: trips.iter().map(Trip::groups).collect(), predicted, learnt, refused })
}
