//! A day at the desk: the dispatcher over a fresh database, who works there, what was done so far.

use crate::chance::Chance;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_dispatch::{Caller, Clock, Dispatcher, Halt, Ids, Key, NewDriver, NewList, NewVehicle, Receipt};
use homeward_domain::access::Grant;
use homeward_domain::{
    AccountId, Country, DriverId, Jurisdiction, PartyId, Personal, RiskTag, SessionId, SquadRole, TripId, VehicleId,
    code,
};
use homeward_feed::Hub;
use homeward_store::account::{self, Account};
use homeward_store::{Keys, Store};
use homeward_tests::Register;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The countries people come from; the first is on no list.
pub const COUNTRIES: [&str; 5] = ["NZL", "JPN", "KOR", "ITA", "IRN"];
/// The sub-districts whose squads are awake, and the gates there.
pub const PLACES: [(&str, &[&str]); 2] = [
    ("310101017", &["huangpu-xdm-qiaojia-g1", "huangpu-xdm-qiaojia-g2", "huangpu-xdm-xiyao-g1"]),
    ("310101013", &["huangpu-wt-baoxing-g1"]),
];
/// The observation sites.
pub const SITES: [&str; 2] = ["huangpu-site-1", "huangpu-site-2"];

/// One simulated day.
pub struct Day {
    /// The verbs.
    pub dispatcher: Dispatcher,
    /// To look behind them.
    pub store: Store,
    /// Stands until it is turned.
    pub clock: Clock,
    /// What happens next.
    pub chance: Chance,
    /// Everybody who was registered, so that nobody can be forgotten by the register itself.
    pub people: i64,
    /// Parties by id, splits included.
    pub parties: Vec<PartyId>,
    /// Those that came without an adult.
    pub minors: BTreeSet<PartyId>,
    /// Trips by id.
    pub trips: Vec<TripId>,
    /// The district's vehicles.
    pub vehicles: Vec<VehicleId>,
    /// The district's drivers: the usual one of each vehicle, and one more.
    pub drivers: Vec<DriverId>,
    /// Escorts' accounts.
    pub escorts: Vec<AccountId>,
    /// Nobody comes any more, and nothing new goes wrong by intent.
    pub over: bool,
    keys: u32,
    _register: Register,
}

/// Somebody with a right, by a number of their own.
pub fn caller(number: u128, grant: Grant) -> Caller {
    let actor = homeward_domain::access::Actor {
        account: AccountId::new(Uuid::from_u128(number)),
        name: format!("{} {number}", grant.code()),
        grant,
    };
    Caller { actor, session: SessionId::new(Uuid::from_u128(number)) }
}

/// The district's working group.
pub fn district() -> Jurisdiction {
    Jurisdiction::parse("310101").expect("a district")
}

/// The duty officer of Pudong T1.
pub fn desk() -> Caller {
    caller(1, Grant::DutyOfficer { desk: code::Desk::parse("pvg-t1-310101").expect("a desk") })
}

/// The dispatcher.
pub fn dispatching() -> Caller {
    caller(2, Grant::Dispatcher { district: district() })
}

/// The administrator.
pub fn administrator() -> Caller {
    caller(3, Grant::Administrator)
}

/// An escort: 0, 1 or 2.
pub fn escort(number: usize) -> Caller {
    caller(10 + number as u128, Grant::Escort { district: district() })
}

/// A role in the squad of one of [`PLACES`].
pub fn squad(place: &str, role: SquadRole) -> Caller {
    let place_number = u128::from(place == PLACES[1].0);
    let number = 20 + place_number * 10 + role as u128;
    caller(number, Grant::Squad { place: Jurisdiction::parse(place).expect("a place"), role })
}

/// The manager of one of [`SITES`].
pub fn site_manager(site: &str) -> Caller {
    let number = 40 + u128::from(site == SITES[1]);
    caller(number, Grant::SiteManager { site: code::Receiver::parse(site).expect("a site") })
}

/// How many drive.
pub const DRIVERS: usize = 4;

/// Name and phone of one of them.
pub fn driver(number: usize) -> (Personal<String>, Personal<String>) {
    (Personal::new(format!("DRIVER {number}")), Personal::new(format!("+86137000000{number:02}")))
}

/// Everybody who works here.
fn everybody() -> Vec<Caller> {
    let mut all = vec![desk(), dispatching(), administrator()];
    all.extend((0..3).map(escort));
    for (place, _) in PLACES {
        all.extend(SquadRole::EXPECTED.map(|role| squad(place, role)));
    }
    all.extend(SITES.map(site_manager));
    all
}

