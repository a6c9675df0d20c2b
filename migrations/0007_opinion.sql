-- What a sub-district's silence means after the deadline, how a district approves homes, and when somebody's silence about
-- a party's home is acted upon next. Rules and modes are versions: one is chosen by a named person and never changed.

create table opinion_rule (
    place     $TEXT    not null references jurisdiction (code),
    version   $INT8    not null constraint opinion_rules_count_from_one check (version > 0),
    means     $TEXT    not null constraint silence_means_something_known check (means in ('ask_again', 'agree', 'site')),
    reason    $TEXT    not null constraint opinion_rule_has_its_reason check (reason <> ''),
    chosen_by $TEXT    not null,           -- the display name as it was
    account   $UUID    not null references account (id),
    chosen_at $INSTANT not null,
    primary key (place, version)
$END_KEYED;

create table approval_mode (
    district  $TEXT    not null references jurisdiction (code),
    version   $INT8    not null constraint approval_modes_count_from_one check (version > 0),
    mode      $TEXT    not null constraint approval_mode_known check (mode in ('automatic', 'manual')),
    reason    $TEXT    not null constraint approval_mode_has_its_reason check (reason <> ''),
    chosen_by $TEXT    not null,
    account   $UUID    not null references account (id),
    chosen_at $INSTANT not null,
    primary key (district, version)
$END_KEYED;

alter table party add column answer_due_at $INSTANT;
create index party_answer_due on party (answer_due_at) where answer_due_at is not null;

-- Homes that were asked about before this step are looked at once; whoever is not due yet gets the right instant then.
update party set answer_due_at = registered_at where disposition = 'home' and closed = 0;
