//! A party as rows: in the district's queue, and on a community's board while it waits for an answer or a private car.

use homeward_domain::disposition::{Answer, Disposition, Home};
use homeward_domain::party::{Member, Party, Transport};
use homeward_domain::private_car::{CarState, PrivateCar};
use homeward_domain::reception::OpenSteps;
use homeward_domain::{StopId, TripId, code};
use homeward_feed::row::{
    Approval, CarSummary, Destination, Gate, HomeCheck, Lapsed, Name, Opinion, PartyRow, People, PrivateCarRow,
    RequestRow, Row, Silence,
};
use homeward_store::{Conn, Error};
use std::collections::BTreeSet;

/// The party in the queue.
pub(crate) fn party_row(party: &Party) -> PartyRow {
    let (trip, stop) = match party.transport {
        Transport::Seats { trip, stop } => (Some(trip), Some(stop)),
        _ => (None, None),
    };
    PartyRow {
        party: party.id.uuid(),
        label: party.label.clone(),
        version: party.version,
        desk: party.desk.to_string(),
        district: party.district.to_string(),
        responsible: party.responsible.to_string(),
        flight: party.flight.number.to_string(),
        people: people(party.members.iter()),
        languages: party.languages.clone(),
        from: came_from(party.members.iter()),
        tag: party.tag().tag.code().to_owned(),
        tag_version: party.tag().list_version,
        registered_at: party.registered_at,
        stage: party.stage().code().to_owned(),
        destination: destination(&party.disposition),
        lapsed: lapsed(&party.disposition),
        trip: trip.map(TripId::uuid),
        stop: stop.map(StopId::uuid),
        private_car: match &party.transport {
            Transport::Car(car) => Some(car_summary(car)),
            _ => None,
        },
    }
}

/// Heads and needs.
pub(super) fn people<'m>(members: impl Iterator<Item = &'m Member>) -> People {
    members.fold(People::default(), |sum, member| People {
        total: sum.total + 1,
        infants: sum.infants + i64::from(member.needs.infant),
        wheelchairs: sum.wheelchairs + i64::from(member.needs.wheelchair),
        luggage: sum.luggage + i64::from(member.needs.luggage),
    })
}

/// The countries they come back from, each once, in order.
pub(super) fn came_from<'m>(members: impl Iterator<Item = &'m Member>) -> Vec<String> {
    let codes: BTreeSet<String> =
        members.flat_map(|member| member.history.countries()).map(|country| country.to_string()).collect();
    codes.into_iter().collect()
}

fn destination(to: &Disposition) -> Option<Destination> {
    match to {
        Disposition::Undecided | Disposition::Lapsed { .. } => None,
        Disposition::Home(home) => Some(Destination::Home {
            gate: home.gate.to_string(),
            receiver: home.receiver.to_string(),
            home_check: home_check(home),
            opinion: opinion(home),
            opinion_reason: home.no().map(str::to_owned),
            asked_at: home.asked_at,
            deadline_at: home.deadline_at,
            silence: silence(home),
            approval: approval(&home.terms.approval),
        }),
        Disposition::Site { receiver, room, reason, opinion, .. } => Some(Destination::Site {
            receiver: receiver.to_string(),
            room: room.clone(),
            reason: reason.clone(),
            opinion: opinion.clone(),
        }),
        Disposition::Referral { hospital, .. } => Some(Destination::Referral { hospital: hospital.clone() }),
        Disposition::Onward { to, .. } => Some(Destination::Onward { to: to.clone() }),
        Disposition::Free { .. } => Some(Destination::Free),
    }
}

fn lapsed(to: &Disposition) -> Option<Lapsed> {
    match to {
        Disposition::Lapsed { receiver, room, at } => {
            Some(Lapsed { receiver: receiver.to_string(), room: room.clone(), at: *at })
        }
        _ => None,
    }
}

fn silence(home: &Home) -> Silence {
    let rule = home.opinion.rule().or(home.terms.silence.rule.as_ref());
    Silence {
        means: home.terms.silence.means.code().to_owned(),
        place: rule.map(|rule| rule.place.to_string()),
        rule_version: rule.map(|rule| rule.version),
        rule_by: rule.map(|rule| rule.by.clone()),
        decided: home.opinion.rule().is_some(),
        escalated_at: home.overdue.map(|overdue| overdue.escalated_at),
        asked_again: home.overdue.map_or(0, |overdue| overdue.asked_again),
    }
}

