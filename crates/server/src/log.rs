//! Logs: one line an event, ids and codes only, never a person. Spans may go to a collector as well ([`crate::otlp`]).

use crate::fault::Fault;
use crate::otlp::Traces;
use std::io::IsTerminal as _;
use tracing_subscriber::fmt::format::{FieldFn, Writer, debug_fn};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer};

/// What a line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For whoever reads it on a terminal or in the journal.
    Text,
    /// One JSON object a line, for a machine.
    Json,
}

impl Format {
    /// `text` or `json`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(Fault::Setting { name: "log_format", why: format!("{text:?} is neither text nor json") }),
        }
    }
}

/// Starts logging to standard error; `traces` get their spans whatever the filter says.
pub fn start(filter: &str, format: Format, traces: &Traces) -> Result<(), Fault> {
    let wrong = |why: String| Fault::Setting { name: "log", why };
    let filter = EnvFilter::try_new(filter).map_err(|error| wrong(error.to_string()))?;
    let lines = lines(format).with_filter(filter);
    let started = tracing_subscriber::registry().with(lines).with(traces.layer()).try_init();
    started.map_err(|error| wrong(error.to_string()))
}

fn lines<S>(format: Format) -> Box<dyn Layer<S> + Send + Sync>
where
    S: tracing::Subscriber + for<'span> LookupSpan<'span>,
{
    let lines =
        tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    match format {
        Format::Text => lines.with_target(false).fmt_fields(readable()).boxed(),
        Format::Json => lines.json().flatten_event(true).with_current_span(true).with_span_list(false).boxed(),
    }
}

/// Fields as `name=value`, without those that only a collector reads.
fn readable()
-> FieldFn<impl Fn(&mut Writer<'_>, &tracing::field::Field, &dyn std::fmt::Debug) -> std::fmt::Result + Clone> {
    debug_fn(|writer, field, value| match field.name() {
        "message" => write!(writer, "{value:?} "),
        name if name.starts_with("otel.") => Ok(()),
        name => write!(writer, "{name}={value:?} "),
    })
}
