//! A frame of `transfer-feed.v1`, as far as a board of the load tool needs it. Everything else is skipped, not kept: at
//! fifty thousand frames a second the tool must not be what is measured.

use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;

/// Any frame.
#[derive(Debug, Deserialize)]
pub(super) struct Frame<'a> {
    #[serde(borrow)]
    pub op: Cow<'a, str>,
    /// `ev`: the number.
    pub s: Option<i64>,
    /// `sub` with a snapshot: the number it was read at.
    pub seq: Option<i64>,
    /// `sub` that goes on: the position it goes on from.
    pub after: Option<i64>,
    /// `sub` that goes on: where the stream stands.
    pub head: Option<i64>,
    #[serde(borrow)]
    pub epoch: Option<Cow<'a, str>>,
    /// `hb`: by stream, the last number that was sent.
    pub heads: Option<HashMap<String, i64>>,
    #[serde(borrow)]
    d: Option<Change<'a>>,
}

#[derive(Debug, Deserialize)]
struct Change<'a> {
    #[serde(borrow)]
    row: Option<Row<'a>>,
}

#[derive(Debug, Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    party: Option<Cow<'a, str>>,
    co_residents: Option<u8>,
}

impl<'a> Frame<'a> {
    /// `None` when it is no frame.
    pub fn parse(text: &'a str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Party and serial of the asking that an `ev` frame shows.
    pub fn asking(&self) -> Option<(&str, u8)> {
        let row = self.d.as_ref()?.row.as_ref()?;
        Some((row.party.as_deref()?, row.co_residents?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_read_with_its_asking() {
        let text = r#"{"op":"ev","c":"x","s":7,"t":"home.asked","d":{"key":"k","row":{"party":"p","co_residents":3}}}"#;
        let frame = Frame::parse(text).expect("a frame");
        assert_eq!((frame.s, frame.asking()), (Some(7), Some(("p", 3))));
    }

    #[test]
    fn a_row_that_is_gone_is_a_fact_without_an_asking() {
        let frame = Frame::parse(r#"{"op":"ev","s":8,"d":{"key":"k","row":null}}"#).expect("a frame");
        assert_eq!((frame.s, frame.asking()), (Some(8), None));
    }

    #[test]
    fn a_snapshot_has_a_number_and_a_resume_a_position() {
        let snapshot = Frame::parse(r#"{"op":"sub","epoch":"e","mode":"snapshot","seq":5,"board":{"rows":[{}]}}"#);
        assert_eq!(snapshot.and_then(|frame| frame.seq), Some(5));
        let resume = Frame::parse(r#"{"op":"sub","epoch":"e","mode":"resume","after":5,"head":9}"#).expect("a frame");
        assert_eq!((resume.seq, resume.after, resume.head), (None, Some(5), Some(9)));
    }
}
