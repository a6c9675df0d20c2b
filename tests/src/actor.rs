//! People of a story, as programs see them: signed in with a bearer token, one method a verb, a fresh `Idempotency-Key`
//! for every intent. What a role has no method for, a story sends by hand with [`Actor::write`].

mod airport;
mod answer;
mod change;
mod gate;
mod office;
mod published;

pub use airport::{Dispatcher, DutyOfficer, Escort, Phone};
pub use answer::{Problem, Receipt, Written};
pub use gate::{SiteManager, Squad};
pub use office::Administrator;
pub use published::{fault, kinds_of_bodies};

use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

/// Everybody's password: twelve characters, and nobody's secret.
const PASSWORD: &str = "a sentence to remember";

/// Somebody signed in. A clone is the same person on the same device.
#[derive(Clone)]
pub struct Actor {
    http: Client,
    base: String,
    username: String,
    account: String,
    token: String,
    keys: Arc<AtomicU32>,
    last: Arc<Mutex<Option<Sent>>>,
}

/// A write as it was sent, to send it again.
#[derive(Clone)]
struct Sent {
    method: Method,
    path: String,
    key: String,
    body: Value,
}

/// The verbs of a role stand on those of everybody.
macro_rules! roles {
    ($($role:ident),+) => {$(
        impl std::ops::Deref for $role {
            type Target = Actor;
            fn deref(&self) -> &Actor {
                &self.0
            }
        }
    )+};
}
roles!(Administrator, DutyOfficer, Dispatcher, Escort, Squad, SiteManager);

impl Actor {
    /// Makes the first administrator with the code from the console, and signs them in.
    pub async fn first_administrator(base: &str, code: &str) -> Administrator {
        let body = json!({ "code": code, "username": "admin", "password": PASSWORD, "display_name": "Administrator" });
        let answer = Client::new().post(format!("{base}/v1/setup")).json(&body).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::CREATED, "the first administrator is made");
        Administrator(Self::sign_in(base, "admin", String::new()).await.expect("a right password"))
    }

    /// Signs in with everybody's password.
    pub async fn sign_in(base: &str, username: &str, account: String) -> Result<Self, Problem> {
        let http = Client::new();
        let body = json!({ "username": username, "password": PASSWORD });
        let answer = http.post(format!("{base}/v1/session")).json(&body).send().await.expect("an answer");
        let session = answer::read(&Method::POST, answer).await?;
        Ok(Self {
            http,
            base: base.to_owned(),
            username: username.to_owned(),
            account,
            token: session["token"].as_str().expect("a session has a token").to_owned(),
            keys: Arc::default(),
            last: Arc::default(),
        })
    }

    /// The same session at another node.
    #[must_use]
    pub fn at(&self, base: &str) -> Self {
        Self { base: base.to_owned(), ..self.clone() }
    }

    /// The same person after the session ended, on a new one.
    pub async fn back(&self) -> Result<Self, Problem> {
        let anew = Self::sign_in(&self.base, &self.username, self.account.clone()).await?;
        Ok(Self { keys: Arc::clone(&self.keys), ..anew })
    }

    /// Ends the session.
    pub async fn sign_out(&self) -> Result<(), Problem> {
        let request = self.http.delete(format!("{}/v1/session", self.base)).bearer_auth(&self.token);
        answer::read(&Method::DELETE, request.send().await.expect("an answer")).await.map(|_| ())
    }

    /// The name they sign in with.
    #[must_use]
    pub fn username(&self) -> &str {
        &self.username
    }

    /// The account's id; empty for the first administrator.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The secret the session is known by.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Result<Value, Problem> {
        let request = self.http.get(format!("{}{path}", self.base)).bearer_auth(&self.token);
        answer::read(&Method::GET, request.send().await.expect("an answer")).await
    }

    /// Asks something that needs a body and changes nothing.
    pub async fn ask(&self, path: &str, body: Value) -> Result<Value, Problem> {
        let request = self.http.post(format!("{}{path}", self.base)).bearer_auth(&self.token).json(&body);
        answer::read(&Method::POST, request.send().await.expect("an answer")).await
    }

    /// A new intent whose answer is more than a receipt.
    pub async fn ask_with_key(&self, path: &str, body: Value) -> Result<Value, Problem> {
        let request = self.http.post(format!("{}{path}", self.base)).bearer_auth(&self.token);
        let request = request.header("idempotency-key", self.new_key()).json(&body);
        answer::read(&Method::POST, request.send().await.expect("an answer")).await
    }

    /// Where the product answers.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// A new intent: a POST with a key of its own.
    pub async fn write(&self, path: &str, body: Value) -> Written {
        self.send(Sent { method: Method::POST, path: path.to_owned(), key: self.new_key(), body }).await
    }

    /// A new intent to take something away.
    pub async fn delete(&self, path: &str, body: Value) -> Written {
        self.send(Sent { method: Method::DELETE, path: path.to_owned(), key: self.new_key(), body }).await
    }

    /// The same intent once more, as a tablet does that got no answer: the same key, the same body.
    pub async fn again(&self) -> Written {
        let sent = self.last();
        self.send(sent).await
    }

    /// A faulty program: the same key with another body.
    pub async fn again_with(&self, body: Value) -> Written {
        let sent = self.last();
        self.send(Sent { body, ..sent }).await
    }

    fn last(&self) -> Sent {
        self.last.lock().expect("nobody panicked here").clone().expect("something was written before")
    }

    fn new_key(&self) -> String {
        format!("{}-{}", self.username, self.keys.fetch_add(1, Ordering::Relaxed))
    }

    async fn send(&self, sent: Sent) -> Written {
        let request = self.http.request(sent.method.clone(), format!("{}{}", self.base, sent.path));
        let request = request.bearer_auth(&self.token).header("idempotency-key", &sent.key).json(&sent.body);
        let method = sent.method.clone();
        *self.last.lock().expect("nobody panicked here") = Some(sent);
        answer::receipt(&method, request.send().await.expect("an answer")).await
    }
}
