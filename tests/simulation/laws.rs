//! What must hold after every step, asked of the tables themselves: a law is a statement that counts who breaks it.

use crate::day::Day;
use homeward_domain::access::Scope;

/// Each law by name, and the statement that counts what breaks it.
const LAWS: &[(&str, &str)] = &[
    (
        "aboard means a boarded seat on that trip",
        "select count(*) from arrival where holder = 'vehicle' and not exists (select 1 from seat where
             seat.arrival = arrival.id and seat.trip = arrival.trip and boarded_at is not null and handed_over_at is null)",
    ),
    (
        "a boarded seat carries somebody who is aboard",
        "select count(*) from seat join arrival on arrival.id = seat.arrival
             where boarded_at is not null and handed_over_at is null
             and (arrival.holder <> 'vehicle' or arrival.trip <> seat.trip)",
    ),
    (
        "an unboarded seat waits for somebody at the desk",
        "select count(*) from seat join arrival on arrival.id = seat.arrival
             where boarded_at is null and (arrival.holder <> 'desk' or arrival.offered is null)",
    ),
    (
        "a seat handed over is in the receiver's hands",
        "select count(*) from seat join arrival on arrival.id = seat.arrival join stop on stop.id = seat.stop
             where seat.handed_over_at is not null
             and (arrival.receiver is null or arrival.receiver <> stop.receiver or stop.handed_over_at is null)",
    ),
    (
        "a stop handed over has nobody left aboard",
        "select count(*) from stop join seat on seat.stop = stop.id
             where stop.handed_over_at is not null and seat.handed_over_at is null",
    ),
    (
        "every member of a seated party has its one seat at the party's stop",
        "select count(*) from arrival join party on party.id = arrival.party where party.transport = 'seats'
             and 1 <> (select count(*) from seat where seat.arrival = arrival.id and seat.trip = party.trip
                       and seat.stop = party.stop and seat.party = party.id)",
    ),
    (
        "nobody else has one",
        "select count(*) from seat join arrival on arrival.id = seat.arrival join party on party.id = arrival.party
             where party.transport <> 'seats' or seat.party <> party.id",
    ),
    (
        "a trip's manifest is its seats, and they fit",
        "select count(*) from trip where state <> 'cancelled'
             and (manifest <> (select count(*) from seat where seat.trip = trip.id) or manifest > seats)",
    ),
    (
        "a referred person, or one who must be, has neither seat nor car",
        "select count(*) from party where (disposition = 'referral' or stage in ('to_refer', 'referred'))
             and transport <> 'none'",
    ),
    (
        "whoever is in hospital was referred",
        "select count(*) from arrival join party on party.id = arrival.party
             where (holder = 'hospital' and disposition <> 'referral') or (disposition = 'referral' and referred = 0)",
    ),
    (
        "who is in a private car has one",
        "select count(*) from arrival join party on party.id = arrival.party
             where holder = 'private_car' and transport <> 'car'",
    ),
    (
        "who was received is where the party was bound for",
        "select count(*) from arrival join party on party.id = arrival.party
             where arrival.receiver is not null and arrival.receiver is distinct from party.receiver",
    ),
    (
        "a party at or bound for a site holds a room there that is large enough",
        "select count(*) from party where disposition = 'site' and 1 <> (select count(*) from hold
             where hold.party = party.id and released_at is null and hold.site = party.receiver
             and hold.people >= (select count(*) from arrival where arrival.party = party.id))",
    ),
    (
        "nobody else holds one",
        "select count(*) from hold join party on party.id = hold.party
             where released_at is null and (disposition <> 'site' or party.receiver <> hold.site)",
    ),
    (
        "a room is lived in when its party was received, not before",
        "select count(*) from hold where released_at is null and (occupied_at is not null)
             <> exists (select 1 from arrival where arrival.party = hold.party and holder = 'site')",
    ),
    (
        "a stream counts without a gap",
        "select count(*) from (select stream, count(*) as entries, min(seq) as first, max(seq) as last from feed_entry
             group by stream) as log join stream on stream.id = log.stream
             where first <> 1 or last <> entries or last <> stream.seq",
    ),
    (
        "a row is what its last entry says",
        "select count(*) from feed_row join feed_entry on feed_entry.stream = feed_row.stream
             and feed_entry.seq = feed_row.seq
             where feed_entry.key <> feed_row.key or feed_entry.body is distinct from feed_row.body or exists (select 1 from
             feed_entry as later where later.stream = feed_row.stream and later.key = feed_row.key
             and later.seq > feed_row.seq)",
    ),
    (
        "a row is gone when its last entry says so, and not otherwise",
        "select count(*) from (select stream, key, max(seq) as seq from feed_entry group by stream, key) as last
             join feed_entry on feed_entry.stream = last.stream and feed_entry.seq = last.seq
             where (feed_entry.body is not null) <> exists (select 1 from feed_row
             where feed_row.stream = last.stream and feed_row.key = last.key)",
    ),
    (
        "an open stop's board row counts its manifest",
        "select count(*) from stop join trip on trip.id = stop.trip
             where trip.state in ('planned', 'boarding', 'en_route') and stop.handed_over_at is null
             and not exists (select 1 from feed_row where feed_row.stream = stop.receiver
             and replace(feed_row.key, '-', '') = lower(hex(stop.id))
             and json_extract(body, '$.people.total') = (select count(*) from seat where seat.stop = stop.id)
             and json_extract(body, '$.version') = trip.version)",
    ),
    (
        "a board shows no stop that does not come to it",
        "select count(*) from feed_row where json_extract(body, '$.kind') = 'stop' and not exists (select 1 from stop
             where stop.receiver = feed_row.stream and lower(hex(stop.id)) = replace(feed_row.key, '-', ''))",
    ),
    (
        "the queue shows every open party as it is",
        "select count(*) from party where closed = 0 and not exists (select 1 from feed_row
             where stream = 'district:' || party.district and replace(key, '-', '') = lower(hex(party.id))
             and json_extract(body, '$.stage') = party.stage and json_extract(body, '$.version') = party.version
             and json_extract(body, '$.people.total') = (select count(*) from arrival where arrival.party = party.id))",
    ),
    (
        "the queue shows no closed party",
        "select count(*) from feed_row join party on replace(key, '-', '') = lower(hex(party.id))
             where stream = 'district:' || party.district and party.closed = 1",
    ),
    (
        "the queue shows every open trip as it is, and no other",
        "select count(*) from trip where (state in ('planned', 'boarding', 'en_route')) <> exists (select 1 from feed_row
             where stream = 'district:' || trip.district and replace(key, '-', '') = lower(hex(trip.id))
             and json_extract(body, '$.stage') = trip.state and json_extract(body, '$.version') = trip.version)",
    ),
    (
        "a community sees a request while an answer is open, and not longer",
        "select count(*) from party where (disposition = 'home' and closed = 0 and
             (json_extract(decided, '$.opinion.answer') = 'pending' or json_extract(decided, '$.check.answer') = 'pending'))
             <> exists (select 1 from feed_row where json_extract(body, '$.kind') = 'request'
             and replace(key, '-', '') = lower(hex(party.id)) and stream = party.receiver)",
    ),
    (
        "a request stands on one board",
        "select count(*) from (select key from feed_row where json_extract(body, '$.kind') = 'request'
             group by key having count(*) > 1) as twice",
    ),
    (
        "a site's row counts its rooms",
        "select count(*) from feed_row where json_extract(body, '$.kind') = 'site'
             and json_extract(body, '$.free') <> (select coalesce(sum(room.beds), 0) from room where room.site = feed_row.key
             and not exists (select 1 from hold where hold.site = room.site and hold.number = room.number
             and released_at is null))",
    ),
];

/// The laws that are broken now, each with how often.
pub async fn broken(day: &Day) -> Vec<String> {
    let mut reader = day.store.read().await.expect("a reader");
    let mut broken = Vec::new();
    for (law, counting) in LAWS {
        let (count,): (i64,) = reader.conn().sql(counting).one().await.expect("a law is a statement");
        if count > 0 {
            broken.push(format!("{law}: broken {count} times"));
        }
    }
    let ledger = homeward_store::ledger::count(reader.conn(), &Scope::system()).await.expect("the numbers");
    if !ledger.closes() || ledger.registered != day.people {
        broken.push(format!("the ledger does not close over {} people: {ledger:?}", day.people));
    }
    broken
}
