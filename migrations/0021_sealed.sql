-- What streams published lies sealed: names and phones of drivers and escorts stand in the rows. `body` keeps what the laws of the
-- register count by (kind, stage, version, heads, beds), `sealed` the whole row. A row from before this step stands whole in `body`.
--
-- feed_entry.driver  whom the row names at the wheel, so that everything that names them is found when they are erased.

alter table feed_entry add column sealed $BYTES;
alter table feed_entry add column driver $UUID;
create index feed_entry_driver on feed_entry (driver) where driver is not null;
alter table feed_row add column sealed $BYTES;

-- Since when nobody knows any more who a driver was; that somebody drove stays.
alter table driver add column erased_at $INSTANT;

-- What lay open before this step and waits to be sealed; a program that opens the register does it, for SQL has no key.
create table unsealed (
    what $TEXT not null primary key
$END_KEYED;
insert into unsealed (what) values ('feed'), ('names'), ('space');
