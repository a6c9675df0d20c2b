//! What a node keeps in memory about vehicles on the road: which phone tells about which vehicle, which trip that vehicle
//! is on, who rides along, where it was last. Looked up anew every second, forgotten with the trip, never written down.

use crate::refresh::Route;
use chrono::{DateTime, TimeDelta, Utc};
use homeward_domain::fix::{ACCURACY_METRES_UNTOLD, Fix, Outcome, Track};
use homeward_domain::{AccountId, DeviceId, StopId, TripId, VehicleId};
use homeward_eta::{Manual, Position};
use homeward_feed::row::Spot;
use homeward_store::trip::under_way::Open;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The phones are looked up this often even if nobody said that they changed.
const DEVICES_EVERY: TimeDelta = TimeDelta::seconds(30);

/// What was told about one trip.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Told {
    pub position: Option<Position>,
    /// Radius of that position, metres.
    pub accuracy_metres: f64,
    pub manual: BTreeMap<StopId, Manual>,
}

impl Default for Told {
    fn default() -> Self {
        Self { position: None, accuracy_metres: ACCURACY_METRES_UNTOLD, manual: BTreeMap::new() }
    }
}

/// Who tells: each has a clock and a receiver of its own, so each is judged alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    Device(DeviceId),
    Escort(AccountId),
}

/// A phone that may be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phone {
    pub(crate) device: DeviceId,
    pub(crate) vehicle: VehicleId,
}

/// When a phone was heard last, and what became of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// When.
    pub at: DateTime<Utc>,
    /// What became of it.
    pub outcome: Outcome,
}

#[derive(Default)]
struct Table {
    /// By the SHA-256 of their tokens.
    phones: HashMap<[u8; 32], Phone>,
    phones_looked_up_at: Option<DateTime<Utc>>,
    /// Whether trips may have changed since they were looked up.
    trips_stale: bool,
    open: HashMap<TripId, Open>,
    on_the_road: HashMap<VehicleId, TripId>,
    crews: HashSet<(TripId, AccountId)>,
    told: HashMap<TripId, Told>,
    tracks: HashMap<(TripId, Source), Track>,
    heard: HashMap<DeviceId, Heard>,
    /// Trips that moved since they were last told about.
    moved: BTreeSet<TripId>,
    routes: HashMap<TripId, Arc<Route>>,
}

/// The table of a node.
#[derive(Default)]
pub(crate) struct UnderWay {
    table: Mutex<Table>,
}

impl UnderWay {
    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was told about a trip.
    pub fn of(&self, trip: TripId) -> Told {
        self.table().told.get(&trip).cloned().unwrap_or_default()
    }

    /// Where a trip was last.
    pub fn spot(&self, trip: TripId) -> Option<Spot> {
        let position = self.table().told.get(&trip)?.position?;
        Some(Spot { lat: position.point.lat(), lon: position.point.lon(), at: position.at })
    }

    /// Keeps what another node heard, if it is newer.
    pub fn put(&self, trip: TripId, position: Position, accuracy_metres: f64) {
        self.table().put(trip, position, accuracy_metres);
    }

    /// Keeps a person's word about an arrival.
    pub fn say(&self, trip: TripId, stop: StopId, manual: Manual) {
        self.table().told.entry(trip).or_default().manual.insert(stop, manual);
    }

    /// The phone behind the hash of a token.
    pub fn phone(&self, hash: &[u8; 32]) -> Option<Phone> {
        self.table().phones.get(hash).copied()
    }

    /// Whether the phones have to be looked up before anybody is turned away.
    pub fn phones_due(&self, now: DateTime<Utc>) -> bool {
        self.table().phones_looked_up_at.is_none_or(|at| now - at >= DEVICES_EVERY)
    }

    /// Somebody enrolled or revoked a phone.
    pub fn phones_changed(&self) {
        self.table().phones_looked_up_at = None;
    }

    pub fn set_phones(&self, phones: Vec<(Vec<u8>, DeviceId, VehicleId)>, now: DateTime<Utc>) {
        let mut table = self.table();
        let known: HashSet<DeviceId> = phones.iter().map(|(_, device, _)| *device).collect();
        let keyed = phones
            .into_iter()
            .filter_map(|(hash, device, vehicle)| Some((hash.try_into().ok()?, Phone { device, vehicle })));
        table.phones = keyed.collect();
        table.heard.retain(|device, _| known.contains(device));
        table.phones_looked_up_at = Some(now);
    }

