-- The same columns in the same order as `member_place_once`, which is an index itself: written twice, read once.
drop index if exists arrival_party;
