//! The laws of the learning model: replay, order, calibration, calm. Trips are made up with known distributions.

#[path = "made_up/chance.rs"]
mod chance;

use chance::Chance;
use chrono::{DateTime, FixedOffset, TimeDelta, Timelike, Utc};
use homeward_eta::{
    Eta, Journey, Learnt, Leg, Model, Part, Place, Point, Position, Row, Stage, UnderWay, Word, estimate_learnt,
    worth_publishing,
};
use proptest::prelude::*;

const MONDAY: i64 = 18_337;

fn airport() -> Point {
    Point::parse(31.151, 121.801).expect("the airport")
}

fn leg(chance: &mut Chance, at: DateTime<Utc>) -> Leg {
    let (lat, lon) = (31.15 + 0.2 * chance.next(), 121.35 + 0.35 * chance.next());
    let to = Place::gate(Point::parse(lat, lon).expect("a place"));
    Leg { from: Place::at(airport()), to, at, local: FixedOffset::east_opt(8 * 3600).expect("UTC+8") }
}

/// Seconds of a made-up drive: distance, a rush, a slow north, noise with a long late tail. `world` multiplies.
fn drive(chance: &mut Chance, leg: &Leg, world: f64) -> f64 {
    let hour = f64::from(leg.at.with_timezone(&leg.local).hour());
    let rush = 0.35 * (-((hour - 18.0) / 2.0).powi(2)).exp();
    let north = 1.2 * (leg.to.point.lat() - 31.25);
    let noise = 0.16 * chance.normal() + if chance.next() < 0.05 { 0.5 * chance.next() } else { 0.0 };
    (400.0 + 85.0 * leg.km()) * (rush + north + noise).exp() * world
}

