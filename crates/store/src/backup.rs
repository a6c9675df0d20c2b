//! A backup: one SQLite file with everything in it, whichever engine it came from, made while nodes serve.

use std::path::Path;

use homeward_domain::access::Scope;

use crate::check::{self, Finding};
use crate::conn::On;
use crate::copy::{self, Purpose};
use crate::options::{self, Address};
use crate::{Error, Keys, Store, fault, ledger, names::Names, schema, sqlite};

/// What was kept, and how well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Bytes of the file.
    pub bytes: u64,
    /// People in it.
    pub registered: i64,
    /// What the kept file was held to; nothing in it is broken, or there would be no file.
    pub findings: Vec<Finding>,
}

/// Writes the register of `from` into the new file `to`, opens what was written and holds it to every law. A file is there
/// only if all of that went well. `told` hears of each table how many rows crossed, where rows cross.
pub async fn make(from: &str, to: &Path, keys: &Keys, told: impl FnMut(&str, u64) + Send) -> Result<Kept, Error> {
    let refused = |why: String| Error::Open { path: to.into(), why };
    if to.exists() {
        return Err(refused("there is a file of this name; a backup never overwrites one".into()));
    }
    let part = to.with_added_extension("part");
    remove(&part).map_err(|error| refused(error.to_string()))?;
    let made = write(from, &part, keys, told).await;
    let kept = match made {
        Ok(kept) => settle(&part, to).map(|()| kept).map_err(|error| refused(error.to_string())),
        Err(error) => Err(error),
    };
    if kept.is_err() {
        remove(&part).map_err(|error| refused(error.to_string()))?;
    }
    kept
}

async fn write(from: &str, part: &Path, keys: &Keys, told: impl FnMut(&str, u64) + Send) -> Result<Kept, Error> {
    let url = format!("sqlite:{}", part.display());
    match options::parse(from)? {
        Address::Sqlite(path) => vacuum(&path, part).await?,
        Address::Postgres(_) => drop(copy::copy(from, &url, keys, Purpose::Move, told).await?),
    }
    let store = Store::open(&url, keys.clone()).await?;
    let mut findings = check::storage(&url).await?;
    let mut reader = store.read().await?;
    findings.extend(check::laws(reader.conn()).await?);
    let registered = ledger::count(reader.conn(), &Scope::system()).await?.registered;
    drop(reader);
    store.close().await;
    if let Some(broken) = findings.iter().find(|finding| finding.broken > 0) {
        return Err(Error::Unsupported(format!(
            "the register itself is not well, so nothing was kept: {} ({} times); see `homeward check`",
            broken.what, broken.broken
        )));
    }
    let bytes = std::fs::metadata(part).map_err(Error::unavailable)?.len();
    Ok(Kept { bytes, registered, findings })
}

/// SQLite copies itself, in one snapshot, without the pages that are free.
async fn vacuum(path: &Path, part: &Path) -> Result<(), Error> {
    // An empty file of the owner's alone is as good as none to the engine.
    sqlite::create(part)?;
    let mut link = copy::link(&format!("sqlite:{}", path.display())).await?;
    if let On::Sqlite(conn) = link.on() {
        let into = sqlx::query("vacuum into $1").bind(part.display().to_string()).execute(conn).await;
        into.map_err(|error| fault::map(error, "vacuum into", &Names::default()))?;
    }
    link.close().await.map_err(Error::unavailable)
}

/// On the disk first, then under its name.
fn settle(part: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::File::open(part)?.sync_all()?;
    std::fs::rename(part, to)?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()
}

/// What an interrupted attempt left behind.
fn remove(part: &Path) -> std::io::Result<()> {
    for ending in ["", "-wal", "-shm"] {
        let mut name = part.as_os_str().to_owned();
        name.push(ending);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The steps of the schema this program has and the database has not: their numbers and names. A file that is not there
/// yet lacks all of them.
pub async fn pending(url: &str) -> Result<Vec<(i64, &'static str)>, Error> {
    let standing = match options::parse(url)? {
        Address::Sqlite(path) if !path.exists() => 0,
        _ => copy::step(&mut copy::link(url).await?).await?,
    };
    Ok(schema::names().filter(|(number, _)| *number > standing).collect())
}
