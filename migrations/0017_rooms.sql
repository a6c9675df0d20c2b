-- A party that no room of a site takes whole may have several there, when a person says why. Each room still has one party.

drop index if exists party_holds_one_room;
create index hold_party on hold (party) where released_at is null;
