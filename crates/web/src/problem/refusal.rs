//! Every refusal's status and code: no wildcard arm, so a new refusal does not compile until it has an answer.

use super::Problem;
use axum::http::StatusCode as S;
use homeward_domain::Refusal as R;
use homeward_domain::refusal::{Change, Door, Driver, Order, Vehicle};
use homeward_domain::site::rooms::{Why, Wrong};
use serde_json::{Value, json};

/// Things stand otherwise.
const NO: S = S::CONFLICT;
/// What came in is not right.
const BAD: S = S::UNPROCESSABLE_ENTITY;

/// Where it stands in HTTP, what the screens word it by, what a program reads.
type Kind = (S, &'static str, &'static str);

pub(super) fn problem(refusal: R) -> Problem {
    if let R::Invalid(invalid) = &refusal {
        return Problem::invalid(invalid);
    }
    let (status, code, detail) = kind(&refusal);
    with_data(Problem::new(status, code, title(status), detail), refusal)
}

const fn title(status: S) -> &'static str {
    match status {
        S::UNAUTHORIZED => "Sign in first",
        S::FORBIDDEN => "Another role does this",
        S::NOT_FOUND => "Nothing there",
        S::TOO_MANY_REQUESTS => "Too many attempts",
        S::UNPROCESSABLE_ENTITY => "Something is missing or not right",
        _ => "Not possible as things stand",
    }
}

