//! What the store creates belongs to its owner alone.

#![cfg(unix)]

use homeward_store::{Keys, Store};
use std::os::unix::fs::PermissionsExt as _;

#[tokio::test]
async fn the_register_and_its_key_are_readable_by_their_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (file, key) = (folder.path().join("homeward.db"), folder.path().join("homeward.key"));
    let store = Store::open(&format!("sqlite:{}", file.display()), Keys::open(&key).unwrap()).await.unwrap();
    store.begin().await.unwrap().commit().await.unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", entry.path().display());
    }
    store.close().await;
}
