-- Changes of vehicle: a bus hands people to vans at a relay point, a replacement takes them over where a vehicle broke down.
--
-- relay_point  where a bus and vans can stand side by side and off the street; WGS-84, placed by hand like the gates and good
--              to about 200 m. Two for Huangpu, one beside each of the crossings a bus from either airport comes by.

create table relay_point (
    code     $TEXT not null primary key,
    district $TEXT not null references jurisdiction (code),
    name_zh  $TEXT not null,
    name_en  $TEXT not null,
    lat      $REAL not null,
    lon      $REAL not null
$END_KEYED;

insert into relay_point (code, district, name_zh, name_en, lat, lon) values
    ('huangpu-relay-1', '310101', '南浦大桥停车场交接点', 'Nanpu Bridge car park', 31.2098, 121.5010),
    ('huangpu-relay-2', '310101', '人民广场停车场交接点', 'People''s Square car park', 31.2310, 121.4730);

-- The meeting of two vehicles. A seat of the first trip with `change` ends there; one of the second with `via` begins there.
create table change (
    id          $UUID    not null primary key,
    trip        $UUID    not null references trip (id),
    onto        $UUID    not null references trip (id),
    relay_point $TEXT    references relay_point (code),   -- null: beside the road
    lat         $REAL,
    lon         $REAL,
    made_at     $INSTANT not null,
    stage       $TEXT    not null constraint change_stage_known check (stage in ('expected', 'met', 'closed')),
    met_at      $INSTANT,
    closed_at   $INSTANT,
    head_count  $INT8,                                    -- aboard the first vehicle when it was closed
    kept        $DOC     not null,                        -- who did not pass, and why
    constraint change_is_between_two_vehicles check (trip <> onto),
    constraint change_is_counted check (
        (stage <> 'expected') = (met_at is not null) and (stage = 'closed') = (closed_at is not null)
        and (stage = 'closed') = (head_count is not null))
$END_TABLE;
create index change_trip on change (trip);
create index change_onto on change (onto);

alter table seat add column change $UUID;
alter table seat add column via $UUID;
alter table seat add column offered_at $INSTANT constraint offered_at_a_change check (offered_at is null or change is not null);

-- One seat to the gate, as before; up to a change another one, once for each change.
drop index seat_once_a_person;
create unique index seat_once_a_person on seat (arrival) where handed_over_at is null and change is null;
create unique index passes_once_at_a_change on seat (change, arrival) where change is not null;

-- Why a vehicle under way cannot go on, while it cannot.
alter table trip add column broken_at $INSTANT;
alter table trip add column broken_because $TEXT;
alter table trip add column broken_by $TEXT constraint breakdown_is_said_by_somebody check (
    (broken_at is null) = (broken_because is null) and (broken_at is null) = (broken_by is null));
