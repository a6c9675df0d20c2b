//! Rules of a vehicle: service, disinfection, hours.

use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::refusal::Vehicle as No;
use homeward_domain::vehicle::{Busy, Cleaned, Cleaning, Command, Event, Service, Vehicle, may_begin, may_go_on};
use homeward_domain::{Jurisdiction, Refusal, VehicleId};
use uuid::Uuid;

fn minute(minute: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
}

fn vehicle(cleaning: Cleaning) -> Vehicle {
    Vehicle {
        id: VehicleId::new(Uuid::from_u128(1)),
        district: Jurisdiction::parse("310101").expect("a district"),
        name: "3号车".into(),
        plate: None,
        seats: 14,
        wheelchair_places: 1,
        luggage_places: None,
        shift: None,
        service: Service::In,
        cleaning,
        version: 1,
    }
}

fn done(vehicle: Vehicle, command: Command, now: DateTime<Utc>) -> Vehicle {
    let event = vehicle.decide(command, "林悦", now).expect("may be done");
    vehicle.apply(&event)
}

#[test]
fn out_of_service_needs_a_reason_and_stands_until_it_is_put_back() {
    let ready = vehicle(Cleaning::Done(None));
    let silent = ready.decide(Command::TakeOut { reason: " ".into() }, "林悦", minute(1));
    assert_eq!(silent, Err(Refusal::ReasonMissing));
    assert_eq!(ready.decide(Command::PutBack, "林悦", minute(1)), Err(No::InService.into()));

    let out = done(ready, Command::TakeOut { reason: "brakes".into() }, minute(1));
    let refused = Refusal::from(No::OutOfService { reason: "brakes".into(), by: "林悦".into(), since: minute(1) });
    assert_eq!(out.in_service(), Err(refused.clone()));
    assert_eq!(out.may_load(), Err(refused.clone()));
    assert_eq!(out.decide(Command::TakeOut { reason: "tyres".into() }, "王强", minute(2)), Err(refused));
    assert_eq!(done(out, Command::PutBack, minute(3)).may_load(), Ok(()));
}

#[test]
fn nobody_gets_on_before_the_disinfection_is_confirmed() {
    let back = vehicle(Cleaning::of(None, Some(minute(5))));
    assert_eq!(back.in_service(), Ok(()), "the next trip may be laid out behind the turnaround");
    assert_eq!(back.may_load(), Err(No::NotCleaned { since: minute(5) }.into()));
    let clean = done(back, Command::ConfirmClean, minute(9));
    assert_eq!(clean.may_load(), Ok(()));
    assert_eq!(clean.decide(Command::ConfirmClean, "林悦", minute(10)), Err(No::CleanAlready.into()));
}

#[test]
fn a_word_from_before_the_last_trip_does_not_count() {
    let word = Cleaned { by: "林悦".into(), at: minute(5) };
    let of = |back_at| Cleaning::of(Some(word.clone()), back_at);
    assert_eq!(of(Some(minute(6))), Cleaning::Due { since: minute(6) });
    assert_eq!(of(Some(minute(5))), Cleaning::Done(Some(word.clone())));
    assert_eq!(of(None), Cleaning::Done(Some(word.clone())));
    assert_eq!(Event::Cleaned(word).code(), "vehicle.cleaned");
}

#[test]
fn one_trip_of_a_vehicle_loads_at_a_time() {
    let (away, since) = (Busy::Away { since: minute(1) }, minute(2));
    let (empty, filled) = (Busy::Loading { since, aboard: 0 }, Busy::Loading { since, aboard: 2 });
    assert_eq!((may_begin(&[]), may_go_on(&[])), (Ok(()), Ok(())));
    let loads = |aboard| Err(No::Loading { since, aboard }.into());
    assert_eq!((may_begin(&[empty]), may_begin(&[filled])), (loads(0), loads(2)));
    assert_eq!(may_go_on(&[empty]), Ok(()), "nobody of it leaves with the wrong trip");
    assert_eq!(may_go_on(&[empty, filled]), loads(2));
    for may in [may_begin, may_go_on] {
        assert_eq!(may(&[away, filled]), Err(No::Away { since: minute(1) }.into()));
    }
}
