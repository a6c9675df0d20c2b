//! Rooms, days and beds: who gets which room, when a stay ends, what will be free.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use homeward_domain::refusal::{Door, Order};
use homeward_domain::site::{Because, Closure, DAYS, Leaving, Lodgers, Room, RoomKind, Site, Stay, Use, forecast};
use homeward_domain::{PartyId, Personal, Refusal, code};
use proptest::prelude::*;
use uuid::Uuid;

fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_584_700_000, 0).expect("an instant")
}

fn on(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 3, day).expect("a day of March")
}

fn room(number: &str, kind: RoomKind, beds: i64, held: bool) -> Room {
    let held_by = held.then(|| PartyId::new(Uuid::from_u128(1)));
    Room { number: number.into(), kind, beds, held_by, out: None }
}

fn site(rooms: Vec<Room>) -> Site {
    Site {
        receiver: code::Receiver::parse("huangpu-site-1").expect("a code"),
        gate: code::Gate::parse("huangpu-site-1-g1").expect("a code"),
        closed: None,
        rooms,
    }
}

fn closure(reason: &str) -> Closure {
    Closure { reason: reason.into(), by: "S".into(), at: at() }
}

#[test]
fn the_smallest_room_that_fits_is_chosen_and_accessible_ones_are_kept() {
    let rooms = vec![
        room("101", RoomKind::Accessible, 2, false),
        room("102", RoomKind::Family, 4, false),
        room("103", RoomKind::Single, 2, false),
        room("104", RoomKind::Single, 1, true),
    ];
    let site = site(rooms);
    let chosen = |needed, wheelchair| site.choose_room(needed, wheelchair).map(|room| room.number.as_str());
    assert_eq!(chosen(1, false), Ok("103"));
    assert_eq!(chosen(3, false), Ok("102"));
    assert_eq!(chosen(1, true), Ok("101"));
    assert_eq!(chosen(3, true), Err(Refusal::SiteFull { free: 8, needed: 3 }));
}

fn lodgers(people: i64, adults: usize) -> Lodgers {
    Lodgers { people, adults, wheelchair: false }
}

/// Two floors as most sites paint them: an accessible room, family rooms, single ones.
fn two_floors() -> Site {
    let floor = |floor: u32| {
        let number = |door: u32| format!("{floor}0{door}");
        vec![
            room(&number(1), RoomKind::Accessible, 2, false),
            room(&number(2), RoomKind::Family, 4, false),
            room(&number(3), RoomKind::Family, 3, false),
            room(&number(4), RoomKind::Single, 1, false),
            room(&number(5), RoomKind::Single, 2, false),
        ]
    };
    site([floor(2), floor(3)].concat())
}

fn held(mut site: Site, numbers: &[&str]) -> Site {
    let them = site.rooms.iter_mut().filter(|room| numbers.contains(&room.number.as_str()));
    them.for_each(|room| room.held_by = Some(PartyId::new(Uuid::from_u128(1))));
    site
}

#[test]
fn a_family_no_room_takes_whole_has_several_only_when_a_person_says_so() {
    let site = two_floors();
    let whole = Door::NoRoomWhole { label: None, free: 24, needed: 5 };
    assert_eq!(site.choose_rooms(lodgers(5, 2), false), Err(whole.into()));
    let given = site.choose_rooms(lodgers(5, 2), true).expect("two rooms");
    assert_eq!(given.doors(), "202 + 203", "next door, on one floor");
    assert_eq!(given.rooms.iter().map(|(_, people)| *people).collect::<Vec<_>>(), [4, 1]);
    assert_eq!(site.choose_rooms(lodgers(4, 2), true).expect("one room").doors(), "202", "no more than needed");
}

#[test]
fn several_rooms_are_few_near_and_enough_or_refused() {
    let site = held(two_floors(), &["202", "303"]);
    assert_eq!(site.choose_rooms(lodgers(5, 5), true).expect("rooms").doors(), "203 + 205", "one floor before two");
    let accessible = Lodgers { wheelchair: true, ..lodgers(5, 5) };
    assert_eq!(site.choose_rooms(accessible, true).expect("rooms").doors(), "301 + 302", "door to door");
    assert_eq!(site.choose_rooms(lodgers(18, 18), true), Err(Refusal::SiteFull { free: 17, needed: 18 }));
    assert_eq!(site.choose_rooms(lodgers(18, 18), false), Err(Refusal::SiteFull { free: 17, needed: 18 }));
    let closed = Site { closed: Some(closure("burst pipe")), ..two_floors() };
    assert_eq!(closed.choose_rooms(lodgers(5, 5), true), Err(Refusal::SiteClosed { reason: "burst pipe".into() }));
    let none = held(two_floors(), &["201", "301"]);
    assert_eq!(
        none.choose_rooms(accessible, true),
        Err(Refusal::SiteFull { free: 20, needed: 5 }),
        "no accessible one"
    );
}

