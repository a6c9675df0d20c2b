//! A build without the feature `otlp`: no collector can be spoken to, and an endpoint is refused instead of ignored.

use crate::fault::Fault;
use tracing_subscriber::layer::Identity;

/// The way to no collector.
pub struct Traces;

impl Traces {
    /// Nowhere; an endpoint is an error.
    pub fn to(endpoint: Option<&str>) -> Result<Self, Fault> {
        match endpoint {
            None => Ok(Self),
            Some(_) => Err(Fault::Setting { name: "otlp_endpoint", why: "this build has no feature `otlp`".into() }),
        }
    }

    /// Changes nothing.
    #[expect(clippy::unused_self, reason = "the same words as with the feature")]
    pub fn layer(&self) -> Identity {
        Identity::new()
    }

    /// Has nothing left to send.
    #[expect(clippy::unused_async, reason = "the same words as with the feature")]
    pub async fn end(self) {}
}