    /// The trip a phone's vehicle is on, and when that left; `Err` if it is worth looking again.
    pub fn trip_of(&self, phone: Phone) -> Result<Option<(TripId, DateTime<Utc>)>, Stale> {
        let table = self.table();
        match table.on_the_road.get(&phone.vehicle).and_then(|trip| table.open.get(trip)) {
            Some(open) => Ok(open.departed_at.map(|at| (open.trip, at))),
            None if table.trips_stale => Err(Stale),
            None => Ok(None),
        }
    }

    /// When the trip left, if it is known to be on the road with this person aboard.
    pub fn aboard(&self, trip: TripId, escort: AccountId) -> Option<DateTime<Utc>> {
        let table = self.table();
        let known = !table.trips_stale && table.crews.contains(&(trip, escort));
        known.then(|| table.open.get(&trip))??.departed_at
    }

    /// Judges a fix; if it is believed and the newest of the trip, the trip has moved.
    pub fn judge(
        &self,
        trip: TripId,
        source: Source,
        fix: Fix,
        departed_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Outcome {
        let mut table = self.table();
        let outcome = table.tracks.entry((trip, source)).or_default().judge(fix, departed_at, now);
        let position = Position { point: fix.point, at: fix.at(now) };
        if outcome.moves() && table.put(trip, position, fix.accuracy_metres()) {
            table.moved.insert(trip);
        }
        outcome
    }

    pub fn note(&self, device: DeviceId, heard: Heard) {
        self.table().heard.insert(device, heard);
    }

    pub fn heard(&self, device: DeviceId) -> Option<Heard> {
        self.table().heard.get(&device).copied()
    }

    /// Takes the trips that moved since they were last taken.
    pub fn take_moved(&self) -> BTreeSet<TripId> {
        std::mem::take(&mut self.table().moved)
    }

    /// Puts back what could not be told about.
    pub fn moved_still(&self, trips: impl IntoIterator<Item = TripId>) {
        self.table().moved.extend(trips);
    }

    pub fn route(&self, trip: TripId) -> Option<Arc<Route>> {
        self.table().routes.get(&trip).cloned()
    }

    pub fn keep_route(&self, trip: TripId, route: &Arc<Route>) {
        self.table().routes.insert(trip, Arc::clone(route));
    }

    /// Something about these trips was written.
    pub fn trips_changed<'t>(&self, trips: impl Iterator<Item = &'t TripId>) {
        let mut table = self.table();
        for trip in trips {
            table.routes.remove(trip);
            table.trips_stale = true;
        }
    }

    /// Takes the open trips as they are now, and forgets everything about the others: where a vehicle was is gone with
    /// its trip.
    pub fn set_trips(&self, open: Vec<Open>, crews: Vec<(TripId, AccountId)>) {
        let mut table = self.table();
        let open: HashMap<TripId, Open> = open.into_iter().map(|it| (it.trip, it)).collect();
        let on_the_road = |trip: &TripId| open.get(trip).is_some_and(|it| it.departed_at.is_some());
        table.told.retain(|trip, told| {
            if !on_the_road(trip) {
                told.position = None;
            }
            open.contains_key(trip)
        });
        table.tracks.retain(|(trip, _), _| on_the_road(trip));
        table.moved.retain(on_the_road);
        table.routes.retain(|trip, route| open.get(trip).is_some_and(|it| it.version == route.version()));
        table.on_the_road =
            open.values().filter(|it| it.departed_at.is_some()).map(|it| (it.vehicle, it.trip)).collect();
        table.crews = crews.into_iter().collect();
        table.open = open;
        table.trips_stale = false;
    }
}

/// The table may be behind what was written.
pub(crate) struct Stale;

impl Table {
    /// Keeps the newest; an older one that comes late changes nothing.
    fn put(&mut self, trip: TripId, position: Position, accuracy_metres: f64) -> bool {
        let told = self.told.entry(trip).or_default();
        let newer = told.position.is_none_or(|known| known.at < position.at);
        if newer {
            (told.position, told.accuracy_metres) = (Some(position), accuracy_metres);
        }
        newer
    }
}
