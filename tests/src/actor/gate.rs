//! At the gate: the reception squad of a community, the manager of an observation site.

use super::{Actor, Problem, Written};
use serde_json::{Value, json};

/// One of a reception squad, in one role.
pub struct Squad(pub Actor);

/// Runs an observation site; does every step there.
pub struct SiteManager(pub Actor);

/// The verbs of a stop, which squad and site have in common; on [`Actor`] because a wrong role may try them too.
impl Actor {
    /// A stop with the people who get off there.
    pub async fn stop(&self, stop: &str) -> Result<Value, Problem> {
        self.get(&format!("/v1/stops/{stop}")).await
    }

    /// The board as a plain page.
    pub async fn board_page(&self, receiver: &str) -> Result<Value, Problem> {
        self.get(&format!("/v1/boards/{receiver}")).await
    }

    /// "Received, we are coming."
    pub async fn acknowledge(&self, stop: &str) -> Written {
        self.write(&format!("/v1/stops/{stop}/acknowledge"), json!({})).await
    }

    /// "We are at the gate."
    pub async fn muster(&self, stop: &str) -> Written {
        self.write(&format!("/v1/stops/{stop}/muster"), json!({})).await
    }

    /// The details are right.
    pub async fn verify(&self, stop: &str, arrival: &str) -> Written {
        self.check_off(stop, json!({ "arrival": arrival, "step": "verify" })).await
    }

    /// Fourteen days were explained.
    pub async fn inform(&self, stop: &str, arrival: &str, language: &str) -> Written {
        self.check_off(stop, json!({ "arrival": arrival, "step": "inform", "language": language })).await
    }

    /// Temperature measured, letter signed, guide given.
    pub async fn enrol(&self, stop: &str, arrival: &str, temperature_c: f64) -> Written {
        let body = json!({ "arrival": arrival, "step": "enrol", "temperature_c": temperature_c,
            "letter_signed": true, "guide_given": true });
        self.check_off(stop, body).await
    }

    async fn check_off(&self, stop: &str, body: Value) -> Written {
        self.write(&format!("/v1/stops/{stop}/reception"), body).await
    }

    /// Takes everybody of the stop over.
    pub async fn accept(&self, stop: &str) -> Written {
        self.write(&format!("/v1/stops/{stop}/accept"), json!({})).await
    }
}

impl Squad {
    /// The sub-district agrees to a home.
    pub async fn agree(&self, party: &str) -> Written {
        self.write(&format!("/v1/parties/{party}/opinion"), json!({ "agreed": true })).await
    }

    /// The sub-district refuses a home.
    pub async fn refuse(&self, party: &str, reason: &str) -> Written {
        self.write(&format!("/v1/parties/{party}/opinion"), json!({ "agreed": false, "reason": reason })).await
    }

    /// Chooses what Xiaodongmen's silence means.
    pub async fn choose_rule(&self, means: &str, reason: &str) -> Written {
        self.write("/v1/opinion-rules", json!({ "place": "310101017", "means": means, "reason": reason })).await
    }

    /// The committee found the home suitable.
    pub async fn home_is_suitable(&self, party: &str) -> Written {
        self.write(&format!("/v1/parties/{party}/home-check"), json!({ "suitable": true })).await
    }

    /// The committee visited, and it will not do.
    pub async fn home_is_unsuitable(&self, party: &str, reason: &str) -> Written {
        self.write(&format!("/v1/parties/{party}/home-check"), json!({ "suitable": false, "reason": reason })).await
    }

    /// Ticks a step of somebody who came by private car.
    pub async fn check_off_in_car(&self, party: &str, body: Value) -> Written {
        self.write(&format!("/v1/parties/{party}/private-car/reception"), body).await
    }

    /// A private car came to the gate.
    pub async fn receive_car(&self, party: &str) -> Written {
        self.write(&format!("/v1/parties/{party}/private-car/receive"), json!({})).await
    }
}

/// The verbs of a site, which its manager and the dispatcher have in common.
impl Actor {
    /// Takes nobody new from now on.
    pub async fn close_site(&self, site: &str, reason: &str) -> Written {
        self.write(&format!("/v1/sites/{site}/close"), json!({ "reason": reason })).await
    }

    /// Takes people again.
    pub async fn open_site(&self, site: &str, reason: &str) -> Written {
        self.write(&format!("/v1/sites/{site}/open"), json!({ "reason": reason })).await
    }

    /// Free beds, today first.
    pub async fn forecast(&self, site: &str) -> Result<Value, Problem> {
        self.get(&format!("/v1/sites/{site}/forecast")).await
    }

    /// The rooms of a site, by number.
    pub async fn rooms(&self, site: &str) -> Result<Value, Problem> {
        self.get(&format!("/v1/sites/{site}/rooms")).await
    }

    /// A room is given to nobody new from now on.
    pub async fn take_room_out(&self, site: &str, room: &str, reason: &str) -> Written {
        self.write(&format!("/v1/sites/{site}/rooms/{room}/out-of-use"), json!({ "reason": reason })).await
    }

    /// A room is given to people again.
    pub async fn put_room_back(&self, site: &str, room: &str, reason: &str) -> Written {
        self.write(&format!("/v1/sites/{site}/rooms/{room}/in-use"), json!({ "reason": reason })).await
    }

    /// Who lives at the site and who comes.
    pub async fn stays(&self, site: &str) -> Result<Value, Problem> {
        self.get(&format!("/v1/sites/{site}/stays")).await
    }
}

impl SiteManager {
    /// Receives a party that came by private car.
    pub async fn receive_car(&self, party: &str) -> Written {
        self.write(&format!("/v1/parties/{party}/private-car/receive"), json!({})).await
    }

    /// The party leaves: `completed`, `early` or `transferred`.
    pub async fn discharge(&self, party: &str, because: &str, reason: Option<&str>) -> Written {
        let body = json!({ "because": because, "reason": reason });
        self.write(&format!("/v1/parties/{party}/discharge"), body).await
    }
}
