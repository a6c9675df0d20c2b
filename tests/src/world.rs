//! A whole Homeward on a throw-away register: the real store, the real verbs, the real HTTP on a free port. Time stands still
//! until a story turns it; nothing here sleeps.

use crate::actor::{Actor, Administrator, Dispatcher, DutyOfficer, Escort, SiteManager, Squad};
use crate::cable::Cable;
use crate::feed_client::FeedClient;
use crate::register::{Engine, Register};
use crate::sample;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_dispatch::learn::again::Again;
use homeward_dispatch::{Clock, Halt, Ids};
use homeward_feed::Hub;
use homeward_routing::Router;
use homeward_store::{Keys, Store};
use homeward_web::{App, Reach};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// When every story begins: the evening of the newspaper page, in local time.
pub const EVENING: &str = "2020-03-20T18:40:00+08:00";

/// One running product. Dropped, it says goodbye to its sockets and stops.
pub struct World {
    /// The clock that the story turns.
    clock: Clock,
    /// The floors, also for the background steps, which nobody asks for over HTTP.
    app: App,
    /// `http://127.0.0.1:PORT`
    base: String,
    administrator: Option<Administrator>,
    /// Makes usernames unique.
    hired: AtomicU32,
    /// Holds the database until the world ends.
    register: Register,
}

/// What the background steps did in one [`World::pass`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    /// Waiting parties that got another tag.
    pub retagged: usize,
    /// Parties about whose home silence was acted upon.
    pub silenced: usize,
    /// Notices that were escalated.
    pub escalated: usize,
    /// Private cars that raised the alarm.
    pub alarmed: usize,
    /// Rooms nobody set out for that were given up.
    pub expired: usize,
    /// Trips whose published estimate changed.
    pub estimated: usize,
    /// Rows of finished stops that left their boards.
    pub retired: usize,
    /// Plans at hand that became better.
    pub improved: usize,
}

/// An instant written as people of the place write it.
#[must_use]
pub fn instant(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).expect("the story writes RFC 3339").to_utc()
}

impl World {
    /// Everything the register wrote down, piece by piece: its name and its bytes.
    pub async fn written_down(&self) -> Vec<(String, Vec<u8>)> {
        self.register.bytes().await
    }

    /// The evening begins: a first administrator, and a first key list in force (Japan and Korea yellow, Italy red).
    pub async fn start() -> Self {
        Self::start_at(EVENING).await
    }

    /// The same on PostgreSQL, behind a cable that can be cut; the boards' sweep runs as it does in the product.
    pub async fn start_on_a_cable() -> (Self, Cable) {
        let register = Register::on(Engine::Postgres).await;
        let (cable, url) = register.on_a_cable().await;
        let world = Self::set_up(Self::empty(EVENING, register, &url, None).await).await;
        let app = world.app.clone();
        world.app.tasks.spawn(async move {
            let mut beat = tokio::time::interval(std::time::Duration::from_secs(1));
            while app.closing.run_until_cancelled(beat.tick()).await.is_some() {
                // What a sweep could not see is what the story is about.
                drop(app.hub.sweep().await);
            }
        });
        (world, cable)
    }

    /// The same at another hour, in RFC 3339.
    pub async fn start_at(hour: &str) -> Self {
        let register = Register::fresh().await;
        let url = register.url();
        Self::set_up(Self::empty(hour, register, &url, None).await).await
    }

    /// The same with a routing engine beside it; it is asked when the story says so, see [`World::ask_roads`].
    pub async fn start_beside(engine: Router) -> Self {
        let register = Register::fresh().await;
        let url = register.url();
        Self::set_up(Self::empty(EVENING, register, &url, Some(engine)).await).await
    }

    async fn set_up(mut world: Self) -> Self {
        let code =
            world.app.dispatcher.set_up_code().await.expect("a code").expect("a register without an administrator");
        let administrator = Actor::first_administrator(&world.base, &code).await;
        administrator.publish_list(sample::first_list(world.now())).await.expect("the first key list");
        world.administrator = Some(administrator);
        world
    }

