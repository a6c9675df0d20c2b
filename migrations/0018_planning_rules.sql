-- The rules that a district's plans are made by: versions, each chosen by a named person and never changed. Tags that must not
-- share a vehicle are pairs, a column each.

create table planning_rules (
    district           $TEXT    not null references jurisdiction (code),
    version            $INT8    not null constraint planning_rules_count_from_one check (version > 0),
    green_yellow_apart $INT8    not null constraint green_and_yellow_apart_or_not check (green_yellow_apart in (0, 1)),
    green_red_apart    $INT8    not null constraint green_and_red_apart_or_not check (green_red_apart in (0, 1)),
    yellow_red_apart   $INT8    not null constraint yellow_and_red_apart_or_not check (yellow_red_apart in (0, 1)),
    spacing_percent    $INT8    not null constraint spacing_leaves_seats check (spacing_percent between 20 and 100),
    wait_max_minutes   $INT8    not null constraint a_wait_has_a_limit check (wait_max_minutes between 15 and 720),
    ride_max_minutes   $INT8    not null constraint a_ride_has_a_limit check (ride_max_minutes between 15 and 720),
    km_seconds         $INT8    not null constraint a_kilometre_has_a_price check (km_seconds between 0 and 600),
    reason             $TEXT    not null constraint planning_rules_have_their_reason check (reason <> ''),
    chosen_by          $TEXT    not null,  -- the display name as it was
    account            $UUID    not null references account (id),
    chosen_at          $INSTANT not null,
    primary key (district, version)
$END_KEYED;
