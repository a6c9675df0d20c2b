-- What arrival estimates have learnt from trips that ended, and what operators said of the roads. One register is one city, so
-- there is one model in it.
--
-- model       how often it was changed: rows and words. A node that remembers an older version looks what is newer.
-- model_row   what is believed, one Gaussian a row; the key names it, e.g. `drive/hour/0/17` (`eta`, `Key`). Made from the
--             lessons, taken in one after the other, and from nothing else.
-- lesson      one thing that came out: how long a stage of a trip took, or who was first at a gate. Places are the point of
--             entry and gates; no person, no vehicle and no position on the road stands here.
-- road_word   what an operator knows and no trip has shown yet: driving takes so many times as long, until then.

create table model (
    id      $INT8 not null primary key constraint model_is_one check (id = 1),
    version $INT8 not null,
    anew    $INT8 not null              -- the version at which every row was made anew; 0: never
$END_KEYED;
insert into model (id, version, anew) values (1, 0, 0);

create table model_row (
    key      $TEXT not null primary key,
    mean     $REAL not null,
    variance $REAL not null,
    count    $REAL not null,
    at       $REAL not null,            -- seconds since 1970
    version  $INT8 not null             -- of the model, when it was written last
$END_KEYED;
create index model_row_version on model_row (version);

create table lesson (
    number       $INT8 not null primary key,   -- from 1, without a gap: the order in which they are taken in
    trip         $UUID not null,
    part         $TEXT not null constraint lesson_part_known check (part in ('board', 'leave', 'delay', 'drive', 'stand',
                                                                               'first')),
    from_lat     $REAL,
    from_lon     $REAL,
    to_lat       $REAL,
    to_lon       $REAL,
    began_at     $INSTANT,
    ended_at     $INSTANT not null,
    words        $REAL,
    weight       $REAL,
    lead_minutes $REAL,
    vehicle      $INT8,                        -- 1: the vehicle was first
    constraint lesson_is_whole check (
        (part = 'first') = (lead_minutes is not null) and (part = 'first') = (vehicle is not null)
        and (part = 'first') = (began_at is null) and (part = 'first') = (from_lat is null)
        and (part = 'first') = (from_lon is null) and (part = 'first') = (to_lat is null)
        and (part = 'first') = (to_lon is null) and (part = 'first') = (words is null)
        and (part = 'first') = (weight is null))
$END_KEYED;

create table road_word (
    id       $UUID not null primary key,
    district $TEXT references jurisdiction (code),   -- null: every district
    factor   $REAL not null constraint word_is_bounded check (factor between 0.25 and 8),
    begins   $INSTANT not null,
    ends     $INSTANT not null constraint word_comes_to_an_end check (ends > begins),
    reason   $TEXT not null,
    said_by  $TEXT not null,
    account  $UUID not null,
    said_at  $INSTANT not null,
    ended_by $TEXT,
    ended_at $INSTANT constraint word_is_ended_by_somebody check ((ended_at is null) = (ended_by is null))
$END_TABLE;
create index road_word_ends on road_word (ends);
