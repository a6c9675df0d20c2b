//! How much of a person each role sees, and for how long. The feed shows nobody at all.

use homeward_tests::cast::Cast;
use homeward_tests::{World, sample};
use serde_json::Value;

/// Words that only the sample's people have.
const NAME: &str = "XIAOB";
const DOCUMENT: &str = "E00000001";
const ADDRESS: &str = "乔家路 1 弄";

fn shows(body: &Value, word: &str) -> bool {
    body.to_string().contains(word)
}

#[tokio::test]
async fn each_role_sees_what_its_step_needs_and_no_more() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    let path = format!("/v1/parties/{party}");

    let desk = cast.officer.get(&path).await.expect("the desk registered them");
    assert!(shows(&desk, NAME) && shows(&desk, DOCUMENT) && desk["members"][0]["screening"].is_object());
    let dispatcher = cast.dispatcher.party(&party).await;
    assert!(shows(&dispatcher, NAME) && !shows(&dispatcher, DOCUMENT), "a dispatcher calls people by name");
    assert!(!dispatcher["members"][0].as_object().expect("a member").contains_key("screening"), "absent, not blank");
    let crew = cast.escort.trip(&trip).await.expect("their trip");
    assert!(shows(&crew, NAME) && !shows(&crew, DOCUMENT) && !shows(&crew, ADDRESS));
    let police = cast.police.stop(&stop).await.expect("their stop");
    assert!(shows(&police, NAME) && shows(&police, ADDRESS) && !shows(&police, DOCUMENT));
    assert!(police["people_list"][0].get("health").is_none(), "health answers are for the doctor");
    let doctor = cast.doctor.stop(&stop).await.expect("their stop");
    assert_eq!(doctor["people_list"][0]["health"]["temperature_c"], 36.5);
    let command = world.hire(serde_json::json!({ "role": "command", "district": "310101" })).await;
    let numbers = command.get(&path).await.expect("the district's party");
    assert!(!shows(&numbers, NAME) && !shows(&numbers, DOCUMENT) && !shows(&numbers, ADDRESS));
    for path in [path, format!("/v1/stops/{stop}"), format!("/v1/trips/{trip}"), "/v1/parties".to_owned()] {
        let problem = world.administrator().get(&path).await.expect_err("an administrator sees nobody");
        assert_eq!(problem.status, 403, "{path}");
    }
}

#[tokio::test]
async fn a_day_after_the_hand_over_the_squad_sees_no_names() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    cast.departed(&trip).await;
    cast.handed_over(&stop).await;
    assert!(shows(&cast.police.stop(&stop).await.expect("just now"), NAME));

    world.pass(24 * 60 + 1).await;
    for member in [&cast.police, &cast.leader, &cast.doctor] {
        let member = member.back().await.expect("the next shift");
        for path in [format!("/v1/stops/{stop}"), format!("/v1/parties/{party}")] {
            let seen = member.get(&path).await.expect("the numbers stay");
            assert!(!shows(&seen, NAME) && !shows(&seen, ADDRESS) && !shows(&seen, DOCUMENT), "{path}: {seen:#}");
        }
    }
}

#[tokio::test]
async fn no_frame_of_the_feed_names_anybody() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let mut board = world.watch(&cast.leader, sample::QIAOJIA).await;
    let mut district = world.watch(&cast.dispatcher, sample::DISTRICT).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    let mut ride = world.watch(&cast.escort, &format!("trip:{trip}")).await;
    cast.departed(&trip).await;
    cast.handed_over(&stop).await;
    board.until("handed over", |board| board.row(&stop)["stage"] == "handed_over").await;
    district.until("nobody waits", |district| district.row(&party).is_null()).await;
    ride.until("the trip is over", |ride| ride.row(&trip)["stage"] == "completed").await;
    for watcher in [&board, &district, &ride] {
        for frame in watcher.seen() {
            assert!(
                ![NAME, DOCUMENT, ADDRESS, "WANG", "王小", "13900000000"].iter().any(|word| shows(frame, word)),
                "{frame:#}"
            );
        }
    }
}

#[tokio::test]
async fn whoever_steals_the_file_reads_nobody() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let party = cast.registered(sample::party(1, 1)).await;
    cast.agreed_home(&party).await;
    let trip = cast.trip("大巴 1", 19, world.now()).await;
    let stop = cast.seated(&party, &trip).await;
    cast.departed(&trip).await;
    cast.handed_over(&stop).await;
    let files = world.written_down().await;
    let contains =
        |word: &str| files.iter().find(|(_, bytes)| bytes.windows(word.len()).any(|window| window == word.as_bytes()));
    assert!(contains("party.registered").is_some(), "the search itself finds what is written in the open");
    for word in [NAME, DOCUMENT, ADDRESS] {
        assert_eq!(contains(word).map(|(file, _)| file), None, "{word} lies in the open");
    }
}
