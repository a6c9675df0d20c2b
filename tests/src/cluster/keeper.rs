//! The process that keeps a cluster (`keeper.sh`), seen from its owner: words go in, answers come out. What a cluster is
//! for does not belong here.

use std::io::{BufRead as _, BufReader, PipeReader, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

const SCRIPT: &str = include_str!("keeper.sh");

/// Where a cluster is, and how to get in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The folder of `psql` and the like.
    pub programs: PathBuf,
    /// Data, logs, the unix socket and the file `users`.
    pub folder: PathBuf,
    /// Of every role.
    pub password: String,
}

impl Place {
    /// Reads `PROGRAMS FOLDER PASSWORD`, between tabs.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('\t');
        let place = Self {
            programs: parts.next()?.into(),
            folder: parts.next()?.into(),
            password: parts.next().filter(|password| !password.is_empty())?.to_owned(),
        };
        parts.next().is_none().then_some(place)
    }

    /// What [`Place::parse`] reads.
    pub(super) fn text(&self) -> String {
        format!("{}\t{}\t{}", self.programs.display(), self.folder.display(), self.password)
    }
}

/// A running keeper. When its owner drops it or dies, it ends; [`Keeper::leave`] lets it wait for the other users.
pub(super) struct Keeper {
    /// Waited for at the end, unless we leave it to others.
    child: Option<Child>,
    /// Closed first when the owner goes; that ends the keeper.
    words: Option<ChildStdin>,
    answers: BufReader<PipeReader>,
    place: Place,
}

impl Keeper {
    /// Makes a cluster that does not run yet. Fails the test with what the keeper complains about, a missing PostgreSQL
    /// among it.
    pub(super) fn make(linger: Duration) -> Self {
        let (answers, output) = std::io::pipe().expect("a pipe");
        let mut command = Command::new("sh");
        command.args(["-c", SCRIPT, "keeper", SCRIPT, &linger.as_secs().to_string()]).current_dir("/");
        // A group of its own: what stops the tests' group must not stop whoever clears up after it.
        command.process_group(0).stdin(Stdio::piped());
        command.stdout(output.try_clone().expect("a second handle")).stderr(output);
        let mut child = command.spawn().expect("there is a shell");
        // It holds our copies of the pipe's other end, and we want to see the end of the output.
        drop(command);
        let words = child.stdin.take();
        let mut answers = BufReader::new(answers);
        let place = greeting(&mut answers);
        Self { child: Some(child), words, answers, place }
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// Says a word, and waits until it is done.
    pub(super) fn tell(&mut self, word: &str) {
        let words = self.words.as_mut().expect("open until the owner leaves");
        writeln!(words, "{word}").expect("the keeper listens");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("the keeper writes UTF-8");
        assert_eq!(answer, "done\n", "PostgreSQL did not {word}:\n{}", logs(&self.place.folder));
    }

    /// Leaves the cluster to whoever holds a lock on `users`, which may be for longer than we live.
    pub(super) fn leave(mut self) {
        self.child = None;
    }
}

impl Drop for Keeper {
    /// Returns when the server is stopped and the folder is gone.
    fn drop(&mut self) {
        self.words = None;
        if let Some(child) = &mut self.child {
            child.wait().expect("a child of ours can be waited for");
        }
    }
}

fn greeting(answers: &mut BufReader<PipeReader>) -> Place {
    let mut said = String::new();
    for line in answers.lines() {
        let line = line.expect("the keeper writes UTF-8");
        if let Some(place) = line.strip_prefix("made\t") {
            return Place::parse(place).expect("the keeper tells all three");
        }
        said.push_str(&line);
        said.push('\n');
    }
    panic!("{said}")
}

/// What keeper and server wrote down, for the one who reads why a test failed.
fn logs(folder: &Path) -> String {
    let read = |name| std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| format!("{name}: {error}\n"));
    read("keeper.log") + read("server.log").as_str()
}
