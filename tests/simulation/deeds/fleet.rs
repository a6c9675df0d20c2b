//! Vehicles: out of service and back, disinfected when they came back, given hours.

use super::{Deed, told};
use crate::day::{Day, dispatching, escort};
use homeward_domain::vehicle::{Cleaning, Command, Service, Shift, Vehicle};

/// The next sensible thing for some vehicle.
pub async fn advance(day: &mut Day) -> Deed {
    let fleet = day.dispatcher.vehicles(&dispatching()).await.expect("a dispatcher sees the vehicles");
    let fleet: Vec<Vehicle> = fleet.into_iter().map(|at_work| at_work.vehicle).collect();
    let dirty = fleet.iter().find(|vehicle| matches!(vehicle.cleaning, Cleaning::Due { .. }));
    if let Some(vehicle) = dirty.filter(|_| day.chance.percent(80)) {
        let key = day.key();
        let who = if day.chance.percent(50) { dispatching() } else { escort(0) };
        return told("clean", day.dispatcher.confirm_clean(&who, &key, vehicle.id).await);
    }
    let out = fleet.iter().find(|vehicle| vehicle.service != Service::In);
    if let Some(vehicle) = out.filter(|_| day.chance.percent(80)) {
        return keep(day, "put-back", vehicle, Command::PutBack).await;
    }
    let Some(vehicle) = day.chance.pick(&fleet) else { return "nothing".into() };
    if day.over {
        return super::steps(day).await;
    }
    match day.chance.below(10) {
        0..=4 => keep(day, "take-out", &vehicle, Command::TakeOut { reason: "brakes".into() }).await,
        5 => keep(day, "put-back", &vehicle, Command::PutBack).await,
        6 => {
            let key = day.key();
            told("clean", day.dispatcher.confirm_clean(&dispatching(), &key, vehicle.id).await)
        }
        _ => {
            let night = Shift::parse("16:00", "08:00").expect("a night");
            keep(day, "shift", &vehicle, Command::SetShift(Some(night))).await
        }
    }
}

async fn keep(day: &mut Day, deed: &str, vehicle: &Vehicle, command: Command) -> Deed {
    let key = day.key();
    told(deed, day.dispatcher.keep_vehicle(&dispatching(), &key, vehicle.id, command).await)
}
