-- Rooms and relay points that are out of use for a while: a broken shower, a car park that is a building site. Who has the room
-- keeps it, and a trip whose change is planned at the relay point still goes there.

create table room_closure (
    id            $UUID    not null primary key,
    site          $TEXT    not null,
    number        $TEXT    not null,
    reason        $TEXT    not null,
    closed_by     $TEXT    not null,         -- display name
    closed_at     $INSTANT not null,
    opened_reason $TEXT,
    opened_by     $TEXT,
    opened_at     $INSTANT,
    constraint closes_a_room_of_the_site foreign key (site, number) references room (site, number),
    constraint room_is_put_back_by_somebody check (
        (opened_at is null) = (opened_reason is null) and (opened_at is null) = (opened_by is null))
$END_TABLE;
create unique index room_out_of_use_once on room_closure (site, number) where opened_at is null;

create table relay_point_closure (
    id            $UUID    not null primary key,
    relay_point   $TEXT    not null references relay_point (code),
    reason        $TEXT    not null,
    closed_by     $TEXT    not null,         -- display name
    closed_at     $INSTANT not null,
    opened_reason $TEXT,
    opened_by     $TEXT,
    opened_at     $INSTANT,
    constraint relay_point_is_put_back_by_somebody check (
        (opened_at is null) = (opened_reason is null) and (opened_at is null) = (opened_by is null))
$END_TABLE;
create unique index relay_point_out_of_use_once on relay_point_closure (relay_point) where opened_at is null;
