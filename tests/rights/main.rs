//! The matrix of rights over HTTP: every operation of the OpenAPI document, asked by every role and by nobody, against a
//! table a person can read. A route without a row fails.

mod table;

use homeward_tests::World;
use homeward_tests::actor::Actor;
use homeward_tests::cast::{Cast, Van, arrivals};
use homeward_tests::sample;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use table::{COLUMNS, PROGRAM, ROWS};

/// What the operations are asked about: a party that was handed over at Qiaojia. Nothing can be done to it any more, so
/// every answer is about the right alone and no question changes the next one.
struct Subject {
    ids: Vec<(&'static str, String)>,
}

impl Subject {
    async fn handed_over(world: &World, cast: &Cast) -> Self {
        let party = cast.registered(sample::party(1, 1)).await;
        cast.agreed_home(&party).await;
        let trip = cast.trip("1", 9, world.now()).await;
        let stop = cast.seated(&party, &trip).await;
        let onward = cast.registered(sample::party(2, 1)).await;
        cast.agreed_home(&onward).await;
        let bus = cast.trip("2", 9, world.now()).await;
        cast.seated(&onward, &bus).await;
        let van = Van::ready(world, cast, "3", 9).await;
        let body = json!({ "onto": van.trip, "relay_point": "huangpu-relay-1" });
        let change = cast.dispatcher.plan_change(&bus, body).await.expect("a change").subject;
        cast.departed(&trip).await;
        let riders = arrivals(&cast.dispatcher.trip(&trip).await["manifest"]);
        cast.handed_over(&stop).await;
        let spare = world.hire(json!({ "role": "auditor" })).await;
        let vehicle = cast.dispatcher.add_vehicle("9", 9).await.expect("a vehicle").subject;
        let driver = cast.dispatcher.add_driver("何师傅", "13900000076", None).await.expect("a driver").subject;
        let phone = cast.dispatcher.enrol(&vehicle, "the phone that stays").await;
        let device = cast.dispatcher.enrol(&vehicle, "the phone that goes").await;
        let ids = vec![
            ("$PARTY", party),
            ("$TRIP", trip),
            ("$STOP", stop),
            ("$CHANGE", change),
            ("$ARRIVAL", riders[0].clone()),
            ("$SPARE", spare.account().to_owned()),
            ("$VEHICLE", vehicle),
            ("$DRIVER", driver),
            ("$ESCORT", cast.second.account().to_owned()),
            ("$PHONE", phone.token),
            ("$DEVICE", device.id),
            ("$NOW", world.now().to_rfc3339()),
        ];
        Self { ids }
    }

    fn filled(&self, text: &str) -> String {
        self.ids.iter().fold(text.to_owned(), |text, (word, id)| text.replace(word, id))
    }

