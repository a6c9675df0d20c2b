//! More parties than rooms: the last room is given once, and whoever comes late is told how many beds are left.

use futures_util::future::join_all;
use homeward_tests::{World, sample};

/// Rooms of the first site.
const ROOMS: usize = 24;
/// Parties of one that want one of them.
const PARTIES: u32 = 64;

#[tokio::test]
async fn sixty_four_parties_race_and_exactly_as_many_as_there_are_rooms_get_one() {
    let world = World::start().await;
    let (officer, dispatcher) = (world.duty_officer().await, world.dispatcher().await);
    let mut parties = Vec::new();
    for number in 0..PARTIES {
        let party = sample::from_country("ITA", number, 1);
        parties.push(officer.register(party).await.expect("registered").subject);
    }
    let place = |party| dispatcher.place_at_site(party, sample::SITE_1, "from Italy");
    let placed = join_all(parties.iter().map(String::as_str).map(place)).await;

    let refused: Vec<_> = placed.iter().filter_map(|placed| placed.as_ref().err()).collect();
    assert_eq!(placed.len() - refused.len(), ROOMS);
    for problem in refused {
        assert_eq!(problem.said(), (409, "site-full"));
        assert_eq!(problem.body["needed"], 1);
    }
    let site = world.watch(&dispatcher, sample::DISTRICT).await.row(sample::SITE_1).clone();
    assert_eq!(
        site["held"].as_i64().zip(site["free"].as_i64()).map(|(held, free)| held + free),
        site["capacity"].as_i64()
    );
    let mut rooms = Vec::new();
    for party in &parties {
        let row = dispatcher.party(party).await;
        rooms.extend(row["destination"]["room"].as_str().map(str::to_owned));
    }
    rooms.sort();
    rooms.dedup();
    assert_eq!(rooms.len(), ROOMS, "no room is given twice");
}
