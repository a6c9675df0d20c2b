//! The dispatcher at the console, and everybody who does what the plan says: a proposal every five minutes, the trips that
//! are worth it committed, boarded, driven by the plan's own times, handed over gate by gate.

use super::Outcome;
use super::crowd::{Crowd, Group, is_site};
use super::roads::Roads;
use super::staff::{confirm_clean, crew, escort, standing};
use crate::day::{Day, desk, dispatching};
use crate::deeds::{load_party, load_trip};
use chrono::{DateTime, Days, TimeDelta, Utc};
use homeward_dispatch::{Caller, Chosen, Crew, DayTrip, NamedDriver, Registrant, Registration, Seen};
use homeward_domain::disposition::HomeFacts;
use homeward_domain::party::{Flight, Needs, Person, Transport};
use homeward_domain::reception::Step;
use homeward_domain::trip::{State, Stop, Trip};
use homeward_domain::{
    Country, Document, DocumentKind, FlightNumber, Jurisdiction, PartyId, Personal, Screening, Sensitive, Sojourn,
    SquadRole, TravelHistory, TripId,
};
use std::collections::BTreeMap;

/// How often the dispatcher asks for a proposal, in minutes.
const PROPOSE_EVERY: i64 = 5;
/// A trip is sent when it is this full, in percent of its seats …
const FULL_PERCENT: i64 = 60;
/// … or when somebody on it has waited for this long.
const WAITED_MAX: TimeDelta = TimeDelta::minutes(20);

/// A committed trip: when each gate is due.
struct Under {
    trip: TripId,
    escort: Caller,
    departs_at: DateTime<Utc>,
    left: bool,
    due: BTreeMap<String, DateTime<Utc>>,
    metres: i64,
}

impl Under {
    /// Whether anything is to be done by then.
    fn is_due(&self, now: DateTime<Utc>) -> bool {
        if self.left { self.due.values().any(|at| *at <= now) } else { self.departs_at <= now }
    }
}

/// The console's day.
pub struct Console<'r> {
    roads: &'r Roads,
    at_the_desk: usize,
    /// Which group of the crowd a party is.
    groups: BTreeMap<PartyId, usize>,
    ready_at: BTreeMap<PartyId, DateTime<Utc>>,
    open: Vec<Under>,
    outcome: Outcome,
}

impl<'r> Console<'r> {
    pub fn new(roads: &'r Roads) -> Self {
        Self {
            roads,
            at_the_desk: 0,
            groups: BTreeMap::new(),
            ready_at: BTreeMap::new(),
            open: Vec::new(),
            outcome: Outcome::default(),
        }
    }

    /// Whether nobody waits and nothing drives.
    pub async fn idle(&self, day: &Day) -> bool {
        self.open.is_empty() && self.waiting(day).await.is_empty()
    }

    async fn waiting(&self, day: &Day) -> Vec<PartyId> {
        let mut waiting = Vec::new();
        for party in self.groups.keys() {
            if matches!(load_party(day, *party).await.transport, Transport::None) {
                waiting.push(*party);
            }
        }
        waiting
    }

    /// What it amounts to; whoever is not home counts as unserved.
    pub fn outcome(&self, crowd: &Crowd) -> Outcome {
        let all: i64 = crowd.0.iter().map(|group| group.people).sum();
        Outcome { unserved: all - self.outcome.people, ..self.outcome }
    }

    /// One minute of everybody's work.
    pub async fn minute(&mut self, day: &mut Day, crowd: &Crowd, begin: DateTime<Utc>) {
        let after = day.clock.now() - begin;
        while let Some(group) = crowd.0.get(self.at_the_desk).filter(|it| it.ready_s <= after.num_seconds()) {
            self.arrive(day, group).await;
        }
        self.drive(day).await;
        day.dispatcher.step_improve().await.expect("a slice");
        if after.num_minutes() % PROPOSE_EVERY == 0 && !self.groups.is_empty() {
            self.propose(day).await;
        }
    }

