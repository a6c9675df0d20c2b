//! Frames of the websocket (RFC 6455, section 5), as far as a server needs them: what it sends is whole and unmasked, what
//! it hears is masked. Bytes in, bytes out; no socket is here.

use bytes::Bytes;

/// The longest message a watcher may send: a hello with 64 subscriptions is half of it.
const MESSAGE_BYTES_MAX: usize = 16 * 1024;
/// What a control frame may carry (section 5.5).
const CONTROL_BYTES_MAX: usize = 125;
/// The longest head of a frame of ours: two bytes and a length of eight.
pub(super) const HEAD_BYTES_MAX: usize = 10;

const FINAL: u8 = 0x80;
const RESERVED: u8 = 0x70;
const MASKED: u8 = 0x80;

const CONTINUATION: u8 = 0;
const TEXT: u8 = 1;
const BINARY: u8 = 2;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

/// What a watcher said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// A message.
    Text(String),
    /// Something nobody here understands.
    Binary,
    /// Answer with the same bytes.
    Ping(Bytes),
    /// It lives.
    Pong,
    /// It goes.
    Closed,
}

/// It does not speak the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Nonsense(&'static str);

/// What goes to a watcher.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    opcode: u8,
    /// Shared by everybody it goes to; never copied.
    pub(super) body: Bytes,
}

impl Frame {
    /// A message; the bytes are UTF-8.
    pub fn text(body: Bytes) -> Self {
        Self { opcode: TEXT, body }
    }

    /// A question whether it lives.
    pub fn ping() -> Self {
        Self { opcode: PING, body: Bytes::new() }
    }

    /// The answer to one.
    pub fn pong(body: Bytes) -> Self {
        Self { opcode: PONG, body }
    }

    /// The last frame, with a code (section 7.4) and a word.
    pub fn close(code: u16, why: &str) -> Self {
        let body = [&code.to_be_bytes()[..], why.as_bytes()].concat();
        Self { opcode: CLOSE, body: body.into() }
    }

    /// The head before the body, and how many of its bytes count.
    pub(super) fn head(&self) -> ([u8; HEAD_BYTES_MAX], u8) {
        let mut head = [0; HEAD_BYTES_MAX];
        head[0] = FINAL | self.opcode;
        let length = self.body.len();
        match (u8::try_from(length), u16::try_from(length)) {
            (Ok(short), _) if short <= 125 => {
                head[1] = short;
                (head, 2)
            }
            (_, Ok(medium)) => {
                head[1] = 126;
                head[2..4].copy_from_slice(&medium.to_be_bytes());
                (head, 4)
            }
            _ => {
                head[1] = 127;
                head[2..].copy_from_slice(&(length as u64).to_be_bytes());
                (head, 10)
            }
        }
    }
}

/// Puts together what a watcher says. Between messages it holds no memory.
#[derive(Debug, Default)]
pub(super) struct Listening {
    /// What came and is no whole frame yet.
    bytes: Vec<u8>,
    /// The beginning of a message that comes in pieces.
    begun: Option<(u8, Vec<u8>)>,
}

/// A frame's head, and where its body lies.
struct Head {
    last: bool,
    opcode: u8,
    mask: [u8; 4],
    body: std::ops::Range<usize>,
}

