//! A set of registrations enters: what was answered before and what is refused drops out, the rest is written as one.

use super::queue::Request;
use super::{Registrant, Registration};
use crate::project::publish_new;
use crate::{Dispatcher, Halt, Receipt, StoreError};
use chrono::{DateTime, Utc};
use homeward_domain::custody::Custody;
use homeward_domain::disposition::Disposition;
use homeward_domain::party::{Member, Party, Tag, Transport};
use homeward_domain::reception::Reception;
use homeward_domain::{
    ArrivalId, Invalid, KeyList, PartyId, Refusal, Sensitive, TravelHistory, TravellerId, code, key_list,
};
use homeward_store::idempotency::{self, Kept};
use homeward_store::reference::{self, Desk};
use homeward_store::traveller::Came;
use homeward_store::{Conn, Happened, Unit, traveller};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What is the same for the whole set, read once.
struct Book {
    desks: BTreeMap<code::Desk, Desk>,
    places: BTreeSet<String>,
    lists: Vec<KeyList>,
}

/// Somebody who enters, with what the rules said.
struct Fresh<'r> {
    /// The place in the set.
    place: usize,
    request: &'r Request,
    desk: &'r Desk,
    /// One a member.
    tags: Vec<Tag>,
}

/// Enters them and makes it durable; one outcome for each, in their order. An error is the store's, and then nothing of
/// the set was kept.
pub(super) async fn all(
    dispatcher: &Dispatcher,
    mut unit: Unit,
    set: &[Request],
) -> Result<Vec<Result<Receipt, Halt>>, StoreError> {
    let now = dispatcher.clock.now();
    let asked: Vec<(Uuid, &str)> = set.iter().map(|one| (one.account, one.key.text())).collect();
    let answered = idempotency::find_all(unit.conn(), &asked).await?;
    let book = Book::read(unit.conn()).await?;
    let (mut outcomes, mut fresh) = (BTreeMap::new(), Vec::new());
    for (place, request) in set.iter().enumerate() {
        let before = answered.get(&(request.account, request.key.text().to_owned()));
        match before.map_or_else(|| book.decide(place, request, now), |kept| Err(replay(kept, request))) {
            Ok(one) => fresh.push(one),
            Err(halt) => drop(outcomes.insert(place, Err(halt))),
        }
    }
    if !fresh.is_empty() {
        let parties = write(dispatcher, &mut unit, &fresh, now).await?;
        let heads = unit.commit().await?;
        dispatcher.feed.wake(&heads);
        let receipts = parties.iter().map(|party| receipt(party, now));
        outcomes.extend(fresh.iter().zip(receipts).map(|(one, receipt)| (one.place, Ok(receipt))));
    }
    Ok(outcomes.into_values().collect())
}

fn replay(kept: &Kept, request: &Request) -> Halt {
    if kept.fingerprint != request.key.fingerprint() {
        return Refusal::KeyReused.into();
    }
    Halt::Replayed(Receipt { subject: kept.subject, version: kept.version, at: kept.at })
}

fn receipt(party: &Party, now: DateTime<Utc>) -> Receipt {
    Receipt { subject: party.id.uuid(), version: party.version, at: now }
}

impl Book {
    async fn read(conn: &mut Conn) -> Result<Self, StoreError> {
        let desks = reference::desks(conn).await?;
        let places = reference::jurisdictions(conn).await?;
        Ok(Self {
            desks: desks.into_iter().map(|desk| (desk.code.clone(), desk)).collect(),
            places: places.into_iter().map(|place| place.code).collect(),
            lists: homeward_store::key_list::all(conn).await?,
        })
    }

    fn decide<'r>(&'r self, place: usize, request: &'r Request, now: DateTime<Utc>) -> Result<Fresh<'r>, Halt> {
        let Registration { desk, responsible, members, .. } = &request.registration;
        let desk = self.desks.get(desk).ok_or(Refusal::NotFound)?;
        if !self.places.contains(responsible.as_str()) {
            let unknown = Invalid::new("unknown-place", "choose a sub-district from /v1/reference");
            return Err(unknown.at("responsible").into());
        }
        let list = KeyList::in_force(&self.lists, now);
        let tags = members.iter().map(|member| tag(&member.history, list)).collect::<Result<_, _>>()?;
        Ok(Fresh { place, request, desk, tags })
    }
}

/// Without a list in force nobody is tagged green by accident: registering waits for the first list.
fn tag(history: &TravelHistory, list: Option<&KeyList>) -> Result<Tag, Refusal> {
    let tagged = key_list::evaluate(history, list.ok_or(Refusal::NoListInForce)?);
    Ok(Tag { tag: tagged.tag, list_version: tagged.version, because: tagged.because, overridden: None })
}

