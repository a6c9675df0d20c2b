//! Who asks. Every handler takes one of these; there is no other way to a [`Caller`].

use crate::App;
use crate::problem::Problem;
use crate::security::own_origin;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, header, request::Parts};
use homeward_dispatch::{Caller, Key, Known};
use homeward_domain::Invalid;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// The session cookie. `__Host-` binds it to this host, this path and TLS (or localhost).
pub(crate) const COOKIE: &str = "__Host-homeward";
/// The largest body of a write, bytes: a party of sixty with their histories is a tenth of it.
const BODY_BYTES_MAX: usize = 256 * 1024;

/// Somebody signed in who reads.
pub(crate) struct Signed(pub Known);

impl Signed {
    pub fn caller(&self) -> &Caller {
        &self.0.caller
    }
}

/// Somebody signed in who writes: caller, key and the parsed body.
pub(crate) struct Write<T> {
    pub caller: Caller,
    pub key: Key,
    pub body: T,
}

/// A body of somebody who may not be signed in yet.
pub(crate) struct Open<T>(pub T);

pub(crate) fn token(headers: &HeaderMap) -> Option<&str> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|it| it.strip_prefix("Bearer "));
    bearer.or_else(|| {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
    })
}

/// Whose session the headers carry.
pub(crate) async fn known(headers: &HeaderMap, app: &App) -> Result<Known, Problem> {
    let token = token(headers).ok_or_else(Problem::not_signed_in)?;
    Ok(app.dispatcher.recognise(token).await?)
}

impl FromRequestParts<App> for Signed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        known(&parts.headers, app).await.map(Self)
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Write<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        own_origin(request.headers())?;
        let caller = known(request.headers(), app).await?.caller;
        let text = request.headers().get("idempotency-key").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let text = text.to_owned();
        let mut hash = Sha256::new();
        hash.update(request.method().as_str());
        hash.update(request.uri().path());
        let bytes = bytes(request).await?;
        hash.update(&bytes);
        let key = Key::parse(&text, app.dispatcher.fingerprint(hash.finalize().into()))?;
        Ok(Self { caller, key, body: parse(&bytes)? })
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Open<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _app: &App) -> Result<Self, Problem> {
        own_origin(request.headers())?;
        parse(&bytes(request).await?).map(Self)
    }
}

async fn bytes(request: Request) -> Result<Bytes, Problem> {
    axum::body::to_bytes(request.into_body(), BODY_BYTES_MAX).await.map_err(|_| {
        Problem::malformed(format!("the body could not be read, or is larger than {BODY_BYTES_MAX} bytes"))
    })
}

/// An empty body is an empty object: many verbs need no words.
fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let bytes = if bytes.iter().all(u8::is_ascii_whitespace) { b"{}" } else { bytes };
    // To know where one is in a body costs as much as to read it; who wrote a good one need not wait for that.
    if let Ok(value) = serde_json::from_slice(bytes) {
        return Ok(value);
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| wrong(&error))?;
    reader.end().map_err(|error| Problem::malformed(error.to_string()))?;
    Ok(value)
}

fn wrong(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    use serde_json::error::Category;
    let said = error.inner().to_string();
    if matches!(error.inner().classify(), Category::Syntax | Category::Eof | Category::Io) {
        return Problem::malformed(said);
    }
    let quoted = said.split('`').nth(1).unwrap_or_default();
    let path = error.path().to_string().replace(['.', '['], "/").replace(']', "");
    let path = if path == "/" || path == "?" { String::new() } else { path };
    let (reason, field) = if said.starts_with("missing field") {
        ("missing", join(&path, quoted))
    } else if said.starts_with("unknown field") {
        ("unknown-field", if path.ends_with(quoted) { path } else { join(&path, quoted) })
    } else {
        ("wrong-type", path)
    };
    let mend = said.split(" at line ").next().unwrap_or(&said).to_owned();
    Problem::invalid(&Invalid::new(reason, mend).at(field))
}

fn join(parent: &str, child: &str) -> String {
    if parent.is_empty() { child.to_owned() } else { format!("{parent}/{child}") }
}
