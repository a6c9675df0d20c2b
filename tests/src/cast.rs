//! The usual people of the district, and the usual steps between them, for stories that are about something else.

use crate::World;
use crate::actor::{Dispatcher, DutyOfficer, Escort, SiteManager, Squad};
use crate::sample;
use chrono::{DateTime, Utc};
use serde_json::Value;

/// One desk, one dispatcher, a crew of two, and Xiaodongmen's squad of five.
pub struct Cast {
    /// At the desk in Pudong T1.
    pub officer: DutyOfficer,
    /// Of Huangpu.
    pub dispatcher: Dispatcher,
    /// Aboard, with the phone.
    pub escort: Escort,
    /// Aboard, the second one.
    pub second: Escort,
    /// Leads the squad.
    pub leader: Squad,
    /// On duty in the sub-district's office.
    pub duty: Squad,
    /// Of the neighbourhood committee.
    pub committee: Squad,
    /// Of the community's clinic.
    pub doctor: Squad,
    /// Of the local station.
    pub police: Squad,
}

impl Cast {
    /// Everybody comes on duty.
    pub async fn on_duty(world: &World) -> Self {
        Self {
            officer: world.duty_officer().await,
            dispatcher: world.dispatcher().await,
            escort: world.escort().await,
            second: world.escort().await,
            leader: world.squad("leader").await,
            duty: world.squad("duty_officer").await,
            committee: world.squad("committee").await,
            doctor: world.squad("doctor").await,
            police: world.squad("police").await,
        }
    }

    /// The five who acknowledge.
    #[must_use]
    pub fn squad(&self) -> [&Squad; 5] {
        [&self.leader, &self.duty, &self.committee, &self.doctor, &self.police]
    }

    /// Registers a party; gives its id.
    pub async fn registered(&self, party: Value) -> String {
        self.officer.register(party).await.expect("a good registration").subject
    }

    /// Asks for the home at Qiaojia Road, and both answers are yes.
    pub async fn agreed_home(&self, party: &str) {
        self.dispatcher.ask_home(party, sample::QIAOJIA_GATE).await.expect("asked");
        self.leader.agree(party).await.expect("the sub-district agrees");
        self.committee.home_is_suitable(party).await.expect("the committee visited");
    }

    /// A party of `people` from a red country with a room at the first site; gives its id.
    pub async fn placed(&self, first: u32, people: u32) -> String {
        let party = self.registered(sample::from_country("ITA", first, people)).await;
        self.dispatcher.place_at_site(&party, sample::SITE_1, "from Italy").await.expect("a room");
        party
    }

    /// The same, come by private car and received: it lives there.
    pub async fn living(&self, manager: &SiteManager, first: u32, people: u32) -> String {
        let party = self.placed(first, people).await;
        self.officer.record_car(&party, sample::pick_up(sample::SITE_1_GATE)).await.expect("five fields");
        self.officer.release_car(&party, "沪C12345").await.expect("let go");
        manager.receive_car(&party).await.expect("received");
        party
    }

    /// A crewed trip of a new vehicle; gives its id.
    pub async fn trip(&self, name: &str, seats: i64, departs_at: DateTime<Utc>) -> String {
        let vehicle = self.dispatcher.add_vehicle(name, seats).await.expect("a vehicle").subject;
        let trip = self.dispatcher.plan_trip(&vehicle, departs_at).await.expect("a plan").subject;
        self.dispatcher.crew(&trip, &[&self.escort, &self.second]).await.expect("a crew");
        trip
    }

    /// Seats a party; gives the stop where it gets off.
    pub async fn seated(&self, party: &str, trip: &str) -> String {
        self.dispatcher.assign(party, trip).await.expect("seats");
        self.dispatcher.party(party).await["stop"].as_str().expect("a seated party has a stop").to_owned()
    }

