//! Told to stop, it ends well, and what it knew is there when it comes back.

use crate::server::Server;
use homeward_tests::sample;

#[tokio::test]
async fn told_to_stop_it_ends_well_and_comes_back_with_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::start(folder.path()).await;
    let token = server.first_run().await;
    let made = server.write(&token, "/v1/parties", "one", &sample::party(1, 2)).await.expect("an answer");
    assert_eq!(made.status(), 201);
    assert_eq!(server.terminate().await.code(), Some(0), "a drain is no failure");
    let server = Server::start(folder.path()).await;
    assert!(server.set_up_code.is_none(), "the first run happens once");
    let parties = server.get(&token, "/v1/parties?open=true").await;
    assert_eq!(parties["parties"].as_array().map(Vec::len), Some(1));
}