async fn write(
    dispatcher: &Dispatcher,
    unit: &mut Unit,
    fresh: &[Fresh<'_>],
    now: DateTime<Utc>,
) -> Result<Vec<Party>, StoreError> {
    let labels = labels(unit.conn(), fresh).await?;
    let new_id = || dispatcher.ids.new_at(now);
    let came: Vec<Came<'_>> =
        fresh.iter().flat_map(|one| &one.request.registration.members).map(|it| came(it, new_id())).collect();
    let mut travellers = traveller::find_or_insert(unit.conn(), &came, now).await?.into_iter();
    let mut parties = Vec::with_capacity(fresh.len());
    for (one, label) in fresh.iter().zip(labels) {
        let people = one.request.registration.members.iter().zip(&one.tags).zip(travellers.by_ref());
        let members = people.map(|((it, tag), who)| member(it, tag, who, new_id(), now)).collect();
        parties.push(party(one, label, members, new_id(), now));
    }
    homeward_store::party::insert(unit.conn(), &parties).await?;
    let kept: Vec<_> = fresh.iter().zip(&parties).map(|(one, party)| kept(one.request, receipt(party, now))).collect();
    idempotency::keep_all(unit.conn(), &kept).await?;
    for (one, party) in fresh.iter().zip(&parties) {
        let body = json!({ "desk": party.desk, "people": party.size() });
        let (subject, actor) = (party.id.uuid(), Some(one.request.account));
        unit.record(Happened { subject, actor, kind: "party.registered", at: now, body });
        publish_new(unit, party, "party.registered", now);
    }
    Ok(parties)
}

fn kept(request: &Request, receipt: Receipt) -> (Uuid, &str, Kept) {
    let Receipt { subject, version, at } = receipt;
    (request.account, request.key.text(), Kept { fingerprint: request.key.fingerprint(), subject, version, at })
}

/// What people say over the radio: airport, terminal and the desk's number, e.g. `P1-037` at Pudong T1. The number starts
/// again after 999, so it is the only one of its desk among the last 999 parties, over midnight too.
async fn labels(conn: &mut Conn, fresh: &[Fresh<'_>]) -> Result<Vec<String>, StoreError> {
    let mut taken: BTreeMap<&str, i64> = BTreeMap::new();
    for one in fresh {
        *taken.entry(one.desk.code.as_str()).or_default() += 1;
    }
    let last = homeward_store::party::take_serials(conn, &taken).await?;
    let mut next: BTreeMap<&str, i64> =
        taken.iter().map(|(desk, count)| (*desk, last.get(*desk).map_or(1, |last| last - count + 1))).collect();
    let mut label = |desk: &Desk| {
        let serial = next.get_mut(desk.code.as_str()).expect("every desk of the set was counted");
        let airport = desk.point_of_entry.chars().next().unwrap_or('?');
        let terminal = desk.terminal.trim_start_matches('T');
        let label = format!("{airport}{terminal}-{:03}", (*serial - 1) % 999 + 1);
        *serial += 1;
        label
    };
    Ok(fresh.iter().map(|one| label(one.desk)).collect())
}

fn came(registrant: &Registrant, new: Uuid) -> Came<'_> {
    let person = &registrant.person;
    Came {
        new: TravellerId::new(new),
        document: person.document.reveal(),
        name: format!("{}{}", person.surname.reveal(), person.given.reveal()),
        born_on: *person.born_on.reveal(),
    }
}

fn member(registrant: &Registrant, tag: &Tag, traveller: TravellerId, id: Uuid, now: DateTime<Utc>) -> Member {
    Member {
        arrival: ArrivalId::new(id),
        traveller,
        person: registrant.person.clone(),
        needs: registrant.needs,
        screening: Sensitive::new(registrant.screening),
        tag: tag.clone(),
        history: registrant.history.clone(),
        custody: Custody::at_desk(now),
        reception: Reception::default(),
    }
}

fn party(fresh: &Fresh<'_>, label: String, members: Vec<Member>, id: Uuid, now: DateTime<Utc>) -> Party {
    let Registration { desk, flight, responsible, address, languages, .. } = &fresh.request.registration;
    Party {
        id: PartyId::new(id),
        label,
        desk: desk.clone(),
        district: fresh.desk.district.clone(),
        responsible: responsible.clone(),
        flight: flight.clone(),
        languages: languages.clone(),
        address: address.clone(),
        members,
        disposition: Disposition::Undecided,
        transport: Transport::None,
        registered_at: now,
        version: 1,
    }
}
