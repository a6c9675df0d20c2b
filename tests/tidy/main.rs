//! The house rules, as tests. Each failure names the place and says how to mend it.
//!
//! A rule lives in one module below, is stated in one sentence in its test's name, and is a plain function over the
//! files git knows. What clippy can check, clippy checks; only the rest is here.

mod arrows;
mod catalogues;
mod containers;
mod deploy;
mod migrations;
mod owners;
mod pure;
mod rust_code;
mod schemas;
mod sizes;
mod tree;
mod words;