#[test]
fn children_sleep_next_door_or_not_apart_at_all() {
    let one = lodgers(5, 1);
    assert_eq!(two_floors().choose_rooms(one, true).expect("next door").doors(), "202 + 203");
    let far = held(two_floors(), &["201", "202", "204", "301", "303"]);
    assert_eq!(far.choose_rooms(lodgers(5, 2), true).expect("an adult each").doors(), "203 + 205");
    assert_eq!(far.choose_rooms(one, true), Err(Order::MinorsAlone.into()));
}

proptest! {
    #[test]
    fn several_rooms_are_free_ones_with_beds_for_all_and_none_without_a_use(
        free in proptest::collection::vec(any::<bool>(), 10), people in 1i64..20, adults in 1usize..20, wheelchair: bool,
    ) {
        let all = two_floors();
        let rooms = all.rooms.iter().zip(&free).map(|(room, free)| {
            let held_by = (!free).then(|| PartyId::new(Uuid::from_u128(1)));
            Room { held_by, ..room.clone() }
        });
        let site = Site { rooms: rooms.collect(), ..all.clone() };
        let of = Lodgers { people, adults: adults.min(usize::try_from(people).expect("a few")), wheelchair };
        if let Ok(given) = site.choose_rooms(of, true) {
            prop_assert_eq!(given.rooms.iter().map(|(_, people)| people).sum::<i64>(), people);
            for (room, here) in &given.rooms {
                prop_assert!(room.held_by.is_none() && (1..=room.beds).contains(here), "{:?}", given);
            }
            prop_assert!(!wheelchair || given.rooms.iter().any(|(room, _)| room.kind == RoomKind::Accessible));
            prop_assert!(given.rooms.windows(2).all(|two| two[0].0.number < two[1].0.number));
        }
    }
}

#[test]
fn a_closed_site_gives_no_room_and_says_why() {
    let open = site(vec![room("101", RoomKind::Single, 1, false)]);
    assert_eq!(open.open("mended"), Err(Door::SiteAlreadyOpen.into()));
    assert_eq!(open.close(closure(" ")), Err(Refusal::ReasonMissing));
    let closed = Site { closed: Some(open.close(closure("burst pipe")).expect("it was open")), ..open };
    assert_eq!(closed.choose_room(1, false), Err(Refusal::SiteClosed { reason: "burst pipe".into() }));
    assert_eq!(closed.close(closure("again")), Err(Door::SiteAlreadyClosed { by: "S".into(), at: at() }.into()));
    assert_eq!(closed.open(""), Err(Refusal::ReasonMissing));
    assert_eq!(closed.open("mended"), Ok(()));
}

#[test]
fn a_room_waits_four_hours_and_four_after_the_planned_departure() {
    let hours = |hours| at() + TimeDelta::hours(hours);
    assert_eq!(Site::hold_stands_until(at(), None), hours(4));
    assert_eq!(Site::hold_stands_until(at(), Some(hours(-1))), hours(4));
    assert_eq!(Site::hold_stands_until(at(), Some(hours(3))), hours(7));
}

#[test]
fn a_stay_is_fourteen_days_and_the_fifteenth_morning_is_free() {
    let stay = Stay { moved_in_on: on(1) };
    assert_eq!((stay.day(on(1)), stay.day(on(14)), stay.day(on(15))), (1, 14, 15));
    assert_eq!(stay.ends_on(), on(15));
    assert!(!stay.over(on(14)) && stay.over(on(15)));
}

#[test]
fn nobody_completes_early_and_nobody_leaves_early_without_a_word() {
    let stay = Stay { moved_in_on: on(1) };
    let leave = |day, because, note: Option<&str>| {
        Leaving::decide(stay, on(day), because, note.map(|note| Personal::new(note.to_owned())))
    };
    let early = Refusal::StayNotOver { day: 14, ends_on: on(15) };
    assert_eq!(leave(14, Because::Completed, Some("well")), Err(early));
    assert_eq!(leave(14, Because::Early, Some("  ")), Err(Refusal::ReasonMissing));
    assert_eq!(leave(20, Because::Transferred, None), Err(Refusal::ReasonMissing));
    let transferred = leave(3, Because::Transferred, Some("dialysis")).expect("a reason");
    assert_eq!(transferred.note().map(|note| note.reveal().as_str()), Some("dialysis"));
    let completed = leave(15, Because::Completed, Some("")).expect("the days have passed");
    assert_eq!((completed.because(), completed.note()), (Because::Completed, None));
}

