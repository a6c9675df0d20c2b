//! A cable between a node and its database that a test can cut: a TCP proxy of the tests' own. It carries bytes and knows
//! nothing of what they mean.
//!
//! A cut is silence, not an end: what is sent into it is swallowed, nothing is closed, and a new connection is never
//! answered. Only [`Cable::heal`] lets both sides see that the old connections are dead.

#[cfg(test)]
mod tests;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_util::task::TaskTracker;

/// What one read takes at most: a page of the database and its frame.
const CHUNK_BYTES: usize = 16 * 1024;

/// A cable to one address. Dropped, it resets all its connections and takes no more.
pub struct Cable {
    address: SocketAddr,
    /// Its tasks end when this is gone.
    line: watch::Sender<Line>,
}

/// The state of the cable, which every connection watches.
#[derive(Debug, Default)]
struct Line {
    cut: bool,
    age: Age,
}

/// Connections of an earlier age are reset.
#[derive(Debug, Clone, Default)]
struct Age {
    number: u64,
    connections: TaskTracker,
}

impl Cable {
    /// Lays a cable to this address, whole from the beginning.
    pub async fn to(address: SocketAddr) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let near = listener.local_addr().expect("it was just bound");
        let line = watch::Sender::new(Line::default());
        TaskTracker::new().spawn(accept(listener, address, line.subscribe()));
        Self { address: near, line }
    }

    /// This end of the cable, where the node connects.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// Pulls the cable: nothing sent after this arrives, and nobody is told.
    pub fn cut(&self) {
        self.line.send_modify(|line| line.cut = true);
    }

    /// Puts it back: connections from before the cut are reset on both sides, new ones pass, and so do those that waited
    /// for an answer during the cut.
    pub async fn heal(&self) {
        self.begin_age(|line| line.cut = false).await;
    }

    /// Resets every connection on both sides, as a proxy does that restarts. A cable that is cut stays cut.
    pub async fn drop_connections(&self) {
        self.begin_age(|_| {}).await;
    }

    /// Changes the line and waits until no connection of before is left.
    async fn begin_age(&self, change: impl FnOnce(&mut Line)) {
        let mut ended = Age::default();
        self.line.send_modify(|line| {
            change(line);
            let next = Age { number: line.age.number + 1, ..Age::default() };
            ended = std::mem::replace(&mut line.age, next);
        });
        ended.connections.close();
        ended.connections.wait().await;
    }
}

/// Takes connections while the cable is whole. During a cut they wait in the system's queue, where nobody answers. Ends
/// with the cable, because then nobody holds the sending side of `line`.
async fn accept(listener: TcpListener, far: SocketAddr, mut line: watch::Receiver<Line>) {
    while line.wait_for(|line| !line.cut).await.is_ok() {
        let near = tokio::select! {
            biased;
            _ = line.wait_for(|line| line.cut) => continue,
            near = listener.accept() => near.expect("a listener of ours accepts").0,
        };
        let age = line.borrow().age.clone();
        age.connections.spawn(carry(near, far, line.clone(), age.number));
    }
}

/// Carries one connection until both sides have said all they had to, one of them broke, or its age is over. Whatever
/// does not end well ends with a reset.
async fn carry(mut near: TcpStream, far: SocketAddr, mut line: watch::Receiver<Line>, age: u64) {
    let Ok(mut far) = TcpStream::connect(far).await else { return reset(&near) };
    let ended_well = {
        let ((near_in, near_out), (far_in, far_out)) = (near.split(), far.split());
        let (there, back) = (pump(near_in, far_out, line.clone()), pump(far_in, near_out, line.clone()));
        tokio::select! {
            biased;
            _ = line.wait_for(|line| line.age.number != age) => false,
            pumped = async { tokio::try_join!(there, back) } => pumped.is_ok(),
        }
    };
    if !ended_well {
        reset(&near);
        reset(&far);
    }
}

/// Makes the end of the stream a reset.
fn reset(stream: &TcpStream) {
    stream.set_zero_linger().expect("a socket of ours takes its options");
}

/// One direction. A side that closes or breaks during a cut does so unheard.
async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut line: watch::Receiver<Line>,
) -> io::Result<()> {
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let read = from.read(&mut chunk).await;
        if line.borrow().cut {
            match read {
                Ok(1..) => continue,
                _ => std::future::pending().await,
            }
        }
        let read = read?;
        if read == 0 {
            return to.shutdown().await;
        }
        tokio::select! {
            biased;
            // What the other side has not taken yet is lost in the cut.
            _ = line.wait_for(|line| line.cut) => {}
            written = to.write_all(&chunk[..read]) => written?,
        }
    }
}
