//! What arrival estimates have learnt: held to its lessons, or made again from them.

use super::{Register, say, there};
use crate::fault::Fault;
use clap::Args;
use homeward_dispatch::Halt;
use homeward_dispatch::learn::again::{self, Again};
use homeward_store::Store;
use homeward_store::check::Finding;

/// Whether what is remembered is what the lessons teach.
pub async fn finding(store: &Store) -> Result<Finding, Fault> {
    let made = again::check(store).await.map_err(halted)?;
    let broken = i64::try_from(made.differing).unwrap_or(i64::MAX);
    Ok(Finding { what: "what arrival estimates have learnt is what their lessons teach".into(), broken })
}

/// Nothing is refused and nobody asks twice here: what halts is the register.
fn halted(halt: Halt) -> Fault {
    match halt {
        Halt::Store(error) => error.into(),
        other => Fault::Start(format!("{other:?}")),
    }
}

/// Tells what arrival estimates have learnt from, or learns all of it again from the lessons that are kept.
#[derive(Args)]
pub struct Learn {
    #[command(flatten)]
    register: Register,
    /// Put what the lessons teach in the place of what is remembered, as a program that learns differently asks for.
    #[arg(long)]
    again: bool,
}

/// Runs `homeward learn`. Nodes on PostgreSQL may run meanwhile; stop the one that holds an SQLite file.
pub async fn learn(args: Learn) -> Result<(), Fault> {
    let (database, keys) = args.register.open()?;
    there(&database)?;
    let store = Store::open(&database, keys).await?;
    let made = if args.again { again::replace(&store).await } else { again::check(&store).await };
    store.close().await;
    let Again { lessons, rows, differing } = made.map_err(halted)?;
    let done = if args.again { "were made anew" } else { "differ from what is remembered" };
    say(&format!("{lessons} lessons teach {rows} rows; {differing} {done}"));
    Ok(())
}
