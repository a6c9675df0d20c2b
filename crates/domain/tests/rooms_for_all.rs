//! Rooms for everybody at once: as many as can be placed are, each as near as that allows.

use homeward_domain::code;
use homeward_domain::site::for_all::{Guest, NoRoom, for_all};
use homeward_domain::site::{Closure, Lodgers, Room, RoomKind, Site};
use proptest::prelude::*;

const NEAR: usize = 0;
const FAR: usize = 1;

fn site(rooms: &[(RoomKind, i64)]) -> Site {
    let room = |(nth, &(kind, beds)): (usize, &(RoomKind, i64))| Room {
        number: format!("{}", 201 + nth),
        kind,
        beds,
        held_by: None,
        out: None,
    };
    Site {
        receiver: code::Receiver::parse("huangpu-site-1").expect("a code"),
        gate: code::Gate::parse("huangpu-site-1-g1").expect("a code"),
        closed: None,
        rooms: rooms.iter().enumerate().map(room).collect(),
    }
}

fn guest(people: i64, wheelchair: bool) -> Guest {
    let adults = usize::try_from(people).expect("a few");
    Guest { lodgers: Lodgers { people, adults, wheelchair }, must: true, at: None }
}

/// Half an hour to the near site, a whole one to the far one.
fn way(_: usize, site: usize) -> i64 {
    if site == NEAR { 1_800 } else { 3_600 }
}

/// Site and door of each, or why there is none.
fn given(sites: Vec<Site>, guests: &[Guest]) -> Vec<Result<(usize, String), NoRoom>> {
    let answers = for_all(sites, guests, way);
    answers.into_iter().map(|answer| answer.map(|(site, given)| (site, given.doors()))).collect()
}

fn door(site: usize, number: &str) -> (usize, String) {
    (site, number.to_owned())
}

#[test]
fn everybody_goes_near_while_there_is_room_for_all_and_a_family_room_is_kept_for_the_family() {
    use RoomKind::{Family, Single};
    let sites = || vec![site(&[(Family, 4), (Single, 1)]), site(&[(Single, 1), (Single, 1)])];
    assert_eq!(given(sites(), &[guest(1, false), guest(4, false)]), [Ok(door(NEAR, "202")), Ok(door(NEAR, "201"))]);
    // The second single has to go far, because the family fits nowhere else.
    let three = given(sites(), &[guest(1, false), guest(1, false), guest(4, false)]);
    assert_eq!(three, [Ok(door(NEAR, "202")), Ok(door(FAR, "201")), Ok(door(NEAR, "201"))]);
}

#[test]
fn a_bed_more_is_worth_less_than_half_an_hour_of_way_and_three_beds_and_more_are_not() {
    use RoomKind::{Family, Single};
    let two_beds = vec![site(&[(Family, 2)]), site(&[(Single, 1)])];
    assert_eq!(given(two_beds, &[guest(1, false)]), [Ok(door(NEAR, "201"))]);
    let many_beds = vec![site(&[(Family, 8)]), site(&[(Single, 1)])];
    assert_eq!(given(many_beds, &[guest(1, false)]), [Ok(door(FAR, "201"))]);
}

#[test]
fn whoever_can_go_nowhere_else_comes_first_and_a_wheelchair_gets_the_step_free_room() {
    use RoomKind::{Accessible, Single};
    let might = Guest { must: false, ..guest(1, false) };
    let one_room = vec![site(&[(Single, 1)])];
    assert_eq!(given(one_room, &[might, guest(1, false)]), [Err(NoRoom::Full), Ok(door(NEAR, "201"))]);
    let step_free = vec![site(&[(Accessible, 2), (Single, 1)])];
    let both = given(step_free, &[guest(2, false), guest(1, true)]);
    assert_eq!(both, [Err(NoRoom::Full), Ok(door(NEAR, "201"))]);
}

