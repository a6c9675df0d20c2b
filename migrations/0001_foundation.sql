-- The ground everything stands on: streams (the feed's logs), the trail of events, and remembered requests.
-- One text for both engines; the words with a dollar sign are expanded by the store when it builds its migrator.

-- One gapless, commit-ordered sequence for each receiver, district and trip. The row's lock is what orders commits.
create table stream (
    id    $TEXT  not null primary key,
    epoch $TEXT  not null,             -- changes only when the log is replaced, e.g. restored from a backup
    seq   $INT8 not null,
    constraint stream_seq_not_negative check (seq >= 0)
$END_KEYED;

-- What a stream published, never changed: the row as it then was, or null where the row went away.
create table feed_entry (
    stream $TEXT     not null references stream (id),
    seq    $INT8    not null,
    event  $UUID    not null,
    key    $TEXT     not null,
    kind   $TEXT     not null,
    at     $INSTANT not null,
    body   $DOC,
    constraint feed_entry_seq_positive check (seq > 0),
    primary key (stream, seq)
$END_KEYED;

-- The rows of a stream as they are now: what a snapshot shows.
create table feed_row (
    stream $TEXT  not null references stream (id),
    key    $TEXT  not null,
    seq    $INT8 not null,            -- the entry that wrote it
    body   $DOC  not null,
    primary key (stream, key)
$END_KEYED;

-- The trail: everything that happened, in one order, appended in the transaction of the change.
create table event (
    number  $INT8    not null primary key,
    id      $UUID    not null,
    subject $UUID    not null,
    actor   $UUID,                    -- the account; null when a background step did it
    kind    $TEXT     not null,
    at      $INSTANT not null,
    body    $DOC     not null         -- no personal values
$END_TABLE;
create unique index event_id_unique on event (id);
create index event_subject on event (subject, number);

-- What an Idempotency-Key was used for, so that a repeated request has one effect and one answer.
create table idempotency (
    account     $UUID    not null,
    key         $TEXT     not null,
    fingerprint $BYTES   not null,    -- SHA-256 of method, path and body
    subject     $UUID    not null,
    version     $INT8    not null,
    at          $INSTANT not null,
    primary key (account, key)
$END_KEYED;
create index idempotency_at on idempotency (at);
