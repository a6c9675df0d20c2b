//! Drivers: on duty and off, whom a new trip gets, and one person at one wheel.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use homeward_domain::driver::{
    Command, Driver, Elsewhere, Event, may_be_erased, may_leave, one_number, outside_hours, usual_for,
};
use homeward_domain::refusal::Driver as No;
use homeward_domain::vehicle::Shift;
use homeward_domain::{DriverId, Jurisdiction, Personal, Refusal, VehicleId};
use std::collections::BTreeSet;
use uuid::Uuid;

const BUS: VehicleId = VehicleId::new(Uuid::from_u128(1));
const VAN: VehicleId = VehicleId::new(Uuid::from_u128(2));

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_584_700_000 + seconds, 0).expect("an instant")
}

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").expect("a time")
}

fn driver(number: u128, usual: Option<VehicleId>) -> Driver {
    Driver {
        id: DriverId::new(Uuid::from_u128(number)),
        district: Jurisdiction::parse("310101").expect("a district"),
        name: Personal::new("Chen Gang".into()),
        phone: Personal::new(format!("1380000{number:04}")),
        shift: None,
        usual,
        off: None,
        version: 1,
    }
}

fn done(driver: Driver, command: Command) -> Driver {
    let event = driver.decide(command, "Lin", at(0)).expect("allowed");
    driver.apply(&event)
}

fn off(driver: Driver) -> Driver {
    done(driver, Command::TakeOff)
}

fn with_hours(driver: Driver, from: &str, until: &str) -> Driver {
    done(driver, Command::SetShift(Some(Shift::parse(from, until).expect("hours"))))
}

#[test]
fn off_duty_says_by_whom_and_since_when_and_ends_once() {
    let off = off(driver(1, None));
    let refused = Refusal::from(No::OffDuty { by: "Lin".into(), since: at(0) });
    assert_eq!(off.on_duty(), Err(refused.clone()));
    assert_eq!(off.decide(Command::TakeOff, "Sun", at(9)), Err(refused), "the first word stands");
    let on = done(off, Command::PutOn);
    assert_eq!(on.on_duty(), Ok(()));
    assert_eq!(on.decide(Command::PutOn, "Sun", at(9)), Err(No::OnDuty.into()));
}

#[test]
fn what_is_written_down_is_what_was_said() {
    let (name, phone) = (Personal::new("陈刚".to_owned()), Personal::new("13900000009".to_owned()));
    let corrected = done(driver(1, None), Command::Correct { name: name.clone(), phone: phone.clone() });
    assert_eq!((&corrected.name, &corrected.phone), (&name, &phone));
    assert_eq!(done(corrected.clone(), Command::SetUsual(Some(VAN))).usual, Some(VAN));
    let named = corrected.at_the_wheel();
    assert_eq!((named.id, named.name, named.phone), (Some(corrected.id), name, phone));
    let taken = No::PhoneTaken { field: "phone", name: corrected.name.clone() };
    let told = format!("{:?} {taken:?}", Event::Corrected { name: corrected.name, phone: corrected.phone });
    assert!(!told.contains("陈刚") && !told.contains("13900000009"), "{told}");
}

#[test]
fn the_one_usual_driver_is_named_and_of_two_neither() {
    let drivers = [driver(1, Some(BUS)), driver(2, Some(VAN)), driver(3, None)];
    let named = |drivers: &[Driver]| usual_for(drivers, BUS, time("20:00"), &BTreeSet::new()).map(|it| it.id);
    assert_eq!(named(&drivers), Some(drivers[0].id));
    let [first, second, third] = drivers;
    assert_eq!(named(&[second.clone(), third.clone()]), None, "nobody drives it as a rule");
    let both = [first.clone(), done(second, Command::SetUsual(Some(BUS)))];
    assert_eq!(named(&both), None, "a person decides");
    let [first, second] = both;
    assert_eq!(named(&[off(first.clone()), second.clone()]), Some(second.id), "one of them is off duty");
    let (day, night) = (with_hours(first, "06:00", "18:00"), with_hours(second, "18:00", "06:00"));
    assert_eq!(named(&[day, night.clone()]), Some(night.id), "each has their own hours");
}

#[test]
fn who_is_named_for_another_vehicle_is_not_named_by_itself() {
    let drivers = [driver(1, Some(BUS))];
    let busy = BTreeSet::from([drivers[0].id]);
    assert_eq!(usual_for(&drivers, BUS, time("20:00"), &busy), None);
}

#[test]
fn a_driver_sits_at_one_wheel_and_only_on_duty() {
    let one = driver(1, Some(BUS));
    assert_eq!(may_leave(&one, None), Ok(()));
    let away = Elsewhere { vehicle: "3号车".into(), since: at(5) };
    let refused = No::Away { vehicle: "3号车".into(), since: at(5) };
    assert_eq!(may_leave(&one, Some(away.clone())), Err(refused.clone().into()));
    let off = off(one);
    assert_eq!(may_leave(&off, None), Err(No::OffDuty { by: "Lin".into(), since: at(0) }.into()));
    assert_eq!(may_leave(&off, Some(away)), Err(refused.into()), "where they are matters more");
}

#[test]
fn one_number_is_one_however_it_is_written() {
    for same in ["13800000001", "+8613800000001", "008613800000001", "138-0000-0001", "(138) 0000 0001"] {
        assert_eq!(one_number(same), "13800000001", "{same}");
    }
    assert_eq!(one_number("+819012345678"), "819012345678");
    assert_eq!(one_number("+8602163000000"), "8602163000000", "no mobile number: as it was dialled");
}

#[test]
fn a_name_is_the_same_in_either_case_and_however_it_is_spaced() {
    let one = driver(1, None);
    assert!(one.is_called("CHEN GANG") && one.is_called(" chen  gang "));
    assert!(!one.is_called("Chen Gan") && !one.is_called("陈刚"));
}

#[test]
fn hours_are_kept_when_all_of_a_drive_lies_in_them() {
    let night = Shift::parse("20:00", "06:00").expect("hours");
    let outside = |begins: &str, minutes| outside_hours(night, time(begins), TimeDelta::minutes(minutes));
    assert!(!outside("20:00", 600) && !outside("05:00", 60) && !outside("23:30", 0));
    assert!(outside("20:00", 601) && outside("05:00", 61), "it ends after they are over");
    assert!(outside("19:59", 1) && outside("06:00", 0), "it begins when they do not run");
    assert!(outside("23:00", 24 * 60), "a whole day is longer than a night");
}

#[test]
fn only_who_is_off_duty_and_on_no_trip_is_erased() {
    let here = driver(1, None);
    assert_eq!(may_be_erased(&here, None), Err(No::NotOffYet.into()));
    let gone = off(here);
    assert_eq!(may_be_erased(&gone, None), Ok(()));
    let open = Elsewhere { vehicle: "3".into(), since: at(7) };
    assert_eq!(may_be_erased(&gone, Some(open)), Err(No::Named { vehicle: "3".into(), at: at(7) }.into()));
}