impl Listening {
    pub fn take(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The next message or control frame, once it is whole.
    pub fn next(&mut self) -> Result<Option<Said>, Nonsense> {
        while let Some(head) = head(&self.bytes)? {
            if self.bytes.len() < head.body.end {
                return Ok(None);
            }
            let mut body = self.bytes[head.body.clone()].to_vec();
            body.iter_mut().zip(head.mask.iter().cycle()).for_each(|(byte, mask)| *byte ^= mask);
            self.bytes.drain(..head.body.end);
            if self.bytes.is_empty() {
                self.bytes = Vec::new();
            }
            if let Some(said) = self.frame(&head, body)? {
                return Ok(Some(said));
            }
        }
        Ok(None)
    }

    fn frame(&mut self, head: &Head, body: Vec<u8>) -> Result<Option<Said>, Nonsense> {
        match head.opcode {
            CLOSE => Ok(Some(Said::Closed)),
            PING => Ok(Some(Said::Ping(body.into()))),
            PONG => Ok(Some(Said::Pong)),
            opcode => self.piece(opcode, head.last, body),
        }
    }

    /// A message, or a piece of one.
    fn piece(&mut self, opcode: u8, last: bool, body: Vec<u8>) -> Result<Option<Said>, Nonsense> {
        let (opcode, whole) = match (opcode, self.begun.take()) {
            (CONTINUATION, Some((opcode, mut begun))) => {
                begun.extend(body);
                (opcode, begun)
            }
            (TEXT | BINARY, None) => (opcode, body),
            _ => return Err(Nonsense("a message begins before the last one ended, or goes on without a beginning")),
        };
        if whole.len() > MESSAGE_BYTES_MAX {
            return Err(Nonsense("the message is too long"));
        }
        if !last {
            self.begun = Some((opcode, whole));
            return Ok(None);
        }
        if opcode == BINARY {
            return Ok(Some(Said::Binary));
        }
        String::from_utf8(whole).map(|text| Some(Said::Text(text))).map_err(|_| Nonsense("the text is no UTF-8"))
    }
}

/// The head at the beginning of these bytes, once it is whole.
fn head(bytes: &[u8]) -> Result<Option<Head>, Nonsense> {
    let &[first, second, ..] = bytes else { return Ok(None) };
    let (last, opcode) = (first & FINAL != 0, first & 0x0f);
    if first & RESERVED != 0 || !matches!(opcode, CONTINUATION | TEXT | BINARY | CLOSE | PING | PONG) {
        return Err(Nonsense("an extension that was not agreed on"));
    }
    if second & MASKED == 0 {
        return Err(Nonsense("what a client sends is masked"));
    }
    let (length, mask_at) = match second & !MASKED {
        126 => (bytes.get(2..4).map(|it| u64::from(u16::from_be_bytes([it[0], it[1]]))), 4),
        127 => (bytes.get(2..10).map(|it| it.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte))), 10),
        short => (Some(u64::from(short)), 2),
    };
    let Some(length) = length else { return Ok(None) };
    let most = if opcode >= CLOSE { CONTROL_BYTES_MAX } else { MESSAGE_BYTES_MAX };
    let length = usize::try_from(length).ok().filter(|length| *length <= most && (last || opcode < CLOSE));
    let length = length.ok_or(Nonsense("the frame is too long, or a control frame comes in pieces"))?;
    let Some(&[a, b, c, d]) = bytes.get(mask_at..mask_at + 4) else { return Ok(None) };
    let from = mask_at + 4;
    Ok(Some(Head { last, opcode, mask: [a, b, c, d], body: from..from + length }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

    /// A frame as a client sends it.
    fn masked(first: u8, body: &[u8]) -> Vec<u8> {
        let mut frame = vec![first];
        match u16::try_from(body.len()) {
            Ok(short) if short <= 125 => frame.push(MASKED | short.to_be_bytes()[1]),
            Ok(medium) => {
                frame.push(MASKED | 0x7e);
                frame.extend(medium.to_be_bytes());
            }
            Err(_) => {
                frame.push(MASKED | 0x7f);
                frame.extend((body.len() as u64).to_be_bytes());
            }
        }
        frame.extend(MASK);
        frame.extend(body.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        frame
    }

    /// What is heard when these bytes come in pieces of this size.
    fn heard(bytes: &[u8], size: usize) -> Result<Vec<Said>, Nonsense> {
        let (mut listening, mut all) = (Listening::default(), Vec::new());
        for piece in bytes.chunks(size) {
            listening.take(piece);
            while let Some(said) = listening.next()? {
                all.push(said);
            }
        }
        assert_eq!(listening.bytes.capacity(), 0, "it holds no memory when everything was said");
        Ok(all)
    }

    #[test]
    fn the_example_of_the_standard() {
        // Section 5.7: a single-frame masked text message "Hello".
        let hello = [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];
        assert_eq!(heard(&hello, 11), Ok(vec![Said::Text("Hello".into())]));
    }

    #[test]
    fn however_the_bytes_come_the_same_is_heard() {
        let long = "王".repeat(5_000);
        let mut bytes = masked(FINAL | TEXT, b"{}");
        bytes.extend(masked(TEXT, &long.as_bytes()[..6]));
        bytes.extend(masked(FINAL | PING, b"in between"));
        bytes.extend(masked(CONTINUATION, &long.as_bytes()[6..300]));
        bytes.extend(masked(FINAL | CONTINUATION, &long.as_bytes()[300..]));
        bytes.extend(masked(FINAL | PONG, b""));
        bytes.extend(masked(FINAL | BINARY, &[0; 126]));
        bytes.extend(masked(FINAL | CLOSE, &1000_u16.to_be_bytes()));
        let all = [
            Said::Text("{}".into()),
            Said::Ping(Bytes::from_static(b"in between")),
            Said::Text(long),
            Said::Pong,
            Said::Binary,
            Said::Closed,
        ];
        for size in [1, 2, 3, 7, 100, bytes.len()] {
            assert_eq!(heard(&bytes, size).as_deref(), Ok(&all[..]), "in pieces of {size}");
        }
    }

    #[test]
    fn what_is_no_protocol_is_refused() {
        let too_long = masked(FINAL | TEXT, &vec![b'a'; MESSAGE_BYTES_MAX + 1]);
        let pieces = [masked(TEXT, &vec![b'a'; MESSAGE_BYTES_MAX]), masked(FINAL | CONTINUATION, b"a")].concat();
        let bad: [(&str, Vec<u8>); 10] = [
            ("unmasked", vec![FINAL | TEXT, 1, b'a']),
            ("an extension's bit", masked(FINAL | 0x40 | TEXT, b"a")),
            ("an opcode nobody has", masked(FINAL | 3, b"a")),
            ("a control frame in pieces", masked(PING, b"a")),
            ("a long control frame", masked(FINAL | PING, &[0; 126])),
            ("a long message", too_long),
            ("a message that becomes too long", pieces),
            ("no beginning", masked(FINAL | CONTINUATION, b"a")),
            ("no end", [masked(TEXT, b"a"), masked(FINAL | TEXT, b"a")].concat()),
            ("no UTF-8", masked(FINAL | TEXT, &[0xff])),
        ];
        for (what, bytes) in bad {
            let mut listening = Listening::default();
            listening.take(&bytes);
            let mut told = listening.next();
            while let Ok(Some(_)) = told {
                told = listening.next();
            }
            assert!(told.is_err(), "{what}");
        }
    }

    #[test]
    fn heads_tell_the_length_in_the_shortest_way() {
        for (length, head) in [
            (0, &[0x81, 0][..]),
            (125, &[0x81, 125]),
            (126, &[0x81, 126, 0, 126]),
            (65_535, &[0x81, 126, 0xff, 0xff]),
            (65_536, &[0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]),
        ] {
            let (bytes, count) = Frame::text(vec![b'a'; length].into()).head();
            assert_eq!(&bytes[..usize::from(count)], head, "{length}");
        }
        assert_eq!(&Frame::close(4501, "restart").body[..], b"\x11\x95restart");
    }
}