    /// Registered, and its home agreed or its room held: from now on it waits for a seat.
    async fn arrive(&mut self, day: &mut Day, group: &Group) {
        let gate = &self.roads.gates[group.place - 1];
        let receiver = self.roads.receivers.iter().find(|it| it.code == gate.receiver).expect("a receiver");
        let site = is_site(self.roads, group.place);
        let responsible = if site { "310101017" } else { &receiver.jurisdiction.as_str()[..9] };
        let registration = registration(day, group, responsible);
        let key = day.key();
        let receipt = day.dispatcher.register(&desk(), &key, registration).await.expect("registered");
        let party = PartyId::new(receipt.subject);
        day.people += group.people;
        day.parties.push(party);
        self.groups.insert(party, self.at_the_desk);
        self.ready_at.insert(party, day.clock.now());
        self.at_the_desk += 1;
        let (seen, key) = (Seen { party, version: None }, day.key());
        if site {
            let (who, receiver) = (dispatching(), receiver.code.clone());
            let done = day.dispatcher.place_at_site(&who, &key, seen, receiver, ("no room".into(), None)).await;
            done.expect("a room");
            return;
        }
        let facts = HomeFacts { co_residents: 0, own_room: true, own_toilet: true, co_residents_consent: true };
        day.dispatcher.ask_home(&dispatching(), &key, seen, gate.code.clone(), facts).await.expect("asked");
        let (leader, key) = (standing(self.roads, &gate.receiver, SquadRole::Leader), day.key());
        day.dispatcher.give_opinion(&leader, &key, party, true, None).await.expect("agreed");
        let (committee, key) = (standing(self.roads, &gate.receiver, SquadRole::Committee), day.key());
        day.dispatcher.answer_home_check(&committee, &key, party, true, None).await.expect("visited");
    }

    /// Asks for a plan and commits the trips that are worth sending.
    async fn propose(&mut self, day: &mut Day) {
        let now = day.clock.now();
        let plan = day.dispatcher.propose_plan(&dispatching(), "PVG").await.expect("a plan");
        let soon = now + TimeDelta::minutes(2 * PROPOSE_EVERY);
        let worth = |trip: &&DayTrip| trip.departs_at <= soon && self.worth_sending(trip, now);
        let trips: Vec<DayTrip> = plan.trips.iter().filter(worth).cloned().collect();
        if trips.is_empty() {
            return;
        }
        let chosen = trips.iter().map(|trip| Chosen {
            trip: trip.trip,
            vehicle: trip.vehicle,
            departs_at: trip.departs_at,
            riders: trip.riders.iter().map(|rider| (rider.party, rider.version)).collect(),
        });
        let key = day.key();
        let done = day.dispatcher.commit_plan(&dispatching(), &key, ("PVG", plan.as_of), chosen.collect()).await;
        done.expect("a plan that was just proposed stands");
        for trip in trips {
            match trip.trip {
                Some(stands) => self.joined(stands, &trip, now),
                None => self.committed(day, &trip, now).await,
            }
        }
    }

    /// A trip that was sent leaves anyway: whoever can join it does.
    fn worth_sending(&self, trip: &DayTrip, now: DateTime<Utc>) -> bool {
        if trip.trip.is_some() {
            return true;
        }
        let people: i64 = trip.riders.iter().map(|rider| rider.people).sum();
        let longest = trip.riders.iter().map(|rider| now - self.ready_at[&rider.party]).max().unwrap_or_default();
        people * 100 >= trip.seats * FULL_PERCENT || longest >= WAITED_MAX
    }

    /// Crew and plate, and when it is due where.
    async fn committed(&mut self, day: &mut Day, plan: &DayTrip, now: DateTime<Utc>) {
        let first = load_party(day, plan.riders[0].party).await;
        let Transport::Seats { trip, .. } = first.transport else { panic!("it was seated just now") };
        let fleet = super::staff::fleet(day).await;
        let place = fleet.iter().position(|vehicle| vehicle.id == plan.vehicle).expect("a vehicle of the district");
        let driver = NamedDriver::Typed {
            name: Personal::new(format!("DRIVER {place}")),
            phone: Personal::new(format!("1370000{place:04}")),
        };
        let crew = Crew { driver: Some(driver), escorts: crew(place), plate: Some(format!("沪B666{place:02}")) };
        let key = day.key();
        day.dispatcher.crew(&dispatching(), &key, trip, crew).await.expect("a crew");
        let (due, metres) = self.way(plan, now);
        self.outcome.metres += metres;
        self.outcome.trips += 1;
        let (escort, departs_at) = (escort(2 * place), plan.departs_at);
        self.open.push(Under { trip, escort, departs_at, left: false, due, metres });
    }

    /// More people on a trip that was sent: another way, due at other times.
    fn joined(&mut self, trip: TripId, plan: &DayTrip, now: DateTime<Utc>) {
        let (due, metres) = self.way(plan, now);
        let under = self.open.iter_mut().find(|it| it.trip == trip).expect("it was sent");
        self.outcome.metres += metres - under.metres;
        (under.due, under.metres) = (due, metres);
        self.outcome.joined += 1;
    }

    /// When a trip is due where, and how far it drives.
    fn way(&self, plan: &DayTrip, now: DateTime<Utc>) -> (BTreeMap<String, DateTime<Utc>>, i64) {
        let due = plan.riders.iter().map(|it| (it.gate.to_string(), now + TimeDelta::seconds(it.arrives_in_s)));
        let mut places: Vec<usize> = plan.riders.iter().map(|it| self.roads.place(it.gate.as_str())).collect();
        places.dedup();
        (due.collect(), self.roads.way(&places))
    }

