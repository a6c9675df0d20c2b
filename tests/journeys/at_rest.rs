//! What lies on the disk names nobody. One evening on which everybody and everything somebody typed is marked, and then every byte
//! the register wrote is looked through: of SQLite its files, of PostgreSQL every column of every table; and every line of the log.

use homeward_tests::actor::{Dispatcher, DutyOfficer, Escort, SiteManager, Squad};
use homeward_tests::cast::{Cast, arrivals, taken_in};
use homeward_tests::{World, diary, sample};
use serde_json::{Value, json};

/// Stands in every name, address, document number and reason of the evening, in any case of letters.
const MARK: &str = "zqxmark";
/// Every phone of the evening begins like this.
const PHONE: &str = "17799900";
/// Stands in the name of every traveller.
const LOCAL: &str = "紫琪标";

/// What may be read, and why: nothing that is marked but these.
const IN_THE_OPEN: &[(&str, &str)] = &[(
    "hired-",
    "the word an account signs in with is looked up before anybody is known, and the administrator chooses it: a post, no name",
)];

/// A name and a phone of somebody's own.
fn marked(number: u32) -> (String, String) {
    (format!("Zqxmark{number}"), format!("{PHONE}{number:03}"))
}

fn reason(number: u32) -> String {
    format!("Zqxmark reason {number}")
}

fn person(number: u32) -> Value {
    let mut person = sample::person(number);
    person["name"] = json!({ "surname": "ZQXMARK", "given": "LI", "local": LOCAL });
    person["document"]["number"] = json!(format!("ZQXMARK{number:02}"));
    person["phone"] = json!(format!("{PHONE}{number:03}"));
    person
}

fn party(country: &str, first: u32, people: u32) -> Value {
    let mut party = sample::from_country(country, first, people);
    party["members"] = (first..first + people).map(person).collect();
    party["address"] = json!("Zqxmark Road 1");
    party
}

/// Everybody of the evening under a marked name.
async fn cast(world: &World) -> Cast {
    let hire = async |number: u32, grant: Value| {
        let (name, phone) = marked(number);
        world.hire_as((&name, &phone), grant).await
    };
    let squad = async |number: u32, role: &str| {
        Squad(hire(number, json!({ "role": "squad", "place": "310101017", "squad_role": role })).await)
    };
    Cast {
        officer: DutyOfficer(hire(101, json!({ "role": "duty_officer", "desk": "pvg-t1-310101" })).await),
        dispatcher: Dispatcher(hire(102, json!({ "role": "dispatcher", "district": "310101" })).await),
        escort: Escort(hire(103, json!({ "role": "escort", "district": "310101" })).await),
        second: Escort(hire(104, json!({ "role": "escort", "district": "310101" })).await),
        leader: squad(105, "leader").await,
        duty: squad(106, "duty_officer").await,
        committee: squad(107, "committee").await,
        doctor: squad(108, "doctor").await,
        police: squad(109, "police").await,
    }
}

/// What is laid down and what is out of order, each with who said so and why.
async fn before(world: &World, cast: &Cast, manager: &SiteManager) {
    let district = &cast.dispatcher;
    cast.leader.choose_rule("agree", &reason(1)).await.expect("a rule");
    district.choose_mode("manual", &reason(2)).await.expect("a mode");
    district.choose_planning(json!({ "reason": reason(3) })).await.expect("rules of plans");
    manager.close_site(sample::SITE_2, &reason(4)).await.expect_err("another manager's");
    manager.close_site(sample::SITE_1, &reason(5)).await.expect("closed");
    manager.open_site(sample::SITE_1, &reason(6)).await.expect("open");
    manager.take_room_out(sample::SITE_1, "201", &reason(7)).await.expect("out of use");
    manager.put_room_back(sample::SITE_1, "201", &reason(8)).await.expect("in use");
    manager.take_room_out(sample::SITE_1, "202", &reason(9)).await.expect("out of use");
    let office = world.administrator();
    office.take_relay_point_out("huangpu-relay-1", &reason(10)).await.expect("out of use");
    office.put_relay_point_back("huangpu-relay-1", &reason(11)).await.expect("in use");
    let until = world.now() + chrono::TimeDelta::hours(1);
    let closed = json!({ "gate": "huangpu-xdm-qiaojia-g2", "until": until, "reason": reason(12) });
    let closed = district.write("/v1/gate-closures", closed).await.expect("a gate closed").subject;
    district.write(&format!("/v1/gate-closures/{closed}/end"), json!({})).await.expect("and opened");
    let word = json!({ "factor": 1.1, "until": until, "reason": reason(13) });
    let word = district.write("/v1/eta/words", word).await.expect("a word").subject;
    district.write(&format!("/v1/eta/words/{word}/end"), json!({})).await.expect("and its end");
    let van = district.add_vehicle("面包车 2", 6).await.expect("a van").subject;
    district.take_out(&van, &reason(14)).await.expect("out of service");
    let phone = district.enrol(&van, "dashboard").await;
    district.revoke(&phone).await.expect("revoked");
    let (name, number) = marked(120);
    let driver = district.add_driver(&name, &number, None).await.expect("a driver").subject;
    let shift = json!({ "shift": { "from": "08:00", "until": "12:00" } });
    district.keep_driver(&driver, "shift", shift).await.expect("hours");
    district.keep_driver(&driver, "off", json!({})).await.expect("off duty");
}

