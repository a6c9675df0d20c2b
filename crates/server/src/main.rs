//! The binary: settings, logs, wiring, signals, exit codes. Everything it starts it also stops.

mod demo;
mod fault;
mod log;
mod operations;
mod operator;
#[cfg_attr(not(feature = "otlp"), path = "otlp_absent.rs")]
mod otlp;
mod serve;
mod settings;
mod steps;
mod wiring;

use clap::{Args, Parser, Subcommand};
use fault::Fault;
use settings::Overrides;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// From the airport to the community, nobody lost on the way.
#[derive(Parser)]
#[command(version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// A simulated airport day on a throw-away register: look around, nothing is real.
    Demo(DemoArgs),
    /// The real thing: an empty register and a guided first run.
    Serve(ServeArgs),
    /// Holds the register to everything that must be so; reads only, and works while nodes serve.
    Check(operator::Check),
    /// Keeps everything in one new SQLite file, whichever engine it comes from, while nodes serve.
    Backup(operator::Backup),
    /// Brings a backup back, into a new and empty database.
    Restore(operator::Restore),
    /// Moves a register into another database, e.g. from SQLite to PostgreSQL.
    Copy(operator::Copy),
    /// Brings the schema to this program's newest step; `serve` does it by itself.
    Migrate(operator::Migrate),
    /// What arrival estimates have learnt from, or all of it learnt again.
    Learn(operator::Learn),
    /// Load for a running server, and figures about it.
    Bench(homeward_bench::Options),
}

#[derive(Args)]
struct DemoArgs {
    /// Where to listen.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8300")]
    listen: SocketAddr,
    /// Minutes of the day that pass in a minute of yours, 1 to 120.
    #[arg(long, value_name = "N", default_value_t = 6.0)]
    speed: f64,
    /// Another seed, another day.
    #[arg(long, value_name = "N", default_value_t = 20)]
    seed: u64,
}

#[derive(Args)]
struct ServeArgs {
    /// Where to listen [default: 127.0.0.1:8300].
    #[arg(long, value_name = "ADDR", env = "HOMEWARD_LISTEN")]
    listen: Option<String>,
    /// Where the register is kept [default: sqlite:homeward.db].
    #[arg(long, value_name = "URL", env = "HOMEWARD_DATABASE")]
    database: Option<String>,
    /// The key file that seals personal fields [default: the database file with `.key`].
    #[arg(long, value_name = "FILE", env = "HOMEWARD_KEY_FILE")]
    key_file: Option<PathBuf>,
    /// What to log, e.g. `info` or `homeward_dispatch=debug` [default: info].
    #[arg(long, value_name = "FILTER", env = "HOMEWARD_LOG")]
    log: Option<String>,
    /// How a line of the log looks, `text` or `json` [default: text].
    #[arg(long, value_name = "FORMAT", env = "HOMEWARD_LOG_FORMAT")]
    log_format: Option<String>,
    /// Where to serve /metrics, /healthz and /readyz to the operator, e.g. 127.0.0.1:9464 [default: nowhere].
    #[arg(long, value_name = "ADDR", env = "HOMEWARD_METRICS_LISTEN")]
    metrics_listen: Option<String>,
    /// The collector that takes traces over OTLP, e.g. `http://127.0.0.1:4318` [default: none].
    #[arg(long, value_name = "URL", env = "HOMEWARD_OTLP_ENDPOINT")]
    otlp_endpoint: Option<String>,
    /// How many commands may share a commit, 1 to 64; with 1 each has its own, to measure what sharing gives [default: 64].
    #[arg(long, value_name = "N", env = "HOMEWARD_COMMIT_TOGETHER")]
    commit_together: Option<usize>,
    /// The routing engine beside the node, `osrm` or `valhalla`: one more factor of arrival estimates [default: none].
    #[arg(long, value_name = "ENGINE", env = "HOMEWARD_ROUTING_ENGINE")]
    routing_engine: Option<String>,
    /// Its address, e.g. `http://127.0.0.1:5000`.
    #[arg(long, value_name = "URL", env = "HOMEWARD_ROUTING_URL")]
    routing_url: Option<String>,
    /// Settings from a TOML file; flags and environment win over it.
    #[arg(long, value_name = "FILE", env = "HOMEWARD_SETTINGS")]
    settings: Option<PathBuf>,
}

impl From<ServeArgs> for Overrides {
    fn from(args: ServeArgs) -> Self {
        Self {
            listen: args.listen,
            database: args.database,
            key_file: args.key_file,
            log: args.log,
            log_format: args.log_format,
            metrics_listen: args.metrics_listen,
            otlp_endpoint: args.otlp_endpoint,
            commit_together: args.commit_together,
            routing_engine: args.routing_engine,
            routing_url: args.routing_url,
        }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return Fault::Runtime(error).report(),
    };
    match runtime.block_on(run(cli.verb)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => fault.report(),
    }
}

async fn run(verb: Verb) -> Result<(), Fault> {
    match verb {
        Verb::Demo(DemoArgs { listen, speed, seed }) => demo::run(listen, speed, seed).await,
        Verb::Serve(args) => {
            let settings = args.settings.clone();
            serve::run(settings::read(settings.as_deref(), args.into())?).await
        }
        Verb::Check(args) => operator::check(args).await,
        Verb::Backup(args) => operator::backup(args).await,
        Verb::Restore(args) => operator::restore(args).await,
        Verb::Copy(args) => operator::copy(args).await,
        Verb::Migrate(args) => operator::migrate(args).await,
        Verb::Learn(args) => operator::learn(args).await,
        Verb::Bench(options) => Ok(homeward_bench::run(options).await?),
    }
}
