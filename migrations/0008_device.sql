-- Phones that tell where a vehicle is. What a phone shows itself with is kept as SHA-256 only; where it was is kept nowhere.

create table device (
    id          $UUID    not null primary key,
    vehicle     $UUID    not null references vehicle (id),
    label       $TEXT    not null constraint device_has_a_label check (label <> ''),
    token_hash  $BYTES   not null constraint device_token_once unique,
    enrolled_by $TEXT    not null,         -- display name
    enrolled_at $INSTANT not null,
    revoked_by  $TEXT,
    revoked_at  $INSTANT,
    constraint revoking_is_whole check ((revoked_at is null) = (revoked_by is null))
$END_TABLE;
create index device_vehicle on device (vehicle);
