//! A running `homeward serve` on a folder of its own. The binary stands beside the tests; cargo builds it.

use reqwest::{Client, Response};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::OnceLock;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

const PASSWORD: &str = "a sentence to remember";
/// How long an answer may take on a busy machine before the story calls it lost.
const ANSWER_WITHIN: Duration = Duration::from_mins(1);

/// The binary, as built from these sources; of the whole workspace, because its parts would be built anew for one package,
/// and without what cargo tells a test about its own package, because `ring` and all above it would be built anew for that.
pub fn binary() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let of_the_test = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
        let mut cargo = std::process::Command::new(env!("CARGO"));
        cargo.args(["build", "-q", "--workspace", "--bin", "homeward"]);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(of_the_test)) {
            cargo.env_remove(name);
        }
        let built = cargo.status();
        assert!(built.expect("cargo runs").success(), "the binary does not build");
        let test = std::env::current_exe().expect("a test is a file");
        test.parent().and_then(Path::parent).expect("target/<profile>/deps/test").join("homeward")
    })
}

/// `homeward serve` with these arguments, its output caught.
pub fn serve(arguments: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.arg("serve").args(arguments).kill_on_drop(true).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// One process that answers.
pub struct Server {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    /// `http://127.0.0.1:PORT`
    pub base: String,
    /// `http://127.0.0.1:PORT` of the operator's listener, when one was asked for.
    pub operations: Option<String>,
    /// Printed at the first run.
    pub set_up_code: Option<String>,
}

impl Server {
    /// Starts on the register in the folder, and waits for its address.
    pub async fn start(folder: &Path) -> Self {
        Self::start_with(folder, &["--log", "off"], Stdio::inherit()).await
    }

    /// The same with more arguments, and with a place for its log.
    pub async fn start_with(folder: &Path, more: &[&str], log: Stdio) -> Self {
        let database = format!("sqlite:{}", folder.join("homeward.db").display());
        Self::start_on(&database, folder, more, log).await
    }

    /// A node on any database; the key lies in the folder.
    pub async fn start_on(database: &str, folder: &Path, more: &[&str], log: Stdio) -> Self {
        let key = folder.join("homeward.db.key").display().to_string();
        let arguments = ["--listen", "127.0.0.1:0", "--database", database, "--key-file", &key];
        let arguments = [&arguments, more].concat();
        let mut command = serve(&arguments);
        command.stderr(log);
        Self::started(command).await
    }

    /// Starts a command that becomes the server, and waits for its address.
    pub async fn started(command: Command) -> Self {
        timeout(ANSWER_WITHIN, Self::listening(command)).await.expect("a new process listens soon")
    }

    async fn listening(mut command: Command) -> Self {
        let mut child = command.spawn().expect("the binary starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let (mut set_up_code, mut operations) = (None, None);
        while let Some(line) = lines.next_line().await.expect("readable output") {
            if let Some(code) = line.strip_prefix("set-up code: ") {
                set_up_code = Some(code.to_owned());
            }
            if let Some(address) = line.strip_prefix("metrics on ") {
                operations = address.strip_suffix("/metrics").map(str::to_owned);
            }
            if let Some(base) = line.strip_prefix("listening on ") {
                return Self { child, lines, base: base.to_owned(), operations, set_up_code };
            }
        }
        panic!("the process ended before it listened");
    }

    /// The process, as the system knows it.
    pub fn id(&self) -> u32 {
        self.child.id().expect("still running")
    }

    /// `kill -9`: no goodbye. Whoever holds the server last reaps it.
    pub async fn kill_now(&self) {
        let id = self.child.id().expect("still running").to_string();
        let sent = Command::new("kill").args(["-KILL", &id]).status().await.expect("kill runs");
        assert!(sent.success());
    }

    /// SIGTERM; gives how it ended.
    pub async fn terminate(&mut self) -> ExitStatus {
        self.tell_to_stop().await;
        self.ended().await
    }

    /// SIGTERM, and no waiting.
    pub async fn tell_to_stop(&self) {
        let id = self.child.id().expect("still running").to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().await.expect("kill runs");
        assert!(sent.success());
    }

    /// Waits for the end; gives how it ended.
    pub async fn ended(&mut self) -> ExitStatus {
        while self.lines.next_line().await.expect("readable output").is_some() {}
        self.child.wait().await.expect("an exit code")
    }

    /// Sends a write.
    pub async fn write(&self, token: &str, path: &str, key: &str, body: &Value) -> Result<Response, reqwest::Error> {
        let request = Client::new().post(format!("{}{path}", self.base)).header("idempotency-key", key);
        request.timeout(ANSWER_WITHIN).bearer_auth(token).json(body).send().await
    }

    /// Reads.
    pub async fn get(&self, token: &str, path: &str) -> Value {
        let request = Client::new().get(format!("{}{path}", self.base)).bearer_auth(token);
        request.timeout(ANSWER_WITHIN).send().await.expect("an answer").json().await.expect("JSON")
    }

    /// A token for somebody with everybody's password.
    pub async fn sign_in(&self, username: &str) -> String {
        let body = json!({ "username": username, "password": PASSWORD });
        let answer = Client::new().post(format!("{}/v1/session", self.base)).json(&body).send().await;
        let session: Value = answer.expect("an answer").json().await.expect("a session");
        session["token"].as_str().expect("a token").to_owned()
    }

    /// The first run: an administrator, a key list, a duty officer. Gives the officer's token.
    pub async fn first_run(&self) -> String {
        let code = self.set_up_code.as_ref().expect("a first run prints a code");
        let body = json!({ "code": code, "username": "admin", "password": PASSWORD, "display_name": "A" });
        let made = Client::new().post(format!("{}/v1/setup", self.base)).json(&body).send().await.expect("an answer");
        assert_eq!(made.status(), 201);
        let admin = self.sign_in("admin").await;
        let now = self.get(&admin, "/v1/session").await["now"].clone();
        let list = json!({ "effective_at": now, "entries": [{ "country": "JPN", "tag": "yellow" }], "note": "" });
        let listed = self.write(&admin, "/v1/key-lists", "list", &list).await.expect("an answer");
        assert_eq!(listed.status(), 201);
        let grant = json!({ "role": "duty_officer", "desk": "pvg-t1-310101" });
        let officer = json!({ "username": "desk", "password": PASSWORD, "display_name": "D", "grant": grant });
        let hired = self.write(&admin, "/v1/accounts", "desk", &officer).await.expect("an answer");
        assert_eq!(hired.status(), 201);
        self.sign_in("desk").await
    }
}
