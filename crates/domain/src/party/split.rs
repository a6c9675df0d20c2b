//! A person who does not come becomes a party of their own. A party is never split without somebody saying so.

use super::{Party, Transport};
use crate::disposition::Disposition;
use crate::{ArrivalId, PartyId, Refusal};

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
        left.label = format!("{}b", self.label);
        left.members = vec![member];
        left.transport = Transport::None;
        left.version = 1;
        if let Disposition::Site { .. } = left.disposition {
            left.disposition = Disposition::Undecided;
        }
        Ok((self, left))
    }
}
