//! In the office: accounts, lists and places.

use super::{Actor, PASSWORD, Written};
use serde_json::{Value, json};

/// Manages accounts and lists, and reads no persons.
pub struct Administrator(pub Actor);

impl Administrator {
    /// Makes an account; the display name is the username in capitals.
    pub async fn add_account(&self, username: &str, grant: Value) -> Written {
        self.add_account_as(username, (&username.to_uppercase(), "02163000000"), grant).await
    }

    /// Makes an account of somebody with this display name and phone.
    pub async fn add_account_as(&self, username: &str, (name, phone): (&str, &str), grant: Value) -> Written {
        let body = json!({ "username": username, "password": PASSWORD, "display_name": name, "phone": phone,
            "grant": grant });
        self.write("/v1/accounts", body).await
    }

    /// Locks somebody out.
    pub async fn disable(&self, who: &Actor) -> Written {
        self.write(&format!("/v1/accounts/{}/disable", who.account()), json!({})).await
    }

    /// Publishes the next key list.
    pub async fn publish_list(&self, list: Value) -> Written {
        self.write("/v1/key-lists", list).await
    }

    /// Opens a new site of Huangpu.
    pub async fn add_site(&self, site: Value) -> Written {
        self.write("/v1/sites", site).await
    }

    /// Adds a list of rooms to a site.
    pub async fn add_rooms(&self, site: &str, rooms: Value) -> Written {
        self.write(&format!("/v1/sites/{site}/rooms"), json!({ "rooms": rooms })).await
    }

    /// Opens a relay point of Huangpu.
    pub async fn add_relay_point(&self, point: Value) -> Written {
        self.write("/v1/relay-points", point).await
    }

    /// No new change is planned at a relay point from now on.
    pub async fn take_relay_point_out(&self, code: &str, reason: &str) -> Written {
        self.write(&format!("/v1/relay-points/{code}/out-of-use"), json!({ "reason": reason })).await
    }

    /// Changes are planned at a relay point again.
    pub async fn put_relay_point_back(&self, code: &str, reason: &str) -> Written {
        self.write(&format!("/v1/relay-points/{code}/in-use"), json!({ "reason": reason })).await
    }
}
