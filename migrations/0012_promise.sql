-- Every estimate that was published for a stop while it was expected: what the squad was told, and when. Beside the arrival it
-- says how good the promises are. No person stands here; a halt that a diversion took away leaves its promises behind, so
-- there is no reference to it.

create table promise (
    stop         $UUID    not null,
    at           $INSTANT not null,   -- published
    stage        $TEXT    not null constraint promise_stage_known check (stage in ('planned', 'boarding', 'en_route')),
    basis        $TEXT    not null constraint promise_basis_known check (basis in ('estimate', 'position', 'manual')),
    p10          $INSTANT not null,
    p50          $INSTANT not null,
    p90          $INSTANT not null,
    go_at        $INSTANT not null,
    lead_seconds $INT8    not null,   -- from go_at to when the squad stands at the gate
    primary key (stop, at)
$END_KEYED;
create index promise_at on promise (at);
