//! What lies sealed in `party.car`: the five fields of who picks up, and where the car is on its way.

use chrono::{DateTime, Utc};
use homeward_domain::private_car::{CarState, PickUp, PrivateCar};
use homeward_domain::{Personal, Sensitive, code};
use serde::{Deserialize, Serialize};

/// The sealed form, version 1.
#[derive(Serialize, Deserialize)]
pub(super) struct SealedCar {
    name: String,
    document: String,
    phone: String,
    plate: String,
    gate: code::Gate,
    receiver: code::Receiver,
    state: SealedState,
}

#[derive(Serialize, Deserialize)]
enum SealedState {
    Recorded,
    Released { at: DateTime<Utc>, expected_at: DateTime<Utc>, alarmed_at: Option<DateTime<Utc>> },
    Received { released_at: DateTime<Utc>, at: DateTime<Utc> },
}

impl SealedCar {
    pub(super) fn of(car: &PrivateCar) -> Self {
        Self {
            name: car.pick_up.name.reveal().clone(),
            document: car.pick_up.document.reveal().clone(),
            phone: car.pick_up.phone.reveal().clone(),
            plate: car.pick_up.plate.clone(),
            gate: car.pick_up.gate.clone(),
            receiver: car.receiver.clone(),
            state: match car.state {
                CarState::Recorded => SealedState::Recorded,
                CarState::Released { at, expected_at, alarmed_at } => {
                    SealedState::Released { at, expected_at, alarmed_at }
                }
                CarState::Received { released_at, at } => SealedState::Received { released_at, at },
            },
        }
    }

    pub(super) fn open(self) -> PrivateCar {
        let pick_up = PickUp {
            name: Personal::new(self.name),
            document: Sensitive::new(self.document),
            phone: Personal::new(self.phone),
            plate: self.plate,
            gate: self.gate,
        };
        let state = match self.state {
            SealedState::Recorded => CarState::Recorded,
            SealedState::Released { at, expected_at, alarmed_at } => CarState::Released { at, expected_at, alarmed_at },
            SealedState::Received { released_at, at } => CarState::Received { released_at, at },
        };
        PrivateCar { pick_up, receiver: self.receiver, state }
    }
}