/// A home that is agreed, one that is not, a tag that is changed, a party that is split, seats that are taken back.
async fn decided(world: &World, cast: &Cast) -> String {
    let home = cast.registered(party("JPN", 1, 3)).await;
    let member = arrivals(&cast.dispatcher.party(&home).await["members"])[2].clone();
    cast.dispatcher.split(&home, &[member], &reason(21)).await.expect("two parties");
    cast.agreed_home(&home).await;
    cast.dispatcher.confirm_home(&home).await.expect("confirmed");
    let other = cast.registered(party("JPN", 11, 1)).await;
    cast.dispatcher.ask_home(&other, sample::QIAOJIA_GATE).await.expect("asked");
    cast.leader.refuse(&other, &reason(22)).await.expect("refused");
    cast.committee.home_is_unsuitable(&other, &reason(23)).await.expect("unsuitable");
    let arrival = arrivals(&cast.dispatcher.party(&other).await["members"])[0].clone();
    let tag = json!({ "arrival": arrival, "tag": "red", "reason": reason(24) });
    cast.officer.write(&format!("/v1/parties/{other}/tag"), tag).await.expect("another tag");
    cast.dispatcher.place_at_site(&other, sample::SITE_1, &reason(25)).await.expect("a room");
    let trip = cast.trip("大巴 9", 19, world.now()).await;
    cast.seated(&other, &trip).await;
    cast.dispatcher.unassign(&other, &reason(26)).await.expect("taken back");
    let cancel = json!({ "reason": reason(27) });
    cast.dispatcher.write(&format!("/v1/trips/{trip}/cancel"), cancel).await.expect("called off");
    let onward = cast.registered(party("JPN", 15, 1)).await;
    let to = json!({ "to": "Zqxmark Street, Suzhou", "reason": reason(28) });
    cast.dispatcher.write(&format!("/v1/parties/{onward}/onward"), to).await.expect("out of the city's hands");
    home
}

/// A drive with a marked driver: acknowledged, broken down, going on, ordered elsewhere and home.
async fn driven(world: &World, cast: &Cast, manager: &SiteManager, home: &str) {
    let bus = cast.dispatcher.add_vehicle("大巴 1", 19).await.expect("a bus").subject;
    let trip = cast.dispatcher.plan_trip(&bus, world.now()).await.expect("a plan").subject;
    let (name, phone) = marked(121);
    let crew = [&cast.escort, &cast.second];
    cast.dispatcher.crew_with(&trip, &json!({ "name": name, "phone": phone }), &crew).await.expect("a crew");
    let stop = cast.seated(home, &trip).await;
    let sick = cast.registered(party("ITA", 31, 1)).await;
    cast.dispatcher.place_at_site(&sick, sample::SITE_2, &reason(31)).await.expect("a room");
    let second = cast.seated(&sick, &trip).await;
    for member in cast.squad() {
        member.acknowledge(&stop).await.expect("seen");
    }
    cast.leader.muster(&stop).await.expect("in place");
    cast.departed(&trip).await;
    cast.escort.break_down(&trip, &reason(32)).await.expect("it stands");
    cast.escort.go_on(&trip, &reason(33)).await.expect("it goes on");
    cast.handed_over(&stop).await;
    let order = json!({ "site": sample::SITE_1, "reason": reason(34) });
    cast.dispatcher.divert(&trip, order).await.expect("ordered elsewhere");
    cast.escort.see_order(&trip).await.expect("seen");
    let to = cast.dispatcher.party(&sick).await["stop"].as_str().expect("a stop").to_owned();
    assert_ne!(to, second);
    taken_in(&cast.escort, manager, &to).await;
    cast.escort.write(&format!("/v1/vehicles/{bus}/cleaned"), json!({})).await.expect("clean");
    manager.discharge(&sick, "early", Some(&reason(35))).await.expect("gone");
}

