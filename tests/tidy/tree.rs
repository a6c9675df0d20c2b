//! The repository as the rules see it: the files git knows or would add, and the workspace cargo knows.

use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_metadata::{Metadata, MetadataCommand, Package};

/// A text file of the repository.
pub struct File {
    /// Path from the repository's root, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl File {
    /// Whether the file has this extension (without the dot).
    pub fn is(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == extension)
    }
}

/// The repository's root: the folder above this package.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lies in the workspace").to_path_buf()
}

/// Every text file that is tracked, or new and not ignored.
pub fn files() -> Vec<File> {
    let listing = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git is installed");
    assert!(listing.status.success(), "git ls-files failed: {}", String::from_utf8_lossy(&listing.stderr));
    let names = String::from_utf8(listing.stdout).expect("paths are UTF-8");
    let files: Vec<File> = names.split('\0').filter(|name| !name.is_empty()).filter_map(read).collect();
    assert!(files.len() > 20, "git listed only {} files: the rules would hold for nothing", files.len());
    files
}

/// The Rust files that belong to the product or to its tests.
pub fn rust_files() -> Vec<File> {
    files().into_iter().filter(|file| file.is("rs")).collect()
}

/// Binary files and files deleted but not yet committed are nobody's rule.
fn read(path: &str) -> Option<File> {
    let text = std::fs::read_to_string(root().join(path)).ok()?;
    Some(File { path: path.to_owned(), text })
}

/// The workspace with its members only; nothing is looked up outside.
pub fn workspace() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata reads the workspace")
}

/// A member's short name: `store` for `homeward-store`.
pub fn short_name(package: &Package) -> String {
    package.name.trim_start_matches("homeward-").to_owned()
}

/// Fails with the rule, every place that breaks it, and how to mend it.
#[track_caller]
pub fn hold(rule: &str, mend: &str, broken: &[String]) {
    assert!(broken.is_empty(), "\n{rule}\n  {}\nHow to mend: {mend}\n", broken.join("\n  "));
}
