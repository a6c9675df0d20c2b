//! Drivers: off duty and back, given hours, a usual vehicle, another name; named by id and by typing, also for two trips.

use super::{Deed, told};
use crate::day::{DRIVERS, Day, dispatching, driver};
use homeward_dispatch::{AtTheWheel, NamedDriver};
use homeward_domain::driver::Command;
use homeward_domain::vehicle::Shift;

/// Somebody to name, whatever they do now.
pub fn some(day: &mut Day) -> NamedDriver {
    let number = day.chance.below(DRIVERS);
    if day.chance.percent(50) {
        return NamedDriver::Known(day.drivers[number]);
    }
    let (name, phone) = driver(number);
    NamedDriver::Typed { name, phone }
}

/// The next sensible thing for some driver.
pub async fn advance(day: &mut Day) -> Deed {
    let all = day.dispatcher.drivers(&dispatching()).await.expect("a dispatcher sees the drivers");
    let off = all.iter().find(|one| one.driver.off.is_some());
    if let Some(one) = off.filter(|_| day.over || day.chance.percent(50)) {
        return keep(day, "driver-on", one, Command::PutOn).await;
    }
    if day.over {
        return super::steps(day).await;
    }
    // Mostly of those whom a trip names: that is where it matters.
    let named: Vec<AtTheWheel> = all.iter().filter(|one| !one.trips.is_empty()).cloned().collect();
    let among = if named.is_empty() || day.chance.percent(20) { all } else { named };
    let Some(one) = day.chance.pick(&among) else { return "nothing".into() };
    match day.chance.below(10) {
        0..=4 => keep(day, "driver-off", &one, Command::TakeOff).await,
        5 => keep(day, "driver-on", &one, Command::PutOn).await,
        6 => {
            let vehicle = day.chance.pick(&day.vehicles.clone());
            keep(day, "driver-usual", &one, Command::SetUsual(vehicle)).await
        }
        7 => {
            let night = Shift::parse("16:00", "08:00").expect("a night");
            keep(day, "driver-shift", &one, Command::SetShift(Some(night))).await
        }
        _ => {
            // Their own name again, or another one's phone.
            let number = day.chance.below(DRIVERS);
            let (name, phone) = driver(number);
            keep(day, "driver-correct", &one, Command::Correct { name, phone }).await
        }
    }
}

async fn keep(day: &mut Day, deed: &str, one: &AtTheWheel, command: Command) -> Deed {
    let key = day.key();
    told(deed, day.dispatcher.keep_driver(&dispatching(), &key, one.driver.id, command).await)
}
