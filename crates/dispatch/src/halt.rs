//! Why a verb did not answer with a fresh receipt.

use crate::Receipt;
use homeward_domain::{Invalid, Refusal};

/// A verb that stopped before it changed anything.
#[derive(Debug)]
pub enum Halt {
    /// A rule said no.
    Refused(Refusal),
    /// The same request was answered before; this is that answer.
    Replayed(Receipt),
    /// Another node runs the background steps now.
    OffDuty,
    /// The store could not.
    Store(homeward_store::Error),
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Invalid> for Halt {
    fn from(invalid: Invalid) -> Self {
        Self::Refused(Refusal::Invalid(invalid))
    }
}

impl From<homeward_store::Error> for Halt {
    /// What a constraint refuses is a refusal; the constraint's name says which.
    fn from(error: homeward_store::Error) -> Self {
        use homeward_store::Error as E;
        match error {
            E::Stale { expected, found } => Self::Refused(Refusal::Stale { expected, found }),
            E::Conflict { constraint } => match taken(&constraint) {
                Some(refusal) => Self::Refused(refusal),
                None => Self::Store(E::Conflict { constraint }),
            },
            other => Self::Store(other),
        }
    }
}

/// The refusal behind a constraint that two callers at once can run into.
fn taken(constraint: &str) -> Option<Refusal> {
    match constraint {
        "username_taken_once" => Some(Refusal::Taken { what: "username" }),
        "vehicle_plate_once" => Some(Refusal::Taken { what: "plate" }),
        "driver_at_one_wheel" => Some(homeward_domain::refusal::Driver::JustLeft.into()),
        "driver_phone_once" => Some(Refusal::Taken { what: "phone" }),
        "vehicle_name_once" => Some(Refusal::Taken { what: "name" }),
        "receiver_pkey" | "gate_pkey" | "relay_point_pkey" => Some(Refusal::Taken { what: "code" }),
        "key_list_pkey" | "opinion_rule_pkey" | "approval_mode_pkey" | "planning_rules_pkey" => {
            Some(Refusal::Taken { what: "version" })
        }
        "room_held_once" | "room_out_of_use" | "beds_not_overfilled" => Some(Refusal::SiteFull { free: 0, needed: 1 }),
        "seat_pkey" | "seats_not_overfilled" | "manifest_within_seats" => {
            Some(Refusal::VehicleFull { free: 0, needed: 1 })
        }
        "seat_once_a_person" => Some(Refusal::AlreadySeated),
        "referred_has_no_seat" => Some(Refusal::AlreadyReferred),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Halt, Refusal};
    use homeward_domain::refusal::Driver;

    #[test]
    fn who_comes_second_to_a_driver_is_refused_and_no_fault_of_ours() {
        let constraint = "driver_at_one_wheel".to_owned();
        let halt = Halt::from(homeward_store::Error::Conflict { constraint });
        assert!(matches!(halt, Halt::Refused(Refusal::Driver(Driver::JustLeft))), "{halt:?}");
        assert!(include_str!("../../../migrations/0020_driver.sql").contains("index driver_at_one_wheel"));
    }
}