    async fn empty(hour: &str, register: Register, url: &str, engine: Option<Router>) -> Self {
        let clock = Clock::manual(instant(hour));
        let app = node(open(url).await, &clock, &CancellationToken::new(), engine);
        assert!(app.dispatcher.stand_duty().await.expect("the duty"), "a new register has nobody on duty");
        let base = serve(app.clone()).await;
        Self { clock, app, base, administrator: None, hired: AtomicU32::new(0), register }
    }

    /// Another node on the same register: `http://127.0.0.1:PORT`. SQLite has one process, which gets a second door.
    pub async fn another_node(&self) -> String {
        match Engine::of_this_run() {
            Engine::Sqlite => serve(self.app.clone()).await,
            Engine::Postgres => self.restarted().await,
        }
    }

    /// A process that begins on the same register with nothing in its memory: `http://127.0.0.1:PORT`. On SQLite the old one
    /// goes on, so the two must not write at once.
    pub async fn restarted(&self) -> String {
        let app = node(open(&self.register.url()).await, &self.clock, &self.app.closing, None);
        app.dispatcher.look_at_lore().await.expect("what was learnt");
        serve(app).await
    }

    /// The model made again from its lessons, beside the one that is remembered.
    pub async fn learnt_again(&self) -> Again {
        self.app.dispatcher.learnt_again().await.expect("a register that answers")
    }

    /// The laws of `homeward check` that do not hold now, each with how often.
    pub async fn broken_laws(&self) -> Vec<String> {
        let store = open(&self.register.url()).await;
        let mut reader = store.read().await.expect("a reader");
        let findings = homeward_store::check::laws(reader.conn()).await.expect("a law is a statement");
        findings.into_iter().filter(|it| it.broken > 0).map(|it| format!("{}: {}", it.what, it.broken)).collect()
    }

    /// How many statements were written with so far.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.app.dispatcher.statements()
    }

    /// What another store opens to reach the same register.
    #[must_use]
    pub fn register_url(&self) -> String {
        self.register.url()
    }

    /// The time it is in the story.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Where the product answers, without a slash at the end.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Turns the clock and runs nothing.
    pub fn turn(&self, by: TimeDelta) {
        self.clock.turn(by);
    }

    /// Acts on silence, once; gives what the step could not do for somebody.
    pub async fn step_silence(&self) -> Result<usize, Halt> {
        self.app.dispatcher.step_silence().await
    }

    /// Turns the clock, then runs every background step once.
    pub async fn pass(&self, minutes: i64) -> Steps {
        self.clock.turn(TimeDelta::minutes(minutes));
        let dispatcher = &self.app.dispatcher;
        dispatcher.step_forget().await.expect("forget");
        dispatcher.step_positions().await.expect("positions");
        Steps {
            retagged: dispatcher.step_retag().await.expect("retag"),
            silenced: dispatcher.step_silence().await.expect("silence"),
            escalated: dispatcher.step_escalate().await.expect("escalate"),
            alarmed: dispatcher.step_alarm().await.expect("alarm"),
            expired: dispatcher.step_expire().await.expect("expire"),
            estimated: dispatcher.step_estimate().await.expect("estimate"),
            retired: dispatcher.step_retire().await.expect("retire"),
            improved: dispatcher.step_improve().await.expect("improve"),
        }
    }

    /// The routing engine is asked what the verbs left to ask. Gives how many questions it answered.
    pub async fn ask_roads(&self) -> usize {
        self.app.dispatcher.step_road().await.expect("roads")
    }

    /// Turns the clock to an instant of the story, and runs the steps.
    pub async fn pass_until(&self, at: DateTime<Utc>) -> Steps {
        let minutes = (at - self.now()).num_minutes();
        assert!(minutes >= 0, "{at} is behind {}", self.now());
        self.pass(minutes).await
    }

    /// The administrator, signed in.
    #[must_use]
    pub fn administrator(&self) -> &Administrator {
        self.administrator.as_ref().expect("a started world has one")
    }

    /// A new account, signed in.
    pub async fn hire(&self, grant: Value) -> Actor {
        let number = self.hired.fetch_add(1, Ordering::Relaxed);
        let role = grant["squad_role"].as_str().or(grant["role"].as_str()).expect("a grant has a role").to_owned();
        let username = format!("{role}-{number}");
        let account = self.administrator().add_account(&username, grant).await.expect("a new account").subject;
        Actor::sign_in(&self.base, &username, account).await.expect("a right password")
    }

    /// Somebody with this display name and phone, signed in.
    pub async fn hire_as(&self, who: (&str, &str), grant: Value) -> Actor {
        let number = self.hired.fetch_add(1, Ordering::Relaxed);
        let username = format!("hired-{number}");
        let account = self.administrator().add_account_as(&username, who, grant).await.expect("a new account").subject;
        Actor::sign_in(&self.base, &username, account).await.expect("a right password")
    }

    /// A duty officer at the district's desk in Pudong T1.
    pub async fn duty_officer(&self) -> DutyOfficer {
        self.duty_officer_at("pvg-t1-310101").await
    }

    /// A duty officer at another desk.
    pub async fn duty_officer_at(&self, desk: &str) -> DutyOfficer {
        DutyOfficer(self.hire(json!({ "role": "duty_officer", "desk": desk })).await)
    }

    /// A dispatcher of Huangpu.
    pub async fn dispatcher(&self) -> Dispatcher {
        Dispatcher(self.hire(json!({ "role": "dispatcher", "district": "310101" })).await)
    }

    /// An escort of Huangpu.
    pub async fn escort(&self) -> Escort {
        Escort(self.hire(json!({ "role": "escort", "district": "310101" })).await)
    }

    /// One of Xiaodongmen's reception squad.
    pub async fn squad(&self, role: &str) -> Squad {
        self.squad_at("310101017", role).await
    }

    /// One of another place's reception squad.
    pub async fn squad_at(&self, place: &str, role: &str) -> Squad {
        Squad(self.hire(json!({ "role": "squad", "place": place, "squad_role": role })).await)
    }

    /// The manager of an observation site.
    pub async fn site_manager(&self, site: &str) -> SiteManager {
        SiteManager(self.hire(json!({ "role": "site_manager", "site": site })).await)
    }

    /// The process is told to stop: sockets hear goodbye and no new request is taken.
    pub fn close(&self) {
        self.app.closing.cancel();
    }

    /// Watches one stream as somebody, from its snapshot on.
    pub async fn watch(&self, who: &Actor, stream: &str) -> FeedClient {
        FeedClient::connect(&self.base, who.token(), stream, None).await
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.close();
    }
}

