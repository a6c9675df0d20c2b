//! The trips' side of a stroke: plan, board, depart, drive along the road, arrive.

use super::cast::key;
use super::day::{Day, done};
use super::road;
use crate::fault::Fault;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_dispatch::{AtWork, Caller, Dispatcher};
use homeward_domain::Point;
use homeward_domain::fix::Fix;
use homeward_domain::party::Party;
use homeward_domain::trip::{State, StopStage, Trip};
use homeward_domain::vehicle::Cleaning;

/// Metres a minute on these roads, all in all: 45 km/h.
const METRES_A_MINUTE: f64 = 750.0;
/// How long a trip is loaded before it leaves.
const LOADING: TimeDelta = TimeDelta::minutes(25);
/// How long the way back and the disinfection take after the last hand-over.
const CLEANING: TimeDelta = TimeDelta::minutes(12);
/// How often an escort's phone tells where it is.
const TELL_EVERY: TimeDelta = TimeDelta::seconds(30);

impl Day {
    /// A trip of a vehicle that is free, leaving soon.
    pub(super) async fn plan(&mut self, dispatcher: &Dispatcher, now: DateTime<Utc>) -> Result<(), Fault> {
        let chief = self.cast.dispatcher.clone();
        let busy = dispatcher.trips(&chief, true).await?;
        let free = |id: &&homeward_domain::VehicleId| busy.some.iter().all(|(trip, _)| trip.vehicle.id != **id);
        let Some(&vehicle) = self.cast.vehicles.iter().find(free) else { return Ok(()) };
        let crew = self.cast.crew(self.trips);
        self.trips += 1;
        done(dispatcher.plan_trip(&chief, &key(dispatcher), vehicle, now + LOADING, crew).await)?;
        Ok(())
    }

    /// Vehicles that came back are disinfected a few minutes later.
    async fn clean(&self, dispatcher: &Dispatcher, now: DateTime<Utc>) -> Result<(), Fault> {
        let chief = &self.cast.dispatcher;
        for AtWork { vehicle, .. } in dispatcher.vehicles(chief).await? {
            if matches!(vehicle.cleaning, Cleaning::Due { since } if now >= since + CLEANING) {
                done(dispatcher.confirm_clean(chief, &key(dispatcher), vehicle.id).await)?;
            }
        }
        Ok(())
    }

    /// Everything that is due for trips.
    pub(super) async fn work_the_trips(&mut self, dispatcher: &Dispatcher, now: DateTime<Utc>) -> Result<(), Fault> {
        self.clean(dispatcher, now).await?;
        let chief = self.cast.dispatcher.clone();
        for (trip, row) in dispatcher.trips(&chief, true).await?.some {
            let Some(escort) = trip.escorts.first().and_then(|escort| self.cast.escort(*escort)).cloned() else {
                continue;
            };
            self.answer_notices(dispatcher, &trip, &row, now).await?;
            match trip.state {
                State::Planned if now >= trip.departs_at - TimeDelta::minutes(12) && trip.seats_taken() > 0 => {
                    done(dispatcher.open_boarding(&chief, &key(dispatcher), trip.id).await)?;
                }
                State::Planned if now > trip.departs_at + TimeDelta::minutes(30) => {
                    done(dispatcher.cancel_trip(&chief, &key(dispatcher), trip.id, "无人乘坐".into()).await)?;
                }
                State::Boarding { since } => self.load(dispatcher, &escort, &trip, since, now).await?,
                State::EnRoute { departed_at, .. } => self.drive(dispatcher, &escort, &trip, departed_at, now).await?,
                _ => {}
            }
        }
        Ok(())
    }

    async fn load(
        &self,
        dispatcher: &Dispatcher,
        escort: &Caller,
        trip: &Trip,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), Fault> {
        let waiting: Vec<_> = trip.manifest().filter(|seat| seat.boarded_at.is_none()).copied().collect();
        for seat in waiting {
            if now >= since + self.chance.delay(seat.arrival.uuid(), 11, 1, 8) {
                done(dispatcher.board(escort, &key(dispatcher), trip.id, seat.arrival).await)?;
            }
        }
        if now >= trip.departs_at && trip.boarded() == trip.seats_taken() {
            done(dispatcher.depart(escort, &key(dispatcher), trip.id, trip.boarded()).await)?;
        }
        Ok(())
    }

    async fn drive(
        &mut self,
        dispatcher: &Dispatcher,
        escort: &Caller,
        trip: &Trip,
        departed_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), Fault> {
        let (_, parties, _) = dispatcher.trip(escort, trip.id).await?.it;
        let reference = dispatcher.reference().await?;
        let gate = |code| reference.gates.iter().find(|gate| gate.code == code).map(|gate| gate.location);
        let gates: Vec<Point> = trip.stops.iter().filter_map(|stop| gate(stop.gate.clone())).collect();
        let desk = parties.first().map(|party: &Party| party.desk.to_string()).unwrap_or_default();
        let stands =
            trip.stops.iter().find(|stop| matches!(stop.stage, StopStage::Arrived { .. } | StopStage::Offered { .. }));
        if let Some(stop) = stands {
            return self.hand_over(dispatcher, escort, stop, &parties, now).await;
        }
        let Some(next) = trip.stops.iter().position(|stop| stop.stage == StopStage::Expected) else { return Ok(()) };
        let way = road::way(&desk, &gates[..=next.min(gates.len().saturating_sub(1))]);
        let length = road::metres(&way);
        let driven = self.driven(trip, departed_at, now);
        if driven >= length {
            done(dispatcher.arrive(escort, &key(dispatcher), trip.stops[next].id).await)?;
            return Ok(());
        }
        self.tell(dispatcher, escort, trip, road::at(&way, driven), now).await
    }

    /// Metres since departure, standing times taken out.
    fn driven(&self, trip: &Trip, departed_at: DateTime<Utc>, now: DateTime<Utc>) -> f64 {
        let stood = trip.stops.iter().filter_map(|stop| match stop.stage {
            StopStage::HandedOver { arrived_at, at, .. } => Some(at - arrived_at),
            _ => None,
        });
        let driving = (now - departed_at) - stood.sum::<TimeDelta>();
        let pace = if self.chance.is_so(trip.id.uuid(), 12, 30) { 0.75 } else { 1.0 };
        #[expect(clippy::cast_precision_loss, reason = "the seconds of a drive")]
        let minutes = driving.num_seconds() as f64 / 60.0;
        minutes * METRES_A_MINUTE * pace
    }

    async fn tell(
        &mut self,
        dispatcher: &Dispatcher,
        escort: &Caller,
        trip: &Trip,
        point: Option<Point>,
        now: DateTime<Utc>,
    ) -> Result<(), Fault> {
        let due = self.told_at.get(&trip.id).is_none_or(|told| now >= *told + TELL_EVERY);
        // One phone in six stays silent: the board must say so.
        let (Some(point), true, false) = (point, due, self.chance.is_so(trip.id.uuid(), 13, 16)) else { return Ok(()) };
        self.told_at.insert(trip.id, now);
        match dispatcher.report_position(escort, trip.id, Fix { point, told_at: now, accuracy_metres: None }).await {
            Ok(_) | Err(homeward_dispatch::Halt::Refused(_)) => Ok(()),
            Err(halt) => Err(halt.into()),
        }
    }
}
