//! The operator's verbs beside `serve`: bring the schema up, check, back up, restore, move. Each says what it does on
//! standard error and its result on standard output, and changes nothing when it fails.

mod learn;

pub use learn::{Learn, learn};

use crate::fault::Fault;
use crate::settings::{self, Overrides};
use clap::Args;
use homeward_store::backup;
use homeward_store::check::{self, Finding};
use homeward_store::copy::{self, Purpose};
use homeward_store::{Keys, Store};
use std::path::{Path, PathBuf};

/// Which register.
#[derive(Args)]
pub struct Register {
    /// Where the register is kept [default: sqlite:homeward.db].
    #[arg(long, value_name = "URL", env = "HOMEWARD_DATABASE")]
    database: Option<String>,
    /// The key file that seals personal fields [default: the database file with `.key`].
    #[arg(long, value_name = "FILE", env = "HOMEWARD_KEY_FILE")]
    key_file: Option<PathBuf>,
    /// Settings from a TOML file; flags and environment win over it.
    #[arg(long, value_name = "FILE", env = "HOMEWARD_SETTINGS")]
    settings: Option<PathBuf>,
}

impl Register {
    fn read(self) -> Result<(String, PathBuf), Fault> {
        let over = Overrides { database: self.database, key_file: self.key_file, ..Overrides::default() };
        let settings = settings::read(self.settings.as_deref(), over)?;
        Store::understands(&settings.database)?;
        Ok((settings.database, settings.key_file))
    }

    /// With the key that is there: these verbs never begin a new one.
    fn open(self) -> Result<(String, Keys), Fault> {
        let (database, key_file) = self.read()?;
        Ok((database, keys(&key_file)?))
    }
}

fn keys(file: &Path) -> Result<Keys, Fault> {
    if file.exists() {
        return Ok(Keys::open(file)?);
    }
    let why = format!("there is no key file {}; name the register's own with --key-file", file.display());
    Err(Fault::Setting { name: "key_file", why })
}

/// Brings the schema to this program's newest step, or says which steps that would take.
#[derive(Args)]
pub struct Migrate {
    #[command(flatten)]
    register: Register,
    /// Only say what would be done.
    #[arg(long)]
    dry_run: bool,
}

/// Runs `homeward migrate`.
pub async fn migrate(args: Migrate) -> Result<(), Fault> {
    let (database, key_file) = args.register.read()?;
    let pending = backup::pending(&database).await?;
    for (number, name) in &pending {
        say(&format!("step {number} {name}"));
    }
    if pending.is_empty() {
        say("nothing to do: the register is at this program's newest step");
    } else if !args.dry_run {
        Store::open(&database, Keys::open(&key_file)?).await?.close().await;
        say("done");
    }
    Ok(())
}

/// Holds the register to everything that must be so.
#[derive(Args)]
pub struct Check {
    #[command(flatten)]
    register: Register,
    /// One JSON document instead of lines.
    #[arg(long)]
    json: bool,
}

/// Runs `homeward check`: reads only, and works while nodes serve.
pub async fn check(args: Check) -> Result<(), Fault> {
    let (database, keys) = args.register.open()?;
    there(&database)?;
    let mut findings = check::storage(&database).await?;
    if findings.iter().all(|finding| finding.broken == 0) {
        let store = Store::open(&database, keys).await?;
        findings.extend(check::laws(store.read().await?.conn()).await?);
        findings.push(learn::finding(&store).await?);
        store.close().await;
    }
    if args.json {
        let list = findings.iter().map(|it| serde_json::json!({ "what": it.what, "broken": it.broken }));
        say(&list.collect::<serde_json::Value>().to_string());
    } else {
        findings.iter().map(line).for_each(|line| say(&line));
    }
    match findings.iter().filter(|finding| finding.broken > 0).count() {
        0 => Ok(()),
        broken => Err(Fault::Broken(broken)),
    }
}

