//! The cable, between a client and a far side that both stand in the test.

use std::io::ErrorKind;
use std::time::Duration;

use tokio::time::timeout;

use super::*;

/// Long enough for anything on one machine; only a failing test waits for it.
const SOON: Duration = Duration::from_secs(10);
/// How long a silence is listened to. What should not come would come within microseconds.
const SILENCE: Duration = Duration::from_millis(200);

/// A cable, and the listener at its far end.
async fn laid() -> (Cable, TcpListener) {
    let far = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
    (Cable::to(far.local_addr().expect("bound")).await, far)
}

/// Both ends of a new connection.
async fn connected(cable: &Cable, far: &TcpListener) -> (TcpStream, TcpStream) {
    let near = TcpStream::connect(cable.addr()).await.expect("the cable listens");
    let far = timeout(SOON, far.accept()).await.expect("soon").expect("a connection").0;
    (near, far)
}

/// Says a word on one side and hears it on the other.
async fn passes(from: &mut TcpStream, to: &mut TcpStream, word: &[u8]) {
    from.write_all(word).await.expect("sent");
    assert_eq!(heard(to, word.len()).await.expect("received"), word);
}

async fn heard(from: &mut TcpStream, bytes: usize) -> io::Result<Vec<u8>> {
    let mut word = vec![0; bytes];
    timeout(SOON, from.read_exact(&mut word)).await.expect("soon")?;
    Ok(word)
}

async fn is_silent(stream: &mut TcpStream) {
    let read = timeout(SILENCE, stream.read(&mut [0])).await;
    assert!(read.is_err(), "neither a byte nor an end: {read:?}");
}

async fn is_reset(stream: &mut TcpStream) {
    assert_eq!(heard(stream, 1).await.expect_err("no byte").kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_whole_cable_carries_both_ways_and_the_end_too() {
    let (cable, listener) = laid().await;
    let (mut near, mut far) = connected(&cable, &listener).await;
    passes(&mut near, &mut far, b"question").await;
    passes(&mut far, &mut near, b"answer").await;

    near.shutdown().await.expect("closed");
    assert_eq!(far.read(&mut [0]).await.expect("an end, not a reset"), 0);
    passes(&mut far, &mut near, b"last words").await;
    drop(far);
    assert_eq!(near.read(&mut [0]).await.expect("an end, not a reset"), 0);
}

#[tokio::test]
async fn a_cut_swallows_and_closes_nothing() {
    let (cable, listener) = laid().await;
    let (mut near, mut far) = connected(&cable, &listener).await;
    passes(&mut near, &mut far, b"before").await;

    cable.cut();
    near.write_all(b"lost").await.expect("the system takes it");
    far.write_all(b"lost").await.expect("the system takes it");
    is_silent(&mut near).await;
    is_silent(&mut far).await;
    drop(near);
    is_silent(&mut far).await;
}

#[tokio::test]
async fn a_new_connection_waits_for_the_end_of_the_cut() {
    let (cable, listener) = laid().await;
    cable.cut();
    let mut near = TcpStream::connect(cable.addr()).await.expect("the system's queue takes it");
    near.write_all(b"patience").await.expect("the system takes it");
    is_silent(&mut near).await;
    assert!(timeout(SILENCE, listener.accept()).await.is_err(), "nobody reaches the far side");

    cable.heal().await;
    let mut far = timeout(SOON, listener.accept()).await.expect("soon").expect("a connection").0;
    assert_eq!(heard(&mut far, 8).await.expect("received"), b"patience");
}

#[tokio::test]
async fn healing_resets_the_old_and_passes_the_new() {
    let (cable, listener) = laid().await;
    let (mut near, mut far) = connected(&cable, &listener).await;
    cable.cut();
    near.write_all(b"lost").await.expect("the system takes it");
    is_silent(&mut far).await;

    cable.heal().await;
    is_reset(&mut near).await;
    is_reset(&mut far).await;
    let (mut near, mut far) = connected(&cable, &listener).await;
    passes(&mut near, &mut far, b"again").await;
}

#[tokio::test]
async fn connections_can_be_dropped_on_a_whole_cable() {
    let (cable, listener) = laid().await;
    let (mut near, mut far) = connected(&cable, &listener).await;
    cable.drop_connections().await;
    is_reset(&mut near).await;
    is_reset(&mut far).await;
    let (mut near, mut far) = connected(&cable, &listener).await;
    passes(&mut near, &mut far, b"again").await;
}

#[tokio::test]
async fn a_cable_that_is_gone_takes_its_connections_along() {
    let (cable, listener) = laid().await;
    let (mut near, mut far) = connected(&cable, &listener).await;
    drop(cable);
    is_reset(&mut near).await;
    is_reset(&mut far).await;
}

#[tokio::test]
async fn a_far_side_that_is_down_refuses() {
    let (cable, listener) = laid().await;
    drop(listener);
    let mut near = TcpStream::connect(cable.addr()).await.expect("the cable listens");
    is_reset(&mut near).await;
}
