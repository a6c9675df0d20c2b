//! Reads the text format of Prometheus 0.0.4 as strictly as a scraper: every line well-formed, every family described.

use std::collections::{BTreeMap, BTreeSet};

/// One scrape.
pub struct Numbers {
    samples: BTreeMap<String, String>,
    families: BTreeMap<String, String>,
}

impl Numbers {
    /// Scrapes the operator's listener; panics at the first line that is not as it should be.
    pub async fn scrape(operations: &str) -> Self {
        let answer = reqwest::get(format!("{operations}/metrics")).await.expect("an answer");
        assert_eq!(answer.status(), 200);
        let kind = answer.headers()["content-type"].to_str().expect("text").to_owned();
        assert!(kind.starts_with("text/plain; version=0.0.4"), "{kind}");
        Self::parse(&answer.text().await.expect("text"))
    }

    fn parse(text: &str) -> Self {
        let (mut samples, mut families, mut helped) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        for line in text.lines().filter(|line| !line.is_empty()) {
            match line.split(' ').collect::<Vec<_>>()[..] {
                ["#", "HELP", name, _, ..] => assert!(helped.insert(name.to_owned()), "helped twice: {line}"),
                ["#", "TYPE", name, kind @ ("counter" | "gauge" | "histogram")] => {
                    assert!(families.insert(name.to_owned(), kind.to_owned()).is_none(), "typed twice: {line}");
                }
                _ => {
                    let (series, value) = sample(line);
                    let family = family(&series, &families);
                    assert!(family.is_some_and(|name| helped.contains(name)), "neither HELP nor TYPE before: {line}");
                    assert!(samples.insert(series, value).is_none(), "the same series twice: {line}");
                }
            }
        }
        Self { samples, families }
    }

    /// What the series with these labels (and any others) have counted together; nothing counted is 0.
    pub fn of(&self, name: &str, labels: &[(&str, &str)]) -> u64 {
        let wanted: BTreeSet<String> = labels.iter().map(|(label, value)| format!("{label}=\"{value}\"")).collect();
        let matching = self.samples.iter().filter(|(series, _)| {
            let (found, rest) = series.split_once('{').unwrap_or((series, ""));
            let has: BTreeSet<&str> = rest.trim_end_matches('}').split(',').collect();
            found == name && wanted.iter().all(|one| has.contains(one.as_str()))
        });
        matching
            .map(|(series, value)| value.parse::<u64>().unwrap_or_else(|_| panic!("a count: {series} {value}")))
            .sum()
    }

    /// Every series that was counted.
    pub fn series(&self) -> impl Iterator<Item = &str> {
        self.samples.keys().map(String::as_str)
    }

    /// The kind of a family.
    pub fn kind(&self, name: &str) -> Option<&str> {
        self.families.get(name).map(String::as_str)
    }
}

/// `name{label="value",…} number`
fn sample(line: &str) -> (String, String) {
    let (series, value) = line.rsplit_once(' ').expect("a series and a value");
    let (name, labels) = series.split_once('{').map_or((series, None), |(name, rest)| (name, Some(rest)));
    assert!(name.starts_with("homeward_") && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{line}");
    if let Some(labels) = labels {
        let labels = labels.strip_suffix('}').expect("a closed brace");
        for label in labels.split("\",") {
            let (name, value) = label.split_once("=\"").unwrap_or_else(|| panic!("a label: {line}"));
            assert!(!name.is_empty() && !value.is_empty(), "a label without a name or a value: {line}");
        }
    }
    assert!(value.parse::<f64>().is_ok(), "a number: {line}");
    (series.to_owned(), value.to_owned())
}

/// A histogram's samples have names of their own.
fn family<'n>(series: &'n str, families: &BTreeMap<String, String>) -> Option<&'n str> {
    let name = series.split('{').next().unwrap_or(series);
    let stem = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end));
    let stem = stem.filter(|stem| families.get(*stem).is_some_and(|kind| kind == "histogram"));
    stem.or_else(|| families.contains_key(name).then_some(name))
}

#[test]
fn what_is_not_well_formed_is_seen() {
    let good = "# HELP homeward_a x\n# TYPE homeward_a counter\nhomeward_a{b=\"c\"} 1\n";
    assert_eq!(Numbers::parse(good).of("homeward_a", &[("b", "c")]), 1);
    for bad in ["homeward_a 1", "# TYPE homeward_a counter\nhomeward_a 1", &good.replace(" 1", " one"), &good.repeat(2)]
    {
        let bad = bad.to_owned();
        assert!(std::panic::catch_unwind(move || Numbers::parse(&bad)).is_err());
    }
}