#[test]
fn why_there_is_no_room_is_told_apart() {
    use RoomKind::{Accessible, Single};
    let shut = Closure { reason: "leak".into(), by: "S".into(), at: chrono::DateTime::UNIX_EPOCH };
    let closed = vec![Site { closed: Some(shut), ..site(&[(Single, 1)]) }];
    assert_eq!(given(closed, &[guest(1, false)]), [Err(NoRoom::Closed)]);
    assert_eq!(given(Vec::new(), &[guest(1, false)]), [Err(NoRoom::Closed)]);
    assert_eq!(given(vec![site(&[(Single, 1)])], &[guest(1, true)]), [Err(NoRoom::NotAccessible)]);
    let two_singles = vec![site(&[(Single, 1), (Single, 1)])];
    assert_eq!(given(two_singles, &[guest(2, false)]), [Err(NoRoom::NotWhole)]);
    assert_eq!(given(vec![site(&[(Accessible, 1)])], &[guest(3, false)]), [Err(NoRoom::Full)]);
}

#[test]
fn a_site_that_a_person_chose_is_the_only_one() {
    use RoomKind::Single;
    let sites = || vec![site(&[(Single, 1)]), site(&[(Single, 1)])];
    let chosen = Guest { at: Some(FAR), ..guest(1, false) };
    assert_eq!(given(sites(), &[chosen.clone(), guest(1, false)]), [Ok(door(FAR, "201")), Ok(door(NEAR, "201"))]);
    assert_eq!(given(sites(), &[chosen.clone(), chosen]), [Ok(door(FAR, "201")), Err(NoRoom::Full)]);
}

/// People placed: who must and who might, of each first those with a wheelchair.
type Placed = [i64; 4];

fn group(guest: &Guest) -> usize {
    usize::from(!guest.must) * 2 + usize::from(!guest.lodgers.wheelchair)
}

/// The best that any way of giving rooms can do, tried all.
fn best(guests: &[Guest], rooms: &mut Vec<(RoomKind, i64)>) -> Placed {
    let Some((first, others)) = guests.split_first() else { return [0; 4] };
    let mut found = best(others, rooms);
    for at in 0..rooms.len() {
        let room = rooms[at];
        if room.1 >= first.lodgers.people && (!first.lodgers.wheelchair || room.0 == RoomKind::Accessible) {
            rooms.remove(at);
            let mut with = best(others, rooms);
            rooms.insert(at, room);
            with[group(first)] += first.lodgers.people;
            found = found.max(with);
        }
    }
    found
}

fn rooms() -> impl Strategy<Value = Vec<(RoomKind, i64)>> {
    let kind = prop_oneof![Just(RoomKind::Single), Just(RoomKind::Accessible)];
    prop::collection::vec((kind, 1_i64..5), 0..4)
}

fn guests() -> impl Strategy<Value = Vec<Guest>> {
    let one = (1_i64..5, any::<bool>(), any::<bool>());
    let one = one.prop_map(|(people, wheelchair, must)| Guest { must, ..guest(people, wheelchair) });
    prop::collection::vec(one, 0..6)
}

proptest! {
    #[test]
    fn as_many_as_any_other_way_could_place(near in rooms(), far in rooms(), guests in guests()) {
        let answers = for_all(vec![site(&near), site(&far)], &guests, way);
        let mut placed: Placed = [0; 4];
        let mut taken = std::collections::BTreeSet::new();
        for (guest, answer) in guests.iter().zip(&answers) {
            let Ok((at, given)) = answer else { continue };
            let (room, people) = &given.rooms[0];
            prop_assert!(taken.insert((*at, room.number.clone())), "a room twice");
            prop_assert!(room.beds >= guest.lodgers.people && *people == guest.lodgers.people);
            prop_assert!(!guest.lodgers.wheelchair || room.kind == RoomKind::Accessible);
            placed[group(guest)] += people;
        }
        let mut all: Vec<_> = near.iter().chain(&far).copied().collect();
        prop_assert_eq!(placed, best(&guests, &mut all));
    }
}
