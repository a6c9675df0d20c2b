//! The pure floors cannot read a clock, draw a random id, wait or speak to the world, because they cannot name how.

use cargo_metadata::{Dependency, Package};

use crate::tree::{hold, short_name, workspace};

const PURE: &[&str] = &["domain", "eta", "planner"];
/// Values only: instants, ids, countries, the lines of a passport, and their spelling.
const LIBRARIES: &[&str] = &["alphanumeric-sort", "chrono", "mrz", "rust_iso3166", "serde", "uuid"];
const FORBIDDEN_FEATURES: &[(&str, &[&str])] =
    &[("chrono", &["clock", "now"]), ("uuid", &["v1", "v4", "v6", "v7", "fast-rng", "rng-getrandom", "rng-rand"])];

#[test]
fn pure_crates_have_no_clock_and_no_chance() {
    let metadata = workspace();
    let pure = metadata.packages.iter().filter(|package| PURE.contains(&short_name(package).as_str()));
    let broken: Vec<String> = pure.flat_map(impurities).collect();
    hold(
        "A pure crate can read the clock, draw an id or reach outside.",
        "take `now` and new ids as parameters: dispatch owns the clock and the ids. Keep the feature out of the \
         crate's own manifest and out of [workspace.dependencies].",
        &broken,
    );
}

fn impurities(package: &Package) -> Vec<String> {
    let name = short_name(package);
    let shipped = package.dependencies.iter().filter(|used| used.kind == cargo_metadata::DependencyKind::Normal);
    shipped.filter(|used| !used.name.starts_with("homeward-")).flat_map(|used| impurity(&name, used)).collect()
}

fn impurity(name: &str, used: &Dependency) -> Vec<String> {
    if !LIBRARIES.contains(&used.name.as_str()) {
        return vec![format!("{name} uses {}", used.name)];
    }
    let forbidden =
        FORBIDDEN_FEATURES.iter().find(|(library, _)| *library == used.name).map_or(&[][..], |(_, list)| list);
    let mut broken: Vec<String> = used
        .features
        .iter()
        .filter(|feature| forbidden.contains(&feature.as_str()))
        .map(|feature| format!("{name} enables {}/{feature}", used.name))
        .collect();
    if used.name == "chrono" && used.uses_default_features {
        broken.push(format!("{name} enables chrono's default features, which hold the clock"));
    }
    broken
}