    fn path(&self, operation: &str) -> String {
        let path = operation.split_once(' ').expect("METHOD /path").1;
        let id = match path.split('/').nth(2) {
            Some("parties") => "$PARTY",
            Some("trips") => "$TRIP",
            Some("stops") => "$STOP",
            Some("devices") => "$DEVICE",
            Some("changes") => "$CHANGE",
            Some("vehicles") => "$VEHICLE",
            Some("drivers") => "$DRIVER",
            Some("escorts") => "$ESCORT",
            _ => "$SPARE",
        };
        self.filled(
            &path
                .replace("relay-points/{code}", "relay-points/huangpu-relay-1")
                .replace("{room}", "201")
                .replace("{id}", id)
                .replace("{receiver}", sample::QIAOJIA)
                .replace("{code}", sample::QIAOJIA)
                .replace("{site}", sample::SITE_1)
                .replace("{entry}", "PVG"),
        )
    }
}

/// Everybody who asks, in the order of [`COLUMNS`]; nobody comes first.
async fn everybody(world: &World, cast: &Cast) -> Vec<Option<Actor>> {
    let interpreter = world.squad("interpreter").await;
    let stranger = world.squad_at("310101013", "leader").await;
    let off_crew = world.escort().await;
    let site = world.site_manager(sample::SITE_1).await;
    let command = world.hire(json!({ "role": "command", "district": "310101" })).await;
    let auditor = world.hire(json!({ "role": "auditor" })).await;
    let [leader, duty, committee, doctor, police] = cast.squad().map(|squad| squad.0.clone());
    let signed_in = [
        cast.officer.0.clone(),
        cast.dispatcher.0.clone(),
        cast.escort.0.clone(),
        off_crew.0,
        leader,
        duty,
        committee,
        doctor,
        police,
        interpreter.0,
        stranger.0,
        site.0,
        command,
        auditor,
        world.administrator().0.clone(),
    ];
    std::iter::once(None).chain(signed_in.map(Some)).collect()
}

/// One letter an answer: `x` the right is there, `-` not signed in, `.` not this role, `o` not inside this role's places.
async fn answer(world: &World, subject: &Subject, (operation, body): (&str, &str), who: Option<&Actor>) -> char {
    let method = operation.split_once(' ').expect("METHOD /path").0;
    let method = Method::from_bytes(method.as_bytes()).expect("a method");
    // The end of an operation tells it from the others.
    let key = who.map_or("nobody", Actor::account).chars().chain(operation.chars().rev());
    let key: String = key.filter(char::is_ascii_alphanumeric).take(60).collect();
    let mut request = Client::new()
        .request(method, format!("{}{}", world.base(), subject.path(operation)))
        .header("idempotency-key", key);
    if let Some(who) = who {
        request = request.bearer_auth(who.token());
    }
    if !body.is_empty() {
        let body: Value = serde_json::from_str(&subject.filled(body)).expect("the table's bodies are JSON");
        request = request.json(&body);
    }
    let answer = request.send().await.expect("an answer");
    let status = answer.status().as_u16();
    assert!(status < 500, "{operation}: {status}");
    let problem: Value = answer.json().await.unwrap_or_default();
    match (status, problem["code"].as_str()) {
        (401, Some("not-signed-in")) => '-',
        (403, Some("not-your-role")) => '.',
        (404, Some("not-found")) => 'o',
        (400 | 422, code) => panic!("{operation}: the table's own request is bad: {code:?} {problem}"),
        _ => 'x',
    }
}

/// Ends the session of whoever asks, so it is asked on a session of its own.
const SIGN_OUT: &str = "DELETE /v1/session";

#[tokio::test]
async fn every_operation_answers_every_role_as_the_table_says() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let subject = Subject::handed_over(&world, &cast).await;
    let everybody = everybody(&world, &cast).await;
    let (mut found, mut table) = (String::new(), String::new());
    for &(operation, body, expected) in ROWS {
        let mut rights = String::new();
        for who in &everybody {
            let who = match who {
                Some(who) if operation == SIGN_OUT => Some(who.back().await.expect("a right password")),
                who => who.clone(),
            };
            rights.push(answer(&world, &subject, (operation, body), who.as_ref()).await);
        }
        found += &line(operation, &rights);
        table += &line(operation, expected);
    }
    assert!(found == table, "{}\nfound:\n{found}\nthe table says:\n{table}", line("", COLUMNS));
}

#[tokio::test]
async fn a_program_that_exports_has_one_right() {
    let world = World::start().await;
    let cast = Cast::on_duty(&world).await;
    let subject = Subject::handed_over(&world, &cast).await;
    let program = world.hire(json!({ "role": "export", "district": "310101" })).await;
    let (mut found, mut expected) = (String::new(), String::new());
    for &(operation, body, _) in ROWS {
        let asks =
            if operation == SIGN_OUT { program.back().await.expect("a right password") } else { program.clone() };
        let right = answer(&world, &subject, (operation, body), Some(&asks)).await;
        found += &line(operation, &right.to_string());
        let named = PROGRAM.iter().find(|(_, operations)| operations.contains(&operation));
        expected += &line(operation, named.map_or(".", |(right, _)| right));
    }
    assert!(found == expected, "found:\n{found}\nthe table says:\n{expected}");
}

fn line(operation: &str, rights: &str) -> String {
    format!("{operation:<46} {rights}\n")
}

#[test]
fn every_operation_has_its_row() {
    let document = serde_json::to_value(homeward_web::openapi()).expect("a document");
    let paths = document["paths"].as_object().expect("paths");
    let described: BTreeSet<String> = paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().expect("operations").keys().filter(|key| key.as_str() != "parameters");
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let rows: BTreeSet<String> = ROWS.iter().map(|(operation, ..)| (*operation).to_owned()).collect();
    assert_eq!(rows.len(), ROWS.len(), "a row stands twice");
    let (missing, extra): (Vec<_>, Vec<_>) =
        (described.difference(&rows).collect(), rows.difference(&described).collect());
    assert!(missing.is_empty() && extra.is_empty(), "without a row: {missing:#?}\nwithout a route: {extra:#?}");
}
