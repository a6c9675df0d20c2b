//! What must hold at any time, asked of the tables themselves: custody, seats, beds, the streams, what the boards show.
//!
//! Checked by the operator (`homeward check`), after every backup and copy, and after every step of the simulation.

/// Each law by name, and the statement that counts what breaks it. `{table.id}` is an id as the keys of the feed write it,
/// without its hyphens.
pub(super) const LAWS: &[(&str, &str)] = &[
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
             where boarded_at is null and via is null and (arrival.holder <> 'desk' or arrival.offered is null)",
    ),
    (
        "a seat handed over is in the receiver's hands, or left its site",
        "select count(*) from seat join arrival on arrival.id = seat.arrival join stop on stop.id = seat.stop
             where seat.handed_over_at is not null and seat.change is null and (stop.handed_over_at is null or (arrival.receiver is null
             or arrival.receiver <> stop.receiver) and not (arrival.holder = 'released' and exists (select 1 from hold
             where hold.party = arrival.party and hold.site = stop.receiver and left_because is not null)))",
    ),
    (
        "a stop handed over has nobody left aboard",
        "select count(*) from stop join seat on seat.stop = stop.id
             where stop.handed_over_at is not null and seat.handed_over_at is null",
    ),
    (
        "a seat that waits for a change has a seat that leads there, and nobody else is on the way to one",
        "select count(*) from seat where (via is not null and boarded_at is null and 1 <> (select count(*) from seat as leg
             where leg.change = seat.via and leg.arrival = seat.arrival and leg.handed_over_at is null))
             or (change is not null and handed_over_at is null and 1 <> (select count(*) from seat as next
             where next.via = seat.change and next.arrival = seat.arrival and next.stop = seat.stop
             and next.party = seat.party and next.boarded_at is null))",
    ),
    (
        "who was taken over at a change got on by it",
        "select count(*) from seat where (change is not null and handed_over_at is not null and 1 <> (select count(*)
             from seat as next where next.via = seat.change and next.arrival = seat.arrival
             and next.boarded_at = seat.handed_over_at))
             or (change is not null and not exists (select 1 from change where change.id = seat.change
             and change.trip = seat.trip)) or (via is not null and not exists (select 1 from change
             where change.id = seat.via and change.onto = seat.trip))",
    ),
    (
        "a change is over when both sides agree, and a trip when its changes are",
        "select count(*) from change join trip on trip.id = change.trip where (change.stage = 'closed' and exists
             (select 1 from seat where seat.change = change.id and seat.handed_over_at is null))
             or (trip.state in ('completed', 'cancelled') and change.stage <> 'closed')
             or (trip.state in ('planned', 'boarding') and change.stage <> 'expected')",
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
        "what a rule answered, a rule of that sub-district and version says",
        "select count(*) from party where disposition = 'home' and decided -> 'opinion' -> 'rule' is not null
             and not exists (select 1 from opinion_rule where place = decided -> 'opinion' -> 'rule' ->> 'place'
             and cast(version as text) = decided -> 'opinion' -> 'rule' ->> 'version'
             and means = decided -> 'terms' -> 'silence' ->> 'means')",
    ),
    (
        "a party at or bound for a site holds rooms there that are large enough",
        "select count(*) from party where disposition = 'site' and stage <> 'released'
             and (select count(*) from arrival where arrival.party = party.id) > (select coalesce(sum(hold.people), 0) from hold
             where hold.party = party.id and released_at is null and hold.site = party.receiver)",
    ),
    (
        "who has several rooms has them because somebody said why",
        "select count(*) from party where 1 < (select count(*) from hold where hold.party = party.id and released_at is null)
             and not exists (select 1 from event where event.subject = party.id and event.kind = 'party.spread')",
    ),
    (
        "nobody else holds one",
        "select count(*) from hold join party on party.id = hold.party
             where released_at is null and (disposition <> 'site' or stage = 'released' or party.receiver <> hold.site)",
    ),
    (
        "a room is lived in when its party was received, not before",
        "select count(*) from hold where released_at is null and (occupied_at is not null)
             <> exists (select 1 from arrival where arrival.party = hold.party and holder = 'site')",
    ),
    (
        "who lived in a room left it for a reason, and nobody else did",
        "select count(*) from hold where (occupied_at is not null and released_at is not null) <> (left_because is not null)",
    ),
    (
        "whoever is free of a site left a room there",
        "select count(*) from party where disposition = 'site' and stage = 'released' and not exists (select 1 from hold
             where hold.party = party.id and hold.site = party.receiver and left_because is not null)",
    ),
    (
        "a room that waits has an end",
        "select count(*) from hold where released_at is null and occupied_at is null and expires_at is null",
    ),
    (
        "a site's row says whether it takes people",
        "select count(*) from feed_row where body ->> 'kind' = 'site' and (body -> 'open' = 'false')
             <> exists (select 1 from closure where closure.site = feed_row.key and opened_at is null)",
    ),
    (
        "who drives a trip drives for its district, and sits at one wheel",
        "select count(*) from trip join driver on driver.id = trip.driver_id where driver.district <> trip.district
             or (trip.state = 'en_route' and exists (select 1 from trip as other where other.driver_id = trip.driver_id
             and other.state = 'en_route' and other.id <> trip.id))",
    ),
    (
        "who was erased is named nowhere",
        "select count(*) from driver where erased_at is not null and (exists (select 1 from feed_entry
             where feed_entry.driver = driver.id) or exists (select 1 from trip where trip.driver_id = driver.id
             and state in ('planned', 'boarding', 'en_route')))",
    ),
    (
        "what streams tell lies sealed",
        "select (select count(*) from feed_entry where body is not null and sealed is null)
             + (select count(*) from feed_row where sealed is null)",
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
             join (select stream, key, max(seq) as seq from feed_entry group by stream, key) as last
             on last.stream = feed_row.stream and last.key = feed_row.key
             where feed_entry.key <> feed_row.key or feed_entry.body is distinct from feed_row.body
             or feed_entry.sealed is distinct from feed_row.sealed or last.seq <> feed_row.seq",
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
             and replace(feed_row.key, '-', '') = {stop.id}
             and cast(body -> 'people' ->> 'total' as bigint) = (select count(*) from seat where seat.stop = stop.id
             and seat.change is null)
             and cast(body ->> 'version' as bigint) = trip.version)",
    ),
    (
        "a board shows no stop that does not come to it",
        "select count(*) from feed_row where body ->> 'kind' = 'stop' and not exists (select 1 from stop
             where stop.receiver = feed_row.stream and {stop.id} = replace(feed_row.key, '-', ''))
             and not (body ->> 'stage' = 'diverted' and exists (select 1 from diverted_row
             where diverted_row.receiver = feed_row.stream and {diverted_row.stop} = replace(feed_row.key, '-', '')))",
    ),
    (
        "the queue shows every open party as it is",
        "select count(*) from party where closed = 0 and not exists (select 1 from feed_row
             where stream = 'district:' || party.district and replace(key, '-', '') = {party.id}
             and body ->> 'stage' = party.stage and cast(body ->> 'version' as bigint) = party.version
             and cast(body -> 'people' ->> 'total' as bigint) = (select count(*) from arrival where arrival.party = party.id))",
    ),
    (
        "the queue shows no closed party",
        "select count(*) from feed_row join party on replace(key, '-', '') = {party.id}
             where stream = 'district:' || party.district and party.closed = 1",
    ),
    (
        "the queue shows every open trip as it is, and no other",
        "select count(*) from trip where (state in ('planned', 'boarding', 'en_route')) <> exists (select 1 from feed_row
             where stream = 'district:' || trip.district and replace(key, '-', '') = {trip.id}
             and body ->> 'stage' = trip.state and cast(body ->> 'version' as bigint) = trip.version)",
    ),
    (
        "a community sees a request while an answer is open, and not longer",
        "select count(*) from party where (disposition = 'home' and closed = 0 and
             (decided -> 'opinion' ->> 'answer' = 'pending' or decided -> 'check' ->> 'answer' = 'pending'))
             <> exists (select 1 from feed_row where body ->> 'kind' = 'request'
             and replace(key, '-', '') = {party.id} and stream = party.receiver)",
    ),
    (
        "a request stands on one board",
        "select count(*) from (select key from feed_row where body ->> 'kind' = 'request'
             group by key having count(*) > 1) as twice",
    ),
    (
        "a site's row counts its rooms",
        "select count(*) from feed_row where body ->> 'kind' = 'site'
             and cast(body ->> 'free' as bigint) <> (select cast(coalesce(sum(room.beds), 0) as bigint) from room where room.site = feed_row.key
             and not exists (select 1 from hold where hold.site = room.site and hold.number = room.number
             and released_at is null) and not exists (select 1 from room_closure as gone where gone.site = room.site
             and gone.number = room.number and gone.opened_at is null))",
    ),
    (
        "the trail counts without a gap",
        "select count(*) from (select count(*) as events, coalesce(max(number), 0) as last from event) as trail
             where events <> last",
    ),
];
