//! What carries a party: seats on a trip, or a private car with its release check.

use crate::custody::Holder;
use crate::disposition::Disposition;
use crate::party::{Event, Party, Transport};
use crate::private_car::{CarState, PickUp, PrivateCar, ReleaseCheck};
use crate::reception::{OpenSteps, Step, Tick};
use crate::refusal::Door;
use crate::{ArrivalId, Refusal, RiskTag, StopId, TripId, code};
use chrono::{DateTime, Utc};

type Decided = Result<Vec<Event>, Refusal>;

impl Party {
    /// Refuses while the party cannot be given seats; the trip asks the same question for its own side.
    pub fn may_be_seated(&self) -> Result<(&code::Gate, &code::Receiver), Refusal> {
        self.nothing_carries_them()?;
        if let Disposition::Home(home) = &self.disposition {
            self.home_not_forbidden()?;
            home.cleared_to_be_seated()?;
        }
        self.disposition.bound_for().ok_or(Refusal::NoDestination)
    }

    /// Refuses unless everybody waits at the desk, with neither seats nor a car.
    pub(in crate::party) fn nothing_carries_them(&self) -> Result<(), Refusal> {
        self.well_at_desk()?;
        match self.transport {
            Transport::None => Ok(()),
            Transport::Seats { .. } => Err(Refusal::AlreadySeated),
            Transport::Car(_) => Err(Refusal::OtherTransport),
        }
    }

    /// Refuses departure while the community's word is missing, or when a tag set since then forbids the home.
    pub fn cleared_to_depart(&self) -> Result<(), Refusal> {
        if let Disposition::Home(_) = self.disposition {
            self.home_not_forbidden()?;
        }
        self.disposition.cleared_to_depart()
    }

    /// Refuses a home for a red tag.
    pub(in crate::party) fn home_not_forbidden(&self) -> Result<(), Refusal> {
        if self.tag().tag == RiskTag::Red { Err(Refusal::TagForbidsHome) } else { Ok(()) }
    }

    pub(super) fn seat(&self, trip: TripId, stop: StopId, now: DateTime<Utc>) -> Decided {
        self.may_be_seated()?;
        let mut events = vec![Event::Seated(Transport::Seats { trip, stop })];
        events.extend(self.offer_all(&Holder::Vehicle { trip }, now)?);
        Ok(events)
    }

    pub(super) fn unseat(&self) -> Decided {
        self.still_at_desk()?;
        match self.transport {
            Transport::Seats { .. } => Ok(std::iter::once(Event::Unseated).chain(self.withdraw_all()).collect()),
            _ => Err(Refusal::NotSeated),
        }
    }

    fn car(&self) -> Result<PrivateCar, Refusal> {
        match &self.transport {
            Transport::Car(car) => Ok(car.clone()),
            _ => Err(Refusal::CarNotRecorded),
        }
    }

    pub(super) fn record_car(&self, pick_up: PickUp, receiver: code::Receiver) -> Decided {
        self.well_at_desk()?;
        let replaceable = match &self.transport {
            Transport::None => true,
            Transport::Car(car) => car.state == CarState::Recorded,
            Transport::Seats { .. } => false,
        };
        if !replaceable {
            return Err(Refusal::OtherTransport);
        }
        let car = PrivateCar { pick_up, receiver, state: CarState::Recorded };
        Ok(vec![Event::CarRecorded(Transport::Car(car))])
    }

    /// Until the car is let go, the party can wait for seats instead.
    pub(super) fn drop_car(&self) -> Decided {
        match self.car()?.state {
            CarState::Recorded => Ok(vec![Event::CarDropped]),
            CarState::Released { .. } | CarState::Received { .. } => Err(Refusal::AlreadyUnderWay),
        }
    }

    pub(super) fn release_car(&self, check: &ReleaseCheck, expected_at: DateTime<Utc>, now: DateTime<Utc>) -> Decided {
        let car = self.car()?.release(check, now, expected_at)?;
        self.cleared_to_depart()?;
        if self.disposition.bound_for().map(|(gate, _)| gate) != Some(&car.pick_up.gate) {
            return Err(Refusal::DestinationDiffers);
        }
        let mut events = vec![Event::CarReleased(Transport::Car(car))];
        events.extend(self.pass_all(&Holder::PrivateCar, now)?);
        Ok(events)
    }

    /// As at a vehicle, nobody gets off where the community's word is missing or was a no.
    pub(super) fn receive_car(&self, now: DateTime<Utc>) -> Decided {
        let car = self.car()?.receive(now)?;
        self.disposition.cleared_to_unload()?;
        let mut events = vec![Event::CarReceived(Transport::Car(car))];
        events.extend(self.pass_all(&self.receiving()?, now)?);
        Ok(events)
    }

    /// Ticks a reception step of somebody who came by private car. Custody was taken when the gate saw them: nobody stands
    /// beside an escort until all is ticked, so the steps follow (decision 0032).
    pub(super) fn check_in_car(&self, arrival: ArrivalId, step: &Step, tick: Tick) -> Decided {
        match self.car()?.state {
            CarState::Received { .. } => self.check(arrival, step, tick),
            CarState::Recorded | CarState::Released { .. } => Err(Door::CarNotReceived.into()),
        }
    }

    /// What is left to do at the gate for who came by private car, while they are in the receiver's hands.
    #[must_use]
    pub fn open_steps(&self) -> OpenSteps {
        let here = |holder: &Holder| matches!(holder, Holder::Receiver { .. } | Holder::Site { .. });
        let received = matches!(&self.transport, Transport::Car(car) if matches!(car.state, CarState::Received { .. }));
        let members = self.members.iter().filter(|member| received && here(&member.custody.holder));
        OpenSteps::of(members.map(|member| &member.reception))
    }

    pub(super) fn raise_car_alarm(&self, now: DateTime<Utc>) -> Vec<Event> {
        match &self.transport {
            Transport::Car(car) if car.overdue(now) => {
                vec![Event::CarOverdue(Transport::Car(car.clone().alarmed(now)))]
            }
            _ => Vec::new(),
        }
    }
}
