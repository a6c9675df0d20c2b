//! Carries new facts to watchers: in order, resumable, bounded.
//!
//! Here live the frames of `transfer-feed.v1`, the rows inside them, and the [`Hub`] that reads each stream's log once
//! for everybody who watches it. Here live no rights (the caller has checked them before [`Connection::subscribe`]), no
//! sockets (the web moves frames), no tasks and no loops (the caller owns them, also the loop around [`Hub::sweep`]).
//!
//! A subscription is a cursor into a stream's log, not a queue: a slow watcher holds a number, not memory.

pub mod asyncapi;
mod connection;
mod error;
pub mod frame;
mod hub;
mod log;
mod page;
mod receipt;
mod ring;
pub mod row;
mod subscription;
mod tick;
mod wire;

pub use connection::Connection;
pub use error::Error;
pub use frame::{ClientFrame, Close, Position, ServerFrame};
pub use hub::Hub;
pub use page::{Board, Page};
pub use receipt::Receipts;
pub use row::Row;
pub use subscription::Subscription;
pub use tick::Tick;

/// The websocket subprotocol this crate speaks.
pub const PROTOCOL: &str = "transfer-feed.v1";
