//! What a register that has been in use for years costs today: the same 300 open parties beside ten thousand people of the
//! past, then beside a million, in one run. `HOMEWARD_TEST_ENGINE=postgres` for the other engine.
//!
//! `cargo run --release -p homeward-tests --example growth -- 10000 1000000`

#![expect(clippy::print_stdout, reason = "its figures are what it is for")]

use homeward_store::{Keys, Store};
use homeward_tests::cast::Cast;
use homeward_tests::feed_client::FeedClient;
use homeward_tests::{Engine, World, growth, sample};
use serde_json::json;
use std::time::Duration;
use tokio::time::Instant;

const OPEN: u32 = 300;
const RUNS: usize = 60;

/// The statements behind what is timed, as the store says them, with the parameters of a dispatcher of the district.
const BEHIND: [(&str, &str); 3] = [
    ("queue", "select id from party where closed = 0 and district = '310101' order by registered_at, id"),
    ("board", "select key, body from feed_row where stream = 'district:310101' order by key"),
    (
        "look-up",
        "select distinct party.id from traveller join arrival on arrival.traveller = traveller.id
         join party on party.id = arrival.party where document_index = (select document_index from traveller limit 1)
         and party.district = '310101' order by party.id desc limit 20",
    ),
];

#[tokio::main]
async fn main() {
    let sizes: Vec<i64> = std::env::args().skip(1).map(|size| size.parse().expect("a number of people")).collect();
    let engine = Engine::of_this_run();
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let past = cast.registered(sample::from_country("USA", 0, 1)).await;
    cast.dispatcher.free(&past, "the pattern of the past").await.expect("closed");
    for number in 0..OPEN {
        cast.registered(sample::party(number + 1, 1)).await;
    }
    let store = Store::open(&world.register_url(), Keys::from_bytes([7; 32])).await.expect("the same register");
    let (mut there, mut before) = (0, None);
    for size in sizes {
        for (first, count) in growth::steps(there + 1, size - there) {
            let mut unit = store.begin().await.expect("the writer");
            growth::past(unit.conn(), engine, first, count).await.expect("a past");
            unit.commit().await.expect("kept");
        }
        there = size;
        settle(&store).await;
        let times = [queue(&cast).await, board(&world, &cast).await, look_up(&cast).await];
        for ((name, _), time) in BEHIND.iter().zip(times) {
            println!("{engine:?}\t{size}\t{name}\t{time:?}");
        }
        if let Some(before) = before.replace(times) {
            for ((name, _), (now, then)) in BEHIND.iter().zip(times.iter().zip::<[Duration; 3]>(before)) {
                println!("{engine:?}\tratio\t{name}\t{:.2}", now.as_secs_f64() / then.as_secs_f64());
            }
        }
    }
    plans(&store, engine).await;
}

/// What an engine does by itself sooner or later: its statistics. Table by table, because a statement has five seconds.
async fn settle(store: &Store) {
    for analyze in ["analyze traveller", "analyze party", "analyze arrival", "analyze feed_entry", "analyze feed_row"] {
        let mut unit = store.begin().await.expect("the writer");
        unit.conn().sql(analyze).run().await.expect("statistics");
        unit.commit().await.expect("kept");
    }
}

async fn plans(store: &Store, engine: Engine) {
    for (name, sql) in BEHIND {
        println!("-- {name}");
        let mut reader = store.read().await.expect("a reader");
        match engine {
            Engine::Sqlite => {
                let sql: &'static str = Box::leak(format!("explain query plan {sql}").into_boxed_str());
                let rows: Vec<(i64, i64, i64, String)> = reader.sql(sql).all().await.expect("a plan");
                for row in rows {
                    println!("{}", row.3);
                }
            }
            Engine::Postgres => {
                let sql: &'static str = Box::leak(format!("explain (analyze, costs off) {sql}").into_boxed_str());
                let rows: Vec<(String,)> = reader.sql(sql).all().await.expect("a plan");
                for row in rows {
                    println!("{}", row.0);
                }
            }
        }
    }
}

async fn queue(cast: &Cast) -> Duration {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        let list = cast.officer.get("/v1/parties?open=true").await.expect("the queue");
        times.push(began.elapsed());
        assert_eq!(list["parties"].as_array().map(Vec::len), Some(OPEN as usize));
    }
    median(times)
}

async fn board(world: &World, cast: &Cast) -> Duration {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        let board = FeedClient::connect(world.base(), cast.dispatcher.token(), sample::DISTRICT, None).await;
        times.push(began.elapsed());
        assert!(board.rows().len() >= OPEN as usize);
    }
    median(times)
}

async fn look_up(cast: &Cast) -> Duration {
    let document = sample::person(7)["document"].clone();
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        let found = cast.officer.ask("/v1/arrivals/lookup", json!({ "document": document })).await.expect("found");
        times.push(began.elapsed());
        assert_eq!(found["matches"].as_array().map(Vec::len), Some(1), "{found:#}");
    }
    median(times)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
