//! How a question fares on a real socket: slow engines, closed connections, broken ones, and none at all.

use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::Point;
use homeward_routing::{ANSWER_WITHIN, Breaker, Engine, Router, Silence};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// What the far end does with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    /// Answers well and keeps the connection.
    Answer,
    /// Reads the request and closes without a word.
    Close,
    /// Reads the request and says nothing.
    Hang,
    /// Begins an answer and closes in the middle of it.
    Tear,
    /// Answers with a status.
    Status(u16),
}

const BODY: &str = r#"{"code":"Ok","durations":[[2399.8]],"sources":[{"distance":1.5,"location":[121.8,31.1],"name":""}],
    "destinations":[{"distance":0,"location":[121.4,31.2],"name":""}]}"#;

/// The far end: does what it was told, one act a request, then answers well for ever.
struct Far {
    address: String,
    acts: Arc<Mutex<VecDeque<Act>>>,
    asked: Arc<Mutex<u32>>,
    _tasks: JoinSet<()>,
}

impl Far {
    async fn that(acts: &[Act]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("bound"));
        let (acts, asked) = (Arc::new(Mutex::new(acts.iter().copied().collect())), Arc::new(Mutex::new(0)));
        let mut tasks = JoinSet::new();
        let (told, count) = (Arc::clone(&acts), Arc::clone(&asked));
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, Arc::clone(&told), Arc::clone(&count)));
            }
        });
        Self { address, acts, asked, _tasks: tasks }
    }

    fn router(&self) -> Router {
        Router::new(Engine::Osrm, &self.address).expect("an address")
    }

    fn asked(&self) -> u32 {
        *self.asked.lock().expect("nobody panicked")
    }

    fn will(&self, act: Act) {
        self.acts.lock().expect("nobody panicked").push_back(act);
    }
}

async fn serve(mut stream: TcpStream, acts: Arc<Mutex<VecDeque<Act>>>, asked: Arc<Mutex<u32>>) {
    let mut head = Vec::new();
    loop {
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read_u8().await {
                Ok(byte) => head.push(byte),
                Err(_) => return,
            }
        }
        assert!(head.starts_with(b"GET /table/v1/driving/"), "{}", String::from_utf8_lossy(&head));
        head.clear();
        *asked.lock().expect("nobody panicked") += 1;
        let act = acts.lock().expect("nobody panicked").pop_front().unwrap_or(Act::Answer);
        let (status, body) = match act {
            Act::Close => return,
            Act::Hang => std::future::pending().await,
            Act::Answer | Act::Tear => (200, BODY),
            Act::Status(status) => (status, "{}"),
        };
        let length = body.len() + usize::from(act == Act::Tear);
        let answer =
            format!("HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}");
        if stream.write_all(answer.as_bytes()).await.is_err() || act == Act::Tear {
            return;
        }
    }
}

fn way() -> [Point; 2] {
    [(31.15, 121.80), (31.22, 121.49)].map(|(lat, lon)| Point::parse(lat, lon).expect("a place"))
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

#[tokio::test]
async fn a_closed_connection_is_asked_once_more() {
    // On a fresh connection, on one that was kept, and in the middle of an answer.
    let far = Far::that(&[Act::Close, Act::Answer, Act::Close, Act::Answer, Act::Tear, Act::Answer]).await;
    let router = far.router();
    for questions in [2, 4, 6] {
        assert_eq!(router.legs(&way(), at(0)).await, Ok(vec![2399.8]));
        assert_eq!(far.asked(), questions);
    }
    assert_eq!(router.breaker(), Breaker::default());
}

#[tokio::test]
async fn twice_closed_is_closed() {
    let far = Far::that(&[Act::Close, Act::Close]).await;
    assert_eq!(far.router().legs(&way(), at(0)).await, Err(Silence::Closed));
    assert_eq!(far.asked(), 2, "one retry, not more");
}

#[tokio::test]
async fn a_slow_engine_costs_the_limit_and_no_retry() {
    let far = Far::that(&[Act::Hang]).await;
    let router = far.router();
    let begun = Instant::now();
    assert_eq!(router.legs(&way(), at(0)).await, Err(Silence::Slow));
    let took = begun.elapsed();
    assert!((ANSWER_WITHIN..ANSWER_WITHIN + Duration::from_secs(2)).contains(&took), "{took:?}");
    assert_eq!(far.asked(), 1);
    assert_eq!(router.breaker(), Breaker::Closed { failures: 1 });
    assert_eq!(router.legs(&way(), at(1)).await, Ok(vec![2399.8]), "the next question has a new chance");
}

#[tokio::test]
async fn the_retry_shares_the_limit() {
    let far = Far::that(&[Act::Close, Act::Hang]).await;
    let begun = Instant::now();
    assert_eq!(far.router().legs(&way(), at(0)).await, Err(Silence::Slow));
    assert!(begun.elapsed() < ANSWER_WITHIN + Duration::from_secs(2));
    assert_eq!(far.asked(), 2);
}

#[tokio::test]
async fn a_broken_engine_is_left_alone_then_tried_and_heals() {
    let far = Far::that(&[Act::Status(500), Act::Status(503), Act::Status(500)]).await;
    let router = far.router();
    for status in [500, 503, 500] {
        assert_eq!(router.legs(&way(), at(0)).await, Err(Silence::Broken(status)));
    }
    assert_eq!(router.legs(&way(), at(29)).await, Err(Silence::Resting));
    assert_eq!(far.asked(), 3, "a resting engine hears nothing");
    far.will(Act::Status(502));
    assert_eq!(router.legs(&way(), at(30)).await, Err(Silence::Broken(502)), "one try after the rest");
    assert_eq!(router.legs(&way(), at(89)).await, Err(Silence::Resting), "and then it rests twice as long");
    assert_eq!(router.legs(&way(), at(90)).await, Ok(vec![2399.8]));
    assert_eq!((router.breaker(), far.asked()), (Breaker::default(), 5));
}

#[tokio::test]
async fn a_question_it_refuses_says_nothing_about_its_health() {
    let far = Far::that(&[Act::Status(400); 4]).await;
    let router = far.router();
    for _ in 0..4 {
        assert_eq!(router.legs(&way(), at(0)).await, Err(Silence::Refused(400)));
    }
    assert_eq!(router.breaker(), Breaker::default());
    assert_eq!(router.legs(&way()[..1], at(0)).await, Err(Silence::NoRoad), "no way, no question");
    assert_eq!(far.asked(), 4);
}

#[tokio::test]
async fn nobody_there_is_said_at_once() {
    let far = Far::that(&[]).await;
    let router = far.router();
    drop(far);
    for _ in 0..3 {
        let said = router.legs(&way(), at(0)).await;
        assert!(matches!(said, Err(Silence::Unreachable | Silence::Closed)), "{said:?}");
    }
    assert_eq!(router.legs(&way(), at(1)).await, Err(Silence::Resting));
}