/// Every `minutes` a trip from a Monday on, learnt from when it has ended; `each` sees leg, model before, time taken.
fn live(
    trips: u32,
    minutes: i64,
    world: impl Fn(i64) -> f64,
    mut each: impl FnMut(&Leg, &mut Model, f64, i64),
) -> Model {
    let (mut chance, mut model) = (Chance(7), Model::default());
    let mut under_way: Vec<(DateTime<Utc>, homeward_eta::Forecast, f64)> = Vec::new();
    for trip in 0..i64::from(trips) {
        let since = TimeDelta::minutes(trip * minutes);
        let at = DateTime::UNIX_EPOCH + TimeDelta::days(MONDAY) + since;
        under_way.sort_by_key(|it| it.0);
        while under_way.first().is_some_and(|it| it.0 <= at) {
            let (ended_at, forecast, took) = under_way.remove(0);
            model.learn(&forecast, took, ended_at, 1.0);
        }
        let leg = leg(&mut chance, at);
        let took = drive(&mut chance, &leg, world(since.num_weeks()));
        each(&leg, &mut model, took, since.num_weeks());
        let forecast = model.drive(&leg, &[]);
        under_way.push((at + TimeDelta::milliseconds(whole(took * 1_000.0)), forecast, took));
    }
    model
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds of a trip")]
fn whole(value: f64) -> i64 {
    value as i64
}

#[test]
fn the_same_log_gives_the_same_rows_and_a_stored_model_goes_on_as_if_it_never_stopped() {
    let still = |_| 1.0;
    let whole = live(1_300, 15, still, |_, _, _, _| {});
    let mut restarted = 0;
    let stopping = live(1_300, 15, still, |_, model, _, _| {
        restarted += 1;
        if restarted % 100 == 0 {
            let mut rows: Vec<Row> = model.rows().collect();
            rows.reverse();
            *model = Model::from_rows(rows);
        }
    });
    assert!(whole.rows().count() > 1_500, "more errors than are kept came in: {}", whole.rows().count());
    assert_eq!(whole, stopping);
}

#[test]
fn what_learning_gives_back_is_all_that_changed() {
    let mut model = live(50, 15, |_| 1.0, |_, _, _, _| {});
    let mut stored: std::collections::BTreeMap<_, _> = model.rows().map(|row| (row.key, row)).collect();
    let mut chance = Chance(3);
    for trip in 0..30 {
        let at = DateTime::UNIX_EPOCH + TimeDelta::days(MONDAY + 9) + TimeDelta::hours(trip);
        let leg = leg(&mut chance, at);
        let forecast = model.drive(&leg, &[]);
        let changed = model.learn(&forecast, 2_000.0 + chance.next() * 900.0, at + TimeDelta::hours(1), 1.0);
        stored.extend(changed.into_iter().map(|row| (row.key, row)));
        let go = model.learn_go(5.0, trip % 4 == 0, at);
        stored.insert(go.key, go);
    }
    assert_eq!(Model::from_rows(stored.into_values()), model);
}

#[test]
fn the_gate_is_met_four_times_of_five_in_every_week_and_in_a_week_of_shock() {
    let shock = |week| if week == 6 { 1.5 } else { 1.0 };
    let (mut inside, mut all) = ([0_u32; 10], [0_u32; 10]);
    live(10 * 672, 15, shock, |leg, model, took, week| {
        let told = model.drive(leg, &[]).quantiles();
        let week = usize::try_from(week).expect("a week");
        all[week] += 1;
        inside[week] += u32::from(told.p10 <= took && took <= told.p90);
    });
    let shares: Vec<f64> = inside.iter().zip(all).map(|(inside, all)| f64::from(*inside) / f64::from(all)).collect();
    // The first week begins with nothing known at all.
    assert!(shares.iter().skip(1).all(|share| (0.75..=0.85).contains(share)), "{shares:.3?}");
}

#[test]
fn waiting_and_driving_add_up_to_a_gate_instant_that_holds() {
    let (mut chance, mut model, mut inside) = (Chance(11), Model::default(), 0_u32);
    for trip in 0..2_000 {
        let at = DateTime::UNIX_EPOCH + TimeDelta::days(MONDAY) + TimeDelta::minutes(trip * 40);
        let leg = leg(&mut chance, at);
        let parts = [Part::Board, Part::Leave].map(|part| model.wait(part, &leg));
        let way = model.drive(&leg, &[]);
        let took = [5_400.0 * (0.4 * chance.normal()).exp(), 1_500.0 * (0.3 * chance.normal()).exp()];
        let driven = drive(&mut chance, &leg, 1.0);
        let told = parts[0].spread().plus(parts[1].spread()).plus(way.spread()).quantiles();
        let whole = took[0] + took[1] + driven;
        inside += u32::from(trip >= 500 && told.p10 <= whole && whole <= told.p90);
        for (part, took) in parts.iter().zip(took) {
            model.learn(part, took, at, 1.0);
        }
        model.learn(&way, driven, at, 1.0);
    }
    let share = f64::from(inside) / 1_500.0;
    assert!((0.75..=0.85).contains(&share), "{share}");
}

#[test]
fn the_vehicle_is_first_in_one_of_ten_for_every_lead_time() {
    let leads = [2.0, 5.0, 10.0, 15.0];
    let (mut first, mut all) = ([0_u32; 4], 0_u32);
    live(
        3_000,
        20,
        |_| 1.0,
        |leg, model, took, _| {
            let told = model.drive(leg, &[]).quantiles();
            all += 1;
            for (lead_minutes, first) in leads.iter().zip(&mut first) {
                let there = model.be_there(told, *lead_minutes).max(lead_minutes * 60.0);
                model.learn_go(*lead_minutes, took < there, leg.at);
                *first += u32::from(took < there);
            }
        },
    );
    let shares = first.map(|first| f64::from(first) / f64::from(all));
    assert!(shares.iter().all(|share| (0.09..=0.11).contains(share)), "{shares:.3?}");
}

/// One trip as a board sees it: how often what is published changes between departure and arrival.
fn changes(chance: &mut Chance, model: &mut Model, at: DateTime<Utc>) -> u32 {
    let leg = leg(chance, at);
    let took = drive(chance, &leg, 1.0);
    let (mut published, mut changes): (Option<Eta>, u32) = (None, 0);
    let mut rests = Vec::new();
    let mut share = 0.0;
    for step in 1..10_000 {
        let elapsed = f64::from(step) * 30.0;
        if elapsed >= took {
            break;
        }
        // The road is now faster, now slower: ahead of or behind the even pace by a tenth at most.
        let even = elapsed / took;
        share = (even + 0.03 * (even * 9.0).sin() * (1.0 - even) * even * 4.0_f64).clamp(share, 1.0);
        let now = at + TimeDelta::milliseconds(whole(elapsed * 1_000.0));
        let here = airport().towards(leg.to.point, share);
        let fresh = estimate_learnt(now, &journey(&leg, here, now), Learnt { model, words: &[] });
        match &published {
            Some(old) if !worth_publishing(old, &fresh, now) => {}
            Some(_) => {
                changes += 1;
                published = Some(fresh);
            }
            None => published = Some(fresh),
        }
        if step % 8 == 0 {
            let rest = Leg { from: Place::at(here), at: now, ..leg };
            let way =
                UnderWay { rest, origin: Some(leg.from), elapsed_seconds: elapsed, progress: None, earlier: None };
            rests.push((model.rest(&way, &[]), took - elapsed));
        }
    }
    let ended_at = at + TimeDelta::milliseconds(whole(took * 1_000.0));
    for (forecast, rest) in rests {
        model.learn(&forecast, rest, ended_at, 0.3);
    }
    let forecast = model.drive(&leg, &[]);
    model.learn(&forecast, took, ended_at, 1.0);
    changes
}

fn journey(leg: &Leg, here: Point, now: DateTime<Utc>) -> Journey {
    Journey {
        origin: airport(),
        stops_before: Vec::new(),
        last_gate: None,
        destination: leg.to.point,
        stage: Stage::EnRoute { departed_at: leg.at, last_position: Some(Position { point: here, at: now }) },
        vehicle_known: true,
        manual: None,
        lead_time_minutes: 5.0,
        engine: None,
        local: leg.local,
    }
}

#[test]
fn a_board_changes_at_most_once_a_trip_in_the_mean() {
    let (mut chance, mut model) = (Chance(5), Model::default());
    let counted: Vec<u32> = (0..160)
        .map(|trip| {
            let at = DateTime::UNIX_EPOCH + TimeDelta::days(MONDAY) + TimeDelta::minutes(trip * 90);
            changes(&mut chance, &mut model, at)
        })
        .collect();
    let last: u32 = counted.iter().skip(80).sum();
    assert!(last <= 80, "{last} changes in 80 trips");
}

#[test]
fn the_reasons_multiply_to_the_best_guess_and_count_the_trips() {
    let model = live(300, 60, |_| 1.0, |_, _, _, _| {});
    let mut chance = Chance(2);
    let leg = leg(&mut chance, DateTime::UNIX_EPOCH + TimeDelta::days(MONDAY + 20));
    let forecast = model.drive(&leg, &[]);
    let product: f64 = forecast.multipliers().iter().map(|it| it.value).product();
    let p50 = forecast.quantiles().p50 / 60.0;
    assert!((product / p50 - 1.0).abs() < 0.02, "{product} {p50} {:?}", forecast.multipliers());
    assert!((295.0..=300.0).contains(&forecast.learnt_from().0), "{:?}", forecast.learnt_from());
}

#[test]
fn a_word_holds_while_it_holds_and_teaches_nothing_of_itself() {
    let mut model = live(300, 60, |_| 1.0, |_, _, _, _| {});
    let at = DateTime::UNIX_EPOCH + TimeDelta::days(MONDAY + 20);
    let leg = leg(&mut Chance(2), at);
    let word = Word { factor: 2.0, from: at - TimeDelta::hours(1), until: at + TimeDelta::hours(1) };
    let (plain, slow) = (model.drive(&leg, &[]), model.drive(&leg, &[word]));
    let over = Word { until: at, ..word };
    assert!((slow.quantiles().p50 / plain.quantiles().p50 - 2.0).abs() < 1e-9);
    assert_eq!(model.drive(&leg, &[over]).quantiles(), plain.quantiles());
    model.learn(&slow, plain.quantiles().p50 * 2.0, at + TimeDelta::hours(1), 1.0);
    let after = model.drive(&leg, &[]).quantiles().p50;
    assert!((after / plain.quantiles().p50 - 1.0).abs() < 0.05, "as slow as was said is as fast as ever");
}

proptest! {
    #[test]
    fn quantiles_are_in_order_whatever_was_learnt(
        times in proptest::collection::vec(prop_oneof![0.0..1e7_f64, Just(0.0), Just(f64::NAN), Just(-5.0)], 0..40),
        lat in -60.0..60.0_f64, lon in -179.0..179.0_f64, hours in 0..400_i64,
    ) {
        prop_assume!(lat.abs() > 0.1 || lon.abs() > 0.1);
        let at = DateTime::UNIX_EPOCH + TimeDelta::days(MONDAY) + TimeDelta::hours(hours);
        let here = Point::parse(lat, lon).expect("a place");
        let to = Place { point: Point::parse(lat + 0.1, lon - 0.05).expect("a place"), code: Some(4) };
        let leg = Leg { from: Place::at(here), to, at, local: FixedOffset::east_opt(0).expect("UTC") };
        let mut model = Model::default();
        for took in times {
            let forecast = model.drive(&leg, &[]);
            model.learn(&forecast, took, at, 1.0);
        }
        let way = UnderWay { rest: leg, origin: None, elapsed_seconds: 60.0, progress: Some(0.3), earlier: None };
        for forecast in [model.drive(&leg, &[]), model.rest(&way, &[]), model.wait(Part::Stand, &leg)] {
            let told = forecast.quantiles();
            prop_assert!(told.p10.is_finite() && told.p10 >= 0.0 && told.p10 <= told.p50 && told.p50 <= told.p90, "{told:?}");
            prop_assert!(told.p90.is_finite());
        }
    }
}
