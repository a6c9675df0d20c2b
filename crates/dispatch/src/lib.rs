//! The verbs of Homeward, one file each: load, decide, save, wake. Here live the clock, new ids, passwords and the
//! background steps; rules live in the domain, SQL in the store, HTTP in the web.

mod accounts;
mod accuracy;
mod answer;
mod approve;
mod assign;
mod back;
mod board;
mod break_down;
mod caller;
mod clock;
mod close_gate;
mod close_site;
mod contacts;
mod day_plan;
mod devices;
mod discharge;
mod dispose;
mod divert;
mod drive;
mod drivers;
mod duty;
pub mod estimate;
mod expire;
mod export;
mod halt;
mod hear;
mod ids;
mod key_lists;
pub mod learn;
mod line;
mod longest;
mod open_site;
mod pass_on;
pub mod password;
mod places;
mod plan_change;
mod plan_trip;
mod planning;
mod position;
mod private_car;
mod project;
mod read;
mod recognise;
mod refer;
pub mod reference;
mod refresh;
mod register;
mod relay_points;
mod road;
mod room_plan;
mod room_use;
mod rooms;
mod set_up;
mod sign_in;
mod silence;
mod sites;
mod split;
mod step;
mod tag;
mod take_vehicle;
mod throttle;
mod times;
mod token;
mod trail;
mod turn;
mod under_way;
mod vehicles;
mod watch_rights;
mod words;

pub use accuracy::{Span, Truth};
pub use approve::NewMode;
pub use board::Staying;
pub use caller::{Caller, Key};
pub use clock::Clock;
pub use day_plan::{
    Adjusted, Because, BrokenRule, Chosen, DayPlan, DayTrip, LeftOut, NotAtSite, NotThere, Pin, Rider, SeatOffer,
    Seats, Short, WaitsFor, Why, Wishes,
};
pub use dispose::Seen;
pub use divert::{NewOrder, Towards};
pub use drivers::{AtTheWheel, NamedDriver, NewDriver};
pub use export::{OpenStop, OpenTrip, Reached};
pub use halt::Halt;
pub use homeward_eta::accuracy::{Accuracy, Errors, Kept, Lead, Stage as PromiseStage};
pub use homeward_store::account::Account;
pub use homeward_store::device::Device;
pub use homeward_store::driver::Drives;
pub use homeward_store::site::Lodging;
pub use homeward_store::{Error as StoreError, Heard, Listener, Stream};
pub use ids::Ids;
pub use key_lists::{Affected, NewList};
pub use longest::Later;
pub use open_site::NewSite;
pub use pass_on::KeptBack;
pub use places::SiteKept;
pub use plan_change::{NewChange, Onto};
pub use plan_trip::Crew;
pub use planning::NewPlanning;
pub use position::describe_numbers;
pub use read::{FoundBy, Listed, Shown, TripView, Typed};
pub use refer::Referral;
pub use register::{Registrant, Registration};
pub use relay_points::NewRelayPoint;
pub use room_plan::{Placement, PlannedGuest, PlannedRoom, RoomPlan};
pub use set_up::NewAccount;
pub use sign_in::{Known, SignedIn};
pub use silence::NewRule;
pub use sites::{Bound, Forecast, Living, Lodgings};
pub use take_vehicle::OtherVehicle;
pub use trail::Decision;
pub use turn::Receipt;
pub use under_way::{Heard as PhoneHeard, Phone};
pub use vehicles::{AtWork, NewVehicle};

use homeward_feed::Hub;
use homeward_store::Store;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use tokio::sync::watch;

/// Everything a verb needs; a clone is the same dispatcher.
#[derive(Clone)]
pub struct Dispatcher {
    /// Where everything is kept.
    pub(crate) store: Store,
    /// Who is told.
    pub(crate) feed: Hub,
    /// What time it is.
    pub(crate) clock: Clock,
    /// New ids.
    pub(crate) ids: Ids,
    /// Bounds password hashing.
    pub(crate) hasher: password::Hasher,
    /// Who waits to register.
    pub(crate) registrations: Arc<register::Queue>,
    /// Who waits to be recognised.
    pub(crate) door: Arc<recognise::Door>,
    /// Slows down whoever guesses.
    pub(crate) throttle: Arc<throttle::Throttle>,
    /// The vehicles on the road, in memory.
    pub(crate) under_way: Arc<under_way::UnderWay>,
    /// What was learnt from trips and said of the roads, as far as this node has heard.
    pub(crate) lore: Arc<learn::Memory>,
    /// What a routing engine says about the ways of open trips.
    pub(crate) roads: Arc<road::Roads>,
    /// The plans that dispatchers look at.
    pub(crate) at_hand: Arc<day_plan::AtHand>,
    /// The key list whose tags the waiting parties carry; 0 before the first look.
    pub(crate) list_applied: Arc<AtomicU32>,
    /// Whether this node runs the background steps.
    pub(crate) duty: Arc<duty::Duty>,
    /// Turned whenever somebody's rights changed, so that sockets look again.
    pub(crate) rights: Arc<watch::Sender<u64>>,
}

impl Dispatcher {
    /// Wires the floors below; nothing runs by itself.
    #[must_use]
    pub fn new(store: Store, feed: Hub, clock: Clock, ids: Ids) -> Self {
        let node = ids.new_at(clock.now());
        Self {
            store,
            feed,
            clock,
            ids,
            hasher: password::Hasher::new(),
            registrations: Arc::default(),
            door: Arc::default(),
            throttle: Arc::default(),
            under_way: Arc::default(),
            lore: Arc::default(),
            roads: Arc::default(),
            at_hand: Arc::default(),
            list_applied: Arc::default(),
            duty: Arc::new(duty::Duty::of(node)),
            rights: Arc::new(watch::Sender::new(0)),
        }
    }

    /// What the other nodes say, for [`Dispatcher::hear`].
    #[must_use]
    pub fn listen(&self) -> Listener {
        self.store.listen()
    }

    /// How many statements this node's writer has run.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.store.statements()
    }

    /// Changes whenever somebody's rights changed, on whichever node.
    #[must_use]
    pub fn rights(&self) -> watch::Receiver<u64> {
        self.rights.subscribe()
    }

    /// The civil day at the airport: China keeps one time, UTC+8, without summer time.
    #[must_use]
    pub fn today(&self) -> chrono::NaiveDate {
        estimate::local_day(self.clock.now())
    }

    /// A new id, e.g. of a socket.
    #[must_use]
    pub fn new_id(&self) -> uuid::Uuid {
        self.ids.new_at(self.clock.now())
    }

    /// What an [`Key`] carries of its request, made from the SHA-256 of method, path and body under this register's key.
    #[must_use]
    pub fn fingerprint(&self, request: [u8; 32]) -> [u8; 32] {
        self.store.keys().fingerprint(request)
    }

    /// The time it is.
    #[must_use]
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.clock.now()
    }
}