#[rustfmt::skip]
fn kind(refusal: &R) -> Kind {
    match refusal {
        R::Invalid(_) => (BAD, "invalid-field", "a field is not right"),
        R::NotYourRole => (S::FORBIDDEN, "not-your-role", "ask somebody who has the role"),
        R::NotFound => (S::NOT_FOUND, "not-found", "it does not exist, or not for you"),
        R::NotSignedIn => (S::UNAUTHORIZED, "not-signed-in", "nobody is signed in"),
        R::SignInFailed => (S::UNAUTHORIZED, "sign-in-failed", "name or password is wrong; check both"),
        R::TooManyAttempts { .. } => (S::TOO_MANY_REQUESTS, "too-many-attempts", "wait, then try again"),
        R::WrongSetUpCode => (BAD, "wrong-set-up-code", "the code is printed on the server's console"),
        R::AlreadySetUp => (NO, "already-set-up", "the first administrator exists; sign in"),
        R::Stale { .. } => (NO, "stale", "somebody changed it first; look again"),
        R::KeyReused => (BAD, "idempotency-key-reused", "use a new Idempotency-Key for a new intent"),
        R::Taken { .. } => (NO, "taken", "there is one with this already"),
        R::LastAdministrator => (NO, "last-administrator", "make another administrator first"),
        R::ReasonMissing => (BAD, "reason-missing", "say why"),
        R::LetterNotSigned => (BAD, "letter-not-signed", "the commitment letter must be signed"),
        R::GuideNotGiven => (BAD, "guide-not-given", "hand out the guide first"),
        R::PlateDiffers => (BAD, "plate-differs", "this is not the recorded car"),
        R::ReleaseCheckIncomplete => (BAD, "release-check-incomplete", "check the document and walk them to the car"),
        R::CustodyGap { .. } => (NO, "custody-gap", "the chain knows no such step"),
        R::NotOffered { .. } => (NO, "not-offered", "nobody offered this"),
        R::MustBeReferred => (NO, "must-be-referred", "fever or symptoms: call the ambulance first"),
        R::AlreadyReferred => (NO, "already-referred", "the party goes by ambulance"),
        R::NotInParty => (NO, "not-in-party", "this person is not of this party"),
        R::NoListInForce => (NO, "no-list-in-force", "publish the first key list"),
        R::NoDestination => (NO, "no-destination", "decide where the party goes first"),
        R::TagForbidsHome => (NO, "tag-forbids-home", "a red tag goes to a site"),
        R::TagForbidsFree => (NO, "tag-forbids-free", "only a green tag is free to go"),
        R::AlreadyUnderWay => (NO, "already-under-way", "somebody has left already"),
        R::NothingAsked => (NO, "nothing-asked", "no answer is waited for"),
        R::AlreadyAnswered { .. } => (NO, "already-answered", "it was answered before"),
        R::DecidedByRule { .. } => (NO, "decided-by-rule", "the deadline passed and the sub-district's rule decided; ask the dispatcher to ask anew"),
        R::NotConfirmed => (NO, "not-confirmed", "this district asks a dispatcher to confirm each home; confirm it first"),
        R::OpinionRefused { .. } => (NO, "opinion-refused", "the sub-district said no"),
        R::OpinionPending => (NO, "opinion-pending", "the sub-district has not answered"),
        R::HomeUnsuitable { .. } => (NO, "home-unsuitable", "the committee found it unsuitable"),
        R::HomeCheckPending => (NO, "home-check-pending", "the committee has not visited yet"),
        R::Order(order) => of_order(order),
        R::Door(door) => at_door(door),
        R::SiteFull { .. } => (NO, "site-full", "no room takes the party whole"),
        R::SiteClosed { .. } => (NO, "site-closed", "the site takes nobody new"),
        R::NotAtSite => (NO, "not-at-site", "the party does not live at a site"),
        R::StayNotOver { .. } => (NO, "stay-not-over", "the days have not passed; leaving early needs a reason"),
        R::VehicleFull { .. } => (NO, "vehicle-full", "not enough seats for the whole party"),
        R::Vehicle(vehicle) => of_vehicle(vehicle),
        R::Driver(driver) => of_driver(driver),
        R::AlreadySeated => (NO, "already-seated", "take the seats back first"),
        R::NotSeated => (NO, "not-seated", "the party has no seats"),
        R::OtherTransport => (NO, "other-transport", "the party goes another way"),
        R::NotOnManifest => (NO, "not-on-manifest", "this person has no seat here"),
        R::WrongStage { .. } => (NO, "wrong-stage", "the trip is not there yet, or past it"),
        R::StopStage { .. } => (NO, "stop-stage", "the stop is not there yet, or past it"),
        R::CrewIncomplete { .. } => (NO, "crew-incomplete", "a driver and two escorts are needed"),
        R::PlateMissing => (NO, "plate-missing", "write the plate before departure"),
        R::NotBoarded { .. } => (NO, "not-boarded", "somebody is not aboard"),
        R::HeadCountDiffers { .. } => (NO, "head-count-differs", "count again"),
        R::NobodyAboard => (NO, "nobody-aboard", "nobody rides on this trip"),
        R::HandoverNotOffered => (NO, "handover-not-offered", "the escort confirms first"),
        R::ReceptionIncomplete { .. } => (NO, "reception-incomplete", "the checklist has open steps"),
        R::StepAlreadyChecked { .. } => (NO, "step-already-checked", "it was ticked before"),
        R::StepOfAnotherRole { .. } => (S::FORBIDDEN, "step-of-another-role", "its own role ticks it"),
        R::AlreadyAcknowledged { .. } => (NO, "already-acknowledged", "this role answered before"),
        R::AlreadyMustered { .. } => (NO, "already-mustered", "the squad is at the gate"),
        R::Change(change) => between(change),
        R::CarNotRecorded => (NO, "car-not-recorded", "record the car first"),
        R::DestinationDiffers => (NO, "destination-differs", "the car drives to another gate than the one decided"),
        R::CarNotReleased => (NO, "car-not-released", "the desk has not let it go"),
        R::AlreadyReceived => (NO, "already-received", "they were received before"),
    }
}

/// At a change of vehicle.
#[rustfmt::skip]
const fn between(refusal: &Change) -> Kind {
    match refusal {
        Change::Open { .. } => (NO, "change-open", "somebody stands between the two vehicles: pass them or keep them with a reason"),
        Change::NotMet => (NO, "change-not-met", "say first that the vehicle stands at the place of the change"),
        Change::Begun => (NO, "change-begun", "somebody was offered already, or it is over"),
        Change::PassesThere => (NO, "passes-at-change", "this person passes from one vehicle to another; do it there"),
        Change::BrokenDown { .. } => (NO, "broken-down", "the vehicle cannot go on; send another one or say that it goes on"),
        Change::NotBrokenDown => (NO, "not-broken-down", "nobody reported a breakdown; choose a relay point"),
    }
}

