//! The command line. Every run has an end: its bounds stand here, each with its reason.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Measure a running server.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    pub(crate) load: Load,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Load {
    /// Registrations a second, how long each takes, and whether every acknowledged one is there afterwards.
    Register(RegisterOptions),
    /// Many boards over many receivers: how long a change takes to reach them, what a board costs.
    Boards(BoardsOptions),
    /// All boards lose their line at once and come back, again and again, while changes go on.
    Reconnect(ReconnectOptions),
    /// Phones that tell where vehicles are, and what registrations cost beside them.
    Positions(PositionsOptions),
    /// The planner alone, on an instance in a file; no server takes part.
    Planner(PlannerOptions),
    /// The arrival estimates alone, on real trips in a file; no server takes part.
    Eta(EtaOptions),
}

/// Whom to measure, and as whom.
#[derive(Debug, Args)]
pub(crate) struct Target {
    /// A node, or several of one cluster with commas between; plain http, beside the nodes and not through the proxy.
    #[arg(long, value_name = "URL", value_delimiter = ',', required = true)]
    pub url: Vec<String>,
    /// The administrator who makes the accounts of the run.
    #[arg(long, value_name = "NAME", default_value = "admin", env = "HOMEWARD_BENCH_ADMIN")]
    pub admin: String,
    /// The administrator's password; better in the environment than in the list of processes.
    #[arg(long, value_name = "PASSWORD", env = "HOMEWARD_BENCH_PASSWORD", hide_env_values = true)]
    pub password: String,
    /// On a server without an administrator: the code from its console makes the one named above.
    #[arg(long, value_name = "CODE", env = "HOMEWARD_BENCH_SET_UP_CODE", hide_env_values = true)]
    pub set_up_code: Option<String>,
    /// Yes, write into the register of this server although it is no demo.
    #[arg(long)]
    pub yes_write: bool,
    /// Where the JSON document goes [default: standard output].
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

// Bounds: 28,000 ports are what Linux gives to one address pair; 10,000 writes a second are beyond one machine's
// client; an hour is the longest run somebody waits for.

#[derive(Debug, Args)]
pub(crate) struct RegisterOptions {
    #[command(flatten)]
    pub target: Target,
    /// Requests under way at once.
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=2_000))]
    pub concurrency: u32,
    /// Registrations a second; a late one counts from when it was due [default: as fast as they are answered].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub rate: Option<u32>,
    /// How long new registrations are begun.
    #[arg(long, value_name = "S", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub seconds: u32,
    /// Stop after so many, if that is sooner.
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub count: u64,
}

/// Who watches what, and what changes meanwhile.
#[derive(Debug, Args)]
pub(crate) struct Crowded {
    #[command(flatten)]
    pub target: Target,
    /// Boards, spread evenly over receivers and nodes; at most 28,000 for each node.
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=280_000))]
    pub boards: u32,
    /// Communities that are watched; the register must have so many.
    #[arg(long, value_name = "M", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub receivers: u32,
    /// Changes a second over all receivers.
    #[arg(long, value_name = "P", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub rate: u32,
    /// Changes under way at once.
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub writers: u32,
    /// Lines that are opened at once; more than the listen queue of the server holds only makes the kernel drop some.
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = clap::value_parser!(u32).range(1..=4_096))]
    pub at_once: u32,
    /// Seconds of silence after which a board is told that the line lives; 1 is a wall board, 15 a program.
    #[arg(long, value_name = "S", default_value_t = 15, value_parser = clap::value_parser!(u8).range(1..=60))]
    pub heartbeat: u8,
}

#[derive(Debug, Args)]
pub(crate) struct BoardsOptions {
    #[command(flatten)]
    pub crowded: Crowded,
    /// How long changes are written.
    #[arg(long, value_name = "S", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub seconds: u32,
    /// Before the boards open, write alone for so long: its CPU is taken off that of the deliveries.
    #[arg(long, value_name = "S", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=600))]
    pub baseline_seconds: u32,
    /// The server's process, for memory and CPU; several with commas between. Needs to be on this machine.
    #[arg(long, value_name = "PID", value_delimiter = ',')]
    pub pid: Vec<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct ReconnectOptions {
    #[command(flatten)]
    pub crowded: Crowded,
    /// How often all boards lose their line; each time they come back to the next node.
    #[arg(long, value_name = "R", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub rounds: u32,
    /// How long they are away, milliseconds: what is written meanwhile has to be resumed.
    #[arg(long, value_name = "MS", default_value_t = 500, value_parser = clap::value_parser!(u32).range(0..=60_000))]
    pub away_ms: u32,
}

#[derive(Debug, Args)]
pub(crate) struct PositionsOptions {
    #[command(flatten)]
    pub target: Target,
    /// Phones, spread evenly over the vehicles.
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    pub devices: u32,
    /// Vehicles under way.
    #[arg(long, value_name = "M", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub trips: u32,
    /// Positions a second over all phones; a late one counts from when it was due.
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub rate: u32,
    /// Lines that are kept open for them.
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=2_000))]
    pub connections: u32,
    /// Registrations a second, first alone and then beside the positions; 0 for none.
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(0..=1_000))]
    pub registrations: u32,
    /// How long each of the two lasts.
    #[arg(long, value_name = "S", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=3_600))]
    pub seconds: u32,
    /// A track in GPX 1.1 that every phone drives, in its own time [default: straight from the desk to the gate].
    #[arg(long, value_name = "FILE")]
    pub gpx: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct PlannerOptions {
    /// The instance, in the format tdp-1.
    #[arg(value_name = "INSTANCE")]
    pub instance: PathBuf,
    /// How long to search; with --online, for each minute in which somebody registered.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u64).range(0..=600_000))]
    pub ms: u64,
    /// Search for so many rounds instead: the same seed gives the same plan to the byte.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(0..=1_000_000_000))]
    pub iterations: Option<u64>,
    /// Where chance begins.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Where the plan goes, in the format tdp-plan-1.
    #[arg(long, value_name = "PLAN")]
    pub out: Option<PathBuf>,
    /// Play the day: a party is known only once it registers, and trips lock.
    #[arg(long)]
    pub online: bool,
    /// What a kilometre is worth, in seconds of one traveller; 1 puts travellers before kilometres as the benchmark does.
    #[arg(long, value_name = "S", default_value_t = 1, value_parser = clap::value_parser!(i32).range(0..=3_600))]
    pub kilometre: i32,
}

#[derive(Debug, Args)]
pub(crate) struct EtaOptions {
    /// Trips seen when they begin: CSV, plain or gzip, with the columns `trip_id`, `pickup_local`, `plat`, `plon`, `dlat`, `dlon`,
    /// `dur_s` and, where there are any, `city`, `pzone`, `dzone`, `split`.
    #[arg(long, value_name = "FILE", required_unless_present = "under_way", conflicts_with = "under_way")]
    pub trips: Option<PathBuf>,
    /// Trips seen from positions: `trip_id`, `elapsed_s`, `remaining_s`, `lat`, `lon`, `dlat`, `dlon` and, where there are any,
    /// `pickup_local`, `progress`, `plat`, `plon`, `pzone`, `dzone`, `city`, `split`.
    #[arg(long, value_name = "FILE")]
    pub under_way: Option<PathBuf>,
    /// Where the predictions go: `trip_id`, `p10`, `p50`, `p90` in seconds, `micros`; under way `elapsed_s` after `trip_id`.
    #[arg(long, value_name = "OUT")]
    pub predictions: Option<PathBuf>,
    /// Learn from the first N trips only, in time order, and predict them all.
    #[arg(long, value_name = "N")]
    pub first: Option<usize>,
}
