//! A stop as the row of its receiver's board.

use super::meetings::{broken_at, stop_change};
use super::party_row::{bound_to, came_from, home_check, people};
use super::trip_row::{TripContext, contact};
use homeward_domain::disposition::Disposition;
use homeward_domain::notice::Notice;
use homeward_domain::party::{Member, Party};
use homeward_domain::trip::{State, Stop, StopStage, Trip};
use homeward_feed::row;
use std::collections::BTreeSet;

/// The row of one stop.
pub(super) fn stop_row(trip: &Trip, stop: &Stop, context: &TripContext) -> row::StopRow {
    let parties: Vec<&Party> = stop.parties().iter().filter_map(|id| context.parties.get(id)).collect();
    let arrivals: Vec<_> = stop.seats.iter().map(|seat| seat.arrival).collect();
    let members: Vec<&Member> = parties.iter().flat_map(|party| bound_to(party, &arrivals)).collect();
    let [arrived_at, offered_at, handed_over_at] = instants(stop.stage);
    row::StopRow {
        stop: stop.id.uuid(),
        trip: trip.id.uuid(),
        receiver: stop.receiver.to_string(),
        gate: context.gate_name(&stop.gate),
        gate_closed: context.closed.get(&stop.gate).cloned(),
        stage: stage(trip, stop),
        eta: context.estimates.get(&stop.id).cloned(),
        broken_at: broken_at(trip, stop.id),
        change: stop_change(stop, context),
        people: people(members.iter().copied()),
        parties: parties.iter().map(|party| party.label.clone()).collect(),
        languages: each_once(parties.iter().flat_map(|party| party.languages.iter().cloned())),
        from: came_from(members.iter().copied()),
        flights: each_once(parties.iter().map(|party| party.flight.number.to_string())),
        plate: trip.plate.clone(),
        driver: trip.driver.as_ref().map(contact),
        escort: context
            .escorts
            .first()
            .map(|escort| row::Contact { name: escort.name.clone(), phone: escort.phone.clone() }),
        notice: notice(&stop.notice),
        home_check: least_ready(&parties),
        arrived_at,
        offered_at,
        handed_over_at,
        diverted: None,
        version: trip.version,
    }
}

fn each_once(values: impl Iterator<Item = String>) -> Vec<String> {
    values.collect::<BTreeSet<_>>().into_iter().collect()
}

const fn instants(stage: StopStage) -> [Option<chrono::DateTime<chrono::Utc>>; 3] {
    match stage {
        StopStage::Expected => [None, None, None],
        StopStage::Arrived { at } => [Some(at), None, None],
        StopStage::Offered { arrived_at, at } => [Some(arrived_at), Some(at), None],
        StopStage::HandedOver { arrived_at, offered_at, at } => [Some(arrived_at), Some(offered_at), Some(at)],
    }
}

fn stage(trip: &Trip, stop: &Stop) -> row::StopStage {
    match (stop.stage, &trip.state) {
        (StopStage::HandedOver { .. }, _) => row::StopStage::HandedOver,
        (StopStage::Offered { .. }, _) => row::StopStage::Offered,
        (StopStage::Arrived { .. }, _) => row::StopStage::Arrived,
        (StopStage::Expected, State::Planned) => row::StopStage::Planned,
        (StopStage::Expected, State::Boarding { .. }) => row::StopStage::Boarding,
        (StopStage::Expected, State::EnRoute { .. } | State::Completed { .. }) => row::StopStage::EnRoute,
        (StopStage::Expected, State::Cancelled { .. }) => row::StopStage::Cancelled,
    }
}

fn notice(notice: &Notice) -> row::Notice {
    let ack = |ack: &homeward_domain::notice::Ack| row::Ack {
        role: ack.role.code().to_owned(),
        by: ack.by.clone(),
        at: ack.at,
        told: ack.told.map(|told| row::Told { gate_at: told.gate_at, go_at: told.go_at }),
    };
    row::Notice {
        sent_at: notice.sent_at,
        renewed_at: notice.renewed_at,
        deadline_at: notice.deadline_at,
        acks: notice.acks.iter().map(ack).collect(),
        lapsed: notice.lapsed.iter().map(ack).collect(),
        mustered_at: notice.mustered_at,
        escalated_at: notice.escalated_at,
    }
}

/// Unsuitable before pending before suitable: the board shows what still stands in the way.
fn least_ready(parties: &[&Party]) -> row::HomeCheck {
    let rank = |check: &row::HomeCheck| match check {
        row::HomeCheck::None => 0,
        row::HomeCheck::Suitable => 1,
        row::HomeCheck::Pending => 2,
        row::HomeCheck::Unsuitable => 3,
    };
    let checks = parties.iter().map(|party| match &party.disposition {
        Disposition::Home(home) => home_check(home),
        _ => row::HomeCheck::None,
    });
    checks.max_by_key(rank).unwrap_or(row::HomeCheck::None)
}
