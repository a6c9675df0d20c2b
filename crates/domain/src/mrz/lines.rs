//! From what a reader typed to clean lines of the zone: ASCII, upper case, of one width. No meaning of cells.

use crate::Invalid;

/// Lines of a zone: 3 × 30, 2 × 36 or 2 × 44 characters of `A-Z`, `0-9`, `<`.
pub fn clean(lines: &[&str]) -> Result<Vec<String>, Invalid> {
    let lines: Vec<String> = lines.iter().take(4).map(|line| squeeze(line)).filter(|line| !line.is_empty()).collect();
    for (index, line) in lines.iter().enumerate() {
        if let Some(column) = line.bytes().position(|byte| !is_zone(byte)) {
            let mend = format!("character {} is none of A-Z, 0-9 and <; read it again", column + 1);
            return Err(Invalid::new("not-a-zone-character", mend).at(index).at("lines"));
        }
    }
    let lines = if let [one] = lines.as_slice() { cut(one) } else { lines };
    let widths: Vec<usize> = lines.iter().map(String::len).collect();
    match widths.as_slice() {
        [30, 30, 30] | [36, 36] | [44, 44] => Ok(lines),
        _ => Err(length(&widths)),
    }
}

fn squeeze(line: &str) -> String {
    // A limit on everything: no zone is longer than 90 characters; the rest only proves that it is none.
    line.chars().filter(|char| !char.is_whitespace()).take(120).map(|char| char.to_ascii_uppercase()).collect()
}

const fn is_zone(byte: u8) -> bool {
    matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b'<')
}

fn cut(line: &str) -> Vec<String> {
    let width = match line.len() {
        72 => 36,
        88 => 44,
        90 => 30,
        other => other,
    };
    let bytes = line.as_bytes().chunks(width.max(1));
    bytes.map(|part| part.iter().map(|byte| char::from(*byte)).collect()).collect()
}

fn length(widths: &[usize]) -> Invalid {
    let mend = format!("a zone is 2 lines of 44 or 36, or 3 of 30 characters, not {widths:?}; read it again");
    let expected =
        if widths.len() == 3 { 30 } else { widths.iter().copied().find(|w| matches!(w, 36 | 44)).unwrap_or(0) };
    let invalid = Invalid::new("wrong-length", mend);
    match widths.iter().position(|width| *width != expected) {
        Some(index) if expected > 0 && (2..=3).contains(&widths.len()) => invalid.at(index).at("lines"),
        _ => invalid.at("lines"),
    }
}
