-- Who does what only one node of the cluster may do. A holder is known by its token, which grows with every new holder:
-- whoever was slow finds another token in the transaction it wanted to write in, and writes nothing.
-- The instants are the database's own clock, so that the nodes' clocks need not agree.

create table lease (
    name   $TEXT    not null primary key,
    holder $UUID    not null,
    token  $INT8    not null,
    until  $INSTANT not null,
    constraint lease_token_positive check (token > 0)
$END_KEYED;
