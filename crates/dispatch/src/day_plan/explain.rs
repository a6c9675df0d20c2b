//! Where one party could ride, and why not elsewhere: the planner's own explanation over the trips that stand. Writes
//! nothing; whoever takes an offer meets the rules again.

use super::because;
use super::ground::Ground;
use super::seats::{NotAtSite, NotThere, SeatOffer, Seats};
use super::setting::seconds;
use super::standing::{ASKED, Around, Standing};
use super::why::{self, Place};
use crate::{Caller, Dispatcher, Halt};
use chrono::{DateTime, Utc};
use homeward_domain::access::{Action, Scope};
use homeward_domain::party::Party;
use homeward_domain::trip::Trip;
use homeward_domain::vehicle::Cleaning;
use homeward_domain::{PartyId, Refusal, VehicleId};
use homeward_planner::{self as planner, Explanation, Obstacle, Offer, Plan};
use homeward_store::{Conn, reference};

impl Dispatcher {
    /// The best seat for a party, up to three others, and the reason against everything else.
    pub async fn explain_seats(&self, caller: &Caller, party: PartyId) -> Result<Seats, Halt> {
        let scope = caller.may(Action::Dispatch)?.scope;
        let now = self.clock.now();
        let mut reader = self.store.read().await?;
        let conn = reader.conn();
        let party = homeward_store::party::load(conn, party, &scope).await?.ok_or(Refusal::NotFound)?;
        let bound = match party.may_be_seated() {
            Ok(_) => true,
            Err(Refusal::NoDestination) => false,
            Err(refusal) => return Err(refusal.into()),
        };
        let desk = reference::desk(conn, &party.desk).await?.ok_or(Refusal::NotFound)?;
        let sites = full_sites(conn, &scope, &party).await?;
        let point_of_entry = desk.point_of_entry;
        let mut seats = Seats { point_of_entry, as_of: now, offers: Vec::new(), refused: Vec::new(), sites };
        if bound {
            let ground = Ground::load(conn, &scope, &seats.point_of_entry, now).await?;
            let asked = Asked::of(conn, &scope, &ground, party, now).await?;
            seats.offers = asked.offers(&ground);
            seats.refused = asked.refused(&ground);
        }
        Ok(seats)
    }
}

/// The sites that have no room for a party; of no interest once it has a room.
async fn full_sites(conn: &mut Conn, scope: &Scope, party: &Party) -> Result<Vec<NotAtSite>, Halt> {
    if matches!(party.disposition, homeward_domain::disposition::Disposition::Site { .. }) {
        return Ok(Vec::new());
    }
    let district = scope.district().unwrap_or_default();
    let all = reference::receivers(conn).await?.into_iter();
    let own = all.filter(|it| it.site && it.jurisdiction.as_str().starts_with(district));
    let mut full = Vec::new();
    for receiver in own {
        let Some(site) = homeward_store::site::load(conn, &receiver.code).await? else { continue };
        let because = site.choose_rooms(party.lodgers(), false).err().and_then(because::of_site);
        full.extend(because.map(|because| NotAtSite { site: receiver.code, because }));
    }
    Ok(full)
}

/// A party, the trips around it, and what the planner says.
struct Asked {
    around: Around,
    said: Explanation,
    over_limit: bool,
}

impl Asked {
    /// Who has waited longer than anybody should is answered all the same, as if they had come just now.
    async fn of(
        conn: &mut Conn,
        scope: &Scope,
        ground: &Ground,
        party: Party,
        now: DateTime<Utc>,
    ) -> Result<Self, Halt> {
        let standing = Standing::load(conn, scope, ground).await?;
        let around = Around::of(ground, party.clone(), &standing, now)?;
        let said = said(&around);
        let waited = |it: &planner::Refused| matches!(it.obstacle, Obstacle::WaitTooLong { party: ASKED, .. });
        if !said.offers.is_empty() || !said.refused.iter().any(waited) {
            return Ok(Self { around, said, over_limit: false });
        }
        let fresh = Party { registered_at: now, ..party };
        let around = Around::of(ground, fresh, &standing, now)?;
        Ok(Self { said: self::said(&around), around, over_limit: true })
    }

    fn offers(&self, ground: &Ground) -> Vec<SeatOffer> {
        let offers = self
            .said
            .offers
            .iter()
            .filter(|offer| offer.trip.is_some() || self.uncleaned(ground, offer.vehicle).is_none());
        let best = offers.clone().map(|offer| offer.cost).min().unwrap_or(0);
        offers.map(|offer| self.offer(ground, offer, best)).collect()
    }

