//! What boards are told about vehicles on the road: a tick at most once a second a trip, worked out in memory, and a
//! numbered fact only when what was published is no longer true.

use crate::estimate::Start;
use crate::learn::Lore;
use crate::project::{TripContext, trip_row};
use crate::road::Roads;
use crate::turn::Turn;
use crate::under_way::Told;
use crate::{Dispatcher, Halt, estimate, times};
use chrono::{DateTime, Utc};
use homeward_domain::access::Scope;
use homeward_domain::trip::{Stop, Trip};
use homeward_domain::{Point, TripId};
use homeward_feed::Tick;
use homeward_feed::row::Eta;
use homeward_store::{Conn, Stream};
use std::sync::Arc;

/// A trip as its estimates need it, and what its boards show: kept until something about the trip is written.
pub(crate) struct Route {
    trip: Trip,
    start: Start,
    gates: Vec<Point>,
    published: Vec<Option<Eta>>,
}

impl Route {
    pub fn version(&self) -> i64 {
        self.trip.version
    }

    /// What boards should show of each stop now, and whether any of it is news.
    fn weigh(&self, told: &Told, roads: &Roads, lore: &Lore, now: DateTime<Utc>) -> (Vec<Eta>, bool) {
        let way = estimate::way_left(&self.trip, self.start.from, &self.gates, told);
        let road = roads.look(self.trip.id, &way, now);
        roads.ask(self.trip.id, &way, now);
        let fresh = estimate::stops(&self.trip, &self.start, &self.gates, told, (&road, lore), now);
        let shown = fresh.iter().zip(&self.published).enumerate().map(|(place, (fresh, before))| {
            let arriving = estimate::arriving(&self.trip, place, self.gates[place], told, before.as_ref(), now);
            times::published((&self.trip, &self.trip.stops[place]), before.clone(), fresh, arriving, now)
        });
        let (etas, news): (Vec<Eta>, Vec<bool>) = shown.unzip();
        (etas, news.contains(&true))
    }
}

impl Dispatcher {
    /// Brings the table of this node up to date and tells about every vehicle that moved. Gives how many trips were
    /// published anew. Every node does it for the phones that tell it, so it asks for no duty.
    pub async fn step_positions(&self) -> Result<usize, Halt> {
        let now = self.clock.now();
        if self.under_way.phones_due(now) {
            self.look_at_phones(now).await?;
        }
        self.look_at_trips().await?;
        self.look_at_lore().await?;
        let mut moved = self.under_way.take_moved();
        let mut published = 0;
        while let Some(trip) = moved.pop_first() {
            match self.follow(trip, now).await {
                Ok(anew) => published += usize::from(anew),
                Err(halt) => {
                    self.under_way.moved_still(moved.into_iter().chain([trip]));
                    return Err(halt);
                }
            }
        }
        Ok(published)
    }

    pub(crate) async fn look_at_phones(&self, now: DateTime<Utc>) -> Result<(), Halt> {
        let phones = homeward_store::device::heard(self.store.read().await?.conn()).await?;
        self.under_way.set_phones(phones, now);
        Ok(())
    }

    /// Looks which trips are under way; what is known about the others is forgotten.
    pub(crate) async fn look_at_trips(&self) -> Result<(), Halt> {
        use homeward_store::trip::under_way;
        let mut reader = self.store.read().await?;
        let open = under_way::open(reader.conn()).await?;
        let crews = under_way::crews(reader.conn()).await?;
        self.under_way.set_trips(open, crews);
        Ok(())
    }

