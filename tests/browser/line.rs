//! The line between a screen and the product: a relay that can be cut, with every connection on it, and mended.

use std::sync::Arc;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// A relay to one address. Dropped, it is cut for good.
pub struct Line {
    base: String,
    whole: Arc<watch::Sender<bool>>,
    _tasks: JoinSet<()>,
}

impl Line {
    /// A whole line to `base`, `http://HOST:PORT`.
    pub async fn to(base: &str) -> Self {
        let target = base.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("a bound port"));
        let whole = Arc::new(watch::Sender::new(true));
        let mut tasks = JoinSet::new();
        tasks.spawn(relay(listener, target, whole.clone()));
        Self { base, whole, _tasks: tasks }
    }

    /// Where the screen connects.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Ends every connection; new ones end at once.
    pub fn cut(&self) {
        self.whole.send_replace(false);
    }

    /// New connections go through again.
    pub fn mend(&self) {
        self.whole.send_replace(true);
    }
}

async fn relay(listener: TcpListener, target: String, whole: Arc<watch::Sender<bool>>) {
    let mut connections = JoinSet::new();
    while let Ok((screen, _)) = listener.accept().await {
        connections.spawn(carry(screen, target.clone(), whole.subscribe()));
    }
}

/// Until either side hangs up or the line is cut; an error of either side is a hang-up too.
async fn carry(mut screen: TcpStream, target: String, mut whole: watch::Receiver<bool>) -> Option<()> {
    if !*whole.borrow_and_update() {
        return None;
    }
    let mut product = TcpStream::connect(target).await.ok()?;
    tokio::select! {
        carried = copy_bidirectional(&mut screen, &mut product) => carried.map(|_| ()).ok(),
        cut = whole.wait_for(|whole| !whole) => cut.map(|_| ()).ok(),
    }
}
