//! At the airport and on the road: the desk, the working group, the vehicle.

use super::{Actor, Problem, Written};
use crate::sample;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// Registers at a desk.
pub struct DutyOfficer(pub Actor);

/// Decides and assigns for a district.
pub struct Dispatcher(pub Actor);

/// Rides along.
pub struct Escort(pub Actor);

/// A phone on a dashboard, with the app on it: it knows an address and a token, and has no session.
pub struct Phone {
    /// Its id; no secret.
    pub id: String,
    /// Its token.
    pub token: String,
    /// Where it sends to.
    pub base: String,
}

impl Phone {
    /// Tells in the query dialect; gives the status.
    pub async fn query(&self, more: &str) -> u16 {
        let url = format!("{}/v1/positions?id={}&{more}", self.base, self.token);
        reqwest::get(url).await.expect("an answer").status().as_u16()
    }

    /// Tells a place and an instant in the query dialect; gives the status.
    pub async fn tell(&self, (lat, lon): (f64, f64), at: DateTime<Utc>) -> u16 {
        self.query(&format!("lat={lat}&lon={lon}&timestamp={}&accuracy=10&speed=21.6&batt=80", at.timestamp())).await
    }

    /// Sends a body of any kind; gives the status.
    pub async fn post(&self, query: &str, body: String) -> u16 {
        let url = format!("{}/v1/positions{query}", self.base);
        reqwest::Client::new().post(url).body(body).send().await.expect("an answer").status().as_u16()
    }

    /// Tells in the JSON dialect; gives the status.
    pub async fn json(&self, (lat, lon): (f64, f64), at: DateTime<Utc>) -> u16 {
        let coords = json!({ "latitude": lat, "longitude": lon, "accuracy": 10, "speed": 11.1, "heading": 270 });
        let location = json!({ "timestamp": at.to_rfc3339(), "coords": coords, "battery": { "level": 0.8 } });
        self.post("", json!({ "location": location, "device_id": self.token }).to_string()).await
    }
}

impl DutyOfficer {
    /// Registers a party; the receipt's subject is the party.
    pub async fn register(&self, party: Value) -> Written {
        self.write("/v1/parties", party).await
    }

    /// Calls the ambulance for the patients.
    pub async fn refer(&self, party: &str, patients: &[String]) -> Written {
        let body = json!({ "hospital": "Shanghai Public Health Clinical Centre", "ambulance_plate": "沪A12000",
            "patients": patients });
        self.write(&format!("/v1/parties/{party}/referral"), body).await
    }

    /// The ambulance took the party.
    pub async fn ambulance_took(&self, party: &str) -> Written {
        self.write(&format!("/v1/parties/{party}/referral/taken"), json!({})).await
    }

    /// Records the five fields of who picks up.
    pub async fn record_car(&self, party: &str, pick_up: Value) -> Written {
        self.write(&format!("/v1/parties/{party}/private-car"), json!({ "pick_up": pick_up })).await
    }

    /// Lets the car go after the check of plate, document and the walk.
    pub async fn release_car(&self, party: &str, plate_seen: &str) -> Written {
        let body = json!({ "plate_seen": plate_seen, "document_checked": true, "walked_to_car": true });
        self.write(&format!("/v1/parties/{party}/private-car/release"), body).await
    }
}

impl Dispatcher {
    /// A party as the dispatcher sees it.
    pub async fn party(&self, party: &str) -> Value {
        self.get(&format!("/v1/parties/{party}")).await.expect("a party of the district")
    }

    /// A trip with its manifest.
    pub async fn trip(&self, trip: &str) -> Value {
        self.get(&format!("/v1/trips/{trip}")).await.expect("a trip of the district")
    }

    /// Asks a community about a home with a room and a toilet of its own.
    pub async fn ask_home(&self, party: &str, gate: &str) -> Written {
        let body = json!({ "gate": gate, "co_residents": 1, "own_room": true, "own_toilet": true,
            "co_residents_consent": true });
        self.write(&format!("/v1/parties/{party}/home"), body).await
    }

    /// Confirms a home, where the district asks for that.
    pub async fn confirm_home(&self, party: &str) -> Written {
        self.write(&format!("/v1/parties/{party}/confirmation"), json!({})).await
    }

    /// Chooses how Huangpu approves homes.
    pub async fn choose_mode(&self, mode: &str, reason: &str) -> Written {
        self.write("/v1/approval-modes", json!({ "district": "310101", "mode": mode, "reason": reason })).await
    }