    /// Two people with an agreed home and seats on a crewed bus that leaves now; gives the trip and their stop.
    pub async fn bus_home(&self, world: &World) -> (String, String) {
        let party = self.registered(sample::party(1, 2)).await;
        self.agreed_home(&party).await;
        let trip = self.trip("大巴 1", 19, world.now()).await;
        let stop = self.seated(&party, &trip).await;
        (trip, stop)
    }

    /// Opens boarding, boards everybody, leaves with the right count.
    pub async fn departed(&self, trip: &str) {
        self.escort.open_boarding(trip).await.expect("boarding");
        let riders = arrivals(&self.dispatcher.trip(trip).await["manifest"]);
        for arrival in &riders {
            self.escort.board(trip, arrival).await.expect("aboard");
        }
        let heads = i64::try_from(riders.len()).expect("a vehicle is small");
        self.escort.depart(trip, heads).await.expect("everybody is aboard");
    }

    /// At the gate: arrives, everybody is verified, informed, enrolled, offered and accepted.
    pub async fn handed_over(&self, stop: &str) {
        self.handed_over_by(&self.escort, stop).await;
    }

    /// The same with the escort of another vehicle.
    pub async fn handed_over_by(&self, escort: &Escort, stop: &str) {
        escort.arrive(stop).await.expect("at the gate");
        let people = self.leader.stop(stop).await.expect("the squad sees its stop");
        self.received(stop, &arrivals(&people["people_list"])).await;
        escort.offer(stop).await.expect("offered");
        self.leader.accept(stop).await.expect("accepted");
    }

    /// The committee, the police and the doctor do their part for these people at a gate.
    pub async fn received(&self, stop: &str, people: &[String]) {
        for arrival in people {
            self.committee.verify(stop, arrival).await.expect("verified");
            self.police.inform(stop, arrival, "zh").await.expect("informed");
            self.doctor.enrol(stop, arrival, 36.6).await.expect("enrolled");
        }
    }

    /// Fills a site to the last room, with people numbered from `first` on.
    pub async fn fill(&self, site: &str, first: u32) {
        for number in first.. {
            let one = self.registered(sample::from_country("ITA", number, 1)).await;
            if let Err(full) = self.dispatcher.place_at_site(&one, site, "from Italy").await {
                assert_eq!(full.said(), (409, "site-full"));
                return;
            }
        }
    }
}

/// A vehicle comes to a site, whose manager does every step and takes everybody in.
pub async fn taken_in(escort: &Escort, manager: &SiteManager, stop: &str) {
    escort.arrive(stop).await.expect("at the site");
    for arrival in &arrivals(&manager.stop(stop).await.expect("their stop")["people_list"]) {
        manager.verify(stop, arrival).await.expect("verified");
        manager.inform(stop, arrival, "it").await.expect("informed");
        manager.enrol(stop, arrival, 36.4).await.expect("enrolled");
    }
    escort.offer(stop).await.expect("offered");
    manager.accept(stop).await.expect("accepted");
}

/// The arrivals of a list of people, in its order.
#[must_use]
pub fn arrivals(list: &Value) -> Vec<String> {
    let list = list.as_array().expect("a list of people");
    list.iter().map(|person| person["arrival"].as_str().expect("an arrival").to_owned()).collect()
}

/// A second vehicle with a crew of its own, for people who change.
pub struct Van {
    /// Its trip.
    pub trip: String,
    /// Aboard, with the phone.
    pub escort: Escort,
    /// Aboard, the second one.
    pub second: Escort,
}

impl Van {
    /// A crewed trip of a new van.
    pub async fn ready(world: &World, cast: &Cast, name: &str, seats: i64) -> Self {
        let (escort, second) = (world.escort().await, world.escort().await);
        let vehicle = cast.dispatcher.add_vehicle(name, seats).await.expect("a van").subject;
        let trip = cast.dispatcher.plan_trip(&vehicle, world.now()).await.expect("a plan").subject;
        cast.dispatcher.crew(&trip, &[&escort, &second]).await.expect("a crew");
        Self { trip, escort, second }
    }
}
