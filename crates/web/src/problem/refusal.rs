//! Every refusal's status, code and data. No wildcard arm, so a new refusal does not compile until it has an answer.

use super::Problem;
use axum::http::StatusCode as S;
use homeward_domain::Refusal as R;

fn state(code: &'static str, detail: impl Into<String>) -> Problem {
    Problem::new(S::CONFLICT, code, "Not possible as things stand", detail)
}

fn input(code: &'static str, detail: &str, field: &str) -> Problem {
    Problem::new(S::UNPROCESSABLE_ENTITY, code, "Something is missing or not right", detail).with("field", field)
}

/// Two halves of one match: who asks and how, then where people and vehicles stand.
pub(super) fn problem(refusal: R) -> Problem {
    match refusal {
        R::Invalid(invalid) => Problem::invalid(&invalid),
        R::NotYourRole => Problem::new(S::FORBIDDEN, "not-your-role", "Another role does this", "ask who has the role"),
        R::NotFound => Problem::new(S::NOT_FOUND, "not-found", "Nothing there", "it does not exist, or not for you"),
        R::NotSignedIn => Problem::new(S::UNAUTHORIZED, "not-signed-in", "Nobody is signed in", "sign in first"),
        R::SignInFailed => {
            Problem::new(S::UNAUTHORIZED, "sign-in-failed", "Name or password is wrong", "check both and try again")
        }
        R::TooManyAttempts { retry_after_seconds: seconds } => {
            Problem::new(S::TOO_MANY_REQUESTS, "too-many-attempts", "Too many attempts", "wait, then try again")
                .with("retry_after_seconds", seconds)
                .retry_after(seconds)
        }
        R::WrongSetUpCode => input("wrong-set-up-code", "the code is printed on the server's console", "code"),
        R::AlreadySetUp => state("already-set-up", "the first administrator exists; sign in"),
        R::Stale { expected, found } => {
            state("stale", "somebody changed it first; look again").with("expected", expected).with("found", found)
        }
        R::KeyReused => Problem::new(
            S::UNPROCESSABLE_ENTITY,
            "idempotency-key-reused",
            "The key was used for another request",
            "use a new Idempotency-Key for a new intent",
        ),
        R::Taken { what } => {
            state("taken", format!("there is one with this {what} already")).with("what", what).with("field", what)
        }
        R::LastAdministrator => state("last-administrator", "make another administrator first"),
        R::ReasonMissing => input("reason-missing", "say why", "reason"),
        R::LetterNotSigned => input("letter-not-signed", "the commitment letter must be signed", "letter_signed"),
        R::GuideNotGiven => input("guide-not-given", "hand out the guide first", "guide_given"),
        R::PlateDiffers => input("plate-differs", "this is not the recorded car", "plate_seen"),
        R::ReleaseCheckIncomplete => {
            input("release-check-incomplete", "check the document and walk them to the car", "document_checked")
        }
        R::CustodyGap { from, to } => {
            state("custody-gap", "the chain knows no such step").with("from", from).with("to", to)
        }
        R::NotOffered { to } => state("not-offered", "nobody offered this").with("to", to),
        R::MustBeReferred => state("must-be-referred", "fever or symptoms: call the ambulance first"),
        R::AlreadyReferred => state("already-referred", "the party goes by ambulance"),
        R::NotInParty => state("not-in-party", "this person is not of this party"),
        R::NoListInForce => state("no-list-in-force", "publish the first key list"),
        R::NoDestination => state("no-destination", "decide where the party goes first"),
        R::TagForbidsHome => state("tag-forbids-home", "a red tag goes to a site"),
        R::TagForbidsFree => state("tag-forbids-free", "only a green tag is free to go"),
        R::AlreadyUnderWay => state("already-under-way", "somebody has left already"),
        R::NothingAsked => state("nothing-asked", "no answer is waited for"),
        R::AlreadyAnswered { by, at } => {
            state("already-answered", "it was answered before").with("by", by).with("at", at.to_rfc3339())
        }
        R::OpinionRefused { reason } => state("opinion-refused", "the sub-district said no").with("reason", reason),
        R::OpinionPending => state("opinion-pending", "the sub-district has not answered"),
        R::HomeUnsuitable { reason } => {
            state("home-unsuitable", "the committee found it unsuitable").with("reason", reason)
        }
        R::HomeCheckPending => state("home-check-pending", "the committee has not visited yet"),
        R::SiteFull { free, needed } => {
            state("site-full", "no room takes the party whole").with("free", free).with("needed", needed)
        }
        R::SiteClosed => state("site-closed", "the site takes nobody new"),
        R::VehicleFull { free, needed } => state("vehicle-full", format!("{free} seats free, {needed} needed"))
            .with("free", free)
            .with("needed", needed),
        R::AlreadySeated => state("already-seated", "take the seats back first"),
        R::NotSeated => state("not-seated", "the party has no seats"),
        R::OtherTransport => state("other-transport", "the party goes another way"),
        R::NotOnManifest => state("not-on-manifest", "this person has no seat here"),
        R::WrongStage { stage, needed } => {
            state("wrong-stage", format!("the trip is {stage}")).with("stage", stage).with("needed", needed)
        }
        R::StopStage { stage, needed } => {
            state("stop-stage", format!("the stop is {stage}")).with("stage", stage).with("needed", needed)
        }
        R::CrewIncomplete { driver, escorts } => state("crew-incomplete", "a driver and two escorts are needed")
            .with("driver", driver)
            .with("escorts", escorts),
        R::PlateMissing => state("plate-missing", "write the plate before departure"),
        R::NotBoarded { boarded, manifest } => {
            state("not-boarded", "somebody is not aboard").with("boarded", boarded).with("manifest", manifest)
        }
        R::HeadCountDiffers { counted, manifest } => {
            state("head-count-differs", "count again").with("counted", counted).with("manifest", manifest)
        }
        R::NobodyAboard => state("nobody-aboard", "nobody rides on this trip"),
        R::HandoverNotOffered => state("handover-not-offered", "the escort confirms first"),
        R::ReceptionIncomplete { persons, steps } => {
            state("reception-incomplete", "the checklist has open steps").with("persons", persons).with("steps", steps)
        }
        R::StepAlreadyChecked { step, by, at } => state("step-already-checked", "it was ticked before")
            .with("step", step)
            .with("by", by)
            .with("at", at.to_rfc3339()),
        R::StepOfAnotherRole { step } => {
            Problem::new(S::FORBIDDEN, "step-of-another-role", "Another role's step", "its own role ticks it")
                .with("step", step)
        }
        R::AlreadyAcknowledged { role, by, at } => state("already-acknowledged", "this role answered before")
            .with("role", role.code())
            .with("by", by)
            .with("at", at.to_rfc3339()),
        R::AlreadyMustered { at } => state("already-mustered", "the squad is at the gate").with("at", at.to_rfc3339()),
        R::CarNotRecorded => state("car-not-recorded", "record the car first"),
        R::DestinationDiffers => state("destination-differs", "the car drives to another gate than the one decided"),
        R::CarNotReleased => state("car-not-released", "the desk has not let it go"),
        R::AlreadyReceived => state("already-received", "they were received before"),
    }
}
