//! Characters a reader mistook, as far as that can be known. They are told, never corrected.

use super::check::{Check, Field};
use super::layout::{Cells, Layout};
use serde::{Deserialize, Serialize};

/// A character that cannot stand where it was read, or one whose lookalike would make a failed check agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspect {
    /// Line, from 0.
    pub line: usize,
    /// Column, from 0.
    pub column: usize,
    /// What was read.
    pub read: char,
    /// What it may be; `None` when no lookalike fits.
    pub perhaps: Option<char>,
}

/// Letters and digits that optical readers confuse in OCR-B, each way.
const LOOKALIKES: [(char, char); 7] =
    [('O', '0'), ('I', '1'), ('Z', '2'), ('S', '5'), ('G', '6'), ('B', '8'), ('Q', '0')];

fn digit_like(letter: char) -> Option<char> {
    LOOKALIKES.iter().find(|(from, _)| *from == letter).map(|(_, digit)| *digit)
}

fn letter_like(digit: char) -> Option<char> {
    LOOKALIKES.iter().find(|(_, from)| *from == digit).map(|(letter, _)| *letter)
}

/// In the order of the zone's lines, field by field.
pub fn suspects(layout: &Layout, lines: &[String], checks: &[Check]) -> Vec<Suspect> {
    let mut found = Vec::new();
    for cells in [layout.born_on, layout.born_on.digit(), layout.expires_on, layout.expires_on.digit()] {
        found.extend(misplaced(cells, lines, |char| char.is_ascii_digit() || char == '<', digit_like));
    }
    for cells in
        [Some(layout.number.digit()), layout.personal.map(Cells::digit), layout.composite].into_iter().flatten()
    {
        found.extend(misplaced(cells, lines, |char| char.is_ascii_digit() || char == '<', digit_like));
    }
    found.extend(misplaced(layout.name, lines, |char| char.is_ascii_uppercase() || char == '<', letter_like));
    found.extend(misplaced(layout.sex, lines, |char| matches!(char, 'F' | 'M' | '<'), |_| None));
    if checks.iter().any(|check| check.field == Field::DocumentNumber && !check.ok) {
        found.extend(explaining(layout.number, lines));
    }
    found.sort_by_key(|suspect| (suspect.line, suspect.column));
    found
}

fn misplaced(
    cells: Cells,
    lines: &[String],
    fits: impl Fn(char) -> bool,
    like: impl Fn(char) -> Option<char>,
) -> Vec<Suspect> {
    let text = cells.of(lines).chars().enumerate().filter(|(_, char)| !fits(*char));
    let suspect = |(at, read)| Suspect { line: cells.line, column: cells.from + at, read, perhaps: like(read) };
    text.map(suspect).collect()
}

/// Cells of a number that failed its check, whose lookalike alone would make it agree.
fn explaining(cells: Cells, lines: &[String]) -> Vec<Suspect> {
    let text: Vec<char> = cells.of(lines).chars().collect();
    let digit = cells.digit().of(lines).chars().next().unwrap_or('<');
    let agrees = |at: usize, other: char| {
        let swapped = text.iter().enumerate().map(|(index, char)| if index == at { other } else { *char });
        ::mrz::verify(&swapped.collect::<String>(), digit)
    };
    let lookalike = |read: char| if read.is_ascii_digit() { letter_like(read) } else { digit_like(read) };
    let suspects = text.iter().enumerate().filter_map(|(at, read)| {
        let other = lookalike(*read).filter(|other| agrees(at, *other))?;
        Some(Suspect { line: cells.line, column: cells.from + at, read: *read, perhaps: Some(other) })
    });
    suspects.collect()
}
