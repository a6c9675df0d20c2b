-- The register: accounts, parties, arrivals, trips, stops, seats, holds. The rules live in the domain; the named
-- constraints here are the second lock on each of them.

create table account (
    id           $UUID    not null primary key,
    username     $TEXT     not null,
    password     $TEXT     not null,
    display_name $TEXT     not null,
    phone        $TEXT,
    role         $TEXT     not null,
    held_for     $TEXT,
    granted      $DOC     not null,
    disabled_at  $INSTANT,
    created_at   $INSTANT not null,
    version      $INT8    not null,
    constraint username_taken_once unique (username)
$END_TABLE;

create table session (
    id           $UUID    not null primary key,
    account      $UUID    not null references account (id),
    token_hash   $BYTES   not null,
    created_at   $INSTANT not null,
    last_seen_at $INSTANT not null,
    expires_at   $INSTANT not null,
    ended_at     $INSTANT,
    constraint session_token_once unique (token_hash)
$END_TABLE;
create index session_account on session (account) where ended_at is null;

create table set_up (
    id        $INT8    not null primary key constraint set_up_happens_once check (id = 1),
    code_hash $BYTES   not null,
    made_at   $INSTANT not null,
    used_at   $INSTANT
$END_TABLE;

create table key_list (
    version      $INT8    not null primary key constraint key_list_counts_from_one check (version >= 1),
    effective_at $INSTANT not null,
    entries      $DOC     not null,
    note         $TEXT     not null,
    published_by $UUID    references account (id),
    published_at $INSTANT not null
$END_TABLE;

create table vehicle (
    id                $UUID    not null primary key,
    district          $TEXT     not null references jurisdiction (code),
    name              $TEXT     not null,
    plate             $TEXT,
    seats             $INT8    not null constraint vehicle_has_seats check (seats between 1 and 60),
    wheelchair_places $INT8    not null constraint wheelchair_places_in_vehicle check (wheelchair_places between 0 and seats),
    added_at          $INSTANT not null,
    version           $INT8    not null,
    constraint vehicle_plate_once unique (plate),
    constraint vehicle_name_once unique (district, name)
$END_TABLE;

create table traveller (
    id             $UUID    not null primary key,
    document_index $BYTES   not null,
    person_index   $BYTES   not null,
    first_seen_at  $INSTANT not null,
    constraint traveller_document_once unique (document_index)
$END_TABLE;
create index traveller_person on traveller (person_index);

create table trip (
    id           $UUID    not null primary key,
    district     $TEXT     not null references jurisdiction (code),
    vehicle      $UUID    not null references vehicle (id),
    vehicle_name $TEXT     not null,
    seats        $INT8    not null,
    plate        $TEXT,
    driver       $BYTES,
    escorts      $INT8    not null,
    departs_at   $INSTANT not null,
    state        $TEXT     not null constraint trip_state_known check (state in ('planned', 'boarding', 'en_route', 'completed', 'cancelled')),
    state_at     $INSTANT,
    departed_at  $INSTANT,
    head_count   $INT8,
    manifest     $INT8    not null,
    cancelled_because $TEXT,
    version      $INT8    not null,
    unique (id, seats),
    constraint departed_with_plate_and_crew check (state not in ('en_route', 'completed') or (plate is not null and driver is not null and escorts >= 2)),
    constraint head_count_is_manifest check (state <> 'en_route' or head_count = manifest),
    constraint departed_is_dated check ((state in ('en_route', 'completed')) = (departed_at is not null)),
    constraint manifest_within_seats check (manifest <= seats)
$END_TABLE;
create index trip_open on trip (district, departs_at) where state in ('planned', 'boarding', 'en_route');

create table trip_escort (
    trip    $UUID not null references trip (id),
    account $UUID not null references account (id),
    primary key (trip, account)
$END_KEYED;
create index trip_escort_account on trip_escort (account, trip);

create table stop (
    id             $UUID    not null primary key,
    trip           $UUID    not null references trip (id),
    ordinal        $INT8    not null,
    receiver       $TEXT     not null references receiver (code),
    gate           $TEXT     not null references gate (code),
    place          $TEXT     not null,
    stage          $TEXT     not null constraint stop_stage_known check (stage in ('expected', 'arrived', 'offered', 'handed_over')),
    arrived_at     $INSTANT,
    offered_at     $INSTANT,
    handed_over_at $INSTANT,
    notice         $DOC     not null,
    unanswered_until $INSTANT,
    shown_until    $INSTANT,
    eta            $DOC,
    eta_at         $INSTANT,
    constraint gate_once_a_trip unique (trip, gate),
    constraint handover_is_two_sided check (handed_over_at is null or (offered_at is not null and arrived_at is not null)),
    constraint stop_stage_is_dated check (
        (stage = 'handed_over') = (handed_over_at is not null) and (stage <> 'expected') = (arrived_at is not null))
$END_TABLE;
create index stop_receiver on stop (receiver) where handed_over_at is null;
create index stop_shown on stop (shown_until) where shown_until is not null;
create index stop_unanswered on stop (unanswered_until) where unanswered_until is not null;

create table party (
    id             $UUID    not null primary key,
    label          $TEXT     not null,
    desk           $TEXT     not null references desk (code),
    district       $TEXT     not null references jurisdiction (code),
    responsible    $TEXT     not null references jurisdiction (code),
    flight         $TEXT     not null,
    origin         $TEXT,
    landed_on      $TEXT     not null,
    languages      $DOC     not null,
    address        $BYTES,
    disposition    $TEXT     not null constraint disposition_known check (disposition in ('undecided', 'home', 'site', 'referral', 'onward', 'free')),
    decided        $DOC     not null,
    receiver       $TEXT     references receiver (code),
    gate           $TEXT     references gate (code),
    place          $TEXT,
    transport      $TEXT     not null constraint transport_known check (transport in ('none', 'seats', 'car')),
    trip           $UUID    references trip (id),
    stop           $UUID    references stop (id) deferrable initially deferred,
    car            $BYTES,
    car_due_at     $INSTANT,
    stage          $TEXT     not null,
    closed         $INT8    not null,
    registered_at  $INSTANT not null,
    handed_over_at $INSTANT,
    version        $INT8    not null,
    constraint destination_is_never_defaulted check ((disposition in ('home', 'site')) = (receiver is not null and gate is not null and place is not null)),
    constraint seats_belong_to_a_stop check ((transport = 'seats') = (trip is not null and stop is not null)),
    constraint car_is_recorded check ((transport = 'car') = (car is not null)),
    constraint referred_party_has_no_transport check (disposition <> 'referral' or transport = 'none')
$END_TABLE;
create index party_open_district on party (district, registered_at) where closed = 0;
create index party_open_desk on party (desk, registered_at) where closed = 0;
create index party_place on party (place, registered_at) where closed = 0;
create index party_trip on party (trip) where trip is not null;
create index party_car_due on party (car_due_at) where car_due_at is not null;

create table arrival (
    id             $UUID    not null primary key,
    party          $UUID    not null references party (id),
    ordinal        $INT8    not null,
    traveller      $UUID    not null references traveller (id),
    person         $BYTES   not null,
    nationality    $TEXT     not null,
    needs          $DOC     not null,
    history        $DOC     not null,
    tag            $TEXT     not null constraint tag_known check (tag in ('red', 'yellow', 'green')),
    tagged         $DOC     not null,
    holder         $TEXT     not null constraint holder_known check (holder in ('desk', 'vehicle', 'receiver', 'site', 'hospital', 'private_car', 'released')),
    holder_doc     $DOC     not null,
    held_since     $INSTANT not null,
    offered        $DOC,
    trip           $UUID    references trip (id),
    receiver       $TEXT     references receiver (code),
    referred       $INT8    not null,
    reception      $DOC     not null,
    unique (id, referred),
    constraint member_place_once unique (party, ordinal),
    constraint custody_is_exact check (
        (holder = 'vehicle') = (trip is not null) and (holder in ('receiver', 'site')) = (receiver is not null)),
    constraint hospital_means_referred check (holder <> 'hospital' or referred = 1)
$END_TABLE;
create index arrival_party on arrival (party, ordinal);
create index arrival_traveller on arrival (traveller);

create table seat (
    trip           $UUID    not null,
    number         $INT8    not null,
    seats          $INT8    not null,
    stop           $UUID    not null references stop (id),
    arrival        $UUID    not null,
    referred       $INT8    not null default 0,
    party          $UUID    not null references party (id),
    boarded_at     $INSTANT,
    handed_over_at $INSTANT,
    primary key (trip, number),
    foreign key (trip, seats) references trip (id, seats),
    foreign key (arrival, referred) references arrival (id, referred),
    constraint seats_not_overfilled check (number between 1 and seats),
    constraint referred_has_no_seat check (referred = 0)
$END_KEYED;
create unique index seat_once_a_person on seat (arrival) where handed_over_at is null;

create table hold (
    id          $UUID    not null primary key,
    site        $TEXT     not null,
    number      $TEXT     not null,
    beds        $INT8    not null,
    people      $INT8    not null,
    party       $UUID    not null references party (id),
    held_at     $INSTANT not null,
    occupied_at $INSTANT,
    released_at $INSTANT,
    foreign key (site, number, beds) references room (site, number, beds),
    constraint beds_not_overfilled check (people between 1 and beds)
$END_TABLE;
create unique index room_held_once on hold (site, number) where released_at is null;
create unique index party_holds_one_room on hold (party) where released_at is null;

create table desk_serial (
    desk $TEXT  not null primary key references desk (code),
    last $INT8 not null
$END_KEYED;
