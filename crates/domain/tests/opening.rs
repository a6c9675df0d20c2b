//! A new site: where it may be, how its code is written, and its list of rooms, line by line.

use homeward_domain::refusal::Door;
use homeward_domain::site::opening::{gate_code, place, relay_point_code, site_code};
use homeward_domain::site::rooms::{Line, NewRoom, Why, Wrong, to_add};
use homeward_domain::site::{Room, RoomKind};
use homeward_domain::{Point, Refusal};
use proptest::prelude::*;

/// Pudong T1.
fn desks() -> [Point; 1] {
    [Point::parse(31.1496, 121.8010).expect("a real place")]
}

#[test]
fn a_place_is_near_the_districts_desks_and_not_the_wrong_way_round() {
    let at = |lat, lon| place(lat, lon, &desks(), "location");
    assert_eq!(at(31.2068, 121.4987), Ok(Point::parse(31.2068, 121.4987).expect("a real place")));
    assert_eq!(at(121.4987, 31.2068), Err(Door::Swapped { field: "location" }.into()));
    assert_eq!(at(39.9042, 116.4074), Err(Door::TooFar { field: "location", km: 1_088 }.into()));
    let field = |lat, lon| match at(lat, lon) {
        Err(Refusal::Invalid(bad)) => bad.field,
        other => panic!("{other:?}"),
    };
    assert_eq!(field(91.0, 10.0), "location/lat");
    assert_eq!(field(0.0, 0.0), "location");
    assert!(place(39.9042, 116.4074, &[], "location").is_ok(), "a district without a desk has no distance to one");
}

#[test]
fn a_new_code_is_kebab_case_and_leaves_room_for_its_gate() {
    let long = "x".repeat(56);
    for good in ["huangpu-site-3", "s3", long.as_str()] {
        let code = site_code(good).expect(good);
        assert_eq!(gate_code(&code).as_str(), format!("{good}-g1"));
        assert!(relay_point_code(good).is_ok());
    }
    let longer = "x".repeat(57);
    for bad in ["", "a", "Huangpu", "huangpu--site", "huangpu site", "-site", "观察点", longer.as_str()] {
        assert!(site_code(bad).is_err() && relay_point_code(bad).is_err(), "{bad}");
    }
}

fn line(number: &str, kind: &str, beds: i64) -> Line {
    Line { number: number.into(), kind: kind.into(), beds }
}

fn there() -> Room {
    Room { number: "201".into(), kind: RoomKind::Family, beds: 4, held_by: None, out: None }
}

#[test]
fn a_list_is_taken_whole_and_names_every_line_that_is_not_right() {
    let list = [
        line("201", "family", 4),
        line("202", "single", 1),
        line("2 03", "single", 1),
        line("204", "double", 2),
        line("205", "single", 0),
        line("202", "single", 1),
        line("206", "single", 21),
        line("--", "single", 1),
    ];
    let wrong = |line: usize, why| Wrong { line, number: list[line - 1].number.clone(), why };
    let lines = vec![
        wrong(3, Why::Number),
        wrong(4, Why::Kind),
        wrong(5, Why::Beds),
        wrong(6, Why::Twice { first: 2 }),
        wrong(7, Why::Beds),
        wrong(8, Why::Number),
    ];
    assert_eq!(to_add(&list, &[there()]), Err(Door::RoomsWrong { lines }.into()));
    assert_eq!(
        to_add(&list[..2], &[there()]),
        Ok(vec![NewRoom { number: "202".into(), kind: RoomKind::Single, beds: 1 }]),
        "what is there already, and as it is, is no error"
    );
    let otherwise = [line("201", "single", 1)];
    let lines = vec![Wrong { line: 1, number: "201".into(), why: Why::Differs { kind: RoomKind::Family, beds: 4 } }];
    assert_eq!(to_add(&otherwise, &[there()]), Err(Door::RoomsWrong { lines }.into()));
}

proptest! {
    #[test]
    fn a_list_that_was_taken_adds_nothing_the_second_time(numbers in proptest::collection::btree_set("[A-C0-9]{1,4}", 0..30)) {
        let list: Vec<Line> = numbers.iter().map(|number| line(number, "single", 2)).collect();
        let added = to_add(&list, &[]).expect("a good list");
        prop_assert_eq!(added.len(), list.len());
        let have = |room: NewRoom| Room { number: room.number, kind: room.kind, beds: room.beds, held_by: None, out: None };
        let have: Vec<Room> = added.into_iter().map(have).collect();
        prop_assert_eq!(to_add(&list, &have), Ok(Vec::new()));
    }
}