    /// Tells watchers and the other nodes where a trip is; a fact if what was published is no longer true.
    async fn follow(&self, id: TripId, now: DateTime<Utc>) -> Result<bool, Halt> {
        let Some(route) = self.route(id, now).await? else { return Ok(false) };
        let told = self.under_way.of(id);
        if let Some(position) = &told.position {
            self.tell_position(id, position, told.accuracy_metres);
        }
        let (etas, news) = route.weigh(&told, &self.roads, &self.lore.now(), now);
        for (stop, eta) in route.trip.stops.iter().zip(&etas) {
            self.tick(&route.trip, stop, eta, now);
        }
        // Who waits for this vehicle's people comes as late as it does.
        for change in route.trip.changes.iter().filter(|change| !change.closed()) {
            self.refresh(change.onto).await?;
        }
        if !news {
            return Ok(false);
        }
        let published = self.publish_estimate(id).await?;
        // Published or not: what the route remembers is no longer what boards show.
        self.under_way.trips_changed([id].iter());
        Ok(published)
    }

    async fn route(&self, id: TripId, now: DateTime<Utc>) -> Result<Option<Arc<Route>>, Halt> {
        if let Some(route) = self.under_way.route(id) {
            return Ok(Some(route));
        }
        let mut reader = self.store.read().await?;
        let Some((trip, context)) = self.estimated(reader.conn(), id, now).await? else { return Ok(None) };
        let Some((start, gates)) = context.places.clone() else { return Ok(None) };
        let mut published = Vec::with_capacity(trip.stops.len());
        for stop in &trip.stops {
            let before = homeward_store::trip::estimate(reader.conn(), stop.id).await?;
            published.push(before.and_then(|before| serde_json::from_value(before.document).ok()));
        }
        let route = Arc::new(Route { trip, start, gates, published });
        self.under_way.keep_route(id, &route);
        Ok(Some(route))
    }

    /// Estimates a trip anew: ticks to its watchers, and a fact if what was published is no longer true.
    pub(crate) async fn refresh(&self, id: TripId) -> Result<bool, Halt> {
        let now = self.clock.now();
        let mut reader = self.store.read().await?;
        let Some((trip, context)) = self.estimated(reader.conn(), id, now).await? else { return Ok(false) };
        drop(reader);
        if let Some((start, gates)) = &context.places {
            let way = estimate::way_left(&trip, start.from, gates, &self.under_way.of(id));
            self.roads.ask(id, &way, now);
        }
        let row = trip_row(&trip, &context);
        for (stop, row) in trip.stops.iter().zip(&row.stops) {
            if let Some(eta) = &row.eta {
                self.tick(&trip, stop, eta, now);
            }
        }
        if context.has_news() { self.publish_estimate(id).await } else { Ok(false) }
    }

    /// In its own turn it looks again: another node may just have published the same.
    async fn publish_estimate(&self, id: TripId) -> Result<bool, Halt> {
        let mut turn = Turn::following(self).await?;
        let now = turn.now;
        let version = match self.estimated(turn.conn(), id, now).await? {
            Some((trip, context)) if context.has_news() => trip.version,
            _ => return Ok(false),
        };
        turn.changed.trips.insert(id, "eta.revised");
        turn.close(id.uuid(), version).await?;
        Ok(true)
    }

    async fn estimated(
        &self,
        conn: &mut Conn,
        id: TripId,
        now: DateTime<Utc>,
    ) -> Result<Option<(Trip, TripContext)>, Halt> {
        let trip = homeward_store::trip::load(conn, id, &Scope::system()).await?;
        let Some(trip) = trip.filter(|trip| trip.state.open()) else { return Ok(None) };
        let context = TripContext::gather(conn, self, &trip, now).await?;
        Ok(Some((trip, context)))
    }

    /// To whoever watches the receiver, the district or the trip: positions reach them this way only, never as a row.
    fn tick(&self, trip: &Trip, stop: &Stop, eta: &Eta, now: DateTime<Utc>) {
        let v = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        let tick = Tick { stop: stop.id.uuid(), v, eta: eta.clone(), position: self.under_way.spot(trip.id) };
        let receiver = Stream::receiver(stop.receiver.as_str());
        for stream in [receiver, Stream::district(trip.district.as_str()), Stream::trip(trip.id.uuid())] {
            self.tell_tick(&stream, tick.clone());
        }
    }
}
