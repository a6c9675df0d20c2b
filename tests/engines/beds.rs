//! Beds under a race, at the store itself: whoever chose a room that is gone by then is refused by the constraint's name,
//! and a room is never held twice, however many nodes ask.

use futures_util::future::join_all;
use homeward_domain::site::{Closure, Room, RoomKind};
use homeward_domain::{PartyId, code};
use homeward_store::{Error, Store, site};
use homeward_tests::{Engine, Register};
use uuid::Uuid;

super::both! {
    sixty_four_want_the_last_bed_and_one_gets_it,
    a_room_takes_no_more_people_than_beds,
    a_room_that_is_out_of_use_is_given_to_nobody,
}

fn receiver() -> code::Receiver {
    code::Receiver::parse("huangpu-site-1").unwrap()
}

fn at() -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp(1_584_700_000, 0).unwrap()
}

/// Parties with nobody in them, which is all a bed asks for.
async fn parties(store: &Store, count: u128) {
    let mut unit = store.begin().await.unwrap();
    for number in 1..=count {
        unit.conn()
            .sql(
                "insert into party (id, label, desk, district, responsible, flight, landed_on, languages, disposition,
                                    decided, transport, stage, closed, registered_at, version)
                 values ($1, 'P', 'pvg-t1-310101', '310101', '310101017', 'NH919', '2020-03-20', $2, 'undecided', $2,
                         'none', 'waiting', 0, 0, 1)",
            )
            .bind(Uuid::from_u128(number))
            .bind(homeward_store::Json(serde_json::json!({})))
            .run()
            .await
            .unwrap();
    }
    unit.commit().await.unwrap();
}

async fn hold(store: &Store, number: u128, room: &Room, people: i64) -> Result<(), Error> {
    let (id, party) = (Uuid::from_u128(1_000 + number), PartyId::new(Uuid::from_u128(number)));
    let mut unit = store.begin().await?;
    site::hold(unit.conn(), id, (&receiver(), room), (party, people), at()).await?;
    unit.commit().await.map(drop)
}

/// Takes a room out of use.
async fn take_out(store: &Store, room: &Room) -> Result<(), Error> {
    let closure = Closure { reason: "no water".into(), by: "site manager".into(), at: at() };
    let mut unit = store.begin().await?;
    site::out_of_use::take_out(unit.conn(), Uuid::from_u128(9), (&receiver(), &room.number), &closure).await?;
    unit.commit().await.map(drop)
}

/// The room everybody saw free.
async fn last_room(store: &Store) -> Room {
    let known = site::load(store.read().await.unwrap().conn(), &receiver()).await.unwrap().unwrap();
    known.choose_room(1, false).unwrap().clone()
}

fn refused_by(held: &[Result<(), Error>], constraint: &str) -> usize {
    let by = |it: &&Result<(), Error>| matches!(it, Err(Error::Conflict { constraint: by }) if by == constraint);
    held.iter().filter(by).count()
}

async fn sixty_four_want_the_last_bed_and_one_gets_it(store: Store) {
    parties(&store, 64).await;
    let room = last_room(&store).await;
    let held = join_all((1..=64).map(|number| hold(&store, number, &room, 1))).await;
    assert_eq!(held.iter().filter(|it| it.is_ok()).count(), 1);
    assert_eq!(refused_by(&held, "room_held_once"), 63, "{held:?}");
    let beds = site::beds(store.read().await.unwrap().conn(), &receiver()).await.unwrap();
    assert_eq!((beds.held, beds.occupied), (room.beds, 0));
}

async fn a_room_takes_no_more_people_than_beds(store: Store) {
    parties(&store, 1).await;
    let room = last_room(&store).await;
    let held = hold(&store, 1, &room, room.beds + 1).await;
    assert_eq!(refused_by(&[held], "beds_not_overfilled"), 1);
    let painted = Room { beds: room.beds + 1, kind: RoomKind::Family, ..room };
    hold(&store, 1, &painted, 1).await.expect_err("a room with more beds than it has");
}

async fn a_room_that_is_out_of_use_is_given_to_nobody(store: Store) {
    parties(&store, 2).await;
    let room = last_room(&store).await;
    take_out(&store, &room).await.unwrap();
    assert_eq!(refused_by(&[hold(&store, 1, &room, 1).await], "room_out_of_use"), 1, "who saw it free before");
    let mut unit = store.begin().await.unwrap();
    site::out_of_use::put_back(unit.conn(), (&receiver(), &room.number), ("water", "site manager"), at())
        .await
        .unwrap();
    unit.commit().await.unwrap();
    hold(&store, 2, &room, 1).await.unwrap();
}

/// Somebody takes the room out of use among them: it goes to one before that or to nobody.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_room_is_taken_out_of_use_while_four_nodes_want_it() {
    let register = Register::on(Engine::Postgres).await;
    let mut nodes = Vec::new();
    for _ in 0..4 {
        nodes.push(crate::open(&register).await);
    }
    parties(&nodes[0], 64).await;
    let room = last_room(&nodes[0]).await;
    let racing = join_all((1..=64_usize).zip(nodes.iter().cycle()).map(|(n, node)| hold(node, n as u128, &room, 1)));
    let (held, out) = futures_util::join!(racing, take_out(&nodes[3], &room));
    out.unwrap();
    let (won, lost) = (held.iter().filter(|it| it.is_ok()).count(), refused_by(&held, "room_held_once"));
    assert_eq!(won + lost + refused_by(&held, "room_out_of_use"), 64, "{held:?}");
    assert!(won == 1 || (won, lost) == (0, 0), "{held:?}");
}

/// Four nodes, sixteen writers each, one room.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_nodes_want_the_last_bed_and_one_gets_it() {
    let register = Register::on(Engine::Postgres).await;
    let mut nodes = Vec::new();
    for _ in 0..4 {
        nodes.push(crate::open(&register).await);
    }
    parties(&nodes[0], 64).await;
    let room = last_room(&nodes[0]).await;
    let racing = (1..=64_usize).zip(nodes.iter().cycle());
    let held = join_all(racing.map(|(number, node)| hold(node, number as u128, &room, 1))).await;
    assert_eq!((held.iter().filter(|it| it.is_ok()).count(), refused_by(&held, "room_held_once")), (1, 63), "{held:?}");
}
