//! Words that have no place in the repository: paths of one machine, and the name of any disease.

use crate::tree::{File, files, hold};

/// Top-level folders that exist on one machine only. Spelt in halves, because this file is read too.
const MACHINE_FOLDERS: &[&str] = &[concat!("/wo", "rk"), concat!("/ro", "ot"), concat!("/ho", "me")];
/// The next event will be another one: the product names observation, never an illness.
const DISEASES: &[&str] = &[
    concat!("cov", "id"),
    concat!("cor", "ona"),
    concat!("sar", "s-"),
    concat!("influ", "enza"),
    concat!("新", "冠"),
    concat!("肺", "炎"),
];

#[test]
fn no_path_of_one_machine() {
    hold(
        "A file names a folder of one machine.",
        "use a path from the repository's root, a setting, or a temporary folder.",
        &lines_where(|line| MACHINE_FOLDERS.iter().any(|folder| names_folder(line, folder))),
    );
}

#[test]
fn no_disease_in_any_name() {
    let mut broken = lines_where(names_disease);
    broken.extend(files().into_iter().filter(|file| names_disease(&file.path)).map(|file| file.path));
    hold("A disease is named.", "say what is done (observation, screening), not what it is done against.", &broken);
}

#[test]
fn the_words_are_found_where_they_stand() {
    let machine = MACHINE_FOLDERS[0];
    assert!(names_folder(&format!("see {machine}/main for more"), machine));
    assert!(names_folder(&format!("cd \"{machine}/x\""), machine));
    assert!(!names_folder(&format!("GET /v1{machine}/x"), machine), "a route is not a folder");
    assert!(names_disease(&DISEASES[0].to_uppercase()));
}

fn lines_where(broken: impl Fn(&str) -> bool) -> Vec<String> {
    let in_file = |file: File| {
        let lines = file.text.lines().enumerate().filter(|(_, line)| broken(line));
        lines.map(|(at, line)| format!("{}:{}: {}", file.path, at + 1, line.trim())).collect::<Vec<_>>()
    };
    files().into_iter().flat_map(in_file).collect()
}

/// The folder at the start of a path: nothing that could belong to a longer path before it, and something inside it.
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let starts = before.is_none_or(|c| c.is_whitespace() || "\"'`=:([,".contains(c));
        starts && line[at + folder.len()..].starts_with('/')
    })
}

fn names_disease(line: &str) -> bool {
    let line = line.to_lowercase();
    DISEASES.iter().any(|disease| line.contains(disease))
}
