//! Phones that tell where a vehicle is: a dispatcher enrols one and gets its token once; revoked, it is a stranger.

use crate::under_way::Heard;
use crate::{Caller, Dispatcher, Halt, Key, Receipt, token, turn::Turn, vehicles::own_district};
use homeward_domain::access::Action;
use homeward_domain::{DeviceId, Personal, Refusal, VehicleId};
use homeward_store::device::{self, Device};
use homeward_store::vehicle;
use serde_json::json;

/// Other nodes look at the phones again.
pub(crate) const PHONES: &str = "phones";

impl Dispatcher {
    /// The phones of the caller's district, newest first, and when this node heard each last.
    pub async fn devices(&self, caller: &Caller) -> Result<Vec<(Device, Option<Heard>)>, Halt> {
        let district = own_district(caller, Action::Dispatch)?;
        let devices = device::of_district(self.store.read().await?.conn(), district.as_str()).await?;
        Ok(devices.into_iter().map(|device| (device.clone(), self.under_way.heard(device.id))).collect())
    }

    /// Enrols a phone for a vehicle of the caller's district. The token is told this once: a repeated request gets its
    /// receipt again and no token, because only the hash was kept.
    pub async fn enrol_device(
        &self,
        caller: &Caller,
        key: &Key,
        of: VehicleId,
        label: String,
    ) -> Result<(Receipt, Personal<String>), Halt> {
        let district = own_district(caller, Action::Dispatch)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let known = vehicle::load(turn.conn(), of).await?.filter(|it| it.district == district);
        let known = known.ok_or(Refusal::NotFound)?;
        let token = token::session();
        let device = Device {
            id: DeviceId::new(turn.new_id()),
            vehicle: known.id,
            vehicle_name: known.name,
            label,
            enrolled_by: caller.actor.name.clone(),
            enrolled_at: turn.now,
            revoked_at: None,
        };
        device::insert(turn.conn(), &device, &token::hash(token.reveal())).await?;
        turn.record(device.id.uuid(), "device.enrolled", json!({ "vehicle": known.id }));
        let receipt = turn.close(device.id.uuid(), 1).await?;
        self.phones_changed();
        Ok((receipt, token))
    }

    /// Revokes a phone: from now on its token is nobody's.
    pub async fn revoke_device(&self, caller: &Caller, key: &Key, id: DeviceId) -> Result<Receipt, Halt> {
        let district = own_district(caller, Action::Dispatch)?;
        let mut turn = Turn::open(self, caller, key).await?;
        let now = turn.now;
        if !device::revoke(turn.conn(), id, district.as_str(), &caller.actor.name, now).await? {
            return Err(Refusal::NotFound.into());
        }
        turn.record(id.uuid(), "device.revoked", json!({}));
        let receipt = turn.close(id.uuid(), 2).await?;
        self.phones_changed();
        // Whoever was heard a moment ago is not heard again, here at once and elsewhere with the next look.
        self.look_at_phones(self.clock.now()).await?;
        Ok(receipt)
    }

    fn phones_changed(&self) {
        self.under_way.phones_changed();
        self.store.tell(PHONES, json!({}));
    }
}
