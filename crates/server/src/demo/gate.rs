//! The community's side of a stroke: answers, muster, checklist, the two sides of the hand-over.

use super::cast::key;
use super::day::{Day, done};
use crate::fault::Fault;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_dispatch::{Caller, Dispatcher};
use homeward_domain::party::Party;
use homeward_domain::reception::Step;
use homeward_domain::trip::{Stop, StopStage, Trip};
use homeward_domain::{ArrivalId, SquadRole, StopId};
use homeward_feed::row::TripRow;

/// How long the gate takes per person before all is ticked.
const MINUTES_A_PERSON: i64 = 2;

impl Day {
    pub(super) async fn answer_notices(
        &self,
        dispatcher: &Dispatcher,
        trip: &Trip,
        row: &TripRow,
        now: DateTime<Utc>,
    ) -> Result<(), Fault> {
        for stop in &trip.stops {
            // One squad in ten is silent: the dispatcher sees it escalate.
            if self.chance.is_so(stop.id.uuid(), 14, 10) && stop.stage == StopStage::Expected {
                continue;
            }
            for (about, member) in (20..).zip(self.receivers(dispatcher, stop).await?) {
                let role = member.actor.grant.squad_role().unwrap_or(SquadRole::Leader);
                let answered = stop.notice.acks.iter().any(|ack| ack.role == role);
                if !answered && now >= stop.notice.sent_at + self.chance.delay(stop.id.uuid(), about, 1, 9) {
                    done(dispatcher.acknowledge(&member, &key(dispatcher), stop.id).await)?;
                }
            }
            self.muster(dispatcher, row, stop, now).await?;
        }
        Ok(())
    }

    /// The squad goes when the board says so.
    async fn muster(
        &self,
        dispatcher: &Dispatcher,
        row: &TripRow,
        stop: &Stop,
        now: DateTime<Utc>,
    ) -> Result<(), Fault> {
        let shown = row.stops.iter().find(|shown| shown.stop == stop.id.uuid());
        let go_at = shown.and_then(|shown| shown.eta.as_ref()).map(|eta| eta.go_at);
        if stop.notice.mustered_at.is_none()
            && row.departed_at.is_some()
            && go_at.is_some_and(|go_at| now >= go_at)
            && !matches!(stop.stage, StopStage::HandedOver { .. })
            && let Some(first) = self.receivers(dispatcher, stop).await?.first()
        {
            done(dispatcher.muster(first, &key(dispatcher), stop.id).await)?;
        }
        Ok(())
    }

    /// Who receives at a stop: the five of a squad, or a site's manager.
    async fn receivers(&self, dispatcher: &Dispatcher, stop: &Stop) -> Result<Vec<Caller>, Fault> {
        if let Some((_, manager)) = self.cast.sites.iter().find(|(site, _)| *site == stop.receiver) {
            return Ok(vec![manager.clone()]);
        }
        let reference = dispatcher.reference().await?;
        let receiver = reference.receivers.iter().find(|receiver| receiver.code == stop.receiver);
        let squad = receiver
            .and_then(|receiver| self.cast.squads.iter().find(|(place, _)| place.contains(&receiver.jurisdiction)));
        Ok(squad.map(|(_, members)| members.clone()).unwrap_or_default())
    }

    pub(super) async fn hand_over(
        &self,
        dispatcher: &Dispatcher,
        escort: &Caller,
        stop: &Stop,
        parties: &[Party],
        now: DateTime<Utc>,
    ) -> Result<(), Fault> {
        let team = self.receivers(dispatcher, stop).await?;
        match stop.stage {
            StopStage::Arrived { at } => {
                self.tick_all(dispatcher, stop, parties, &team, now - at).await?;
                if now >= at + TimeDelta::minutes(3) {
                    done(dispatcher.offer(escort, &key(dispatcher), stop.id).await)?;
                }
            }
            StopStage::Offered { arrived_at, .. } => {
                self.tick_all(dispatcher, stop, parties, &team, now - arrived_at).await?;
                if let Some(first) = team.first() {
                    done(dispatcher.accept(first, &key(dispatcher), stop.id).await)?;
                }
            }
            StopStage::Expected | StopStage::HandedOver { .. } => {}
        }
        Ok(())
    }

    async fn tick_all(
        &self,
        dispatcher: &Dispatcher,
        stop: &Stop,
        parties: &[Party],
        team: &[Caller],
        stood: TimeDelta,
    ) -> Result<(), Fault> {
        let here = |party: &&Party| stop.parties().contains(&party.id);
        let people =
            parties.iter().filter(here).flat_map(|party| party.members.iter().map(move |member| (party, member)));
        for (number, (party, member)) in (1..).zip(people.collect::<Vec<_>>()) {
            if stood < TimeDelta::minutes(MINUTES_A_PERSON * number) {
                continue;
            }
            for step in member.reception.missing() {
                let step = step_of(step, party);
                self.tick(dispatcher, stop.id, member.arrival, step, team).await?;
            }
        }
        Ok(())
    }

    /// Who comes by private car is looked after as soon as they are received.
    pub(super) async fn tick_car(&self, dispatcher: &Dispatcher, party: &Party) -> Result<(), Fault> {
        let roles = [SquadRole::Committee, SquadRole::Police, SquadRole::Doctor];
        for member in &party.members {
            for step in member.reception.missing().into_iter().map(|step| step_of(step, party)) {
                let own = roles.into_iter().find(|role| step.belongs_to(*role));
                if let Some(one) = own.and_then(|role| self.squad(&party.responsible, role)) {
                    let (key, arrival) = (key(dispatcher), member.arrival);
                    done(dispatcher.check_off_in_car(one, &key, party.id, arrival, step).await)?;
                }
            }
        }
        Ok(())
    }

    async fn tick(
        &self,
        dispatcher: &Dispatcher,
        stop: StopId,
        arrival: ArrivalId,
        step: Step,
        team: &[Caller],
    ) -> Result<(), Fault> {
        let own = |member: &&Caller| member.actor.grant.squad_role().is_none_or(|role| step.belongs_to(role));
        if let Some(member) = team.iter().find(own) {
            done(dispatcher.check_off(member, &key(dispatcher), stop, arrival, step.clone()).await)?;
        }
        Ok(())
    }
}

fn step_of(code: &str, party: &Party) -> Step {
    match code {
        "verify" => Step::Verify,
        "inform" => Step::Inform { language: party.languages.first().cloned().unwrap_or_else(|| "zh".into()) },
        _ => Step::Enrol { temperature_c: 36.5, letter_signed: true, guide_given: true },
    }
}
