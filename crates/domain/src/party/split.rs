//! A person who does not come becomes a party of their own. A party is never split without somebody saying so.

use super::{Party, Transport};
use crate::disposition::Disposition;
use crate::{ArrivalId, PartyId, Refusal};

/// The letter of who leaves a party of so many: another one each time, since the party is one smaller then.
fn letter(people: usize) -> char {
    ('a'..='z').cycle().nth(people.saturating_sub(1)).expect("a cycle does not end")
}

impl Party {
    /// Those who go on, and the one who stays behind at the desk without a seat. A home that was cleared stays cleared
    /// for both; a room at a site was held for the others, so the one who stays is decided anew.
    pub fn split(mut self, arrival: ArrivalId, id: PartyId) -> Result<(Self, Self), Refusal> {
        let place = self.members.iter().position(|member| member.arrival == arrival).ok_or(Refusal::NotInParty)?;
        if self.members.len() == 1 {
            return Err(Refusal::NotInParty);
        }
        let mut left = self.clone();
        let mut member = self.members.remove(place);
        member.custody = member.custody.withdraw();
        left.id = id;
        left.label = format!("{}{}", self.label, letter(left.members.len()));
        left.members = vec![member];
        left.transport = Transport::None;
        left.version = 1;
        if let Disposition::Site { .. } = left.disposition {
            left.disposition = Disposition::Undecided;
        }
        Ok((self, left))
    }
}