/// A household that is picked up.
async fn picked_up(cast: &Cast) {
    let home = cast.registered(party("JPN", 41, 1)).await;
    cast.agreed_home(&home).await;
    cast.dispatcher.confirm_home(&home).await.expect("confirmed");
    let car = json!({ "name": "Zqxmark Wang", "document": "ZQXMARK41", "phone": format!("{PHONE}411"),
        "plate": "沪C 12345", "destination_gate": sample::QIAOJIA_GATE });
    cast.officer.record_car(&home, car).await.expect("five fields");
    cast.officer.release_car(&home, "沪C12345").await.expect("let go");
    cast.leader.receive_car(&home).await.expect("received");
}

/// What is refused: a refusal tells who asked what they typed, and nobody else.
async fn refused(world: &World, cast: &Cast, home: &str) {
    let mut wrong = party("JPN", 51, 1);
    wrong["members"][0]["document"]["number"] = json!("ZQXMARK 51 !");
    wrong["flight"] = json!("Zqxmark");
    cast.officer.register(wrong).await.expect_err("no flight");
    cast.officer.register(json!({ "members": "Zqxmark" })).await.expect_err("no members");
    let twice = cast.officer.register(party("JPN", 41, 1)).await;
    assert!(twice.is_ok(), "a second time is somebody's to look at, {twice:?}");
    let to = json!({ "to": "Zqxmark Street", "reason": reason(52) });
    cast.dispatcher.write(&format!("/v1/parties/{home}/onward"), to).await.expect_err("at home by now");
    cast.dispatcher.get("/v1/parties?open=Zqxmark").await.expect_err("neither yes nor no");
    cast.dispatcher.get("/v1/parties/zqxmark").await.expect_err("no such party");
    let wrong = json!({ "username": "zqxmark", "password": "Zqxmark" });
    world.administrator().write("/v1/session", wrong).await.expect_err("nobody");
}

/// What is to be found in no byte, as it is and as hexadecimal digits.
fn sought() -> Vec<Vec<u8>> {
    let four = |digit: u8| b"0123456789abcdef"[usize::from(digit)];
    let digits = |word: &str| word.bytes().flat_map(|byte| [four(byte >> 4), four(byte & 0xf)]).collect::<Vec<u8>>();
    let words = [MARK, LOCAL, PHONE];
    let mut all: Vec<Vec<u8>> = words.iter().map(|word| word.as_bytes().to_vec()).collect();
    all.extend([MARK, "Zqxmark", "ZQXMARK", LOCAL, PHONE].iter().map(|word| digits(word)));
    all
}

/// Where a word lies, with what stands around it.
fn found(piece: &str, bytes: &[u8], word: &[u8]) -> Vec<String> {
    let small = bytes.to_ascii_lowercase();
    let places = small.windows(word.len()).enumerate().filter(|(_, window)| *window == word).map(|(at, _)| at);
    let around = |at: usize| {
        let around = &bytes[at.saturating_sub(80)..(at + word.len() + 20).min(bytes.len())];
        format!("{piece}: {}", String::from_utf8_lossy(around))
    };
    places.map(around).collect()
}

#[tokio::test]
async fn an_evening_leaves_nobodys_name_phone_or_words_in_the_open() {
    diary::open();
    let world = World::start().await;
    let cast = cast(&world).await;
    let (name, phone) = marked(110);
    let manager = world.hire_as((&name, &phone), json!({ "role": "site_manager", "site": sample::SITE_1 })).await;
    let manager = SiteManager(manager);
    before(&world, &cast, &manager).await;
    let home = decided(&world, &cast).await;
    driven(&world, &cast, &manager, &home).await;
    picked_up(&cast).await;
    refused(&world, &cast, &home).await;
    world.pass(10).await;

    let seen = cast.dispatcher.decisions(&home).await;
    assert!(seen.iter().any(|entry| entry.to_string().contains("Zqxmark")), "who may, reads who did it: {seen:?}");
    let mut written = world.written_down().await;
    let told = String::from_utf8_lossy(&diary::read()).into_owned();
    assert!(told.contains("answered") && told.contains("http.route=\"/v1/parties\""), "the log is there: {told}");
    written.push(("the log".to_owned(), told.into_bytes()));
    for (open, why) in IN_THE_OPEN {
        let lies = written.iter().any(|(piece, bytes)| !found(piece, bytes, open.as_bytes()).is_empty());
        assert!(lies, "{open} is sealed by now; it need not stand in the list ({why})");
    }
    let mut open = Vec::new();
    for (piece, bytes) in &written {
        for word in sought() {
            open.extend(found(piece, bytes, &word));
        }
    }
    assert!(open.is_empty(), "{} times in the open:\n{}", open.len(), open[..open.len().min(40)].join("\n"));
    assert_eq!(world.broken_laws().await, Vec::<String>::new());
}
