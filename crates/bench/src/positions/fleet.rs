//! Vehicles of the run that are under way, each with one traveller aboard, and the phones that tell about them.

use super::road::Place;
use crate::Fault;
use crate::api::{Session, Trouble};
use crate::cast::{Cast, Officer};
use crate::report::say;
use crate::sample;
use serde_json::{Value, json};
use tokio::task::JoinSet;

/// Phones enrolled at once.
const AT_ONCE: usize = 32;
/// Numbers of the run's travellers begin here, above those of registrations.
const FIRST: u64 = 90_000_000;

/// What is under way.
pub(super) struct Fleet {
    pub tokens: Vec<String>,
    pub from: Place,
    pub to: Place,
    dispatcher: Session,
    run: String,
    devices: Vec<String>,
    trips: Vec<String>,
}

/// Who does what for a trip.
struct Crew<'c> {
    cast: &'c Cast,
    officer: &'c Officer,
    dispatcher: Session,
    leader: Session,
    committee: Session,
    gate: String,
}

fn at(step: &str) -> impl FnOnce(Trouble) -> Fault {
    move |trouble| Fault::server(step, &trouble)
}

impl Fleet {
    /// Brings vehicles on the road and enrols phones for them, evenly.
    pub async fn set_out(cast: &mut Cast, officers: &[Officer], trips: u32, devices: u32) -> Result<Self, Fault> {
        let officer = officers.first().ok_or_else(|| Fault::Option("the register has no desk".into()))?;
        let community = cast.communities(1)?.remove(0);
        let place = cast.subdistrict_of(&community.receiver);
        let squad = |role: &str| json!({ "role": "squad", "place": place, "squad_role": role });
        let crew = (cast.dispatcher().await?, cast.hire("leader", squad("leader")).await?);
        let committee = cast.hire("committee", squad("committee")).await?;
        let escort = json!({ "role": "escort", "district": cast.district() });
        let mut escorts = Vec::new();
        for number in 0..trips * 2 {
            escorts.push(cast.hire_as(&format!("escort{number}"), escort.clone()).await?);
        }
        let (from, to) = (cast.place("desks", &officer.desk), cast.place("gates", &community.gate));
        let crew = Crew { cast, officer, dispatcher: crew.0, leader: crew.1, committee, gate: community.gate };
        let (mut under_way, mut vehicles) = (Vec::new(), Vec::new());
        for (number, pair) in (0_u64..).zip(escorts.chunks(2)) {
            let (trip, vehicle) = crew.depart(number, pair).await?;
            under_way.push(trip);
            vehicles.push(vehicle);
        }
        say(&format!("{trips} vehicles are under way"));
        let (dispatcher, run) = (crew.dispatcher.clone(), crew.cast.run.clone());
        let mut fleet = Self { tokens: Vec::new(), from, to, dispatcher, run, devices: Vec::new(), trips: under_way };
        fleet.enrol(&vehicles, devices as usize).await?;
        say(&format!("{devices} phones are enrolled"));
        Ok(fleet)
    }

    async fn enrol(&mut self, vehicles: &[String], devices: usize) -> Result<(), Fault> {
        let mut under_way = JoinSet::new();
        for number in 0..devices {
            if under_way.len() >= AT_ONCE {
                self.enrolled(under_way.join_next().await)?;
            }
            let body = json!({ "vehicle": vehicles[number % vehicles.len()], "label": format!("bench {number}") });
            let (session, key) = (self.dispatcher.clone(), format!("bench-{}-phone-{number}", self.run));
            under_way.spawn(async move { session.ask(0, "/v1/devices", &key, &body).await });
        }
        while let Some(done) = under_way.join_next().await {
            self.enrolled(Some(done))?;
        }
        Ok(())
    }

    fn enrolled(&mut self, done: Option<Result<Result<Value, Trouble>, tokio::task::JoinError>>) -> Result<(), Fault> {
        let Some(done) = done else { return Ok(()) };
        let body = done.expect("a worker does not panic").map_err(at("enrol a phone"))?;
        let text = |member: &str| body[member].as_str().unwrap_or_default().to_owned();
        self.devices.push(text("subject"));
        self.tokens.push(text("token"));
        Ok(())
    }

    /// How many trips.
    pub fn trips(&self) -> usize {
        self.trips.len()
    }