    fn offer(&self, ground: &Ground, offer: &Offer, best: i64) -> SeatOffer {
        let Around { setting, plan, trips, .. } = &self.around;
        let (problem, vehicle) = (&setting.problem, &setting.vehicles[offer.vehicle]);
        let taken = offer.apply(problem, plan);
        let (index, place) = seat_in(&taken).expect("an offer seats the party it was made for");
        let why = why::here(setting, &taken.trips[index], place, why::waits_for(setting, &taken, index));
        // What the commit reckons with: every trip of the vehicle that stands, each by itself.
        let floor = ground.away.get(&vehicle.id).filter(|_| offer.trip.is_none()).map_or(0, |away| {
            let free = seconds(away.from_all - setting.now) + problem.rules().boarding_s;
            (free - offer.departs).max(0)
        });
        let joins = offer.trip.map(|trip| &trips[trip]);
        let at = |second: i32| setting.at(second + floor);
        SeatOffer {
            trip: joins.map(|trip| trip.id),
            vehicle: vehicle.id,
            name: vehicle.name.clone(),
            plate: joins.and_then(|trip| trip.plate.clone()).or_else(|| vehicle.plate.clone()),
            departs_at: at(offer.departs),
            arrives_at: at(offer.arrives),
            free_seats: (joins.map_or(vehicle.seats, Trip::seats_free) - setting.spared(offer.vehicle)).max(0),
            later_s: i64::from(later(plan, &taken, offer.vehicle)),
            dearer_minutes: (offer.cost - best) / 60_000,
            over_limit: self.over_limit,
            no_language: offer.no_language,
            cleaning_due: self.uncleaned(ground, offer.vehicle),
            why,
        }
    }

    /// Since when a vehicle that should be clean by now waits for somebody's word.
    fn uncleaned(&self, ground: &Ground, vehicle: usize) -> Option<DateTime<Utc>> {
        let it = &self.around.setting.vehicles[vehicle];
        let Cleaning::Due { since } = it.cleaning else { return None };
        let back = ground.away.get(&it.id).and_then(|away| away.from_road);
        back.is_none_or(|back| back <= self.around.setting.now).then_some(since)
    }

    fn refused(&self, ground: &Ground) -> Vec<NotThere> {
        let Around { setting, trips, idle, .. } = &self.around;
        let by_rule = self.said.refused.iter().map(|it| {
            let (vehicle, trip) = (&setting.vehicles[it.vehicle], it.trip.map(|trip| &trips[trip]));
            not_there(vehicle.id, &vehicle.name, trip, because::of(setting, it.vehicle, it.obstacle))
        });
        let dirty = (0..setting.vehicles.len()).filter_map(|at| {
            let because = because::not_cleaned(self.uncleaned(ground, at)?);
            let refused = self.said.refused.iter().any(|it| it.vehicle == at && it.trip.is_none());
            let vehicle = &setting.vehicles[at];
            (!refused).then(|| not_there(vehicle.id, &vehicle.name, None, because))
        });
        let out = ground.out.iter().flat_map(|(vehicle, because)| {
            let standing = idle.iter().filter(|trip| trip.vehicle.id == vehicle.id).map(Some);
            standing.chain([None]).map(move |trip| not_there(vehicle.id, &vehicle.name, trip, because.clone()))
        });
        by_rule.chain(dirty).chain(out).collect()
    }
}

fn not_there(vehicle: VehicleId, name: &str, trip: Option<&Trip>, because: super::Because) -> NotThere {
    let (trip, departs_at) = (trip.map(|it| it.id), trip.map(|it| it.departs_at));
    NotThere { trip, vehicle, name: name.to_owned(), departs_at, because }
}

fn said(around: &Around) -> Explanation {
    planner::explain(&around.setting.problem, &around.plan, ASKED, 0).expect("the party asked about waits")
}

/// Where the party asked about sits.
fn seat_in(plan: &Plan) -> Option<(usize, Place)> {
    let stops = plan
        .trips
        .iter()
        .enumerate()
        .flat_map(|(index, trip)| trip.stops.iter().enumerate().map(move |it| (index, it)));
    let mut own = stops.filter(|(_, (_, stop))| stop.parties.contains(&ASKED));
    own.next().map(|(index, (stop, _))| (index, Place { stop, party: ASKED as usize }))
}

/// Seconds by which a trip of the vehicle leaves later than before, at most.
fn later(before: &Plan, after: &Plan, vehicle: usize) -> i32 {
    let departs = |plan: &Plan| {
        let mut all: Vec<i32> = plan.trips.iter().filter(|it| it.vehicle == vehicle).map(|it| it.departs).collect();
        all.sort_unstable();
        all
    };
    departs(before).iter().zip(departs(after)).map(|(before, after)| after - before).max().unwrap_or(0).max(0)
}
