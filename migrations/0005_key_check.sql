-- A word sealed with the register's key: whoever opens the register with another key is told so at the start, and not by
-- the first name that cannot be read.

create table key_check (
    id     $INT8  not null primary key constraint key_check_is_one check (id = 1),
    sealed $BYTES not null
$END_TABLE;
