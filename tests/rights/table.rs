//! Who may ask what: one row an operation, one letter a role. What to send stands between, good in form and aimed at a
//! party that was handed over, so that the right alone decides.

/// `N` nobody, `D` desk, `P` dispatcher, `E` escort aboard, `e` escort of another trip; the squad at the gate: `L` leader,
/// `U` duty officer, `C` committee, `M` doctor, `O` police, `I` interpreter; `l` leader of another sub-district, `S` a
/// site's manager, `K` command, `A` auditor, `Z` administrator.
pub const COLUMNS: &str = "NDPEeLUCMOIlSKAZ";

/// Operation, body, rights: `x` may, `-` not signed in, `.` not this role, `o` this role, but not this place or thing.
pub const ROWS: &[(&str, &str, &str)] = &[
    ("GET /v1/session", "", "-xxxxxxxxxxxxxxx"),
    ("POST /v1/session", r#"{"username":"x","password":"y"}"#, "xxxxxxxxxxxxxxxx"),
    ("DELETE /v1/session", "", "-xxxxxxxxxxxxxxx"),
    ("GET /v1/setup", "", "xxxxxxxxxxxxxxxx"),
    (
        "POST /v1/setup",
        r#"{"code":"AAAA","username":"second","password":"a sentence to remember","display_name":"S"}"#,
        "xxxxxxxxxxxxxxxx",
    ),
    ("GET /v1/reference", "", "-xxxxxxxxxxxxxxx"),
    ("GET /v1/accounts", "", "-..............x"),
    (
        "POST /v1/accounts",
        r#"{"username":"new-one","password":"a sentence to remember","display_name":"N","grant":{"role":"auditor"}}"#,
        "-..............x",
    ),
    ("POST /v1/accounts/{id}/disable", r"{}", "-..............x"),
    ("POST /v1/accounts/{id}/enable", r"{}", "-..............x"),
    ("GET /v1/key-lists", "", "-xxxxxxxxxxxxxxx"),
    (
        "POST /v1/key-lists",
        r#"{"effective_at":"$NOW","entries":[{"country":"JPN","tag":"yellow"}],"note":""}"#,
        "-..............x",
    ),
    ("POST /v1/key-lists/preview", r#"{"effective_at":"$NOW","entries":[],"note":""}"#, "-.x............x"),
    (
        "POST /v1/mrz",
        r#"{"lines":["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<","L898902C36UTO7408122F1204159ZE184226B<<<<<10"]}"#,
        "-x..............",
    ),
    (
        "POST /v1/arrivals/lookup",
        r#"{"document":{"kind":"passport","country":"CHN","number":"E00000001"}}"#,
        "-x..............",
    ),
    ("GET /v1/parties", "", "-xx..xxxxxxxxx.."),
    ("POST /v1/parties", REGISTER, "-x.............."),
    ("GET /v1/parties/{id}", "", "-xx..xxxxxxoox.."),
    ("POST /v1/parties/{id}/tag", r#"{"arrival":"$ARRIVAL","tag":"red","reason":"seen"}"#, "-x.............."),
    ("GET /v1/parties/{id}/proposals", "", "-.x............."),
    ("POST /v1/parties/{id}/seats", r#"{"trip":"$TRIP"}"#, "-.x............."),
    ("DELETE /v1/parties/{id}/seats", r#"{"reason":"late"}"#, "-.x............."),
    (
        "POST /v1/parties/{id}/referral",
        r#"{"hospital":"R","ambulance_plate":"沪A1201","patients":["$ARRIVAL"]}"#,
        "-x..............",
    ),
    ("POST /v1/parties/{id}/referral/taken", r"{}", "-x.............."),
    ("GET /v1/opinion-rules", "", "-.x..xxxxxxx.x.."),
    (
        "POST /v1/opinion-rules",
        r#"{"place":"310101017","means":"ask_again","reason":"so decided"}"#,
        "-....x.....o.x..",
    ),
    ("GET /v1/approval-modes", "", "-.x..xxxxxxx.x.."),
    (
        "POST /v1/approval-modes",
        r#"{"district":"310101","mode":"automatic","reason":"so decided"}"#,
        "-.x..........x..",
    ),
    ("POST /v1/parties/{id}/confirmation", r"{}", "-.x............."),
    ("GET /v1/parties/{id}/decisions", "", "-xx..xxxxxxoox.."),
    (
        "POST /v1/parties/{id}/home",
        r#"{"gate":"huangpu-xdm-qiaojia-g1","co_residents":0,"own_room":true,"own_toilet":true,"co_residents_consent":true}"#,
        "-.x.............",
    ),
    ("POST /v1/parties/{id}/opinion", r#"{"agreed":true}"#, "-....xx....o...."),
    ("POST /v1/parties/{id}/home-check", r#"{"suitable":true}"#, "-......x........"),
    ("POST /v1/parties/{id}/site", r#"{"site":"huangpu-site-1","reason":"no room"}"#, "-.x............."),
    ("POST /v1/parties/{id}/onward", r#"{"to":"Suzhou","reason":"home"}"#, "-.x............."),
    ("POST /v1/parties/{id}/free", r#"{"reason":"green"}"#, "-.x............."),
    (
        "POST /v1/parties/{id}/private-car",
        r#"{"pick_up":{"name":"A","document":"310101198001011234","phone":"13900000009","plate":"沪C12345","destination_gate":"huangpu-xdm-qiaojia-g1"}}"#,
        "-x..............",
    ),
    ("DELETE /v1/parties/{id}/private-car", r#"{"reason":"no car came"}"#, "-x.............."),
    (
        "POST /v1/parties/{id}/private-car/release",
        r#"{"plate_seen":"沪C12345","document_checked":true,"walked_to_car":true}"#,
        "-x..............",
    ),
    ("POST /v1/parties/{id}/private-car/receive", r"{}", "-....xxx...oo..."),
    ("GET /v1/vehicles", "", "-.x............."),
    ("POST /v1/vehicles", r#"{"name":"77","seats":5,"wheelchair_places":0}"#, "-.x............."),
    ("GET /v1/escorts", "", "-.x............."),
    ("GET /v1/plans/{entry}", "", "-.x............."),
    (
        "POST /v1/plans/{entry}",
        r#"{"as_of":"$NOW","trips":[{"vehicle":"$VEHICLE","departs_at":"$NOW","riders":[{"party":"$PARTY","version":1}]}]}"#,
        "-.x.............",
    ),
    ("POST /v1/plans/{entry}/proposal", r#"{"pinned":[],"left_out":[]}"#, "-.x............."),
    (
        "POST /v1/plans/{entry}/check",
        r#"{"as_of":"$NOW","trips":[{"vehicle":"$VEHICLE","departs_at":"$NOW","riders":[{"party":"$PARTY","version":1}]}]}"#,
        "-.x.............",
    ),
    ("GET /v1/trips", "", "-.xxx........x.."),
    ("POST /v1/trips", r#"{"vehicle":"$VEHICLE","escorts":[],"departs_at":"$NOW"}"#, "-.x............."),
    ("GET /v1/trips/{id}", "", "-.xxo........x.."),
    (
        "POST /v1/trips/{id}/crew",
        r#"{"driver":{"name":"D","phone":"13900000001"},"escorts":[],"plate":"沪A99999"}"#,
        "-.x.............",
    ),
    ("POST /v1/trips/{id}/boarding", r"{}", "-.xxo..........."),
    ("POST /v1/trips/{id}/cancel", r#"{"reason":"engine"}"#, "-.x............."),
    ("POST /v1/trips/{id}/board", r#"{"arrival":"$ARRIVAL"}"#, "-..xo..........."),
    ("POST /v1/trips/{id}/unboard", r#"{"arrival":"$ARRIVAL"}"#, "-..xo..........."),
    ("POST /v1/trips/{id}/no-show", r#"{"arrival":"$ARRIVAL","reason":"gone"}"#, "-..xo..........."),
    ("POST /v1/trips/{id}/depart", r#"{"head_count":1}"#, "-..xo..........."),
    ("POST /v1/trips/{id}/position", r#"{"lat":31.2,"lon":121.6,"at":"$NOW"}"#, "-..xo..........."),
    ("POST /v1/trips/{id}/eta", r#"{"stop":"$STOP","gate_at":"$NOW"}"#, "-..xo..........."),
    ("GET /v1/devices", "", "-.x............."),
    ("POST /v1/devices", r#"{"vehicle":"$VEHICLE","label":"phone"}"#, "-.x............."),
    ("POST /v1/devices/{id}/revoke", r"{}", "-.x............."),
    ("GET /v1/positions", "", "----------------"),
    (
        "POST /v1/positions",
        r#"{"device_id":"$PHONE","location":{"coords":{"latitude":31.2,"longitude":121.6}}}"#,
        "xxxxxxxxxxxxxxxx",
    ),
    ("POST /v1/sites/{site}/close", r#"{"reason":"burst pipe"}"#, "-.x.........x..."),
    ("POST /v1/sites/{site}/open", r#"{"reason":"mended"}"#, "-.x.........x..."),
    ("GET /v1/sites/{site}/forecast", "", "-.x.........xx.."),
    ("GET /v1/sites/{site}/stays", "", "-.x.........xx.."),
    ("POST /v1/parties/{id}/discharge", r#"{"because":"completed"}"#, "-...........o..."),
    ("GET /v1/stops/{id}", "", "-.x..xxxxxxoox.."),
    ("POST /v1/stops/{id}/arrive", r"{}", "-..xo..........."),
    ("POST /v1/stops/{id}/offer", r"{}", "-..xo..........."),
    ("POST /v1/stops/{id}/accept", r"{}", "-....xxx...oo..."),
    ("POST /v1/stops/{id}/acknowledge", r"{}", "-....xxxxxxoo..."),
    ("POST /v1/stops/{id}/muster", r"{}", "-....xxxxxxoo..."),
    ("POST /v1/stops/{id}/reception", r#"{"arrival":"$ARRIVAL","step":"verify"}"#, "-....xxxxxxoo..."),
    ("GET /v1/boards/{receiver}", "", "-oxooxxxxxxooxoo"),
    ("GET /v1/receivers/{code}/feed", "", "-oxooxxxxxxooxoo"),
    ("GET /v1/ledger", "", "-xx..........xxx"),
    ("GET /v1/gtfs-realtime", "", "-..............."),
];

/// A program that exports stands in no column: it has one right, and what everybody has who is signed in. Every operation
/// that is not named here answers `.` to it.
pub const PROGRAM: &[(&str, &[&str])] = &[
    (
        "x",
        &[
            "GET /v1/gtfs-realtime",
            "GET /v1/session",
            "POST /v1/session",
            "DELETE /v1/session",
            "GET /v1/setup",
            "POST /v1/setup",
            "GET /v1/reference",
            "GET /v1/key-lists",
        ],
    ),
    ("o", &["GET /v1/boards/{receiver}", "GET /v1/receivers/{code}/feed"]),
];

/// One person at the desk of Pudong T1.
const REGISTER: &str = r#"{"desk":"pvg-t1-310101","flight":{"number":"NH919","origin":"NRT","landed_on":"2020-03-20"},"responsible":"310101017","languages":["ja"],
    "members":[{"name":{"surname":"WANG","given":"LI"},"document":{"kind":"passport","country":"CHN","number":"E77777777"},
    "nationality":"CHN","sex":"f","born_on":"1985-04-12","needs":{"infant":false,"wheelchair":false,"luggage":1},
    "screening":{"temperature_c":36.5,"symptoms":false,"contact":false}}],"history":[{"country":"JPN","from":"2020-03-06","until":"2020-03-20"}]}"#;
