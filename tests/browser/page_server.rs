//! A listener that answers every request with one page, so that the harness can be tested without the product.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// What the product sends too: the harness must work under it. The test page's own script is allowed beside it.
const POLICY: &str = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; require-trusted-types-for 'script'; trusted-types 'none'";

pub struct PageServer {
    port: u16,
    /// Dropped with the server, and the listener with it.
    _tasks: JoinSet<()>,
}

impl PageServer {
    pub async fn start(page: &'static str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port exists");
        let port = listener.local_addr().expect("it is bound").port();
        let mut tasks = JoinSet::new();
        tasks.spawn(serve(listener, page));
        Self { port, _tasks: tasks }
    }

    pub fn address(&self) -> String {
        format!("http://localhost:{}/", self.port)
    }
}

async fn serve(listener: TcpListener, page: &'static str) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(answer(stream, page));
    }
}

/// A browser that hangs up early is no failure of the test.
async fn answer(mut stream: TcpStream, page: &'static str) -> Option<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut request).await.ok()? == 0 {
            return None;
        }
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Content-Security-Policy: {POLICY}\r\nConnection: close\r\n\r\n",
        page.len()
    );
    stream.write_all(head.as_bytes()).await.ok()?;
    stream.write_all(page.as_bytes()).await.ok()
}
