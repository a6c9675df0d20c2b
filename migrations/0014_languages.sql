-- What a seat is chosen by besides its number: the languages of who rides along, and the luggage a vehicle takes.

-- BCP 47 tags of an escort; empty while nobody wrote them down.
alter table account add column languages $DOC not null default '[]';

-- Large pieces; not limited while nobody wrote it down.
alter table vehicle add column luggage_places $INT8
    constraint luggage_places_are_counted check (luggage_places >= 0);
