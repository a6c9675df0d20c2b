//! The queue's side of a stroke: ambulance, destination, the community's answers, seats, private cars.

use super::cast::key;
use super::day::{Day, done};
use crate::fault::Fault;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_dispatch::reference::{Gate, Reference};
use homeward_dispatch::{Caller, Dispatcher, Referral, Seen};
use homeward_domain::disposition::{Answer, Disposition, Home, HomeFacts};
use homeward_domain::party::{Party, Stage, Transport};
use homeward_domain::private_car::{CarState, PickUp, ReleaseCheck};
use homeward_domain::{Jurisdiction, Personal, RiskTag, Sensitive, SquadRole};

impl Day {
    /// Everything that is due for parties that are not aboard.
    pub(super) async fn work_the_queue(&mut self, dispatcher: &Dispatcher, now: DateTime<Utc>) -> Result<(), Fault> {
        let reference = dispatcher.reference().await?;
        for (party, _) in dispatcher.parties(&self.cast.dispatcher, true).await?.some {
            match party.stage() {
                Stage::ToRefer => self.refer(dispatcher, &party, now).await?,
                Stage::Referred => self.ambulance(dispatcher, &party, now).await?,
                Stage::Waiting => self.decide(dispatcher, &party, &reference, now).await?,
                Stage::Asked => self.answer(dispatcher, &party, now).await?,
                Stage::ToConfirm => self.confirm(dispatcher, &party).await?,
                Stage::Disposed => self.seat(dispatcher, &party, now).await?,
                Stage::PrivateCar => {
                    self.visit_home(dispatcher, &party, now).await?;
                    self.drive_home(dispatcher, &party, now).await?;
                }
                Stage::Assigned | Stage::Boarding | Stage::Riding => self.visit_home(dispatcher, &party, now).await?,
                Stage::HandedOver | Stage::Released => {}
            }
        }
        Ok(())
    }

    fn due(&self, party: &Party, about: u64, since: DateTime<Utc>, minutes: (i64, i64), now: DateTime<Utc>) -> bool {
        now >= since + self.chance.delay(party.id.uuid(), about, minutes.0, minutes.1)
    }

    fn desk_of(&self, party: &Party) -> Caller {
        let own = |caller: &&Caller| matches!(&caller.actor.grant, homeward_domain::access::Grant::DutyOfficer { desk } if *desk == party.desk);
        self.cast.desks.iter().find(own).unwrap_or(&self.cast.desks[0]).clone()
    }

    async fn refer(&self, dispatcher: &Dispatcher, party: &Party, now: DateTime<Utc>) -> Result<(), Fault> {
        if !self.due(party, 1, party.registered_at, (5, 15), now) {
            return Ok(());
        }
        let ill = party.members.iter().filter(|member| member.screening.reveal().must_be_referred());
        let call = Referral {
            hospital: "演示医院".into(),
            ambulance_plate: "沪120001".into(),
            patients: ill.map(|member| member.arrival).collect(),
        };
        done(dispatcher.refer(&self.desk_of(party), &key(dispatcher), party.id, call).await)?;
        Ok(())
    }

    async fn ambulance(&self, dispatcher: &Dispatcher, party: &Party, now: DateTime<Utc>) -> Result<(), Fault> {
        let offered = party.members.iter().find_map(|member| member.custody.offered.as_ref());
        if offered.is_some_and(|offer| self.due(party, 2, offer.at, (15, 40), now)) {
            done(dispatcher.ambulance_took(&self.desk_of(party), &key(dispatcher), party.id).await)?;
        }
        Ok(())
    }

    async fn decide(
        &mut self,
        dispatcher: &Dispatcher,
        party: &Party,
        all: &Reference,
        now: DateTime<Utc>,
    ) -> Result<(), Fault> {
        if !self.due(party, 3, party.registered_at, (3, 12), now) {
            return Ok(());
        }
        let seen = Seen { party: party.id, version: None };
        let chief = self.cast.dispatcher.clone();
        if party.tag().tag == RiskTag::Green {
            done(dispatcher.free(&chief, &key(dispatcher), seen, "绿标，自行离开".into()).await)?;
            return Ok(());
        }
        if self.chance.is_so(party.id.uuid(), 4, 20) {
            return self.to_a_site(dispatcher, party, "无独立居住条件").await;
        }
        let gates = gates_of(all, &party.responsible);
        if gates.is_empty() {
            return self.to_a_site(dispatcher, party, "无登记小区").await;
        }
        let gate = self.chance.pick(&gates).code.clone();
        let facts = HomeFacts { co_residents: 1, own_room: true, own_toilet: true, co_residents_consent: true };
        done(dispatcher.ask_home(&chief, &key(dispatcher), seen, gate, facts).await)?;
        Ok(())
    }

