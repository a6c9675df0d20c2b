//! Comma-separated files, plain or gzip, read by the names of their columns. A line that cannot be used is told with its
//! number and left out; only a file that has not the columns is refused whole.

use crate::Fault;
use chrono::{DateTime, NaiveDateTime, Utc};
use csv::StringRecord;
use flate2::read::MultiGzDecoder;
use homeward_eta::Point;
use serde::Serialize;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// A line that was left out.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Refused {
    /// Its number in the file, the header being 1.
    pub line: u64,
    pub why: String,
}

/// One line with the names of its columns.
#[derive(Debug)]
pub(super) struct Line<'a> {
    columns: &'a HashMap<String, usize>,
    record: &'a StringRecord,
}

/// Reads every line by `parse`; what it refuses is kept beside.
pub(super) fn read<T>(
    path: &Path,
    needed: &[&str],
    parse: impl Fn(&Line<'_>) -> Result<T, String>,
) -> Result<(Vec<T>, Vec<Refused>), Fault> {
    let unreadable = |why: String| Fault::Option(format!("{}: {why}", path.display()));
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(open(path).map_err(|error| unreadable(error.to_string()))?);
    let headers = reader.headers().map_err(|error| unreadable(error.to_string()))?.clone();
    let columns: HashMap<String, usize> = headers.iter().enumerate().map(|(at, name)| (name.to_owned(), at)).collect();
    if let Some(missing) = needed.iter().find(|name| !columns.contains_key(**name)) {
        return Err(unreadable(format!(
            "the column {missing} is missing; the first line names the columns: {needed:?}"
        )));
    }
    let (mut parsed, mut refused) = (Vec::new(), Vec::new());
    for (index, record) in (2_u64..).zip(reader.records()) {
        let read = record.map_err(|error| error.to_string());
        let line = read.as_ref().map_or(index, |record| record.position().map_or(index, csv::Position::line));
        match read.and_then(|record| parse(&Line { columns: &columns, record: &record })) {
            Ok(value) => parsed.push(value),
            Err(why) => refused.push(Refused { line, why }),
        }
    }
    Ok((parsed, refused))
}

/// A gzip file is known by its first two bytes, whatever it is called.
fn open(path: &Path) -> std::io::Result<Box<dyn Read>> {
    let mut file = BufReader::new(File::open(path)?);
    let zipped = file.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    Ok(if zipped { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) })
}

impl Line<'_> {
    /// What stands in a column; `None` where nothing stands, or one of the words for nothing.
    pub fn find(&self, column: &str) -> Option<&str> {
        let text = self.record.get(*self.columns.get(column)?)?;
        (!matches!(text, "" | "NA" | "N/A" | "nan" | "NaN" | "null" | "NULL" | "None")).then_some(text)
    }

    pub fn text(&self, column: &str) -> Result<&str, String> {
        self.find(column).ok_or_else(|| format!("{column} is empty"))
    }

    /// A finite number, if one stands there.
    pub fn find_number(&self, column: &str) -> Option<f64> {
        self.find(column)?.parse().ok().filter(|number: &f64| number.is_finite())
    }

    pub fn number(&self, column: &str) -> Result<f64, String> {
        let text = self.text(column)?;
        self.find_number(column).ok_or_else(|| format!("{column} is no number: {text}"))
    }

    pub fn point(&self, lat: &str, lon: &str) -> Result<Point, String> {
        Point::parse(self.number(lat)?, self.number(lon)?).map_err(|invalid| format!("{lat}, {lon}: {invalid}"))
    }

    /// The code of a zone: its number, or one made from its name.
    pub fn find_zone(&self, column: &str) -> Option<i64> {
        let text = self.find(column)?;
        let whole = text.strip_suffix(".0").unwrap_or(text);
        Some(whole.parse().unwrap_or_else(|_| from_name(text)))
    }

    /// A local time, read as if it were UTC: only differences and local hours are asked for.
    pub fn local_time(&self, column: &str) -> Result<DateTime<Utc>, String> {
        let text = self.text(column)?;
        let plain = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
        let zoned = || DateTime::parse_from_rfc3339(text).ok().map(|at| at.naive_local());
        plain.or_else(zoned).map(|at| at.and_utc()).ok_or_else(|| format!("{column} is no local time: {text}"))
    }
}

/// FNV-1a, kept apart from numbers by its sign.
fn from_name(name: &str) -> i64 {
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    -i64::try_from(hash >> 2).unwrap_or(i64::MAX) - 1
}
