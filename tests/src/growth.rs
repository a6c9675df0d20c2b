//! A register that has been in use for years: many parties of the past beside the few of today, copied from one that was
//! lived through, each with its person, its trail and its numbered facts.

use homeward_store::{Conn, Error};

use crate::register::Engine;

/// Rows that are made at a time.
const AT_ONCE: i64 = 50_000;

/// Adds `count` parties of the past, each the copy of the one closed party that is there.
pub async fn past(conn: &mut Conn, engine: Engine, first: i64, count: i64) -> Result<(), Error> {
    let numbers = match engine {
        Engine::Sqlite => "with recursive n(i) as (select $1 union all select i + 1 from n where i < $2)",
        Engine::Postgres => "with n as (select generate_series($1::bigint, $2::bigint) as i)",
    };
    for (table, select) in COPIES {
        // A text of its own for each engine, and few of them: they live as long as the program.
        let sql = format!("insert into {table} {numbers} {}", in_words_of(engine, select));
        conn.sql(Box::leak(sql.into_boxed_str())).bind(first).bind(first + count - 1).run().await?;
    }
    Ok(())
}

/// Ids and indexes made from the number of the copy, and an empty document.
fn in_words_of(engine: Engine, select: &str) -> String {
    let id = |prefix: &str, number: &str| match engine {
        Engine::Sqlite => format!("unhex(printf('{prefix}%030x', {number}))"),
        Engine::Postgres => format!("decode('{prefix}' || lpad(to_hex({number}), 30, '0'), 'hex')"),
    };
    let uuid = |prefix: &str| match engine {
        Engine::Sqlite => id(prefix, "n.i"),
        Engine::Postgres => format!("cast(encode({}, 'hex') as uuid)", id(prefix, "n.i")),
    };
    let document = match engine {
        Engine::Sqlite => "'{}'",
        Engine::Postgres => "'{}'::jsonb",
    };
    // Spread as digests are.
    let spread = "(n.i * 7919) % 1000000007";
    select
        .replace("[traveller]", &uuid("01"))
        .replace("[party]", &uuid("02"))
        .replace("[arrival]", &uuid("03"))
        .replace("[event]", &uuid("04"))
        .replace("[document]", &id("05", spread))
        .replace("[person]", &id("06", spread))
        .replace("[empty]", document)
}

/// Steps in which a large past is made.
pub fn steps(first: i64, count: i64) -> impl Iterator<Item = (i64, i64)> {
    (0..count)
        .step_by(usize::try_from(AT_ONCE).unwrap_or(usize::MAX))
        .map(move |at| (first + at, AT_ONCE.min(count - at)))
}

/// The one closed party is the pattern of all.
const COPIES: [(&str, &str); 5] = [
    (
        "traveller (id, document_index, person_index, first_seen_at)",
        "select [traveller], [document], [person], 1 from n",
    ),
    (
        "party (id, label, desk, district, responsible, flight, origin, landed_on, languages, address, disposition, decided,
             receiver, gate, place, transport, stage, closed, registered_at, handed_over_at, version)",
        "select [party], label, desk, district, responsible, flight, origin, landed_on, languages, address, disposition,
             decided, receiver, gate, place, transport, stage, closed, registered_at - n.i, handed_over_at, version
             from n, (select * from party where closed = 1 order by registered_at desc limit 1) as pattern",
    ),
    (
        "arrival (id, party, ordinal, traveller, person, nationality, needs, history, tag, tagged, holder, holder_doc,
             held_since, offered, trip, receiver, referred, reception)",
        "select [arrival], [party], ordinal, [traveller], person, nationality, needs, history, tag, tagged, holder,
             holder_doc, held_since, offered, trip, receiver, referred, reception
             from n, (select arrival.* from arrival join party on party.id = arrival.party where party.closed = 1
             order by registered_at desc limit 1) as pattern",
    ),
    (
        "event (number, id, subject, actor, kind, at, body)",
        "select n.i + 1000000000, [event], [party], null, 'party.registered', 1, [empty] from n",
    ),
    (
        "feed_entry (stream, seq, event, key, kind, at, body)",
        "select 'huangpu-site-1', n.i + 1000000000, [event], 'past', 'stop.changed', 1, [empty] from n",
    ),
];