/// About a place that is opened, closed, or lets nobody in.
#[rustfmt::skip]
const fn at_door(refusal: &Door) -> Kind {
    match refusal {
        Door::SiteAlreadyClosed { .. } => (NO, "site-already-closed", "it was closed before"),
        Door::SiteAlreadyOpen => (NO, "site-already-open", "the site takes people"),
        Door::GateClosedThen { .. } => (NO, "gate-closed-then", "the gate is closed then already; open it first"),
        Door::NoRoomWhole { .. } => (NO, "no-room-whole", "no room takes them all: say in `spread` why several rooms do, or choose another site"),
        Door::NoRoomFor { .. } => (NO, "no-room-for", "the site has no room for one of them: choose another site for it, or leave it out"),
        Door::NeedsNoRoom { .. } => (NO, "needs-no-room", "one of them has a destination, a car or the ambulance: leave it out"),
        Door::GateClosed { .. } => (NO, "gate-closed", "leave out who would stand before the gate, or choose another one"),
        Door::CarNotReceived => (NO, "car-not-received", "say first that the car is there: POST …/private-car/receive"),
        Door::RoomsWrong { .. } => (BAD, "rooms-wrong", "mend the lines that `lines` names and send the list again; none of it was taken"),
        Door::Swapped { .. } => (BAD, "point-swapped", "latitude and longitude stand the wrong way round"),
        Door::TooFar { .. } => (BAD, "point-too-far", "a place lies within 300 km of a desk of its district"),
        Door::OutOfUseAlready { .. } => (NO, "out-of-use-already", "it was taken out of use before"),
        Door::InUse => (NO, "in-use", "it is in use"),
        Door::RelayPointOut { .. } => (NO, "relay-point-out", "this relay point is out of use; choose another one"),
    }
}

/// About an order to go elsewhere, or a party made two.
#[rustfmt::skip]
const fn of_order(refusal: &Order) -> Kind {
    match refusal {
        Order::NotOnTheRoad => (NO, "not-on-the-road", "it has not left: take the seats back and give others"),
        Order::NotSeen { .. } => (NO, "order-not-seen", "say first that you have seen the order"),
        Order::Nothing => (NO, "nothing-ordered", "nobody ordered this vehicle elsewhere"),
        Order::Acknowledged { .. } => (NO, "seats-acknowledged", "a receiver prepares for them already: change the trips instead"),
        Order::NobodyLeft => (BAD, "nobody-left", "choose somebody, and leave somebody"),
        Order::MinorsAlone => (NO, "minors-alone", "somebody under 18 would be without an adult: choose otherwise"),
        Order::MinorsParted { on_the_way: false } => (NO, "minors-parted", "somebody under 18 would be without an adult of their party: say who stays behind with them; whoever is aboard gets off first"),
        Order::MinorsParted { on_the_way: true } => (NO, "minors-parted-on-the-way", "somebody under 18 would be without an adult of their party: say who stays with them, or who looks after them"),
        Order::ChangeAhead => (NO, "change-ahead", "people change vehicles on this way: call the change off or finish it first"),
    }
}

/// About a vehicle's own state.
#[rustfmt::skip]
const fn of_vehicle(refusal: &Vehicle) -> Kind {
    match refusal {
        Vehicle::OutOfService { .. } => (NO, "out-of-service", "the vehicle is out of service; take another, or put it back first"),
        Vehicle::InService => (NO, "in-service", "the vehicle is in service"),
        Vehicle::NotCleaned { .. } => (NO, "not-cleaned", "confirm that the vehicle was disinfected after its last trip"),
        Vehicle::CleanAlready => (NO, "clean-already", "the vehicle has not been out since it was disinfected"),
        Vehicle::Away { .. } => (NO, "vehicle-away", "the vehicle is on the road with another trip; wait for it, or take another"),
        Vehicle::NoWheelchairPlace { .. } => (NO, "no-wheelchair-place", "not enough wheelchair places for the whole party; choose another trip"),
        Vehicle::LuggageFull { .. } => (NO, "luggage-full", "not enough room for the party's luggage; choose another trip"),
        Vehicle::SeatsApart { .. } => (NO, "seats-apart", "people sit apart by the rules of the district, and not so many seats may be used; choose another trip, or a larger vehicle"),
        Vehicle::MustNotMeet { .. } => (NO, "must-not-meet", "the rules of the district keep these tags apart; choose another trip"),
        Vehicle::BackAfterShift { .. } => (NO, "back-after-shift", "the vehicle would be back after its shift; choose another trip, or change its hours"),
        Vehicle::Loading { .. } => (NO, "vehicle-loading", "people of another trip of this vehicle get on; let that one leave first, or call it off"),
    }
}

