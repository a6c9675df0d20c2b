//! One party becomes two: a person does not come, or a dispatcher decides it. Never without somebody saying so.

use super::{Event, Member, Party, Transport};
use crate::disposition::Disposition;
use crate::refusal::Order;
use crate::{ArrivalId, PartyId, Refusal};
use std::collections::BTreeSet;

/// The letter of who leaves a party of so many: another one each time, since the party is smaller then.
fn letter(people: usize) -> char {
    ('a'..='z').cycle().nth(people.saturating_sub(1)).expect("a cycle does not end")
}

impl Party {
    /// Those who go on, and the one who stays behind at the desk without a seat. A home that was cleared stays cleared
    /// for both; a room at a site was held for the others, so the one who stays is decided anew.
    pub fn split(mut self, arrival: ArrivalId, id: PartyId) -> Result<(Self, Self), Refusal> {
        if self.member(arrival).is_none() || self.members.len() == 1 {
            return Err(Refusal::NotInParty);
        }
        let leaving = BTreeSet::from([arrival]);
        let mut left = self.part(&leaving, id);
        for member in &mut left.members {
            member.custody = member.custody.clone().withdraw();
        }
        left.transport = Transport::None;
        if let Disposition::Site { .. } = left.disposition {
            left.disposition = Disposition::Undecided;
        }
        self.members.retain(|member| !leaving.contains(&member.arrival));
        Ok((self, left))
    }

    /// These people of the party as a party of their own, with everything else as it is: flight, languages, destination with
    /// its terms, its answers and its clocks, and since when they wait.
    #[must_use]
    pub fn part(&self, leaving: &BTreeSet<ArrivalId>, id: PartyId) -> Self {
        Self {
            id,
            label: self.label_of_part(),
            members: self.members.iter().filter(|member| leaving.contains(&member.arrival)).cloned().collect(),
            version: 1,
            ..self.clone()
        }
    }

    /// What people will call who leaves this party next.
    #[must_use]
    pub fn label_of_part(&self) -> String {
        format!("{}{}", self.label, letter(self.members.len()))
    }

    /// Refuses to make two parties of this one. Everybody stands at the desk with neither seats nor a car, each part has
    /// somebody in it, and nobody under age is left without an adult. Who is ill goes with their companions, by ambulance.
    pub fn may_be_split(&self, leaving: &BTreeSet<ArrivalId>) -> Result<(), Refusal> {
        self.nothing_carries_them()?;
        if leaving.iter().any(|arrival| self.member(*arrival).is_none()) {
            return Err(Refusal::NotInParty);
        }
        let (go, stay): (Vec<_>, Vec<_>) = self.members.iter().partition(|member| leaving.contains(&member.arrival));
        if go.is_empty() || stay.is_empty() {
            return Err(Order::NobodyLeft.into());
        }
        let no_adult = |part: &[&Member]| part.iter().all(|member| member.under_age(self.flight.landed_on));
        if no_adult(&go) || no_adult(&stay) { Err(Order::MinorsAlone.into()) } else { Ok(()) }
    }

    /// `room` is the room of those who stay, where a site held one for all of them until now.
    pub(super) fn split_off(
        &self,
        leaving: BTreeSet<ArrivalId>,
        room: Option<String>,
        reason: String,
    ) -> Result<Vec<Event>, Refusal> {
        self.may_be_split(&leaving)?;
        let to = self.disposition.clone().in_room(room);
        Ok(vec![Event::Split { leaving, label: self.label_of_part(), to, reason }])
    }
}
