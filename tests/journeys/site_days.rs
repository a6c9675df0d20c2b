//! Fourteen days at a site: the day is known, the beds to come are known, and who leaves frees a bed at once.

use homeward_tests::actor::{Dispatcher, DutyOfficer, SiteManager};
use homeward_tests::cast::{Cast, taken_in};
use homeward_tests::{World, sample};
use serde_json::{Value, json};

const DAY: i64 = 24 * 60;

/// Sessions end while days pass.
async fn back(manager: &SiteManager) -> SiteManager {
    SiteManager(manager.back().await.expect("a new session"))
}

#[tokio::test]
async fn a_discharge_frees_the_bed_and_the_next_party_gets_it() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let manager = world.site_manager(sample::SITE_1).await;
    let leaves = cast.living(&manager, 1, 4).await;
    for first in [11, 21] {
        cast.placed(first, 4).await;
    }
    let next = cast.registered(sample::from_country("ITA", 31, 4)).await;
    let full = cast.dispatcher.place_at_site(&next, sample::SITE_1, "from Italy").await.expect_err("three such rooms");
    assert_eq!((full.said(), &full.body["needed"]), ((409, "no-room-whole"), &json!(4)));

    let soon = manager.discharge(&leaves, "completed", None).await.expect_err("day one");
    assert_eq!((soon.said(), &soon.body["day"]), ((409, "stay-not-over"), &json!(1)));
    assert_eq!(soon.body["ends_on"], "2020-04-03");
    let unsaid = manager.discharge(&leaves, "transferred", Some(" ")).await.expect_err("a reason is needed");
    assert_eq!((unsaid.said(), unsaid.field.as_str()), ((422, "reason-missing"), "reason"));
    manager.discharge(&leaves, "transferred", Some("dialysis at Renji")).await.expect("left");
    let again = manager.discharge(&leaves, "transferred", Some("dialysis")).await.expect_err("once is enough");
    assert_eq!(again.said(), (409, "not-at-site"));

    cast.dispatcher.place_at_site(&next, sample::SITE_1, "from Italy").await.expect("the bed is free");
    let ledger = cast.dispatcher.ledger().await;
    assert_eq!((&ledger["released"], &ledger["waiting"], &ledger["closes"]), (&json!(4), &json!(12), &json!(true)));
    let site = world.watch(&manager, sample::SITE_1).await.row(sample::SITE_1).clone();
    assert_eq!((&site["held"], &site["occupied"]), (&json!(12), &json!(0)));
    let holds = manager.stays(sample::SITE_1).await.expect("its own")["holds"].clone();
    let coming = holds.as_array().expect("a list").iter().find(|hold| hold["party"] == json!(next)).cloned();
    let bound = coming.expect("the next party");
    let waiting = manager.discharge(&next, "early", Some("never came")).await.expect_err("nobody lives there");
    assert_eq!((waiting.said(), &bound["people"]), ((409, "not-at-site"), &json!(4)));
}

#[tokio::test]
async fn a_stay_knows_its_day_and_ends_after_the_fourteenth() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let manager = world.site_manager(sample::SITE_1).await;
    let party = cast.living(&manager, 1, 2).await;
    let stay = |days: i64| {
        let (world, manager) = (&world, &manager);
        async move {
            world.pass(days * DAY).await;
            let stays = back(manager).await.stays(sample::SITE_1).await.expect("its own site");
            stays["stays"][0].clone()
        }
    };
    let first = stay(0).await;
    assert_eq!((&first["day"], &first["days"], &first["people"]), (&json!(1), &json!(14), &json!(2)));
    assert_eq!((&first["ends_on"], &first["over"]), (&json!("2020-04-03"), &json!(false)));
    let last = stay(13).await;
    assert_eq!((&last["day"], &last["over"]), (&json!(14), &json!(false)));
    let over = stay(1).await;
    assert_eq!((&over["day"], &over["over"]), (&json!(15), &json!(true)));
    let manager = back(&manager).await;
    let stale = json!({ "because": "completed", "version": 1 });
    let stale = manager.write(&format!("/v1/parties/{party}/discharge"), stale).await.expect_err("it changed since");
    assert_eq!(stale.said(), (409, "stale"));
    manager.discharge(&party, "completed", None).await.expect("the days have passed");
    assert!(manager.again().await.expect("a double tap").replayed);
    assert_eq!(manager.stays(sample::SITE_1).await.expect("its own")["stays"], json!([]));
}

/// Free beds of a kind on the day `ahead` of today.
fn free(forecast: &Value, ahead: usize, kind: &str) -> i64 {
    forecast["days"][ahead][kind].as_i64().expect("a number")
}

#[tokio::test]
async fn the_forecast_counts_rooms_less_holds_less_stays() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let manager = world.site_manager(sample::SITE_1).await;
    let empty = manager.forecast(sample::SITE_1).await.expect("its own site");
    assert_eq!((&empty["open"], empty["days"].as_array().map(Vec::len)), (&json!(true), Some(14)));
    let capacity = |kind: &str| empty["capacity"][kind].as_i64().expect("a number");
    assert_eq!((capacity("single"), capacity("family"), capacity("accessible")), (21, 21, 6));
    assert_eq!((&empty["days"][0]["on"], &empty["days"][13]["on"]), (&json!("2020-03-20"), &json!("2020-04-02")));

    cast.living(&manager, 1, 4).await;
    world.pass(5 * DAY).await;
    let manager = back(&manager).await;
    let officer = DutyOfficer(cast.officer.back().await.expect("a new session"));
    let dispatcher = Dispatcher(cast.dispatcher.back().await.expect("a new session"));
    let comes = officer.register(sample::from_country("ITA", 11, 1)).await.expect("registered").subject;
    dispatcher.place_at_site(&comes, sample::SITE_1, "from Italy").await.expect("a room");

    let forecast = manager.forecast(sample::SITE_1).await.expect("its own site");
    assert_eq!(forecast["days"][0]["on"], "2020-03-25");
    assert_eq!((free(&forecast, 8, "family"), free(&forecast, 9, "family")), (17, 21), "it leaves on 3 April");
    assert_eq!((free(&forecast, 0, "single"), free(&forecast, 13, "single")), (20, 20), "a room waits");
    assert_eq!((free(&forecast, 0, "free"), free(&forecast, 9, "free")), (43, 47));
    let row = world.watch(&manager, sample::SITE_1).await.row(sample::SITE_1).clone();
    assert_eq!(row["free"], 43, "today is what the board says");
}

#[tokio::test]
async fn who_left_already_still_counts_in_the_row_of_how_they_came() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let manager = world.site_manager(sample::SITE_1).await;
    let (short, home) = (cast.placed(1, 2).await, cast.registered(sample::party(11, 1)).await);
    cast.agreed_home(&home).await;
    let trip = cast.trip("中巴 1", 7, world.now()).await;
    let (at_site, at_home) = (cast.seated(&short, &trip).await, cast.seated(&home, &trip).await);
    cast.departed(&trip).await;
    taken_in(&cast.escort, &manager, &at_site).await;
    manager.discharge(&short, "transferred", Some("taken to relatives in Suzhou")).await.expect("left at once");

    cast.escort.arrive(&at_home).await.expect("the trip goes on, and its rows are written anew");
    let row = world.watch(&manager, sample::SITE_1).await.row(&at_site).clone();
    assert_eq!((&row["stage"], &row["people"]["total"]), (&json!("handed_over"), &json!(2)));
}
