//! What was learnt comes back bit by bit, on both engines: a replay is compared with it exactly.

use homeward_store::Store;
use homeward_store::model::{self, Row};

/// Numbers of every size a row has, drawn by the bits (Marsaglia 2003, xorshift), the same every time.
fn numbers() -> impl Iterator<Item = f64> {
    let mut bits = 0x2545_f491_4f6c_dd1d_u64;
    std::iter::from_fn(move || {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        let scale = [1e-9, 1e-3, 1.0, 40.0, 1.6e9][usize::try_from(bits % 5).ok()?];
        Some(f64::from_bits((bits >> 12) | 0x3ff0_0000_0000_0000) * scale - scale)
    })
}

async fn rows_come_back_bit_by_bit_and_only_the_newer_ones(store: Store) {
    let mut number = numbers();
    let mut next = || number.next().unwrap();
    let row = |key: usize, [mean, variance, count, at]: [f64; 4]| Row {
        key: format!("drive/hour/{key:04}/0"),
        mean: -mean,
        variance,
        count,
        at,
    };
    let first: Vec<Row> = (0..2_000).map(|key| row(key, std::array::from_fn(|_| next()))).collect();
    let mut unit = store.begin().await.unwrap();
    let version = model::turn(unit.conn()).await.unwrap();
    model::put(unit.conn(), &first, version).await.unwrap();
    assert_eq!(model::newer(unit.conn(), 0).await.unwrap(), first);
    let again: Vec<Row> = (1_990..2_010).map(|key| row(key, std::array::from_fn(|_| next()))).collect();
    let newer = model::turn(unit.conn()).await.unwrap();
    model::put(unit.conn(), &again, newer).await.unwrap();
    unit.commit().await.unwrap();
    let mut reader = store.read().await.unwrap();
    assert_eq!(model::newer(reader.conn(), version).await.unwrap(), again, "each in the place of the one of its key");
    assert_eq!(model::newer(reader.conn(), 0).await.unwrap().len(), 2_010);
    let found = model::version(reader.conn()).await.unwrap();
    assert_eq!((found.version, found.anew), (2, 0));
    drop(reader);

    let mut unit = store.begin().await.unwrap();
    let version = model::turn(unit.conn()).await.unwrap();
    model::clear(unit.conn(), version).await.unwrap();
    drop(unit);
    let mut reader = store.read().await.unwrap();
    assert_eq!(model::newer(reader.conn(), 0).await.unwrap().len(), 2_010, "what is not made durable never was");
}

crate::both!(rows_come_back_bit_by_bit_and_only_the_newer_ones);
