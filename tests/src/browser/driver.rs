//! The driver process: started on a port of its own choice, stopped with all its browsers when the last page is gone.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};

use crate::browser::{Page, View, page};

/// Where Debian's packages put the two programs.
pub(super) const CHROMIUM: &str = "/usr/bin/chromium";
const DRIVER: &str = "/usr/bin/chromedriver";
/// What the driver prints once it listens, before its port.
const READY: &str = "started successfully on port ";
/// How often it is started: it takes a free IPv6 port and ends when another program has that number on IPv4.
const STARTS: usize = 3;

/// A running driver. Clones share the process; each page holds one, so the process outlives its pages.
#[derive(Clone)]
pub struct Browser {
    process: Arc<Process>,
}

struct Process {
    child: Mutex<Child>,
    port: u16,
    /// Kept open: the driver may not write into a closed pipe.
    _output: BufReader<ChildStdout>,
}

impl Browser {
    /// Starts the driver, or fails the test and says how to install what is missing.
    #[must_use]
    pub fn start() -> Self {
        for program in [CHROMIUM, DRIVER] {
            assert!(
                Path::new(program).exists(),
                "{program} is missing, so no browser test can run: start `tests/all` once, it installs Chromium and \
                 its driver (Debian packages chromium and chromium-driver)"
            );
        }
        let mut said = String::new();
        for _ in 0..STARTS {
            match Process::start() {
                Ok(process) => return Self { process: Arc::new(process) },
                Err(words) => said.push_str(&words),
            }
        }
        panic!("the driver ended before it listened, {STARTS} times; it said:\n{said}")
    }

    /// A new window with its own profile: nobody is signed in, nothing is stored.
    pub async fn page(&self, view: View) -> Page {
        page::open(self.clone(), view).await
    }

    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.process.port)
    }
}

impl Process {
    /// Starts it on a free port; what it said if it ended before it listened.
    fn start() -> Result<Self, String> {
        let mut child = Command::new(DRIVER)
            .args(["--port=0", "--log-level=SEVERE"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the driver is an executable program");
        let mut output = BufReader::new(child.stdout.take().expect("stdout was piped"));
        match announced_port(&mut output) {
            Ok(port) => Ok(Self { child: Mutex::new(child), port, _output: output }),
            Err(said) => {
                child.wait().expect("a child of ours can be waited for");
                Err(said)
            }
        }
    }
}

/// Reads the driver's first lines until it says which port it took.
fn announced_port(output: &mut BufReader<ChildStdout>) -> Result<u16, String> {
    let mut said = String::new();
    for line in output.lines() {
        let line = line.expect("the driver speaks UTF-8");
        if let Some((_, rest)) = line.split_once(READY) {
            return Ok(rest.trim_end_matches('.').parse().expect("the driver announces a port number"));
        }
        said.push_str(&line);
        said.push('\n');
    }
    Err(said)
}

impl Drop for Process {
    /// Asks the driver to quit, which ends its browsers too, and kills it only if it does not even listen.
    fn drop(&mut self) {
        let mut child = self.child.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if ask_to_quit(self.port).is_err() {
            child.kill().expect("a child of ours may be killed");
        }
        child.wait().expect("a child of ours can be waited for");
    }
}

fn ask_to_quit(port: u16) -> std::io::Result<()> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    std::io::copy(&mut stream, &mut std::io::sink()).map(|_| ())
}