fn approval(approval: &homeward_domain::approval::Approval) -> Approval {
    Approval {
        mode: approval.mode.code().to_owned(),
        version: approval.version,
        confirmed_by: approval.confirmed.as_ref().map(|it| it.by.clone()),
        confirmed_at: approval.confirmed.as_ref().map(|it| it.at),
    }
}

fn opinion(home: &Home) -> Opinion {
    match home.opinion {
        Answer::Pending => Opinion::Pending,
        Answer::Yes { .. } => Opinion::Agreed,
        Answer::No { .. } => Opinion::Refused,
    }
}

pub(super) fn home_check(home: &Home) -> HomeCheck {
    match home.check {
        Answer::Pending => HomeCheck::Pending,
        Answer::Yes { .. } => HomeCheck::Suitable,
        Answer::No { .. } => HomeCheck::Unsuitable,
    }
}

fn car_summary(car: &PrivateCar) -> CarSummary {
    let (state, expected_at, overdue) = match car.state {
        CarState::Recorded => ("recorded", None, false),
        CarState::Released { expected_at, alarmed_at, .. } => ("released", Some(expected_at), alarmed_at.is_some()),
        CarState::Received { .. } => ("received", None, false),
    };
    CarSummary { state: state.to_owned(), plate: car.pick_up.plate.clone(), expected_at, overdue }
}

/// The row behind one of the party's keys on a board.
pub(super) async fn on_board(conn: &mut Conn, party: &Party, key: &str) -> Result<Option<Row>, Error> {
    if key.ends_with(":car") {
        let Transport::Car(car) = &party.transport else { return Ok(None) };
        let gate = gate(conn, &car.pick_up.gate).await?;
        return Ok(Some(Row::PrivateCar(Box::new(car_row(party, car, gate)))));
    }
    let Disposition::Home(home) = &party.disposition else { return Ok(None) };
    let gate = gate(conn, &home.gate).await?;
    Ok(Some(Row::Request(Box::new(request_row(party, home, gate)))))
}

/// A gate with its compound's name; a code the reference data lost still shows itself.
pub(crate) async fn gate(conn: &mut Conn, code: &code::Gate) -> Result<Gate, Error> {
    let known = homeward_store::reference::gate_of(conn, code).await?;
    let compound = known.map_or_else(
        || Name { zh: code.to_string(), en: code.to_string() },
        |gate| Name { zh: gate.compound.zh, en: gate.compound.en },
    );
    Ok(Gate { code: code.to_string(), compound })
}

fn request_row(party: &Party, home: &Home, gate: Gate) -> RequestRow {
    RequestRow {
        party: party.id.uuid(),
        label: party.label.clone(),
        receiver: home.receiver.to_string(),
        gate,
        people: people(party.members.iter()),
        languages: party.languages.clone(),
        from: came_from(party.members.iter()),
        asked_at: home.asked_at,
        deadline_at: home.deadline_at,
        opinion: opinion(home),
        silence: silence(home),
        home_check: home_check(home),
        co_residents: home.facts.co_residents,
        own_room: home.facts.own_room,
        own_toilet: home.facts.own_toilet,
        co_residents_consent: home.facts.co_residents_consent,
    }
}

pub(crate) fn car_row(party: &Party, car: &PrivateCar, gate: Gate) -> PrivateCarRow {
    let (released_at, expected_at, overdue, received_at) = match car.state {
        CarState::Recorded => (party.registered_at, None, false, None),
        CarState::Released { at, expected_at, alarmed_at } => (at, Some(expected_at), alarmed_at.is_some(), None),
        CarState::Received { released_at, at } => (released_at, None, false, Some(at)),
    };
    PrivateCarRow {
        party: party.id.uuid(),
        label: party.label.clone(),
        receiver: car.receiver.to_string(),
        gate,
        people: people(party.members.iter()),
        plate: car.pick_up.plate.clone(),
        released_at,
        expected_at,
        overdue,
        received_at,
        open_steps: received_at.map(|_| {
            let OpenSteps { verify, inform, enrol } = party.open_steps();
            homeward_feed::row::OpenSteps { verify, inform, enrol }
        }),
    }
}

/// Members of a party that ride on a trip, not the one who stayed at the desk; who left their site since then, too.
pub(super) fn bound_to<'p>(party: &'p Party, arrivals: &[homeward_domain::ArrivalId]) -> Vec<&'p Member> {
    party.members.iter().filter(|member| arrivals.contains(&member.arrival)).collect()
}
