-- Sites that live: a room waits for its party until an hour, a stay ends for a reason, a site takes nobody new for a while.

-- Until when the room waits; who lives in it stays as long as they stay. Rooms held before this step waited four hours.
alter table hold add column expires_at $INSTANT;
update hold set expires_at = held_at + 14400000000;
create index hold_expires on hold (expires_at) where released_at is null and occupied_at is null;

-- Why a stay ended, and what the manager wrote to it, sealed. Nothing for a room nobody moved into.
alter table hold add column left_because $TEXT constraint leaving_known check (left_because in ('completed', 'early', 'transferred'));
alter table hold add column left_note $BYTES;

-- From when to when, and why, a site took nobody new.
create table closure (
    id            $UUID    not null primary key,
    site          $TEXT    not null references receiver (code),
    reason        $TEXT    not null,
    closed_by     $TEXT    not null,         -- display name
    closed_at     $INSTANT not null,
    opened_reason $TEXT,
    opened_by     $TEXT,
    opened_at     $INSTANT,
    constraint opening_is_whole check (
        (opened_at is null) = (opened_reason is null) and (opened_at is null) = (opened_by is null))
$END_TABLE;
create unique index site_closed_once on closure (site) where opened_at is null;
