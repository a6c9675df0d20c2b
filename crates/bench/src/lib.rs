//! `homeward bench`: load for a running server, and figures about it. A client on the wire like any other: HTTP and the
//! board's socket, nothing of the server's own code. `planner` and `eta` take no server: they measure the planner and the
//! learning model themselves.
//!
//! Every run is bounded, tells its progress on standard error and leaves one JSON document. It writes to the server it
//! measures, so it asks for leave: a demo gives it by being one, any other server by `--yes-write`.

mod api;
mod board;
mod boards;
mod cast;
mod crowd;
mod eta;
mod fault;
mod latency;
mod limits;
mod options;
mod planner;
mod positions;
mod process;
mod publish;
mod reconnect;
mod register;
mod report;
mod sample;
mod stage;
mod track;
mod wire;

pub use fault::Fault;
pub use options::Options;

use options::Load;

/// Runs one load and writes its document.
///
/// Fails before anything is written when the server cannot be used, and after the document when the run was not clean:
/// something unanswered, refused or lost, a gap or a duplicate on a board.
pub async fn run(options: Options) -> Result<(), Fault> {
    match options.load {
        Load::Register(options) => register::run(options).await,
        Load::Boards(options) => boards::run(options).await,
        Load::Reconnect(options) => reconnect::run(options).await,
        Load::Positions(options) => positions::run(options).await,
        Load::Planner(options) => planner::run(&options),
        Load::Eta(options) => eta::run(&options),
    }
}
