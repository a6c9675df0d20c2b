//! One empty database of a cluster, and what a test may do with it from outside: name it, ask it, drop it. The product's
//! own way in is the store's.

use std::net::SocketAddr;
use std::sync::Arc;

use super::{Cluster, ROLE};

/// A database of one test, dropped with this handle, connections and all.
pub struct Database {
    cluster: Arc<Cluster>,
    name: String,
}

impl Database {
    pub(super) fn create(cluster: Arc<Cluster>) -> Self {
        let name = format!("test_{:016x}", super::chance());
        // template0 is nobody's to write to, so any number of tests may copy it at the same time.
        cluster.ask("postgres", &format!("create database {name} owner {ROLE} template template0"));
        Self { cluster, name }
    }

    /// `postgres://homeward:PASSWORD@127.0.0.1:PORT/NAME`, the way in for the product: its role owns the database and may
    /// do nothing else in the cluster.
    #[must_use]
    pub fn url(&self) -> String {
        self.url_by(self.cluster.address())
    }

    /// The same by another way, a [`Cable`](crate::cable::Cable) for example.
    #[must_use]
    pub fn url_by(&self, address: SocketAddr) -> String {
        format!("postgres://{ROLE}:{}@{address}/{}", self.cluster.place.password, self.name)
    }

    /// The name within the cluster.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The cluster it lies in.
    #[must_use]
    pub fn cluster(&self) -> &Arc<Cluster> {
        &self.cluster
    }

    /// Runs statements as the cluster's superuser; gives the rows, a line each, columns between `|`. Fails the test with
    /// the server's words if it refuses. A text of several statements is one transaction.
    pub async fn ask(&self, statements: &str) -> String {
        let (cluster, name, statements) = (Arc::clone(&self.cluster), self.name.clone(), statements.to_owned());
        super::aside(move || cluster.ask(&name, &statements)).await
    }
}

impl Drop for Database {
    /// What lies in a cluster of its own goes with the cluster, which may not even run now.
    fn drop(&mut self) {
        if self.cluster.is_shared() {
            let dropped = self.cluster.try_ask("postgres", &format!("drop database {} with (force)", self.name));
            // A test that fails already tells a better story.
            assert!(dropped.is_ok() || std::thread::panicking(), "the database is not dropped: {dropped:?}");
        }
    }
}
