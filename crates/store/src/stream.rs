//! The name of a stream: one gapless sequence that watchers follow.

use std::fmt;

use uuid::Uuid;

/// The longest name; a receiver's code is a short slug, the longest other form is `trip:` and a UUID.
const LENGTH_MAX: usize = 64;

/// A receiver's code as it is (`huangpu-xdm-qiaojia`), `district:310101`, or `trip:<uuid>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Stream(String);

/// The text is no stream's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no stream: a receiver's code, district:<code> or trip:<uuid>")]
pub struct Unnamed(String);

/// Whose stream it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// A community or a site, by its code.
    Receiver(&'a str),
    /// A district, by its division code.
    District(&'a str),
    /// A trip.
    Trip(Uuid),
}

impl Stream {
    /// The stream of a receiver.
    ///
    /// # Panics
    /// When the code is no slug; codes come from the reference tables or were parsed.
    #[must_use]
    pub fn receiver(code: &str) -> Self {
        Self::parse(code).expect("a receiver's code is a slug")
    }

    /// The stream of a district.
    ///
    /// # Panics
    /// When the code is no division code; codes come from the reference tables or were parsed.
    #[must_use]
    pub fn district(code: &str) -> Self {
        Self::parse(&format!("district:{code}")).expect("a district's code is digits")
    }

    /// The stream of a trip.
    #[must_use]
    pub fn trip(id: Uuid) -> Self {
        Self(format!("trip:{id}"))
    }

    /// Reads a name from the wire or the table.
    pub fn parse(text: &str) -> Result<Self, Unnamed> {
        let valid = text.len() <= LENGTH_MAX
            && match text.split_once(':') {
                None => slug(text),
                Some(("district", code)) => !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit()),
                // Only the one spelling we write, so that one trip has one stream.
                Some(("trip", id)) => Uuid::parse_str(id).is_ok_and(|uuid| uuid.to_string() == id),
                Some(_) => false,
            };
        if valid { Ok(Self(text.to_owned())) } else { Err(Unnamed(text.chars().take(LENGTH_MAX).collect())) }
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whose stream it is, for the check of rights.
    #[must_use]
    pub fn kind(&self) -> Kind<'_> {
        match self.0.split_once(':') {
            Some(("district", code)) => Kind::District(code),
            Some((_, id)) => Kind::Trip(Uuid::parse_str(id).expect("parse accepted the trip's id")),
            None => Kind::Receiver(&self.0),
        }
    }
}

fn slug(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(plain) && !text.starts_with('-') && !text.ends_with('-')
}

impl fmt::Display for Stream {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl TryFrom<String> for Stream {
    type Error = Unnamed;

    fn try_from(text: String) -> Result<Self, Unnamed> {
        Self::parse(&text)
    }
}

impl From<Stream> for String {
    fn from(stream: Stream) -> Self {
        stream.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Stream};
    use uuid::Uuid;

    #[test]
    fn three_kinds_of_names_and_nothing_else() {
        let trip = Stream::trip(Uuid::from_u128(7));
        for (text, kind) in [
            ("huangpu-xdm-qiaojia", Kind::Receiver("huangpu-xdm-qiaojia")),
            ("district:310101", Kind::District("310101")),
            (trip.as_str(), Kind::Trip(Uuid::from_u128(7))),
        ] {
            assert_eq!(Stream::parse(text).unwrap().kind(), kind);
        }
        for bad in ["", "A", "-a", "a b", "district:", "district:x", "trip:7", "other:1", "a'b", &"a".repeat(65)] {
            assert!(Stream::parse(bad).is_err(), "{bad}");
        }
        assert!(Stream::parse(&trip.as_str().to_uppercase().replace("TRIP", "trip")).is_ok(), "digits have no case");
        assert!(Stream::parse("trip:0000000A-0000-0000-0000-000000000000").is_err());
    }
}
