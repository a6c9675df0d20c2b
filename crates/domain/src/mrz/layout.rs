//! Where each field stands in each of the five layouts (Doc 9303 parts 4 to 7), and the library's parser for it.

use super::Format;
use crate::Invalid;

/// Cells `from..until` (zero-based columns) of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cells {
    pub line: usize,
    pub from: usize,
    pub until: usize,
}

impl Cells {
    const fn new(line: usize, from: usize, until: usize) -> Self {
        Self { line, from, until }
    }

    /// The text of these cells; the lines are ASCII of the layout's width.
    pub fn of(self, lines: &[String]) -> &str {
        &lines[self.line][self.from..self.until]
    }

    /// The one cell after these: where a check digit stands.
    pub const fn digit(self) -> Self {
        Self::new(self.line, self.until, self.until + 1)
    }

    /// The field name of a refusal.
    pub fn path(self) -> String {
        format!("lines/{}", self.line)
    }
}

/// One layout; check digits stand in the cell after `number`, `born_on`, `expires_on` and `personal`.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    pub format: Format,
    pub code: Cells,
    pub issuer: Cells,
    pub number: Cells,
    pub nationality: Cells,
    pub born_on: Cells,
    pub sex: Cells,
    pub expires_on: Cells,
    pub personal: Option<Cells>,
    pub composite: Option<Cells>,
    pub name: Cells,
}

impl Layout {
    /// By the number of lines, their width and the first letter.
    pub fn choose(lines: &[String]) -> Result<Self, Invalid> {
        match (lines.len(), lines[0].len(), lines[0].as_bytes()[0]) {
            (3, 30, b'A' | b'C' | b'I') => Ok(Self::td1()),
            (2, 36, b'A' | b'C' | b'I') => {
                Ok(Self { composite: Some(Cells::new(1, 35, 36)), ..Self::two_lines(Format::Td2, 36) })
            }
            (2, 36, b'V') => Ok(Self::two_lines(Format::MrvB, 36)),
            (2, 44, b'P') => Ok(Self {
                personal: Some(Cells::new(1, 28, 42)),
                composite: Some(Cells::new(1, 43, 44)),
                ..Self::two_lines(Format::Td3, 44)
            }),
            (2, 44, b'V') => Ok(Self::two_lines(Format::MrvA, 44)),
            _ => {
                let mend = "a passport begins with P, a visa with V, a card with I, A or C; read it again";
                Err(Invalid::new("not-a-document-code", mend).at(0).at("lines"))
            }
        }
    }

    const fn two_lines(format: Format, width: usize) -> Self {
        Self {
            format,
            code: Cells::new(0, 0, 2),
            issuer: Cells::new(0, 2, 5),
            number: Cells::new(1, 0, 9),
            nationality: Cells::new(1, 10, 13),
            born_on: Cells::new(1, 13, 19),
            sex: Cells::new(1, 20, 21),
            expires_on: Cells::new(1, 21, 27),
            personal: None,
            composite: None,
            name: Cells::new(0, 5, width),
        }
    }

    const fn td1() -> Self {
        Self {
            format: Format::Td1,
            code: Cells::new(0, 0, 2),
            issuer: Cells::new(0, 2, 5),
            number: Cells::new(0, 5, 14),
            nationality: Cells::new(1, 15, 18),
            born_on: Cells::new(1, 0, 6),
            sex: Cells::new(1, 7, 8),
            expires_on: Cells::new(1, 8, 14),
            personal: None,
            composite: Some(Cells::new(1, 29, 30)),
            name: Cells::new(2, 0, 30),
        }
    }

    /// The library's reading. After [`Layout::choose`] only an empty document number is left to refuse.
    pub fn parse(&self, lines: &[String]) -> Result<::mrz::MrzData, Invalid> {
        let read = match (self.format, lines) {
            (Format::Td1, [one, two, three]) => ::mrz::parse_td1(one, two, three),
            (Format::Td2, [one, two]) => ::mrz::parse_td2(one, two),
            (Format::MrvA, [one, two]) => ::mrz::parse_mrv_a(one, two),
            (Format::MrvB, [one, two]) => ::mrz::parse_mrv_b(one, two),
            (_, [one, two, ..]) => ::mrz::parse_td3(one, two),
            _ => Err(::mrz::MrzError::NotFound),
        };
        read.map_err(|error| {
            let line = if matches!(error, ::mrz::MrzError::BadDocumentCode(_)) { 0 } else { self.number.line };
            let mend = match error {
                ::mrz::MrzError::LeadingFiller { .. } => "the document number begins with <; read it again",
                _ => "the zone cannot be read; type the fields by hand",
            };
            Invalid::new("not-a-zone", mend).at(line).at("lines")
        })
    }
}