    /// Everything that is due on the road.
    async fn drive(&mut self, day: &mut Day) {
        let now = day.clock.now();
        let (due, later) = std::mem::take(&mut self.open).into_iter().partition(|it: &Under| it.is_due(now));
        self.open = later;
        for mut under in due {
            let trip = load_trip(day, under.trip).await;
            if !under.left {
                leave(day, &under, &trip).await;
                under.left = true;
            }
            for stop in trip
                .stops
                .iter()
                .filter(|stop| under.left && under.due.get(stop.gate.as_str()).is_some_and(|at| *at <= now))
            {
                self.hand_over(day, &under, &trip, stop).await;
            }
            under.due.retain(|_, at| *at > now);
            if !under.due.is_empty() {
                self.open.push(under);
            }
        }
    }

    /// At a gate: three steps a person, offered, accepted.
    async fn hand_over(&mut self, day: &mut Day, under: &Under, trip: &Trip, stop: &Stop) {
        let key = day.key();
        day.dispatcher.arrive(&under.escort, &key, stop.id).await.expect("at the gate");
        let enrol = Step::Enrol { temperature_c: 36.5, letter_signed: true, guide_given: true };
        let steps = [
            (SquadRole::Committee, Step::Verify),
            (SquadRole::Police, Step::Inform { language: "ja".into() }),
            (SquadRole::Doctor, enrol),
        ];
        for seat in &stop.seats {
            for (role, step) in &steps {
                let (who, key) = (standing(self.roads, &stop.receiver, *role), day.key());
                let done = day.dispatcher.check_off(&who, &key, stop.id, seat.arrival, step.clone()).await;
                done.expect("a step of the reception");
            }
        }
        let key = day.key();
        day.dispatcher.offer(&under.escort, &key, stop.id).await.expect("offered");
        let (leader, key) = (standing(self.roads, &stop.receiver, SquadRole::Leader), day.key());
        day.dispatcher.accept(&leader, &key, stop.id).await.expect("accepted");
        let (State::EnRoute { departed_at, .. } | State::Completed { departed_at, .. }) = trip.state else {
            panic!("on the road")
        };
        for party in stop.parties() {
            let people = i64::try_from(stop.seats.iter().filter(|seat| seat.party == party).count()).expect("few");
            let wait = (departed_at - self.ready_at[&party]).num_seconds();
            self.outcome.home(people, wait, (day.clock.now() - departed_at).num_seconds());
            self.groups.remove(&party);
        }
    }
}

/// Boarded person by person, and off.
async fn leave(day: &mut Day, under: &Under, trip: &Trip) {
    confirm_clean(day, trip.vehicle.id).await;
    let key = day.key();
    day.dispatcher.open_boarding(&under.escort, &key, trip.id).await.expect("boarding");
    for seat in trip.manifest() {
        let key = day.key();
        day.dispatcher.board(&under.escort, &key, trip.id, seat.arrival).await.expect("aboard");
    }
    let key = day.key();
    day.dispatcher.depart(&under.escort, &key, trip.id, trip.seats_taken()).await.expect("everybody is aboard");
}

fn registration(day: &Day, group: &Group, responsible: &str) -> Registration {
    let members = (0..group.people).map(|member| registrant(day, group, day.people + member, member == 0));
    Registration {
        desk: homeward_domain::code::Desk::parse("pvg-t1-310101").expect("a desk"),
        flight: Flight {
            number: FlightNumber::parse("NH919").expect("a flight"),
            origin: Some("NRT".into()),
            landed_on: day.clock.now().date_naive(),
        },
        responsible: Jurisdiction::parse(responsible).expect("a place"),
        address: None,
        languages: vec!["ja".into()],
        members: members.collect(),
    }
}

fn registrant(day: &Day, group: &Group, number: i64, first: bool) -> Registrant {
    let country = Country::parse("JPN").expect("a country");
    let today = day.clock.now().date_naive();
    let stay = Sojourn { country, from: today - Days::new(9), until: today };
    let document = Document::parse(DocumentKind::Passport, country, &format!("WAV{number:06}")).expect("a document");
    let person = Person {
        surname: Personal::new(format!("SURNAME{number}")),
        given: Personal::new("GIVEN".into()),
        local: None,
        document: Sensitive::new(document),
        nationality: country,
        sex: 'x',
        born_on: Personal::new(today - Days::new(12_000)),
        phone: None,
    };
    Registrant {
        person,
        needs: Needs { infant: false, wheelchair: group.wheelchair && first, luggage: 1 },
        screening: Screening::parse(Some(36.6), false, false).expect("an answer"),
        history: TravelHistory::parse(today, vec![stay]).expect("a history"),
    }
}
