//! One kept-alive line to a node: as little HTTP/1.1 as a phone's request needs, because tool and server share their cores.

use crate::Fault;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// A phone gives up after so long.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// The head of an answer; those of the server have a tenth of it.
const HEAD_BYTES_MAX: usize = 8_192;

/// An open line and what was read from it.
pub(super) struct Line {
    socket: TcpStream,
    head: Vec<u8>,
}

/// `host:port` of `http://host:port`.
pub(super) fn address(base: &str) -> Result<String, Fault> {
    let address = base.strip_prefix("http://").filter(|it| it.contains(':'));
    address.map(str::to_owned).ok_or_else(|| Fault::Option(format!("{base} names no port")))
}

impl Line {
    /// Sends one request over the line, which is opened when there is none; gives the status.
    pub async fn told(line: &mut Option<Self>, address: &str, target: &str) -> Result<u16, &'static str> {
        let asked = async {
            if line.is_none() {
                let socket = TcpStream::connect(address).await.map_err(|_| "no-connection")?;
                socket.set_nodelay(true).map_err(|_| "no-connection")?;
                *line = Some(Self { socket, head: Vec::with_capacity(1_024) });
            }
            line.as_mut().expect("it was just opened").ask(address, target).await
        };
        timeout(ANSWER_WITHIN, asked).await.unwrap_or(Err("timeout"))
    }

    async fn ask(&mut self, address: &str, target: &str) -> Result<u16, &'static str> {
        let request = format!("GET {target} HTTP/1.1\r\nhost: {address}\r\n\r\n");
        self.socket.write_all(request.as_bytes()).await.map_err(|_| "broken-off")?;
        self.head.clear();
        let end = loop {
            if let Some(end) = self.head.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            if self.head.len() > HEAD_BYTES_MAX || self.read().await? == 0 {
                return Err("broken-off");
            }
        };
        let text = std::str::from_utf8(&self.head[..end]).map_err(|_| "unreadable")?.to_ascii_lowercase();
        let status = text.get(9..12).and_then(|it| it.parse().ok()).ok_or("unreadable")?;
        let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.map_or(Ok(0), str::parse).map_err(|_| "unreadable")?;
        while self.head.len() < end + length {
            if self.read().await? == 0 {
                return Err("broken-off");
            }
        }
        Ok(status)
    }

    async fn read(&mut self) -> Result<usize, &'static str> {
        self.socket.read_buf(&mut self.head).await.map_err(|_| "broken-off")
    }
}