/// About who drives.
#[rustfmt::skip]
const fn of_driver(refusal: &Driver) -> Kind {
    match refusal {
        Driver::OffDuty { .. } => (NO, "driver-off-duty", "the driver is off duty; name another, or put them back on duty first"),
        Driver::OnDuty => (NO, "driver-on-duty", "the driver is on duty"),
        Driver::Away { .. } => (NO, "driver-away", "the driver is on the road with another vehicle; name another, or wait for them"),
        Driver::JustLeft => (NO, "driver-just-left", "the driver has just left with another vehicle; name another, or wait for them"),
        Driver::NotOffYet => (NO, "driver-not-off", "only a driver who is off duty is erased; say first that they are off duty"),
        Driver::Named { .. } => (NO, "driver-named", "the driver is named for a trip that is not over; name another there first"),
        Driver::PhoneTaken { .. } => (NO, "driver-phone-taken", "another driver of the district has this phone; choose that driver, or mend the number"),
    }
}

/// What a person needs to act, as members of the problem.
fn with_data(problem: Problem, refusal: R) -> Problem {
    match refusal {
        R::TooManyAttempts { retry_after_seconds: seconds } => {
            problem.with("retry_after_seconds", seconds).retry_after(seconds)
        }
        R::WrongSetUpCode => problem.with("field", "code"),
        R::Stale { expected, found } => problem.with("expected", expected).with("found", found),
        R::Taken { what } => problem.with("what", what).with("field", what),
        R::ReasonMissing => problem.with("field", "reason"),
        R::LetterNotSigned => problem.with("field", "letter_signed"),
        R::GuideNotGiven => problem.with("field", "guide_given"),
        R::PlateDiffers => problem.with("field", "plate_seen"),
        R::ReleaseCheckIncomplete => problem.with("field", "document_checked"),
        R::CustodyGap { from, to } => problem.with("from", from).with("to", to),
        R::NotOffered { to } => problem.with("to", to),
        R::AlreadyAnswered { by, at } | R::Order(Order::Acknowledged { by, at }) => {
            problem.with("by", by).with("at", at.to_rfc3339())
        }
        R::OpinionRefused { reason }
        | R::HomeUnsuitable { reason }
        | R::SiteClosed { reason }
        | R::Order(Order::NotSeen { reason }) => problem.with("reason", reason),
        R::Door(door) => about_door(problem, door),
        R::Order(Order::NobodyLeft | Order::MinorsAlone) => problem.with("field", "arrivals"),
        R::Order(Order::MinorsParted { .. }) => problem.with("field", "with"),
        R::StayNotOver { day, ends_on } => problem.with("day", day).with("ends_on", ends_on.to_string()),
        R::DecidedByRule { rule, at, agreed } => problem
            .with("place", rule.place.to_string())
            .with("version", rule.version)
            .with("by", rule.by)
            .with("at", at.to_rfc3339())
            .with("agreed", agreed)
            .with("decided", if agreed { "agreed" } else { "site" }),
        R::SiteFull { free, needed } | R::VehicleFull { free, needed } => {
            problem.with("free", free).with("needed", needed)
        }
        R::WrongStage { stage, needed } | R::StopStage { stage, needed } => {
            problem.with("stage", stage).with("needed", needed)
        }
        R::CrewIncomplete { driver, escorts } => problem.with("driver", driver).with("escorts", escorts),
        R::NotBoarded { boarded, manifest } => problem.with("boarded", boarded).with("manifest", manifest),
        R::HeadCountDiffers { counted, manifest } => problem.with("counted", counted).with("manifest", manifest),
        R::ReceptionIncomplete { persons, steps } => problem.with("persons", persons).with("steps", steps),
        R::StepAlreadyChecked { step, by, at } => problem.with("step", step).with("by", by).with("at", at.to_rfc3339()),
        R::StepOfAnotherRole { step } => problem.with("step", step),
        R::AlreadyAcknowledged { role, by, at } => {
            problem.with("role", role.code()).with("by", by).with("at", at.to_rfc3339())
        }
        R::Vehicle(vehicle) => about_vehicle(problem, vehicle),
        R::Driver(driver) => about_driver(problem, driver),
        R::Change(Change::Open { open, passed, kept }) => {
            problem.with("open", open).with("passed", passed).with("kept", kept)
        }
        R::AlreadyMustered { at } | R::Change(Change::BrokenDown { at }) => problem.with("at", at.to_rfc3339()),
        _ => problem,
    }
}

