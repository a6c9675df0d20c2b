//! Traces to an OpenTelemetry collector: OTLP, protobuf over plain HTTP, to a collector beside the node (which speaks TLS
//! to wherever it sends them). Off until an endpoint is set. Spans carry routes, codes and ids, never a person.

use crate::fault::Fault;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::registry::LookupSpan;

/// Where a collector takes traces, after its address (OTLP/HTTP 1.0).
const PATH: &str = "/v1/traces";
/// Our own crates; what the exporter's libraries say of themselves would be sent by the exporter.
const OURS: &str = "homeward";

/// The way to the collector, if there is one.
pub struct Traces(Option<SdkTracerProvider>);

impl Traces {
    /// To the collector at this address, e.g. `http://127.0.0.1:4318`; `None` sends nothing.
    pub fn to(endpoint: Option<&str>) -> Result<Self, Fault> {
        let Some(endpoint) = endpoint else { return Ok(Self(None)) };
        let wrong = |why: String| Fault::Setting { name: "otlp_endpoint", why };
        if !endpoint.starts_with("http://") {
            return Err(wrong(format!(
                "{endpoint:?} is no http:// address; let a collector beside the node speak TLS"
            )));
        }
        let address = format!("{}{PATH}", endpoint.trim_end_matches('/').trim_end_matches(PATH));
        let exporter = SpanExporter::builder().with_http().with_protocol(Protocol::HttpBinary).with_endpoint(address);
        let exporter = exporter.build().map_err(|error| wrong(error.to_string()))?;
        let resource = Resource::builder()
            .with_service_name(OURS)
            .with_attribute(opentelemetry::KeyValue::new("service.version", env!("CARGO_PKG_VERSION")));
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource.build());
        Ok(Self(Some(provider.build())))
    }

    /// What turns our spans into theirs.
    pub fn layer<S>(&self) -> Option<impl Layer<S> + Send + Sync>
    where
        S: tracing::Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
    {
        let tracer = self.0.as_ref()?.tracer(OURS);
        let layer = tracing_opentelemetry::layer().with_tracer(tracer).with_location(false).with_threads(false);
        Some(layer.with_filter(Targets::new().with_target(OURS, LevelFilter::INFO)))
    }

    /// Sends what is left; a collector that is gone delays the end by five seconds at most.
    pub async fn end(self) {
        let Some(provider) = self.0 else { return };
        match tokio::task::spawn_blocking(move || provider.shutdown()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the last traces were not sent"),
            Err(error) => tracing::warn!(%error, "the exporter of traces broke"),
        }
    }
}
