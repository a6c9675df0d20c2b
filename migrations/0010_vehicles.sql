-- Vehicles that are taken out of service, are disinfected between two trips, and are on duty at certain hours only.

-- Why it is out of service, who said so, since when: all three or none.
alter table vehicle add column out_because $TEXT;
alter table vehicle add column out_by $TEXT;
alter table vehicle add column out_since $INSTANT
    constraint out_of_service_is_whole check (
        (out_since is null) = (out_because is null) and (out_since is null) = (out_by is null));

-- Who confirmed the last disinfection and when. It is due when a trip came back later than that; what came back before this
-- step was looked after on paper.
alter table vehicle add column cleaned_by $TEXT;
alter table vehicle add column cleaned_at $INSTANT;
update vehicle set cleaned_by = '-',
                   cleaned_at = (select max(state_at) from trip where trip.vehicle = vehicle.id and state = 'completed')
    where exists (select 1 from trip where trip.vehicle = vehicle.id and state = 'completed');
create index trip_back on trip (vehicle, state_at) where state = 'completed';
create index trip_on_the_road on trip (vehicle, departed_at) where state = 'en_route';

-- The hours of the local day in which it is on duty, `HH:MM`; any hour where there is none.
alter table vehicle add column shift_from $TEXT;
alter table vehicle add column shift_until $TEXT
    constraint shift_is_whole check ((shift_from is null) = (shift_until is null));