fn about_vehicle(problem: Problem, vehicle: Vehicle) -> Problem {
    match vehicle {
        Vehicle::OutOfService { reason, by, since } => {
            problem.with("reason", reason).with("by", by).with("at", since.to_rfc3339())
        }
        Vehicle::NotCleaned { since } | Vehicle::Away { since } => problem.with("at", since.to_rfc3339()),
        Vehicle::Loading { since, aboard } => problem.with("at", since.to_rfc3339()).with("aboard", aboard),
        Vehicle::NoWheelchairPlace { free, needed } | Vehicle::LuggageFull { free, needed } => {
            problem.with("free", free).with("needed", needed)
        }
        Vehicle::SeatsApart { free, needed, percent, version } => {
            let problem = problem.with("free", free).with("needed", needed);
            problem.with("percent", percent).with("version", version)
        }
        Vehicle::MustNotMeet { label, with, version } => {
            problem.with("label", label).with("with", with).with("version", version)
        }
        Vehicle::BackAfterShift { back, until } => {
            problem.with("at", back.to_rfc3339()).with("until", until.to_rfc3339())
        }
        Vehicle::InService | Vehicle::CleanAlready => problem,
    }
}

fn about_driver(problem: Problem, driver: Driver) -> Problem {
    match driver {
        Driver::OffDuty { by, since } => problem.with("by", by).with("at", since.to_rfc3339()),
        Driver::Away { vehicle, since } | Driver::Named { vehicle, at: since } => {
            problem.with("vehicle", vehicle).with("at", since.to_rfc3339())
        }
        Driver::PhoneTaken { field, name } => problem.with("field", field).with("name", name.into_inner()),
        Driver::OnDuty | Driver::JustLeft | Driver::NotOffYet => problem,
    }
}

fn about_door(problem: Problem, door: Door) -> Problem {
    match door {
        Door::SiteAlreadyClosed { by, at } | Door::OutOfUseAlready { by, at } => {
            problem.with("by", by).with("at", at.to_rfc3339())
        }
        Door::SiteAlreadyOpen | Door::InUse | Door::CarNotReceived => problem,
        Door::GateClosedThen { reason, until } => problem.with("reason", reason).with("until", until.to_rfc3339()),
        Door::NoRoomWhole { label, free, needed } => {
            let problem = problem.with("field", "spread").with("free", free).with("needed", needed);
            match label {
                Some(label) => problem.with("label", label),
                None => problem,
            }
        }
        Door::NoRoomFor { nth, label, why } => {
            let problem = problem.with("field", format!("placements/{nth}/site"));
            problem.with("label", label).with("why", why.code())
        }
        Door::NeedsNoRoom { nth, label } => {
            problem.with("field", format!("placements/{nth}/party")).with("label", label)
        }
        Door::GateClosed { until } => problem.with("until", until.to_rfc3339()),
        Door::RoomsWrong { lines } => {
            let problem = problem.with("field", "rooms").with("count", lines.len());
            problem.with("lines", lines.iter().map(line).collect::<Vec<_>>())
        }
        Door::Swapped { field } => problem.with("field", format!("{field}/lat")),
        Door::TooFar { field, km } => problem.with("field", format!("{field}/lat")).with("km", km),
        Door::RelayPointOut { reason } => problem.with("field", "relay_point").with("reason", reason),
    }
}

/// A line of a list of rooms, with what is wrong in words for programs and as a code for screens.
fn line(wrong: &Wrong) -> Value {
    let mut line =
        json!({ "line": wrong.line, "number": wrong.number, "reason": wrong.why.code(), "detail": wrong.why.mend() });
    match wrong.why {
        Why::Twice { first } => line["first"] = json!(first),
        Why::Differs { kind, beds } => {
            line["kind"] = json!(kind.code());
            line["beds"] = json!(beds);
        }
        Why::Number | Why::Kind | Why::Beds => {}
    }
    line
}
