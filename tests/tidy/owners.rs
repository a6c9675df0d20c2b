//! Outside libraries: each has its owner, and a new one is a decision.

use cargo_metadata::{DependencyKind, Package};

use crate::tree::{hold, short_name, workspace};

/// A library and the crates that may name it. What everybody needs (values, errors, traces) lists them all.
const OWNERS: &[(&str, &[&str])] = &[
    ("aes-gcm-siv", &["store"]),
    ("alphanumeric-sort", &["domain"]),
    ("argon2", &["dispatch"]),
    ("axum", &["web"]),
    ("base64", &["dispatch", "web"]),
    ("bytes", &["feed", "web"]),
    ("chrono", &["domain", "eta", "planner", "routing", "store", "feed", "dispatch", "web", "bench", "server"]),
    ("clap", &["bench", "server"]),
    ("csv", &["bench"]),
    ("fast_qr", &["web"]),
    ("flate2", &["bench"]),
    ("futures-util", &["store", "feed", "web", "bench"]),
    ("hdrhistogram", &["bench"]),
    ("hmac", &["store"]),
    ("hyper", &["web"]),
    ("hyper-util", &["web"]),
    ("metrics", &["routing", "store", "feed", "dispatch", "web", "server"]),
    ("metrics-exporter-prometheus", &["server"]),
    ("mrz", &["domain"]),
    ("opentelemetry", &["server"]),
    ("opentelemetry-otlp", &["server"]),
    ("opentelemetry_sdk", &["server"]),
    ("prost", &["web"]),
    ("quick-xml", &["bench"]),
    ("rand", &["store", "dispatch", "bench", "server"]),
    ("reqwest", &["bench", "routing"]),
    ("rust-embed", &["web"]),
    ("rust_iso3166", &["domain"]),
    ("rustix", &["bench"]),
    ("serde", &["domain", "eta", "planner", "routing", "store", "feed", "dispatch", "web", "bench", "server"]),
    ("serde_json", &["routing", "store", "feed", "dispatch", "web", "bench", "server"]),
    ("sha1", &["web"]),
    ("sha2", &["store", "dispatch", "web"]),
    ("tempfile", &["server"]),
    ("serde_path_to_error", &["web"]),
    ("sqlx", &["store"]),
    ("thiserror", &["routing", "store", "feed", "dispatch", "web", "bench", "server"]),
    ("tokio", &["routing", "store", "feed", "dispatch", "web", "bench", "server"]),
    ("tokio-tungstenite", &["bench"]),
    ("tokio-util", &["store", "web", "bench", "server"]),
    ("toml", &["server"]),
    ("tower-http", &["web"]),
    ("tracing", &["store", "feed", "dispatch", "web", "server"]),
    ("tracing-opentelemetry", &["server"]),
    ("tracing-subscriber", &["server"]),
    ("utoipa", &["web", "feed"]),
    ("utoipa-axum", &["web"]),
    ("utoipa-swagger-ui", &["web"]),
    ("uuid", &["domain", "store", "feed", "dispatch", "web", "server"]),
    ("zeroize", &["store"]),
];

#[test]
fn outside_libraries_stay_with_their_owner() {
    let metadata = workspace();
    let broken: Vec<String> = metadata.packages.iter().flat_map(strays).collect();
    hold(
        "A crate names an outside library that it does not own.",
        "ask the owner for a function that does the work; if the library is new, add it to [workspace.dependencies] \
         with its reason and to the list in tests/tidy/owners.rs.",
        &broken,
    );
}

#[test]
fn versions_are_stated_once() {
    let metadata = workspace();
    let mut broken = Vec::new();
    for package in &metadata.packages {
        let manifest = std::fs::read_to_string(&package.manifest_path).expect("cargo just read it");
        let lines = manifest.lines().enumerate().filter(|(_, line)| line.contains("version = \""));
        broken.extend(lines.map(|(at, line)| format!("{}:{}: {line}", package.manifest_path, at + 1)));
    }
    hold(
        "A member states a version of its own.",
        "write `name.workspace = true` and the version in the root Cargo.toml.",
        &broken,
    );
}

fn strays(package: &Package) -> Vec<String> {
    let crate_name = short_name(package);
    if crate_name == "tests" {
        return Vec::new();
    }
    let outside = package.dependencies.iter().filter(|used| !used.name.starts_with("homeward-"));
    let shipped = outside.filter(|used| used.kind != DependencyKind::Development);
    shipped
        .filter(|used| !OWNERS.iter().any(|(name, owners)| *name == used.name && owners.contains(&crate_name.as_str())))
        .map(|used| format!("{crate_name} names {}", used.name))
        .collect()
}