    /// How many trips show a position.
    pub async fn seen(&self) -> Result<usize, Fault> {
        let mut seen = 0;
        for trip in &self.trips {
            let trip =
                self.dispatcher.get_in_the_end(0, &format!("/v1/trips/{trip}")).await.map_err(at("read a trip"))?;
            seen += usize::from(!trip["position"].is_null());
        }
        Ok(seen)
    }

    /// Revokes the phones; says how many are left. The trips stay under way: nobody waits for them.
    pub async fn dissolve(&self) -> Option<String> {
        let mut under_way = JoinSet::new();
        let mut left = 0;
        for device in &self.devices {
            if under_way.len() >= AT_ONCE {
                left += usize::from(under_way.join_next().await.is_some_and(failed));
            }
            let (session, key) = (self.dispatcher.clone(), format!("bench-{}-end-{}", self.run, &device[24..]));
            let path = format!("/v1/devices/{device}/revoke");
            under_way.spawn(async move { session.write(&path, &key, &json!({})).await.is_err() });
        }
        while let Some(done) = under_way.join_next().await {
            left += usize::from(failed(done));
        }
        (left > 0).then(|| format!("{left} phones of the run are still enrolled"))
    }
}

fn failed(done: Result<bool, tokio::task::JoinError>) -> bool {
    done.expect("a worker does not panic")
}

impl Crew<'_> {
    /// Registers a traveller, agrees on a home, seats, boards, departs; gives the trip and its vehicle.
    async fn depart(&self, number: u64, escorts: &[(String, Session)]) -> Result<(String, String), Fault> {
        let (run, today) = (&self.cast.run, &self.cast.today);
        let Officer { session, desk, responsible } = self.officer;
        let party = sample::party(desk, responsible, today, run, FIRST + number);
        let party = self.done(session, "/v1/parties", number, &party).await?;
        let home = json!({ "gate": self.gate, "co_residents": 0, "own_room": true, "own_toilet": true, "co_residents_consent": true });
        self.done(&self.dispatcher, &format!("/v1/parties/{party}/home"), number, &home).await?;
        self.done(&self.leader, &format!("/v1/parties/{party}/opinion"), number, &json!({ "agreed": true })).await?;
        self.done(&self.committee, &format!("/v1/parties/{party}/home-check"), number, &json!({ "suitable": true }))
            .await?;
        let vehicle = json!({ "name": format!("bench {run} {number}"), "seats": 5 });
        let vehicle = self.done(&self.dispatcher, "/v1/vehicles", number, &vehicle).await?;
        let now = self.dispatcher.get(0, "/v1/session").await.map_err(at("ask what time it is"))?["now"].clone();
        let accounts: Vec<&str> = escorts.iter().map(|(account, _)| account.as_str()).collect();
        // One of its own for each vehicle, and another in the next run: nobody sits at two wheels.
        let digits = (u64::from_str_radix(&run[..8], 16).unwrap_or(0) + number) % 100_000_000;
        let driver = json!({ "name": "BENCH", "phone": format!("139{digits:08}") });
        let plate = format!("沪A{:05}", (u64::from_str_radix(&run[..4], 16).unwrap_or(0) + number) % 100_000);
        let trip =
            json!({ "vehicle": vehicle, "departs_at": now, "escorts": accounts, "driver": driver, "plate": plate });
        let trip = self.done(&self.dispatcher, "/v1/trips", number, &trip).await?;
        self.done(&self.dispatcher, &format!("/v1/parties/{party}/seats"), number, &json!({ "trip": trip })).await?;
        let escort = &escorts[0].1;
        self.done(escort, &format!("/v1/trips/{trip}/boarding"), number, &json!({})).await?;
        let seen = escort.get(0, &format!("/v1/trips/{trip}")).await.map_err(at("read the manifest"))?;
        let arrival = json!({ "arrival": seen["manifest"][0]["arrival"] });
        self.done(escort, &format!("/v1/trips/{trip}/board"), number, &arrival).await?;
        self.done(escort, &format!("/v1/trips/{trip}/depart"), number, &json!({ "head_count": 1 })).await?;
        Ok((trip, vehicle))
    }

    /// One step of a trip; its key is made of the last word of its path.
    async fn done(&self, who: &Session, path: &str, number: u64, body: &Value) -> Result<String, Fault> {
        let word = path.rsplit('/').next().unwrap_or_default();
        let key = format!("bench-{}-{word}-{number}", self.cast.run);
        who.write(path, &key, body).await.map(|receipt| receipt.subject).map_err(at(path))
    }
}
