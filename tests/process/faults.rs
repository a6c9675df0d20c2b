//! Started wrongly: one clear sentence on standard error, and an exit code that is not zero.

use crate::server::{Server, serve};
use homeward_store::{Keys, Store};

/// What the process says before it gives up.
async fn gives_up(arguments: &[&str]) -> String {
    let ended = serve(arguments).output().await.expect("the binary starts");
    assert!(!ended.status.success(), "it should have given up");
    let said = String::from_utf8(ended.stderr).expect("text");
    let sentences: Vec<_> = said.lines().filter(|line| line.starts_with("homeward: ")).collect();
    assert_eq!(sentences.len(), 1, "one sentence, not: {said}");
    assert!(!said.contains("panicked"), "{said}");
    sentences[0].to_owned()
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path()).await;
    let taken = server.base.trim_start_matches("http://");
    let other = format!("sqlite:{}", folder.path().join("other.db").display());
    let said = gives_up(&["--listen", taken, "--database", &other]).await;
    assert!(said.contains(taken) && said.contains("--listen"), "{said}");
}

#[tokio::test]
async fn a_file_that_is_no_register_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("letter.db");
    std::fs::write(&file, "Dear register, ".repeat(400)).expect("a file");
    let said = gives_up(&["--listen", "127.0.0.1:0", "--database", &format!("sqlite:{}", file.display())]).await;
    assert!(said.contains("letter.db"), "{said}");
}

#[tokio::test]
async fn a_bad_setting_is_named() {
    let said = gives_up(&["--listen", "everywhere"]).await;
    assert!(said.contains("listen") && said.contains("everywhere"), "{said}");
    let said = gives_up(&["--listen", "127.0.0.1:0", "--database", "postgres://db/homeward"]).await;
    assert!(said.contains("--key-file") && said.contains("every node"), "{said}");
    let said = gives_up(&["--listen", "127.0.0.1:0", "--database", "mysql://db/homeward"]).await;
    assert!(said.contains("postgres://USER"), "{said}");
}

#[tokio::test]
async fn a_bad_setting_of_the_operators_tools_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = format!("sqlite:{}", folder.path().join("homeward.db").display());
    let with = async |more: [&str; 2]| {
        gives_up(&[&["--listen", "127.0.0.1:0", "--database", &database], &more[..]].concat()).await
    };
    let said = with(["--metrics-listen", "9464"]).await;
    assert!(said.contains("metrics_listen") && said.contains("127.0.0.1:9464"), "{said}");
    let said = with(["--log-format", "xml"]).await;
    assert!(said.contains("log_format") && said.contains("json"), "{said}");
    let said = with(["--otlp-endpoint", "https://collector"]).await;
    assert!(said.contains("otlp_endpoint") && said.contains("http://"), "{said}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let said = with(["--metrics-listen", &taken.local_addr().expect("an address").to_string()]).await;
    assert!(said.contains("--metrics-listen"), "{said}");
}

#[tokio::test]
async fn a_register_of_a_newer_program_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("homeward.db");
    let url = format!("sqlite:{}", file.display());
    let key = folder.path().join("homeward.db.key");
    let store = Store::open(&url, Keys::open(&key).expect("a key")).await.expect("a register");
    let mut unit = store.begin().await.expect("the writer");
    unit.conn()
        .sql(
            "insert into _sqlx_migrations (version, description, installed_on, success, checksum, execution_time)
             values (9999, 'of tomorrow', '2099-01-01', 1, x'00', 0)",
        )
        .run()
        .await
        .expect("a step this program does not know");
    unit.commit().await.expect("written");
    store.close().await;
    let said = gives_up(&["--listen", "127.0.0.1:0", "--database", &url]).await;
    assert!(said.contains("9999") && said.contains("newer program"), "{said}");
}