    async fn to_a_site(&self, dispatcher: &Dispatcher, party: &Party, why: &str) -> Result<(), Fault> {
        let seen = Seen { party: party.id, version: None };
        for (site, _) in &self.cast.sites {
            let chief = &self.cast.dispatcher;
            if done(dispatcher.place_at_site(chief, &key(dispatcher), seen, site.clone(), (why.into(), None)).await)? {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn answer(&self, dispatcher: &Dispatcher, party: &Party, now: DateTime<Utc>) -> Result<(), Fault> {
        let Disposition::Home(home) = &party.disposition else { return Ok(()) };
        if home.refused() {
            return self.to_a_site(dispatcher, party, "街镇意见：集中观察").await;
        }
        if home.opinion == Answer::Pending && self.due(party, 5, home.asked_at, (4, 14), now) {
            let no = self.chance.is_so(party.id.uuid(), 6, 8);
            let reason = no.then(|| "同住老人，建议集中".to_owned());
            if let Some(leader) = self.squad(&party.responsible, SquadRole::Leader) {
                done(dispatcher.give_opinion(leader, &key(dispatcher), party.id, !no, reason).await)?;
            }
        }
        self.check_home(dispatcher, party, home, now).await
    }

    async fn confirm(&self, dispatcher: &Dispatcher, party: &Party) -> Result<(), Fault> {
        let seen = Seen { party: party.id, version: None };
        done(dispatcher.confirm_home(&self.cast.dispatcher, &key(dispatcher), seen).await)?;
        Ok(())
    }

    async fn visit_home(&self, dispatcher: &Dispatcher, party: &Party, now: DateTime<Utc>) -> Result<(), Fault> {
        match &party.disposition {
            Disposition::Home(home) => self.check_home(dispatcher, party, home, now).await,
            _ => Ok(()),
        }
    }

    async fn check_home(
        &self,
        dispatcher: &Dispatcher,
        party: &Party,
        home: &Home,
        now: DateTime<Utc>,
    ) -> Result<(), Fault> {
        if home.check == Answer::Pending
            && self.due(party, 7, home.asked_at, (10, 30), now)
            && let Some(committee) = self.squad(&party.responsible, SquadRole::Committee)
        {
            done(dispatcher.answer_home_check(committee, &key(dispatcher), party.id, true, None).await)?;
        }
        Ok(())
    }

    /// The squad member of a role in a sub-district.
    pub(super) fn squad(&self, place: &Jurisdiction, role: SquadRole) -> Option<&Caller> {
        let squad = self.cast.squads.iter().find(|(own, _)| own.contains(place))?;
        squad.1.iter().find(|member| member.actor.grant.squad_role() == Some(role))
    }

    async fn seat(&mut self, dispatcher: &Dispatcher, party: &Party, now: DateTime<Utc>) -> Result<(), Fault> {
        if self.chance.is_so(party.id.uuid(), 8, 10) && matches!(party.disposition, Disposition::Home(_)) {
            return self.by_car(dispatcher, party).await;
        }
        let chief = self.cast.dispatcher.clone();
        let seen = Seen { party: party.id, version: None };
        let seats = dispatcher.explain_seats(&chief, party.id).await?;
        let mut soon = seats.offers.into_iter().filter(|offer| offer.departs_at > now + TimeDelta::minutes(2));
        if let Some(trip) = soon.find_map(|offer| offer.trip) {
            done(dispatcher.assign(&chief, &key(dispatcher), seen, trip).await)?;
            return Ok(());
        }
        self.plan(dispatcher, now).await
    }

    async fn by_car(&self, dispatcher: &Dispatcher, party: &Party) -> Result<(), Fault> {
        let Some((gate, _)) = party.disposition.bound_for() else { return Ok(()) };
        let pick_up = PickUp {
            name: Personal::new("演示接送人".into()),
            document: Sensitive::new("EX0000000".into()),
            phone: Personal::new("13700000000".into()),
            plate: "沪A88888".into(),
            gate: gate.clone(),
        };
        done(dispatcher.record_car(&self.desk_of(party), &key(dispatcher), party.id, pick_up).await)?;
        Ok(())
    }

    async fn drive_home(&self, dispatcher: &Dispatcher, party: &Party, now: DateTime<Utc>) -> Result<(), Fault> {
        let Transport::Car(car) = &party.transport else { return Ok(()) };
        match car.state {
            CarState::Recorded if self.due(party, 9, party.registered_at, (40, 60), now) => {
                let check =
                    ReleaseCheck { plate_seen: car.pick_up.plate.clone(), document_checked: true, walked_to_car: true };
                done(dispatcher.release_car(&self.desk_of(party), &key(dispatcher), party.id, check).await)?;
            }
            // One in four is late enough for the alarm.
            CarState::Released { at, .. } if self.due(party, 10, at, (45, 130), now) => {
                if let Some(leader) = self.squad(&party.responsible, SquadRole::Leader) {
                    done(dispatcher.receive_car(leader, &key(dispatcher), party.id).await)?;
                    self.tick_car(dispatcher, party).await?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn gates_of<'r>(all: &'r Reference, place: &Jurisdiction) -> Vec<&'r Gate> {
    let inside = |gate: &&Gate| {
        let receiver = all.receivers.iter().find(|receiver| receiver.code == gate.receiver);
        receiver.is_some_and(|receiver| !receiver.site && place.contains(&receiver.jurisdiction))
    };
    all.gates.iter().filter(inside).collect()
}
