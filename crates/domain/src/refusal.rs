//! A rule said no. Each refusal carries what a person needs to act; the screen words it in Chinese and English.

mod change;
mod door;
mod driver;
mod order;
mod vehicle;

pub use change::Change;
pub use door::Door;
pub use driver::Driver;
pub use order::Order;
pub(crate) use order::same_destination;
pub use vehicle::Vehicle;

use crate::{Invalid, SquadRole};
use chrono::{DateTime, NaiveDate, Utc};

/// Why a command cannot be done now.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// A value that came in is not one.
    Invalid(Invalid),
    /// The caller's role never does this.
    NotYourRole,
    /// It does not exist, or not for this caller: the two look the same from outside.
    NotFound,
    /// Somebody else changed it first.
    Stale {
        /// The version the caller saw.
        expected: i64,
        /// The version there is.
        found: i64,
    },
    /// A passing of hands the chain does not know.
    CustodyGap {
        /// Present holder.
        from: &'static str,
        /// Holder asked for.
        to: &'static str,
    },
    /// Nobody offered this person to this holder.
    NotOffered {
        /// Holder asked for.
        to: &'static str,
    },
    /// Screening found a fever or symptoms: the ambulance comes first.
    MustBeReferred,
    /// The party went by ambulance; it has no seat.
    AlreadyReferred,
    /// A patient named does not belong to the party.
    NotInParty,
    /// No key list is in force, so nobody can be tagged.
    NoListInForce,
    /// The party has no destination yet, and none is ever guessed.
    NoDestination,
    /// The tag sends the party to an observation site.
    TagForbidsHome,
    /// Only a green tag is free to go.
    TagForbidsFree,
    /// The destination may not change once somebody left the desk.
    AlreadyUnderWay,
    /// The party waits for no answer from the community.
    NothingAsked,
    /// The answer was given before.
    AlreadyAnswered {
        /// By whom.
        by: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// Nobody answered until the deadline, and the sub-district's rule decided.
    DecidedByRule {
        /// The rule.
        rule: crate::silence::Cited,
        /// When.
        at: DateTime<Utc>,
        /// Whether it agreed.
        agreed: bool,
    },
    /// The district asks a dispatcher to confirm each home.
    NotConfirmed,
    /// A refusal must say why.
    ReasonMissing,
    /// The sub-district said no to this home.
    OpinionRefused {
        /// Its reason.
        reason: String,
    },
    /// The sub-district has not answered.
    OpinionPending,
    /// The committee found the home unsuitable.
    HomeUnsuitable {
        /// Its reason.
        reason: String,
    },
    /// The committee has not visited yet; nobody gets off before.
    HomeCheckPending,
    /// The site has no room with enough beds.
    SiteFull {
        /// Free beds in all rooms together.
        free: i64,
        /// Beds the party needs.
        needed: i64,
    },
    /// The site takes nobody new.
    SiteClosed {
        /// Why.
        reason: String,
    },
    /// The party does not live at a site.
    NotAtSite,
    /// The days of observation have not passed.
    StayNotOver {
        /// Which day it is, from 1.
        day: i64,
        /// The first day without observation.
        ends_on: NaiveDate,
    },
    /// Not enough seats.
    VehicleFull {
        /// Free seats.
        free: i64,
        /// Seats the party needs.
        needed: i64,
    },
    /// The vehicle's own state forbids it.
    Vehicle(Vehicle),
    /// About who drives.
    Driver(Driver),
    /// The party already has seats.
    AlreadySeated,
    /// The party has no seats.
    NotSeated,
    /// The party goes by private car, or the reverse.
    OtherTransport,
    /// The person is not on the manifest.
    NotOnManifest,
    /// The trip is not in the right stage.
    WrongStage {
        /// Where the trip is.
        stage: &'static str,
        /// Where it would have to be.
        needed: &'static str,
    },
    /// A driver and at least two escorts are needed.
    CrewIncomplete {
        /// Whether a driver is named.
        driver: bool,
        /// Escorts named.
        escorts: usize,
    },
    /// The plate may come late, but not after departure.
    PlateMissing,
    /// Somebody on the manifest is not aboard.
    NotBoarded {
        /// Aboard.
        boarded: i64,
        /// On the manifest.
        manifest: i64,
    },
    /// The escort counted other than the manifest.
    HeadCountDiffers {
        /// The escort's count.
        counted: i64,
        /// Aboard by the manifest.
        manifest: i64,
    },
    /// About an order to go elsewhere.
    Order(Order),
    /// About a site or a gate that lets nobody in.
    Door(Door),
    /// Nobody rides on this trip.
    NobodyAboard,
    /// The stop is not in the right stage.
    StopStage {
        /// Where the stop is.
        stage: &'static str,
        /// Where it would have to be.
        needed: &'static str,
    },
    /// The escort has not offered the hand-over.
    HandoverNotOffered,
    /// The checklist has open steps.
    ReceptionIncomplete {
        /// Persons with open steps.
        persons: usize,
        /// Step codes still open for anybody.
        steps: Vec<&'static str>,
    },
    /// The step was ticked before.
    StepAlreadyChecked {
        /// Which.
        step: &'static str,
        /// By whom.
        by: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// Another role's step.
    StepOfAnotherRole {
        /// Which.
        step: &'static str,
    },
    /// The commitment letter is not signed.
    LetterNotSigned,
    /// The guide was not handed out.
    GuideNotGiven,
    /// This role answered before.
    AlreadyAcknowledged {
        /// Which role.
        role: SquadRole,
        /// Who.
        by: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// The squad is at the gate already.
    AlreadyMustered {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// People pass from one vehicle to another, or a vehicle cannot go on.
    Change(Change),
    /// The private car was not recorded.
    CarNotRecorded,
    /// The plate at the pick-up zone is not the recorded one.
    PlateDiffers,
    /// The release check has an open point.
    ReleaseCheckIncomplete,
    /// The person who picks up named another gate than the one decided.
    DestinationDiffers,
    /// The private car was not released.
    CarNotReleased,
    /// The household was received before.
    AlreadyReceived,
    /// A thing of this name exists.
    Taken {
        /// What: `username`, `plate`, …
        what: &'static str,
    },
    /// The first administrator exists already.
    AlreadySetUp,
    /// The set-up code is not the one printed at the first start.
    WrongSetUpCode,
    /// Name or password is wrong, or the account is disabled; which, is not said.
    SignInFailed,
    /// Nobody is signed in.
    NotSignedIn,
    /// Too many attempts.
    TooManyAttempts {
        /// Seconds to wait.
        retry_after_seconds: i64,
    },
    /// The same `Idempotency-Key` came with another request.
    KeyReused,
    /// An administrator cannot lock the last administrator out.
    LastAdministrator,
}

impl From<Invalid> for Refusal {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}
