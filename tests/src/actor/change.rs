//! Where two vehicles meet: planned by the dispatcher, done by both escorts; and vehicles that cannot go on.

use super::{Actor, Dispatcher, Escort, Written};
use serde_json::{Value, json};

/// What an escort and a dispatcher have in common.
impl Actor {
    /// The vehicle cannot go on.
    pub async fn break_down(&self, trip: &str, reason: &str) -> Written {
        self.write(&format!("/v1/trips/{trip}/breakdown"), json!({ "reason": reason })).await
    }

    /// It goes on after all.
    pub async fn go_on(&self, trip: &str, reason: &str) -> Written {
        self.delete(&format!("/v1/trips/{trip}/breakdown"), json!({ "reason": reason })).await
    }
}

impl Dispatcher {
    /// All halts of a trip go on with another vehicle; the receipt's subject is the change.
    pub async fn plan_change(&self, trip: &str, body: Value) -> Written {
        self.write(&format!("/v1/trips/{trip}/changes"), body).await
    }

    /// Calls a change off.
    pub async fn call_off(&self, change: &str, reason: &str) -> Written {
        self.delete(&format!("/v1/changes/{change}"), json!({ "reason": reason })).await
    }
}

impl Escort {
    /// The first vehicle stands there.
    pub async fn meet(&self, change: &str) -> Written {
        self.write(&format!("/v1/changes/{change}/arrive"), json!({})).await
    }

    /// Offers a person to the other vehicle.
    pub async fn offer_onward(&self, change: &str, arrival: &str) -> Written {
        self.write(&format!("/v1/changes/{change}/offer"), json!({ "arrival": arrival })).await
    }

    /// Takes a person over from the other vehicle.
    pub async fn take_over(&self, change: &str, arrival: &str) -> Written {
        self.write(&format!("/v1/changes/{change}/accept"), json!({ "arrival": arrival })).await
    }

    /// A person does not come.
    pub async fn keep(&self, change: &str, arrival: &str, reason: &str) -> Written {
        self.write(&format!("/v1/changes/{change}/keep"), json!({ "arrival": arrival, "reason": reason })).await
    }

    /// The same, with who stays along with them, or who looks after whoever is without an adult then.
    pub async fn keep_with(&self, change: &str, body: Value) -> Written {
        self.write(&format!("/v1/changes/{change}/keep"), body).await
    }

    /// Everybody passed or was kept; so many are left aboard.
    pub async fn close_change(&self, change: &str, head_count: i64) -> Written {
        self.write(&format!("/v1/changes/{change}/close"), json!({ "head_count": head_count })).await
    }
}
