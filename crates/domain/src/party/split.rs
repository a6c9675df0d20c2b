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
    /// Those who go on, and those who stay behind at the desk without seats. A home that was cleared stays cleared
    /// for both; a room at a site was held for the others, so those who stay are decided anew.
    pub fn split(mut self, leaving: &BTreeSet<ArrivalId>, id: PartyId) -> Result<(Self, Self), Refusal> {
        self.has_all(leaving)?;
        if leaving.is_empty() || leaving.len() == self.members.len() {
            return Err(Refusal::NotInParty);
        }
        let mut left = self.part(leaving, id);
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
        self.has_all(leaving)?;
        if leaving.is_empty() || leaving.len() == self.members.len() {
            return Err(Order::NobodyLeft.into());
        }
        if self.parts_from_adults(leaving) { Err(Order::MinorsAlone.into()) } else { Ok(()) }
    }

    /// Refuses to leave these people behind where others board, if one of the two parts would have no adult. All of them
    /// together part from nobody.
    pub fn may_stay_behind(&self, staying: &BTreeSet<ArrivalId>) -> Result<(), Refusal> {
        self.has_all(staying)?;
        if self.parts_from_adults(staying) { Err(Order::MinorsParted { on_the_way: false }.into()) } else { Ok(()) }
    }

    /// The same between two vehicles. The others may have passed already and nobody is passed back, so whoever is left without
    /// an adult of their party may be looked after by somebody else, who is named.
    pub fn may_be_kept(&self, staying: &BTreeSet<ArrivalId>, looked_after_by: Option<&str>) -> Result<(), Refusal> {
        self.has_all(staying)?;
        let named = looked_after_by.is_some_and(|name| !name.trim().is_empty());
        if self.parts_from_adults(staying) && !named {
            return Err(Order::MinorsParted { on_the_way: true }.into());
        }
        Ok(())
    }

    fn has_all(&self, arrivals: &BTreeSet<ArrivalId>) -> Result<(), Refusal> {
        if arrivals.iter().all(|arrival| self.member(*arrival).is_some()) { Ok(()) } else { Err(Refusal::NotInParty) }
    }

    /// Whether of two parts one would be people under age alone.
    fn parts_from_adults(&self, leaving: &BTreeSet<ArrivalId>) -> bool {
        let (go, stay): (Vec<_>, Vec<_>) = self.members.iter().partition(|member| leaving.contains(&member.arrival));
        let minors = |part: &[&Member]| part.iter().all(|member| member.under_age(self.flight.landed_on));
        !go.is_empty() && !stay.is_empty() && (minors(&go) || minors(&stay))
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
