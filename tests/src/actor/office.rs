//! In the office: accounts and lists.

use super::{Actor, PASSWORD, Written};
use serde_json::{Value, json};

/// Manages accounts and lists, and reads no persons.
pub struct Administrator(pub Actor);

impl Administrator {
    /// Makes an account; the display name is the username in capitals.
    pub async fn add_account(&self, username: &str, grant: Value) -> Written {
        let body = json!({ "username": username, "password": PASSWORD, "display_name": username.to_uppercase(),
            "phone": "02163000000", "grant": grant });
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
}
