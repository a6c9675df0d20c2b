//! Told to stop, it ends well, and what it knew is there when it comes back.

use crate::server::Server;
use homeward_tests::feed_client::FeedClient;
use homeward_tests::sample;

#[tokio::test]
async fn told_to_stop_it_ends_well_and_comes_back_with_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::start(folder.path()).await;
    let token = server.first_run().await;
    let made = server.write(&token, "/v1/parties", "one", &sample::party(1, 2)).await.expect("an answer");
    assert_eq!(made.status(), 201);
    let away = FeedClient::connect(&server.base, &token, sample::DISTRICT, None).await.cut();
    let watching = FeedClient::connect(&server.base, &token, sample::DISTRICT, None).await;
    let more = server.write(&token, "/v1/parties", "two", &sample::party(3, 1)).await.expect("an answer");
    assert_eq!(more.status(), 201);
    let (ended, closed) = tokio::join!(server.terminate(), watching.closed());
    assert_eq!((ended.code(), closed), (Some(0), 4501), "a drain is no failure, and sockets are told");
    let server = Server::start(folder.path()).await;
    assert!(server.set_up_code.is_none(), "the first run happens once");
    let parties = server.get(&token, "/v1/parties?open=true").await;
    assert_eq!(parties["parties"].as_array().map(Vec::len), Some(2));
    let number = away.0.after + 1;
    let mut back = FeedClient::connect(&server.base, &token, sample::DISTRICT, Some(away)).await;
    back.until_number(number).await;
    let queue = back.rows().values().filter(|row| row["kind"] == "party").count();
    assert_eq!(queue, 2, "what it knew, and exactly what it missed");
}