async fn open(url: &str) -> Store {
    Store::open(url, Keys::from_bytes([7; 32])).await.expect("a register of our own")
}

/// One node: the floors wired, and an ear for the other nodes.
fn node(store: Store, clock: &Clock, closing: &CancellationToken, engine: Option<Router>) -> App {
    let hub = Hub::new(store.clone());
    let mut dispatcher = homeward_dispatch::Dispatcher::new(store, hub.clone(), clock.clone(), Ids::System);
    if let Some(engine) = engine {
        dispatcher = dispatcher.with_engine(engine);
    }
    let app = App::from(Reach { dispatcher, hub, tasks: TaskTracker::new(), closing: closing.clone(), demo: false });
    see_again(&app);
    let (ear, closed) = (app.dispatcher.clone(), closing.clone());
    app.tasks.spawn(async move {
        let mut listener = ear.listen();
        while let Some(heard) = closed.run_until_cancelled(listener.next()).await {
            ear.hear(heard).await;
        }
    });
    app
}

/// A register that a busy machine put out of sight is looked for every second, as in the product; else stories go without
/// the sweep, so that a lost wake-up shows.
fn see_again(app: &App) {
    let node = app.clone();
    app.tasks.spawn(async move {
        let mut beat = tokio::time::interval(std::time::Duration::from_secs(1));
        while node.closing.run_until_cancelled(beat.tick()).await.is_some() {
            if node.hub.behind() {
                // Still out of sight: the next beat looks again.
                drop(node.hub.sweep().await);
            }
        }
    });
}

async fn serve(app: App) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("a bound port"));
    let (tasks, closing) = (app.tasks.clone(), app.closing.clone());
    let server = axum::serve(listener, homeward_web::router(app)).with_graceful_shutdown(closing.cancelled_owned());
    tasks.spawn(async move { server.await.expect("the listener lives as long as the world") });
    base
}
