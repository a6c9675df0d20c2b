//! The vehicle comes at another time than the squad answered to: the squad is asked again, told what changed, and its silence
//! is escalated anew.

use chrono::{DateTime, TimeDelta, Utc};
use homeward_tests::cast::Cast;
use homeward_tests::feed_client::FeedClient;
use homeward_tests::{World, sample};
use serde_json::{Value, json};

/// Under way to Qiaojia, with the board that waits.
struct Evening {
    world: World,
    cast: Cast,
    trip: String,
    stop: String,
    board: FeedClient,
}

impl Evening {
    async fn under_way() -> Self {
        let world = World::start().await;
        let cast = Cast::on_duty(&world).await;
        let (trip, stop) = cast.bus_home(&world).await;
        cast.departed(&trip).await;
        let board = world.watch(&cast.leader, sample::QIAOJIA).await;
        Self { world, cast, trip, stop, board }
    }

    /// The escort says how many minutes it still takes; gives the instant.
    async fn said(&self, minutes: i64) -> DateTime<Utc> {
        let gate_at = self.world.now() + TimeDelta::minutes(minutes);
        self.cast.escort.expect_at(&self.trip, &self.stop, gate_at).await.expect("heard");
        gate_at
    }

    async fn shown(&mut self, gate_at: DateTime<Utc>) -> Value {
        let stop = self.stop.clone();
        let best = json!(gate_at);
        self.board.until("the new time", |board| board.row(&stop)["eta"]["p50"] == best).await;
        self.board.row(&stop).clone()
    }

    async fn notice(&mut self, what: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let stop = self.stop.clone();
        self.board.until(what, |board| holds(&board.row(&stop)["notice"])).await;
        self.board.row(&stop)["notice"].clone()
    }
}

fn count(of: &Value) -> usize {
    of.as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn nine_minutes_stand_and_eleven_are_asked_about_again() {
    let mut evening = Evening::under_way().await;
    let first = evening.said(22).await;
    evening.shown(first).await;
    evening.cast.leader.acknowledge(&evening.stop).await.expect("received, we are coming");

    let nine = evening.said(31).await;
    let row = evening.shown(nine).await;
    assert_eq!(
        (count(&row["notice"]["acks"]), &row["notice"]["renewed_at"]),
        (1, &Value::Null),
        "still the same promise"
    );

    let eleven = evening.said(33).await;
    let row = evening.shown(eleven).await;
    let notice = &row["notice"];
    assert_eq!((count(&notice["acks"]), &notice["renewed_at"]), (0, &json!(evening.world.now())));
    let lapsed = &notice["lapsed"][0];
    assert_eq!((&lapsed["role"], &lapsed["told"]["gate_at"]), (&json!("leader"), &json!(first)), "what it answered to");
    assert!(evening.board.facts().contains(&"notice.renewed"));

    assert_eq!(evening.world.pass(9).await.escalated, 0, "like a first notice");
    assert_eq!(evening.world.pass(1).await.escalated, 1);
    evening.notice("the dispatcher is told", |notice| notice["escalated_at"].is_string()).await;
    assert_eq!(evening.world.pass(1).await.escalated, 0, "once");

    evening.cast.leader.acknowledge(&evening.stop).await.expect("the new time received");
    let notice = evening.notice("answered anew", |notice| count(&notice["acks"]) == 1).await;
    assert_eq!((count(&notice["lapsed"]), &notice["acks"][0]["told"]["gate_at"]), (0, &json!(eleven)));
}

#[tokio::test]
async fn earlier_inside_the_time_to_gather_is_asked_about_at_once() {
    let mut evening = Evening::under_way().await;
    let first = evening.said(40).await;
    evening.shown(first).await;
    evening.cast.leader.acknowledge(&evening.stop).await.expect("received, we are coming");
    evening.world.pass(20).await;
    let told = evening.notice("answered", |notice| count(&notice["acks"]) == 1).await["acks"][0]["told"].clone();

    let sooner = evening.said(15).await;
    let row = evening.shown(sooner).await;
    let instant = |value: &Value| homeward_tests::instant(value.as_str().expect("an instant"));
    assert!(instant(&row["eta"]["go_at"]) < instant(&told["go_at"]), "they have to go sooner");
    let notice = &row["notice"];
    assert_eq!((count(&notice["acks"]), &notice["lapsed"][0]["told"]), (0, &told));
    assert_eq!(notice["deadline_at"], row["eta"]["go_at"], "nobody waits ten minutes for an answer then");
}

#[tokio::test]
async fn each_role_is_asked_about_what_it_answered_to_and_who_is_there_is_not() {
    let mut evening = Evening::under_way().await;
    let first = evening.said(22).await;
    evening.shown(first).await;
    evening.cast.leader.acknowledge(&evening.stop).await.expect("received, we are coming");
    let later = evening.said(31).await;
    evening.shown(later).await;
    evening.cast.doctor.acknowledge(&evening.stop).await.expect("received, we are coming");
    evening.said(36).await;
    let notice = evening.notice("the leader is asked", |notice| count(&notice["lapsed"]) == 1).await;
    assert_eq!((&notice["lapsed"][0]["role"], &notice["acks"][0]["role"]), (&json!("leader"), &json!("doctor")));
    assert_eq!(evening.world.pass(11).await.escalated, 0, "somebody comes");

    evening.cast.doctor.muster(&evening.stop).await.expect("at the gate");
    let much = evening.said(60).await;
    let row = evening.shown(much).await;
    assert_eq!(count(&row["notice"]["acks"]), 1, "who stands there sees the new time and has nothing to answer");
}
