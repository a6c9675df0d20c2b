//! Kept-alive lines to nodes: as little HTTP/1.1 as a request needs, because tool and server share their cores.

use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The head of an answer; those of the server have a tenth of it.
const HEAD_BYTES_MAX: usize = 8_192;

/// An open line and what was read from it.
pub(crate) struct Line {
    socket: TcpStream,
    read: Vec<u8>,
}

/// What a node said.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub status: u16,
    /// In small letters, a header a line.
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header, named in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim)
    }
}

/// `host:port` of `http://host:port/prefix`, and the prefix.
pub(crate) fn address(base: &str) -> (String, &str) {
    let rest = base.strip_prefix("http://").unwrap_or(base);
    let (host, prefix) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let named = host.rsplit(']').next().is_some_and(|after| after.contains(':'));
    (if named { host.to_owned() } else { format!("{host}:80") }, prefix)
}

impl Line {
    /// Sends one request over the line, which is opened when there is none and given up when it fails.
    pub async fn told(
        line: &mut Option<Self>,
        address: &str,
        request: &[u8],
        within: Duration,
    ) -> Result<Answer, &'static str> {
        let asked = async {
            if line.is_none() {
                let socket = TcpStream::connect(address).await.map_err(|_| "no-connection")?;
                socket.set_nodelay(true).map_err(|_| "no-connection")?;
                *line = Some(Self { socket, read: Vec::with_capacity(1_024) });
            }
            line.as_mut().expect("it was just opened").ask(request).await
        };
        let answered = timeout(within, asked).await.unwrap_or(Err("timeout"));
        if answered.is_err() {
            *line = None;
        }
        answered
    }

    async fn ask(&mut self, request: &[u8]) -> Result<Answer, &'static str> {
        self.socket.write_all(request).await.map_err(|_| "broken-off")?;
        self.read.clear();
        let end = loop {
            if let Some(end) = self.read.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            if self.read.len() > HEAD_BYTES_MAX || self.more().await? == 0 {
                return Err("broken-off");
            }
        };
        let head = std::str::from_utf8(&self.read[..end]).map_err(|_| "unreadable")?.to_ascii_lowercase();
        let status = head.get(9..12).and_then(|it| it.parse().ok()).ok_or("unreadable")?;
        let mut answer = Answer { status, head, body: Vec::new() };
        if answer.header("transfer-encoding").is_some() {
            return Err("unreadable");
        }
        let length: usize = answer.header("content-length").map_or(Ok(0), str::parse).map_err(|_| "unreadable")?;
        while self.read.len() < end + length {
            if self.more().await? == 0 {
                return Err("broken-off");
            }
        }
        answer.body.extend_from_slice(&self.read[end..end + length]);
        Ok(answer)
    }

    async fn more(&mut self) -> Result<usize, &'static str> {
        self.socket.read_buf(&mut self.read).await.map_err(|_| "broken-off")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;
    use tokio::task::JoinSet;

    /// A node that gives these answers, one a request, and hangs up.
    async fn node(answers: &'static [&'static str]) -> (String, JoinSet<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let mut node = JoinSet::new();
        node.spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut asked = [0; 64];
            for answer in answers {
                assert!(socket.read(&mut asked).await.unwrap() > 0);
                for part in answer.split('|') {
                    socket.write_all(part.as_bytes()).await.unwrap();
                    socket.flush().await.unwrap();
                    tokio::task::yield_now().await;
                }
            }
        });
        (address, node)
    }

    #[tokio::test]
    async fn a_line_is_kept_until_it_fails() {
        let (address, node) = node(&[
            "HTTP/1.1 201 Created\r\nContent-Le|ngth: 4\r\n\r\nda|ta",
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
        ])
        .await;
        let (mut line, within) = (None, Duration::from_secs(10));
        let answer = Line::told(&mut line, &address, b"one", within).await.unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (201, &b"data"[..]));
        let answer = Line::told(&mut line, &address, b"two", within).await.unwrap();
        assert_eq!((answer.status, answer.header("retry-after"), answer.body.len()), (503, Some("1"), 0));
        assert_eq!(Line::told(&mut line, &address, b"three", within).await, Err("unreadable"));
        assert!(line.is_none());
        assert_eq!(node.join_all().await.len(), 1);
        assert_eq!(Line::told(&mut line, &address, b"four", within).await, Err("no-connection"));
    }

    #[test]
    fn an_address_is_a_host_and_a_port() {
        assert_eq!(address("http://127.0.0.1:8471"), ("127.0.0.1:8471".into(), ""));
        assert_eq!(address("http://node/x"), ("node:80".into(), "/x"));
        assert_eq!(address("http://[::1]"), ("[::1]:80".into(), ""));
    }
}
