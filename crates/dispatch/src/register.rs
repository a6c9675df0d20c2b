//! Register a party at a desk: the only way a person enters the chain.

use crate::{Caller, Dispatcher, Halt, Key, Receipt, turn::Turn};
use homeward_domain::access::{Action, Grant};
use homeward_domain::custody::Custody;
use homeward_domain::disposition::Disposition;
use homeward_domain::party::{Flight, Member, Needs, Party, Person, Tag, Transport};
use homeward_domain::reception::Reception;
use homeward_domain::{
    ArrivalId, Invalid, Jurisdiction, KeyList, PartyId, Personal, Refusal, Screening, Sensitive, TravelHistory,
    TravellerId, code, key_list,
};
use serde_json::json;

/// A party as the desk wrote it down.
#[derive(Debug, Clone, PartialEq)]
pub struct Registration {
    /// The desk.
    pub desk: code::Desk,
    /// How it came.
    pub flight: Flight,
    /// The sub-district that answers for it.
    pub responsible: Jurisdiction,
    /// Where it says it lives.
    pub address: Option<Personal<String>>,
    /// BCP 47 tags.
    pub languages: Vec<String>,
    /// One or more; a party is never larger than the largest vehicle.
    pub members: Vec<Registrant>,
}

/// One person of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Registrant {
    /// Who they are.
    pub person: Person,
    /// What they need.
    pub needs: Needs,
    /// Health answers.
    pub screening: Screening,
    /// Where they were.
    pub history: TravelHistory,
}

impl Dispatcher {
    /// Registers a party; the tag is computed with the list in force, whose version is stored.
    pub async fn register(&self, caller: &Caller, key: &Key, registration: Registration) -> Result<Receipt, Halt> {
        caller.may(Action::Register)?;
        if !matches!(&caller.actor.grant, Grant::DutyOfficer { desk } if *desk == registration.desk) {
            return Err(Refusal::NotFound.into());
        }
        let mut turn = Turn::open(self, caller, key).await?;
        let party = enter(&mut turn, registration).await?;
        homeward_store::party::insert(turn.conn(), &party).await?;
        turn.record(party.id.uuid(), "party.registered", json!({ "desk": party.desk, "people": party.size() }));
        turn.changed.parties.insert(party.id, "party.registered");
        turn.close(party.id.uuid(), party.version).await
    }
}

async fn enter(turn: &mut Turn<'_>, registration: Registration) -> Result<Party, Halt> {
    let desk = homeward_store::reference::desk(turn.conn(), &registration.desk).await?.ok_or(Refusal::NotFound)?;
    known_subdistrict(turn, &registration.responsible).await?;
    let lists = homeward_store::key_list::all(turn.conn()).await?;
    let label = label(turn, &desk).await?;
    let mut members = Vec::with_capacity(registration.members.len());
    for registrant in registration.members {
        members.push(member(turn, registrant, KeyList::in_force(&lists, turn.now)).await?);
    }
    Ok(Party {
        id: PartyId::new(turn.new_id()),
        label,
        desk: registration.desk,
        district: desk.district,
        responsible: registration.responsible,
        flight: registration.flight,
        languages: registration.languages,
        address: registration.address,
        members,
        disposition: Disposition::Undecided,
        transport: Transport::None,
        registered_at: turn.now,
        version: 1,
    })
}

async fn known_subdistrict(turn: &mut Turn<'_>, place: &Jurisdiction) -> Result<(), Halt> {
    let known = homeward_store::reference::jurisdictions(turn.conn()).await?;
    if known.iter().any(|known| known.code == place.as_str()) {
        return Ok(());
    }
    Err(Invalid::new("unknown-place", "choose a sub-district from /v1/reference").at("responsible").into())
}

/// What people say over the radio: airport, terminal and the desk's number, e.g. `P1-037` at Pudong T1. The number starts
/// again after 999, so it is the only one of its desk among the last 999 parties, over midnight too.
async fn label(turn: &mut Turn<'_>, desk: &homeward_store::reference::Desk) -> Result<String, Halt> {
    let serial = homeward_store::party::next_serial(turn.conn(), desk.code.as_str()).await?;
    let airport = desk.point_of_entry.chars().next().unwrap_or('?');
    let terminal = desk.terminal.trim_start_matches('T');
    Ok(format!("{airport}{terminal}-{:03}", (serial - 1) % 999 + 1))
}

async fn member(turn: &mut Turn<'_>, registrant: Registrant, list: Option<&KeyList>) -> Result<Member, Halt> {
    let Registrant { person, needs, screening, history } = registrant;
    let name = format!("{}{}", person.surname.reveal(), person.given.reveal());
    let (new, now) = (TravellerId::new(turn.new_id()), turn.now);
    let born_on = *person.born_on.reveal();
    let traveller =
        homeward_store::traveller::find_or_insert(turn.conn(), new, person.document.reveal(), (&name, born_on), now)
            .await?;
    Ok(Member {
        arrival: ArrivalId::new(turn.new_id()),
        traveller,
        person,
        needs,
        screening: Sensitive::new(screening),
        tag: tag(&history, list)?,
        history,
        custody: Custody::at_desk(now),
        reception: Reception::default(),
    })
}

/// Without a list in force nobody is tagged green by accident: registering waits for the first list.
fn tag(history: &TravelHistory, list: Option<&KeyList>) -> Result<Tag, Refusal> {
    let tagged = key_list::evaluate(history, list.ok_or(Refusal::NoListInForce)?);
    Ok(Tag { tag: tagged.tag, list_version: tagged.version, because: tagged.because, overridden: None })
}