    /// Lays down by which rules the plans of Huangpu are made: what differs from the default.
    pub async fn choose_planning(&self, differs: Value) -> Written {
        let mut body = json!({ "district": "310101", "apart": [], "spacing_percent": 100, "wait_max_minutes": 120,
            "ride_max_minutes": 150, "km_seconds": 60, "reason": "so decided" });
        for (member, value) in differs.as_object().expect("members") {
            body[member] = value.clone();
        }
        self.write("/v1/planning-rules", body).await
    }

    /// Every decision about a party.
    pub async fn decisions(&self, party: &str) -> Vec<Value> {
        let told = self.get(&format!("/v1/parties/{party}/decisions")).await.expect("a party of the district");
        told["decisions"].as_array().expect("a list").clone()
    }

    /// Places a party at an observation site.
    pub async fn place_at_site(&self, party: &str, site: &str, reason: &str) -> Written {
        self.write(&format!("/v1/parties/{party}/site"), json!({ "site": site, "reason": reason })).await
    }

    /// The same, in several rooms should no room take them all.
    pub async fn spread_at_site(&self, party: &str, site: &str, why: &str) -> Written {
        let body = json!({ "site": site, "reason": "a red tag", "spread": why });
        self.write(&format!("/v1/parties/{party}/site"), body).await
    }

    /// Makes two parties of one.
    pub async fn split(&self, party: &str, leaving: &[String], reason: &str) -> Written {
        self.write(&format!("/v1/parties/{party}/split"), json!({ "arrivals": leaving, "reason": reason })).await
    }

    /// Takes a party's seats back.
    pub async fn unassign(&self, party: &str, reason: &str) -> Written {
        self.delete(&format!("/v1/parties/{party}/seats"), json!({ "reason": reason })).await
    }

    /// Lets a green party go.
    pub async fn free(&self, party: &str, reason: &str) -> Written {
        self.write(&format!("/v1/parties/{party}/free"), json!({ "reason": reason })).await
    }

    /// Adds a vehicle without a plate; the receipt's subject is the vehicle.
    pub async fn add_vehicle(&self, name: &str, seats: i64) -> Written {
        self.write("/v1/vehicles", json!({ "name": name, "seats": seats })).await
    }

    /// The district's vehicles.
    pub async fn vehicles(&self) -> Vec<Value> {
        let told = self.get("/v1/vehicles").await.expect("a dispatcher sees the vehicles");
        told["vehicles"].as_array().expect("a list").clone()
    }

    /// Takes a vehicle out of service.
    pub async fn take_out(&self, vehicle: &str, reason: &str) -> Written {
        self.write(&format!("/v1/vehicles/{vehicle}/out-of-service"), json!({ "reason": reason })).await
    }

    /// Adds a driver, with the vehicle they drive as a rule; the receipt's subject is the driver.
    pub async fn add_driver(&self, name: &str, phone: &str, usual: Option<&str>) -> Written {
        self.write("/v1/drivers", json!({ "name": name, "phone": phone, "usual": usual })).await
    }

    /// The district's drivers.
    pub async fn drivers(&self) -> Vec<Value> {
        let told = self.get("/v1/drivers").await.expect("a dispatcher sees the drivers");
        told["drivers"].as_array().expect("a list").clone()
    }

    /// Something about a driver: `correct`, `shift`, `usual`, `off`, `on`.
    pub async fn keep_driver(&self, driver: &str, what: &str, body: Value) -> Written {
        self.write(&format!("/v1/drivers/{driver}/{what}"), body).await
    }

    /// Plans a trip with nobody aboard yet; the receipt's subject is the trip.
    pub async fn plan_trip(&self, vehicle: &str, departs_at: DateTime<Utc>) -> Written {
        self.write("/v1/trips", json!({ "vehicle": vehicle, "departs_at": departs_at })).await
    }

    /// Names the escorts, the plate, and a driver of the vehicle's own: nobody sits at two wheels.
    pub async fn crew(&self, trip: &str, escorts: &[&Escort]) -> Written {
        let vehicle = &self.trip(trip).await["vehicle"];
        let driver = sample::driver_of(vehicle["id"].as_str().expect("a vehicle"));
        self.crew_with(trip, &driver, escorts).await
    }

    /// Names a driver as `{ id }` or `{ name, phone }`, the escorts and the plate.
    pub async fn crew_with(&self, trip: &str, driver: &Value, escorts: &[&Escort]) -> Written {
        let escorts: Vec<&str> = escorts.iter().map(|escort| escort.account()).collect();
        let body = json!({ "driver": driver, "escorts": escorts, "plate": "沪A 86H01" });
        self.write(&format!("/v1/trips/{trip}/crew"), body).await
    }

    /// Gives a trip another vehicle, with this driver or its usual one.
    pub async fn take_vehicle(&self, trip: &str, vehicle: &str, driver: Option<&Value>) -> Written {
        self.write(&format!("/v1/trips/{trip}/vehicle"), json!({ "vehicle": vehicle, "driver": driver })).await
    }

