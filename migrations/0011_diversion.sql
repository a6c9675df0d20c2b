-- A vehicle under way that is ordered elsewhere: the newest order with the trip, and the rows old receivers keep for a while,
-- so that they are told instead of seeing a row vanish. Every order stands in the trail.

alter table trip add column ordered $DOC;

create table diverted_row (
    stop        $UUID    not null primary key,   -- the halt that is gone
    receiver    $TEXT    not null references receiver (code),
    shown_until $INSTANT not null
$END_KEYED;
create index diverted_row_shown on diverted_row (shown_until);
