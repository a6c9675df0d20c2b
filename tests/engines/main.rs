//! The store on both engines, side by side: the same statements, the same refusals, the same numbers; and what only many
//! nodes on one database can get wrong.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod beds;
mod lease;
mod model;
mod nodes;
mod promises;
mod sealed;
mod statements;
mod unit;
mod wheel;

/// Tells each story once on each engine; a story takes an empty store.
macro_rules! both {
    ($($story:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $story() {
                let (_register, store) = crate::opened(homeward_tests::Engine::Sqlite).await;
                super::$story(store).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $story() {
                let (_register, store) = crate::opened(homeward_tests::Engine::Postgres).await;
                super::$story(store).await;
            })*
        }
    };
}
use both;

use homeward_store::{Keys, Store};
use homeward_tests::{Engine, Register};

/// An empty register and a store over it.
async fn opened(engine: Engine) -> (Register, Store) {
    let register = Register::on(engine).await;
    let store = open(&register).await;
    (register, store)
}

/// One more node on a register.
async fn open(register: &Register) -> Store {
    Store::open(&register.url(), Keys::from_bytes([1; 32])).await.expect("a register of our own")
}