    /// What the planner proposes for everybody who waits at a point of entry.
    pub async fn propose_plan(&self, point_of_entry: &str) -> Result<Value, Problem> {
        self.get(&format!("/v1/plans/{point_of_entry}")).await
    }

    /// Makes a plan for Pudong true.
    pub async fn commit_plan(&self, plan: Value) -> Written {
        self.write("/v1/plans/PVG", plan).await
    }

    /// Gives a whole party seats.
    pub async fn assign(&self, party: &str, trip: &str) -> Written {
        self.write(&format!("/v1/parties/{party}/seats"), json!({ "trip": trip })).await
    }

    /// Orders a vehicle under way elsewhere.
    pub async fn divert(&self, trip: &str, order: Value) -> Written {
        self.write(&format!("/v1/trips/{trip}/diversion"), order).await
    }

    /// Enrols a phone for a vehicle.
    pub async fn enrol(&self, vehicle: &str, label: &str) -> Phone {
        let enrolled = self.ask_with_key("/v1/devices", json!({ "vehicle": vehicle, "label": label })).await;
        let enrolled = enrolled.expect("a vehicle of the district");
        let text = |member: &str| enrolled[member].as_str().expect("told once").to_owned();
        Phone { id: text("subject"), token: text("token"), base: self.base().to_owned() }
    }

    /// The phones of the district.
    pub async fn devices(&self) -> Vec<Value> {
        self.get("/v1/devices").await.expect("a dispatcher")["devices"].as_array().expect("a list").clone()
    }

    /// Revokes a phone.
    pub async fn revoke(&self, phone: &Phone) -> Written {
        self.write(&format!("/v1/devices/{}/revoke", phone.id), json!({})).await
    }

    /// Whether everybody stands somewhere.
    pub async fn ledger(&self) -> Value {
        self.get("/v1/ledger").await.expect("a dispatcher sees the numbers")
    }
}

impl Escort {
    /// The trip as its crew sees it.
    pub async fn trip(&self, trip: &str) -> Result<Value, Problem> {
        self.get(&format!("/v1/trips/{trip}")).await
    }

    /// Opens boarding.
    pub async fn open_boarding(&self, trip: &str) -> Written {
        self.write(&format!("/v1/trips/{trip}/boarding"), json!({})).await
    }

    /// Takes a person aboard.
    pub async fn board(&self, trip: &str, arrival: &str) -> Written {
        self.write(&format!("/v1/trips/{trip}/board"), json!({ "arrival": arrival })).await
    }

    /// Says that a person did not come.
    pub async fn no_show(&self, trip: &str, arrival: &str, reason: &str) -> Written {
        self.write(&format!("/v1/trips/{trip}/no-show"), json!({ "arrival": arrival, "reason": reason })).await
    }

    /// Says that a person does not come, and who stays behind with them.
    pub async fn stay_behind(&self, trip: &str, arrival: &str, with: &[&String], reason: &str) -> Written {
        let body = json!({ "arrival": arrival, "with": with, "reason": reason });
        self.write(&format!("/v1/trips/{trip}/no-show"), body).await
    }

    /// Leaves with a count of heads.
    pub async fn depart(&self, trip: &str, head_count: i64) -> Written {
        self.write(&format!("/v1/trips/{trip}/depart"), json!({ "head_count": head_count })).await
    }

    /// Says that the order to go elsewhere was seen.
    pub async fn see_order(&self, trip: &str) -> Written {
        self.write(&format!("/v1/trips/{trip}/diversion/seen"), json!({})).await
    }

    /// Says where the vehicle is.
    pub async fn position(&self, trip: &str, (lat, lon): (f64, f64), at: DateTime<Utc>) -> Written {
        self.write(&format!("/v1/trips/{trip}/position"), json!({ "lat": lat, "lon": lon, "at": at })).await
    }

    /// Says when the vehicle will be at a gate.
    pub async fn expect_at(&self, trip: &str, stop: &str, gate_at: DateTime<Utc>) -> Result<Value, Problem> {
        self.ask_with_key(&format!("/v1/trips/{trip}/eta"), json!({ "stop": stop, "gate_at": gate_at })).await
    }

    /// Stands at a gate.
    pub async fn arrive(&self, stop: &str) -> Written {
        self.write(&format!("/v1/stops/{stop}/arrive"), json!({})).await
    }

    /// Offers everybody of the stop to the receiver.
    pub async fn offer(&self, stop: &str) -> Written {
        self.write(&format!("/v1/stops/{stop}/offer"), json!({})).await
    }
}
