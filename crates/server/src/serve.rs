//! `homeward serve`: the real register, and the guided first run.

use crate::fault::Fault;
use crate::log;
use crate::settings::Settings;
use crate::wiring::{House, listen, told_to_stop};
use homeward_dispatch::Clock;

/// Runs until it is told to stop.
#[expect(clippy::print_stdout, reason = "start-up says where it listens and keeps its data")]
pub async fn run(settings: Settings) -> Result<(), Fault> {
    log::start(&settings.log)?;
    let listener = listen(settings.listen).await?;
    let at = listener.local_addr().map_err(|error| Fault::Start(error.to_string()))?;
    let house = House::open(&settings.database, &settings.key_file, Clock::system(), false).await?;
    println!("register: {}", settings.database);
    println!("key file: {} (keep a copy; without it names and documents cannot be read)", settings.key_file.display());
    if let Some(code) = house.app.dispatcher.set_up_code().await? {
        println!("first run: open http://{at}/setup and make the first administrator");
        println!("set-up code: {code}");
    }
    if !at.ip().is_loopback() {
        println!(
            "browsers sign in over https or on localhost only: put a TLS proxy before this address (deploy/README.md)"
        );
    }
    println!("listening on http://{at}");
    house.serve(listener, told_to_stop()).await
}
