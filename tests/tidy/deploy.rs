//! What stands under `deploy/` names only what the program has: numbers it exports, settings it knows.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A file of the repository.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below a folder, joined.
fn all(folder: &Path, ending: &str) -> String {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let text = |path: PathBuf| match path.is_dir() {
        true => all(&path, ending),
        false if path.to_string_lossy().ends_with(ending) => std::fs::read_to_string(path).expect("text"),
        false => String::new(),
    };
    entries.map(text).collect()
}

/// The words that begin so, to the end of their letters.
fn words<'t>(text: &'t str, begin: &'t str) -> BTreeSet<&'t str> {
    let end = |rest: &str| rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
    text.match_indices(begin).map(|(at, _)| &text[at..at + end(&text[at..])]).collect()
}

#[test]
fn alerts_and_dashboard_ask_for_numbers_that_are_exported() {
    let sources = all(&root().join("crates"), ".rs");
    let dashboard = read("deploy/grafana/homeward.json");
    let parsed: serde_json::Value = serde_json::from_str(&dashboard).expect("a dashboard is JSON");
    assert!(parsed["panels"].as_array().is_some_and(|panels| panels.len() > 5));
    let expressions = parsed["panels"].to_string() + &read("deploy/prometheus/alerts.yaml");
    let asked = words(&expressions, "homeward_");
    assert!(asked.len() > 8, "only {asked:?}");
    for number in asked {
        let name = number.trim_end_matches("_bucket");
        assert!(sources.contains(&format!("\"{name}\"")), "nothing exports {number}");
    }
}

#[test]
fn every_variable_is_one_the_program_reads() {
    let main = read("crates/server/src/main.rs");
    let mut known = words(&main, "HOMEWARD_");
    known.insert("HOMEWARD_HOST");
    let deploy = ["compose.yaml", "Containerfile", "kubernetes/homeward.yaml", "kubernetes/backup.yaml", "README.md"];
    for file in deploy {
        let text = read(&format!("deploy/{file}"));
        let unknown: Vec<_> = words(&text, "HOMEWARD_").into_iter().filter(|name| !known.contains(name)).collect();
        assert!(unknown.is_empty(), "deploy/{file}: {unknown:?}");
    }
}

#[test]
fn every_verb_in_the_guide_is_one_of_the_program() {
    let main = read("crates/server/src/main.rs").to_lowercase();
    for verb in ["backup", "restore", "check", "copy", "migrate", "serve", "bench"] {
        assert!(main.contains(&format!("    {verb}(")), "{verb} is no verb");
        assert!(all(&root().join("deploy"), ".md").contains(&format!("homeward {verb}")), "the guide has no {verb}");
    }
}