/// A file that is not there is not well either; it is not begun by looking at it.
fn there(database: &str) -> Result<(), Fault> {
    let path = database.strip_prefix("sqlite://").or_else(|| database.strip_prefix("sqlite:"));
    match path {
        Some(path) if !Path::new(path).exists() => Err(Fault::Start(format!("there is no register at {path}"))),
        _ => Ok(()),
    }
}

fn line(finding: &Finding) -> String {
    match finding.broken {
        0 => format!("holds   {}", finding.what),
        times => format!("BROKEN  {} ({times} times)", finding.what),
    }
}

/// Keeps everything in one new SQLite file, whichever engine it comes from.
#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    register: Register,
    /// The file to write; there must be none of this name.
    #[arg(value_name = "FILE")]
    to: PathBuf,
}

/// Runs `homeward backup`, while nodes serve.
pub async fn backup(args: Backup) -> Result<(), Fault> {
    let (database, keys) = args.register.open()?;
    there(&database)?;
    let kept = backup::make(&database, &args.to, &keys, progress).await?;
    say(&format!(
        "kept {} people in {} ({} bytes), opened again and held to {} laws",
        kept.registered,
        args.to.display(),
        kept.bytes,
        kept.findings.len()
    ));
    tell("the key file is not in it: keep a copy of that apart from this one");
    Ok(())
}

/// Brings a backup back, into a new and empty database.
#[derive(Args)]
pub struct Restore {
    #[command(flatten)]
    register: Register,
    /// The backup.
    #[arg(value_name = "FILE")]
    from: PathBuf,
}

/// Runs `homeward restore`.
pub async fn restore(args: Restore) -> Result<(), Fault> {
    let (database, keys) = args.register.open()?;
    let from = format!("sqlite:{}", args.from.display());
    there(&from)?;
    carried(&from, &database, &keys, Purpose::Restore).await?;
    tell("boards begin with a snapshot, and everybody signs in again");
    Ok(())
}

/// Moves a register into another database, e.g. from SQLite to PostgreSQL; the source stays as it is.
#[derive(Args)]
pub struct Copy {
    /// Where it is.
    #[arg(long, value_name = "URL")]
    from: String,
    /// Where it shall be: a new and empty database.
    #[arg(long, value_name = "URL")]
    to: String,
    /// The key file of the register; it stays the same.
    #[arg(long, value_name = "FILE", env = "HOMEWARD_KEY_FILE")]
    key_file: PathBuf,
}

/// Runs `homeward copy`. Stop the nodes first: what they write while it runs is not carried over.
pub async fn copy(args: Copy) -> Result<(), Fault> {
    for url in [&args.from, &args.to] {
        Store::understands(url)?;
    }
    there(&args.from)?;
    carried(&args.from, &args.to, &keys(&args.key_file)?, Purpose::Move).await
}

/// Copies, then holds the copy to every law.
async fn carried(from: &str, to: &str, keys: &Keys, purpose: Purpose) -> Result<(), Fault> {
    let copied = copy::copy(from, to, keys, purpose, progress).await?;
    let store = Store::open(to, keys.clone()).await?;
    let findings = check::laws(store.read().await?.conn()).await?;
    store.close().await;
    let rows: u64 = copied.rows.iter().map(|(_, rows)| rows).sum();
    say(&format!("carried {rows} rows of {} tables to {}", copied.rows.len(), Store::shown(to)?));
    match findings.iter().filter(|finding| finding.broken > 0).inspect(|it| say(&line(it))).count() {
        0 => Ok(()),
        broken => Err(Fault::Broken(broken)),
    }
}

fn progress(table: &str, rows: u64) {
    tell(&format!("{table}: {rows}"));
}

#[expect(clippy::print_stdout, reason = "the result of a verb of the operator's")]
fn say(line: &str) {
    println!("{line}");
}

#[expect(clippy::print_stderr, reason = "how far a verb of the operator's has come")]
fn tell(line: &str) {
    eprintln!("{line}");
}
