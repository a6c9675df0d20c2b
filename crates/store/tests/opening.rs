//! Opening a database: its file, its history, its keys.

use homeward_store::{Error, Keys, Store};

fn keys() -> Keys {
    Keys::from_bytes([1; 32])
}

#[tokio::test]
async fn opens_again_what_it_made() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("a.db").display());
    for _ in 0..2 {
        let store = Store::open(&url, keys()).await.unwrap();
        let mut reader = store.read().await.unwrap();
        let (journal,): (String,) = reader.sql("pragma journal_mode").one().await.unwrap();
        assert_eq!(journal, "wal");
        let (foreign,): (i64,) = reader.sql("pragma foreign_keys").one().await.unwrap();
        assert_eq!(foreign, 1);
        drop(reader);
        let mut unit = store.begin().await.unwrap();
        let (synchronous,): (i64,) = unit.conn().sql("pragma synchronous").one().await.unwrap();
        assert_eq!(synchronous, 2, "a commit must reach the disk");
        drop(unit);
        store.close().await;
    }
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("a.db").display());
    let store = Store::open(&url, keys()).await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert!(reader.sql("delete from event").run().await.is_err());
}

#[tokio::test]
async fn a_newer_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("a.db").display());
    let store = Store::open(&url, keys()).await.unwrap();
    let mut unit = store.begin().await.unwrap();
    let future = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                  values (9999, 'future', true, x'00', 0)";
    unit.conn().sql(future).run().await.unwrap();
    unit.commit().await.unwrap();
    store.close().await;
    let refused = Store::open(&url, keys()).await.err();
    assert!(matches!(refused, Some(Error::Newer { found: 9999, known }) if known < 9999), "{refused:?}");
}

#[tokio::test]
async fn what_is_no_database_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.db");
    std::fs::write(&path, "Dear all, this is a letter and no database at all.".repeat(200)).unwrap();
    let url = format!("sqlite:{}", path.display());
    let refused = Store::open(&url, keys()).await.err();
    assert!(matches!(&refused, Some(Error::Open { path: told, .. }) if *told == path), "{refused:?}");
    let missing = format!("sqlite:{}", folder.path().join("no/such/folder.db").display());
    assert!(matches!(Store::open(&missing, keys()).await.err(), Some(Error::Open { .. })));
    let nowhere = Store::open("postgres://me:secret@127.0.0.1:1/homeward", keys()).await.err();
    let Some(Error::Open { path, why }) = nowhere else { panic!("{nowhere:?}") };
    assert!(path.to_str() == Some("postgres://127.0.0.1:1/homeward") && !why.contains("secret"), "{why}");
}

#[test]
fn a_key_file_is_made_once_and_kept_private() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("homeward.key");
    let made = Keys::open(&path).unwrap();
    let again = Keys::open(&path).unwrap();
    assert_eq!(made.blind("c", "v"), again.blind("c", "v"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing lies beside it");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(Keys::open(&path).unwrap_err().to_string().contains("chmod 600"));
    }
    std::fs::write(folder.path().join("short.key"), [1; 31]).unwrap();
    assert!(matches!(Keys::open(folder.path().join("short.key")), Err(Error::Open { .. })));
}

#[tokio::test]
async fn another_key_is_refused_before_anything_is_sealed_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("homeward.db").display());
    Store::open(&url, Keys::from_bytes([1; 32])).await.unwrap().close().await;
    let refused = Store::open(&url, Keys::from_bytes([2; 32])).await.err();
    let Some(Error::Unsupported(why)) = refused else { panic!("{refused:?}") };
    assert!(why.contains("--key-file"), "{why}");
    Store::open(&url, Keys::from_bytes([1; 32])).await.unwrap().close().await;
}
