-- The drivers of a district: one person, one phone, at one wheel at a time.

create table driver (
    id          $UUID    not null primary key,
    district    $TEXT    not null references jurisdiction (code),
    person      $BYTES   not null,            -- name and phone, sealed
    phone_index $BYTES   not null,            -- keyed, so that a phone is found again and read by nobody
    shift_from  $TEXT,                        -- HH:MM of the local day; any hour where there is none
    shift_until $TEXT,
    usual       $UUID    references vehicle (id),
    off_by      $TEXT,                        -- display name
    off_since   $INSTANT,
    added_at    $INSTANT not null,
    version     $INT8    not null,
    constraint driver_hours_are_whole check ((shift_from is null) = (shift_until is null)),
    constraint off_duty_is_said_by_somebody check ((off_by is null) = (off_since is null))
$END_TABLE;
create unique index driver_phone_once on driver (district, phone_index);
create index driver_usual on driver (usual) where usual is not null;

-- Who drives a trip, as the registry knows them; null where they were named before there was one. Deferred, because a copy
-- writes trips before drivers.
alter table trip add column driver_id $UUID
    constraint trip_names_a_known_driver references driver (id) deferrable initially deferred;
create unique index driver_at_one_wheel on trip (driver_id) where state = 'en_route';
create index trip_driver on trip (driver_id) where state in ('planned', 'boarding', 'en_route');
