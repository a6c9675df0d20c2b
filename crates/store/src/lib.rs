//! The only SQL of Homeward.
//!
//! Here live the engine, the migrations, the unit of work, the streams' logs, sealing at rest, and one module for each
//! thing that is stored. Here live no rules: what may happen is decided in the domain, and a constraint that refuses
//! is told upwards by name ([`Error::Conflict`]).
//!
//! Adding a table: a new file in `migrations/`, its line in `schema`, a module below whose functions
//! take `&mut Conn`. Statements are literals handed to [`Conn::sql`]; a test finds every one of them and prepares it on
//! both engines.

// The foundation.
pub mod backup;
pub mod check;
pub mod conn;
pub mod copy;
pub mod error;
mod fault;
mod feed_body;
pub mod idempotency;
mod key_check;
pub mod keys;
mod lane;
pub mod lease;
mod link;
pub mod log;
mod measure;
mod micros;
mod names;
mod options;
mod postgres;
mod publish;
mod relay;
pub mod relay_point;
pub mod rows;
mod schema;
mod seal;
pub mod set;
mod snapshot;
mod spell;
mod sqlite;
mod store;
pub mod stream;
mod table;
pub mod unit;
mod unsealed;
mod veil;

// The register: one module for each thing.
pub mod account;
pub mod approval_mode;
pub mod decision;
pub mod device;
pub mod driver;
pub mod gate_closure;
pub mod key_list;
pub mod ledger;
pub mod lesson;
pub mod model;
pub mod opinion_rule;
pub mod party;
pub mod planning_rules;
pub mod reference;
mod sealed;
pub mod session;
pub mod set_up;
pub mod site;
pub mod traveller;
pub mod trip;
pub mod vehicle;
pub mod word;

pub use conn::{Conn, Json};
pub use error::Error;
pub use keys::Keys;
pub use measure::describe_numbers;
pub use micros::Micros;
pub use relay::{Heard, Listener};
pub use store::{Reader, Store};
pub use stream::Stream;
pub use unit::{Happened, Publication, Unit};
