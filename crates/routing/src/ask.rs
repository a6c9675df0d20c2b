//! One question over the wire: a limit on the whole of it, one retry when the connection was closed, and the breaker.

use crate::plausible;
use crate::{Breaker, Engine, Silence, measure, osrm, valhalla};
use chrono::{DateTime, Utc};
use homeward_domain::Point;
use reqwest::{Client, RequestBuilder, Response, StatusCode, Url};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// A question with its retry takes no longer than this (issue 5).
pub const ANSWER_WITHIN: Duration = Duration::from_millis(300);
/// Points of a way at most; an engine of the default configuration takes 50 and more.
const POINTS_MAX: usize = 50;
/// A matrix of 49 legs in OSRM's most talkative form is a tenth of it.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// An address that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no address of an engine; write http://HOST:PORT")]
pub struct BadAddress(String);

/// An engine that can be asked. Whoever shares it shares its breaker.
#[derive(Debug)]
pub struct Router {
    engine: Engine,
    /// Ends with a slash, so that the engine may live below a path.
    base: Url,
    http: Client,
    breaker: Mutex<Breaker>,
}

impl Router {
    /// Nothing is asked yet. The address is `http://HOST:PORT`, perhaps with a path; the engine stands beside the node or in
    /// its network, so there is no TLS and no proxy.
    pub fn new(engine: Engine, address: &str) -> Result<Self, BadAddress> {
        let bad = || BadAddress(address.to_owned());
        let base = Url::parse(&format!("{}/", address.trim_end_matches('/'))).map_err(|_| bad())?;
        let plain = base.scheme() == "http" && base.has_host() && base.query().is_none() && base.fragment().is_none();
        if !plain || !base.username().is_empty() {
            return Err(bad());
        }
        let http = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build();
        let http = http.expect("a client without TLS needs nothing from the machine");
        Ok(Self { engine, base, http, breaker: Mutex::default() })
    }

    /// Which engine.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Whether it may be asked, for whoever looks.
    #[must_use]
    pub fn breaker(&self) -> Breaker {
        *self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Seconds of driving from each point to the next on a free road, as the engine's map has it. Returns within
    /// [`ANSWER_WITHIN`]; `now` is the breaker's clock.
    pub async fn legs(&self, way: &[Point], now: DateTime<Utc>) -> Result<Vec<f64>, Silence> {
        let found = self.guarded(way, now).await;
        measure::count(self.engine, found.as_ref().map(|_| ()));
        found
    }

    async fn guarded(&self, way: &[Point], now: DateTime<Utc>) -> Result<Vec<f64>, Silence> {
        if !(2..=POINTS_MAX).contains(&way.len()) {
            return Err(Silence::NoRoad);
        }
        if !self.turn(|state| state.ask(now)) {
            return Err(Silence::Resting);
        }
        let begun = Instant::now();
        let found = timeout(ANSWER_WITHIN, self.twice(way)).await.unwrap_or(Err(Silence::Slow));
        measure::took(self.engine, begun.elapsed());
        let ill = found.as_ref().is_err_and(Silence::is_illness);
        self.turn(|state| (if ill { state.failed(now) } else { state.answered() }, ()));
        found
    }

    fn turn<T>(&self, change: impl FnOnce(Breaker) -> (Breaker, T)) -> T {
        let mut state = self.breaker.lock().unwrap_or_else(PoisonError::into_inner);
        let (next, outcome) = change(*state);
        *state = next;
        outcome
    }

    /// An engine may close an idle connection just when we send on it: then once more, on a new one.
    async fn twice(&self, way: &[Point]) -> Result<Vec<f64>, Silence> {
        match self.once(way).await {
            Err(Silence::Closed) => self.once(way).await,
            other => other,
        }
    }

    async fn once(&self, way: &[Point]) -> Result<Vec<f64>, Silence> {
        let answer = self.request(way)?.send().await.map_err(|error| lost(&error))?;
        let status = answer.status();
        if status.is_server_error() {
            return Err(Silence::Broken(status.as_u16()));
        }
        if status != StatusCode::OK {
            return Err(Silence::Refused(status.as_u16()));
        }
        let body = body(answer).await?;
        let seconds = match self.engine {
            Engine::Osrm => osrm::answer(&body)?,
            Engine::Valhalla => valhalla::answer(&body)?,
        };
        plausible::legs(way, seconds)
    }

    fn request(&self, way: &[Point]) -> Result<RequestBuilder, Silence> {
        let at = |path: &str| self.base.join(path).map_err(|error| Silence::Unreadable(error.to_string()));
        Ok(match self.engine {
            Engine::Osrm => self.http.get(at(&osrm::question(way))?),
            Engine::Valhalla => self.http.post(at(valhalla::PATH)?).json(&valhalla::question(way)),
        })
    }
}

fn lost(error: &reqwest::Error) -> Silence {
    if error.is_connect() { Silence::Unreachable } else { Silence::Closed }
}

async fn body(mut answer: Response) -> Result<Vec<u8>, Silence> {
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| lost(&error))? {
        if body.len() + piece.len() > ANSWER_BYTES_MAX {
            return Err(Silence::Unreadable(format!("longer than {ANSWER_BYTES_MAX} bytes")));
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_plain_http_and_may_have_a_path() {
        for good in ["http://127.0.0.1:5000", "http://osrm:5000/", "http://roads.local/osrm"] {
            assert!(Router::new(Engine::Osrm, good).is_ok(), "{good}");
        }
        for bad in ["", "osrm:5000", "https://osrm", "http://", "http://u@osrm", "http://osrm?x=1", "127.0.0.1:5000"] {
            assert!(Router::new(Engine::Osrm, bad).is_err(), "{bad}");
        }
    }
}
