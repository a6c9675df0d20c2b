-- When a gate lets nobody in: the night, a barrier, a burst pipe. It says why and comes to an end; whoever closed it or a
-- colleague opens it earlier.

create table gate_closure (
    id       $UUID not null primary key,
    gate     $TEXT not null references gate (code),
    begins   $INSTANT not null,
    ends     $INSTANT not null constraint closure_comes_to_an_end check (ends > begins),
    reason   $TEXT not null,
    said_by  $TEXT not null,
    account  $UUID not null,
    said_at  $INSTANT not null,
    ended_by $TEXT,
    ended_at $INSTANT constraint closure_is_ended_by_somebody check ((ended_at is null) = (ended_by is null))
$END_TABLE;
create index gate_closure_ends on gate_closure (ends);
