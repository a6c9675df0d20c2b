//! What Rust code must not say, read from the syntax tree and from inside macro calls.

mod scan;

use scan::{Finding, Kind, scan};

use crate::tree::{hold, rust_files};

fn places(wanted: Kind, counts: impl Fn(&Finding, &str) -> bool) -> Vec<String> {
    let mut broken = Vec::new();
    for file in rust_files() {
        let found = scan(&file.path, &file.text);
        let kept = found.iter().filter(|finding| finding.kind == wanted && counts(finding, &file.path));
        broken.extend(kept.map(|finding| format!("{}:{}: {}", file.path, finding.line, finding.what)));
    }
    broken
}

#[test]
fn product_code_never_unwraps() {
    let in_product = |finding: &Finding, path: &str| path.starts_with("crates/") && !finding.in_test;
    hold(
        "Product code unwraps.",
        "return the refusal or the error; where it truly cannot fail, `expect(\"why it cannot fail\")`.",
        &places(Kind::Unwrap, in_product),
    );
}

#[test]
fn nothing_is_left_for_later() {
    hold(
        "A placeholder or a debugging aid was left behind.",
        "write it, or take it out and open an issue.",
        &places(Kind::Placeholder, |_, _| true),
    );
}

#[test]
fn no_test_is_ignored() {
    hold(
        "A test is switched off.",
        "mend it or delete it: a test that does not run promises what nobody checks.",
        &places(Kind::Ignore, |_, _| true),
    );
}

#[test]
fn lints_are_expected_with_a_reason_never_allowed() {
    hold(
        "A lint is silenced with `allow`.",
        "mend the code, or write `#[expect(lint, reason = \"...\")]`, which complains once it is no longer needed.",
        &places(Kind::Allow, |_, _| true),
    );
}

/// The scanner is itself code that could be blind: it must see each of these, and nothing in the second text.
#[test]
fn the_scanner_sees_what_it_looks_for() {
    let bad = "#[allow(dead_code)] fn a() { b().unwrap(); assert!(c().unwrap()); todo!() } #[test] #[ignore] fn d() {}";
    let kinds: Vec<Kind> = scan("crates/x/src/a.rs", bad).iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, [Kind::Allow, Kind::Unwrap, Kind::Unwrap, Kind::Placeholder, Kind::Ignore]);

    let fine = "/// Never `x.unwrap()` here.\nfn a() { let text = \"todo!() #[allow(x)]\"; text.unwrap_or(1); }";
    assert!(scan("crates/x/src/a.rs", fine).is_empty());

    let tested = "#[cfg(test)] mod tests { fn a() { b().unwrap(); } }";
    assert!(scan("crates/x/src/a.rs", tested).iter().all(|finding| finding.in_test));
}