/// The evening of the story: 20 March 2020, 17:30 in Shanghai.
fn evening() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2020-03-20T09:30:00Z").expect("an instant").to_utc()
}

impl Day {
    /// Opens a database of its own, hires everybody, publishes the first list, brings three vehicles.
    pub async fn begin(seed: u64) -> Self {
        let register = Register::fresh().await;
        let store = Store::open(&register.url(), Keys::from_bytes([7; 32])).await.expect("a fresh database");
        let clock = Clock::manual(evening());
        let dispatcher = Dispatcher::new(store.clone(), Hub::new(store.clone()), clock.clone(), Ids::seeded(seed));
        assert!(dispatcher.stand_duty().await.expect("the duty"), "a new register has nobody on duty");
        let mut day = Self {
            dispatcher,
            store,
            clock,
            chance: Chance::of(seed),
            people: 0,
            parties: Vec::new(),
            minors: BTreeSet::new(),
            trips: Vec::new(),
            vehicles: Vec::new(),
            drivers: Vec::new(),
            escorts: (0..3).map(|number| escort(number).actor.account).collect(),
            over: false,
            keys: 0,
            _register: register,
        };
        day.hire(everybody()).await;
        day.equip().await;
        day
    }

    /// Gives people accounts.
    pub async fn hire(&self, people: Vec<Caller>) {
        let mut unit = self.store.begin().await.expect("the writer");
        for caller in people {
            let account = Account {
                id: caller.actor.account,
                username: caller.actor.name.replace(' ', "-"),
                display_name: caller.actor.name,
                phone: None,
                languages: Vec::new(),
                grant: caller.actor.grant,
                disabled_at: None,
                version: 1,
            };
            account::insert(unit.conn(), &account, "nobody signs in here", evening()).await.expect("an account");
        }
        unit.commit().await.expect("a commit");
    }

    async fn equip(&mut self) {
        let list = NewList { effective_at: self.clock.now(), entries: self.some_countries(), note: "first".into() };
        let key = self.key();
        self.dispatcher.publish_list(&administrator(), &key, list).await.expect("the first list");
        for (name, seats) in [("1", 4), ("2", 9), ("3", 12)] {
            let plate = (name != "2").then(|| format!("沪A1234{name}"));
            let name = name.to_owned();
            let new = NewVehicle { name, plate, seats, wheelchair_places: 1, luggage_places: None, shift: None };
            let key = self.key();
            let receipt = self.dispatcher.add_vehicle(&dispatching(), &key, new).await.expect("a vehicle");
            self.vehicles.push(VehicleId::new(receipt.subject));
        }
        for number in 0..DRIVERS {
            let (name, phone) = driver(number);
            let new = NewDriver { name, phone, shift: None, usual: self.vehicles.get(number).copied() };
            let key = self.key();
            let receipt = self.dispatcher.add_driver(&dispatching(), &key, new).await.expect("a driver");
            self.drivers.push(DriverId::new(receipt.subject));
        }
    }

    /// A list as it could be published: Japan and Korea yellow, Italy and Iran red, each with a chance to be missing.
    pub fn some_countries(&mut self) -> Vec<(Country, RiskTag)> {
        let country = |code: &str| Country::parse(code).expect("a country");
        let mut entries = Vec::new();
        for (code, tag) in
            [("JPN", RiskTag::Yellow), ("KOR", RiskTag::Yellow), ("ITA", RiskTag::Red), ("IRN", RiskTag::Red)]
        {
            if self.chance.percent(80) {
                entries.push((country(code), tag));
            }
        }
        entries
    }

    /// A key for a new intent.
    pub fn key(&mut self) -> Key {
        self.keys += 1;
        Key::parse(&format!("k{}", self.keys), [0; 32]).expect("a key")
    }

    /// The key of the deed before, as a double tap or another request sends it.
    pub fn old_key(&self, same_request: bool) -> Key {
        Key::parse(&format!("k{}", self.keys), [u8::from(!same_request); 32]).expect("a key")
    }

    /// Time passes: between nothing and twelve minutes.
    pub fn time_passes(&mut self) {
        let seconds = self.chance.below(720);
        self.clock.turn(TimeDelta::seconds(i64::try_from(seconds).expect("a small number")));
    }
}

/// What a verb's answer means to the day: done or refused. A store that cannot, cannot be.
pub fn settled(done: Result<Receipt, Halt>) -> Option<Receipt> {
    match done {
        Ok(receipt) => Some(receipt),
        Err(Halt::Refused(_) | Halt::Replayed(_)) => None,
        Err(Halt::Store(error)) => panic!("the store refused what the rules allowed: {error:?}"),
        Err(Halt::OffDuty) => panic!("nobody else has the duty"),
    }
}
