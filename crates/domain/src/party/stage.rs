//! Where a party stands, in one word: what the queue is sorted and coloured by. Derived, never stored as truth.

use super::{Party, Transport};
use crate::Refusal;
use crate::custody::Holder;
use crate::disposition::Disposition;
use crate::private_car::CarState;
use serde::{Deserialize, Serialize};

/// The party's place on its way home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// At the desk, no destination.
    Waiting,
    /// At the desk, feverish: the ambulance is to be called.
    ToRefer,
    /// At the desk, a home is proposed and not answered, or was answered with a no, or a tag forbids it.
    Asked,
    /// At the desk, the community agreed to the home and a dispatcher has to confirm it.
    ToConfirm,
    /// At the desk, the destination stands.
    Disposed,
    /// At the desk, with seats.
    Assigned,
    /// Some are aboard.
    Boarding,
    /// All are aboard.
    Riding,
    /// The community or the site has them all.
    HandedOver,
    /// In a private car, or cleared and waiting for it.
    PrivateCar,
    /// By ambulance, called or gone.
    Referred,
    /// Free.
    Released,
}

impl Stage {
    /// The code on the wire and in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::ToRefer => "to_refer",
            Self::Asked => "asked",
            Self::ToConfirm => "to_confirm",
            Self::Disposed => "disposed",
            Self::Assigned => "assigned",
            Self::Boarding => "boarding",
            Self::Riding => "riding",
            Self::HandedOver => "handed_over",
            Self::PrivateCar => "private_car",
            Self::Referred => "referred",
            Self::Released => "released",
        }
    }
}

impl Party {
    /// Whether nobody on this side has to do anything for the party any more.
    #[must_use]
    pub fn closed(&self) -> bool {
        let gone = |holder: &Holder| matches!(holder, Holder::Hospital { .. });
        let in_hospital = self.members.iter().all(|member| gone(&member.custody.holder));
        in_hospital || matches!(self.stage(), Stage::HandedOver | Stage::Released)
    }

    /// Where the party stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        let all = |test: fn(&Holder) -> bool| self.members.iter().all(|member| test(&member.custody.holder));
        let any = |test: fn(&Holder) -> bool| self.members.iter().any(|member| test(&member.custody.holder));
        if all(|holder| matches!(holder, Holder::Receiver { .. } | Holder::Site { .. })) {
            return Stage::HandedOver;
        }
        if all(|holder| matches!(holder, Holder::Released)) {
            return Stage::Released;
        }
        if all(|holder| matches!(holder, Holder::Vehicle { .. })) {
            return Stage::Riding;
        }
        if any(|holder| matches!(holder, Holder::Vehicle { .. })) {
            return Stage::Boarding;
        }
        self.stage_at_desk()
    }

    fn stage_at_desk(&self) -> Stage {
        if let Disposition::Referral { .. } = self.disposition {
            return Stage::Referred;
        }
        match &self.transport {
            Transport::Car(car) => match car.state {
                CarState::Received { .. } => return Stage::HandedOver,
                CarState::Released { .. } => return Stage::PrivateCar,
                CarState::Recorded => {}
            },
            Transport::Seats { .. } => return Stage::Assigned,
            Transport::None => {}
        }
        if self.must_be_referred() {
            return Stage::ToRefer;
        }
        match self.stage_undecided() {
            Stage::Disposed if self.transport != Transport::None => Stage::PrivateCar,
            stage => stage,
        }
    }

    /// How far its destination is decided; a car that waits changes nothing about that.
    fn stage_undecided(&self) -> Stage {
        match &self.disposition {
            Disposition::Undecided | Disposition::Lapsed { .. } => Stage::Waiting,
            // What was agreed to does not count any more once a tag forbids the home.
            Disposition::Home(_) if self.home_not_forbidden().is_err() => Stage::Asked,
            Disposition::Home(home) => match home.cleared_to_depart() {
                Ok(()) => Stage::Disposed,
                Err(Refusal::NotConfirmed) => Stage::ToConfirm,
                Err(_) => Stage::Asked,
            },
            _ => Stage::Disposed,
        }
    }
}
