//! More parties than anybody registers by hand in a story: the copies of one, each sealed anew.

use chrono::TimeDelta;
use homeward_domain::access::Scope;
use homeward_domain::party::{Member, Party};
use homeward_domain::{ArrivalId, PartyId};
use homeward_store::{Keys, Store, party};
use uuid::Uuid;

use crate::World;

/// Writes so many copies of an open party as it stands, registered a second apart and all of them after it.
///
/// # Panics
/// When the party does not exist.
pub async fn copied(world: &World, pattern: &str, copies: u32) {
    let store = Store::open(&world.register_url(), Keys::from_bytes([7; 32])).await.expect("the same register");
    let id = PartyId::new(pattern.parse().expect("an id"));
    let mut unit = store.begin().await.expect("the writer");
    let pattern = party::load(unit.conn(), id, &Scope::system()).await.expect("a register").expect("the pattern");
    let crowd: Vec<Party> = (1..=copies).map(|number| copy(&pattern, number)).collect();
    party::insert(unit.conn(), &crowd).await.expect("written");
    unit.commit().await.expect("kept");
}

fn copy(pattern: &Party, number: u32) -> Party {
    let of = pattern.id.uuid().as_u128();
    let id = |member: usize| Uuid::from_u128(of ^ ((u128::from(number) << 16) + member as u128));
    let member = |(at, member): (usize, &Member)| Member { arrival: ArrivalId::new(id(at + 1)), ..member.clone() };
    Party {
        id: PartyId::new(id(0)),
        label: format!("C-{number:04}"),
        members: pattern.members.iter().enumerate().map(member).collect(),
        registered_at: pattern.registered_at + TimeDelta::seconds(i64::from(number)),
        version: 1,
        ..pattern.clone()
    }
}