#[test]
fn the_forecast_is_the_rooms_less_holds_less_stays_that_go_on() {
    let lived = |from| Use::Lived(Stay { moved_in_on: on(from) });
    let rooms = [
        (RoomKind::Single, 1, Use::Free),
        (RoomKind::Single, 2, lived(10)),
        (RoomKind::Family, 4, Use::Held),
        (RoomKind::Family, 3, lived(6)),
        (RoomKind::Accessible, 2, lived(1)),
    ];
    let days = forecast(&rooms, on(17));
    let free = |day: usize| (days[day].single, days[day].family, days[day].accessible);
    assert_eq!((days.len(), days[0].on, days[13].on), (14, on(17), on(30)));
    assert_eq!(free(0), (1, 0, 0), "who should have left on the 15th is still there");
    assert_eq!(free(1), (1, 0, 2), "and has left tomorrow");
    assert_eq!(free(2), (1, 0, 2), "the 19th is the last of the family's fourteen days");
    assert_eq!(free(3), (1, 3, 2), "on the 20th it leaves");
    assert_eq!(free(7), (3, 3, 2), "on the 24th the last one leaves");
    assert_eq!(free(13), (3, 3, 2), "a room that waits is not free in fourteen days either");
}

fn out_of_use(mut site: Site, number: &str) -> Site {
    let room = site.rooms.iter_mut().find(|room| room.number == number).expect("a room of the site");
    room.out = Some(closure("broken shower"));
    site
}

#[test]
fn a_room_out_of_use_is_given_to_nobody_and_counts_as_no_free_bed() {
    let site = out_of_use(two_floors(), "202");
    assert_eq!(site.beds_free(), 20);
    assert_eq!(site.choose_rooms(lodgers(4, 2), false).expect("the other one").doors(), "302");
    assert_eq!(site.choose_rooms(lodgers(5, 2), true).expect("several").doors(), "302 + 303", "not the one out of use");
    let none = out_of_use(site, "302");
    let whole = Door::NoRoomWhole { label: None, free: 16, needed: 4 };
    assert_eq!(none.choose_rooms(lodgers(4, 2), false), Err(whole.into()));
}

#[test]
fn a_room_goes_out_of_use_and_back_with_a_reason_whoever_lives_in_it() {
    let site = held(two_floors(), &["202"]);
    let room = site.room("202").expect("a room of the site");
    assert_eq!(site.room("999"), Err(Refusal::NotFound));
    assert_eq!(closure(" ").take_out(room.out.as_ref()), Err(Refusal::ReasonMissing));
    let out = closure("broken shower").take_out(room.out.as_ref()).expect("somebody lives there, which is no matter");
    let again = closure("broken door").take_out(Some(&out));
    assert_eq!(again, Err(Door::OutOfUseAlready { by: "S".into(), at: at() }.into()));
    assert_eq!(Closure::put_back(Some(&out), ""), Err(Refusal::ReasonMissing));
    assert_eq!(Closure::put_back(Some(&out), "mended"), Ok(()));
    assert_eq!(Closure::put_back(None, "mended"), Err(Door::InUse.into()));
}

#[test]
fn a_room_out_of_use_is_not_free_on_any_day_to_come() {
    let days = forecast(&[(RoomKind::Single, 1, Use::Free), (RoomKind::Single, 2, Use::Out)], on(17));
    assert!(days.iter().all(|day| day.free() == 1));
}

fn any_use() -> impl Strategy<Value = Use> {
    prop_oneof![
        Just(Use::Free),
        Just(Use::Held),
        Just(Use::Out),
        (1u32..=17).prop_map(|from| Use::Lived(Stay { moved_in_on: on(from) }))
    ]
}

proptest! {
    #[test]
    fn beds_only_get_free_and_never_more_than_there_are(used in proptest::collection::vec((1i64..5, any_use()), 0..20)) {
        let rooms: Vec<_> = used.iter().map(|&(beds, used)| (RoomKind::Single, beds, used)).collect();
        let days = forecast(&rooms, on(17));
        prop_assert_eq!(days.len(), usize::try_from(DAYS).expect("small"));
        let now: i64 = used.iter().filter(|(_, used)| *used == Use::Free).map(|(beds, _)| beds).sum();
        prop_assert_eq!(days[0].free(), now, "today is what is free now");
        prop_assert!(days.windows(2).all(|pair| pair[0].free() <= pair[1].free()));
        let ever: i64 = used.iter().filter(|(_, used)| !matches!(used, Use::Held | Use::Out)).map(|(beds, _)| beds).sum();
        prop_assert!(days[13].free() <= ever);
    }
}
