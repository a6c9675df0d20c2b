//! Who plays in the demo: obviously fake accounts on their own register, made through the same verbs as real ones.

use crate::fault::Fault;
use homeward_dispatch::{Account, Caller, Crew, Dispatcher, Key, NewAccount, NewDriver, NewList, NewVehicle};
use homeward_domain::access::Grant;
use homeward_domain::{AccountId, Country, Jurisdiction, Personal, RiskTag, SessionId, SquadRole, VehicleId, code};

/// Everybody's password; the demo's register is gone when it stops.
pub const PASSWORD: &str = "homeward-demo";

/// What the console prints: screen, path, account.
pub const GUESTS: [(&str, &str, &str); 10] = [
    ("Desk      登记台      (duty officer, tablet)", "/desk", "desk"),
    ("Dispatch  调度        (dispatcher, desktop)", "/dispatch", "dispatch"),
    ("Trip      车次        (escort, phone)", "/trip", "escort1"),
    ("Board     看板        (squad leader, wall)", "/board", "leader"),
    ("Gate      小区门口    (police, doctor, committee)", "/board", "police, doctor, committee"),
    ("Site      观察点      (site manager)", "/site", "site"),
    ("Numbers   台账        (district command)", "/numbers", "command"),
    ("Accounts  账号        (administrator)", "/accounts", "admin"),
    ("Lists     名单版本    (administrator)", "/lists", "admin"),
    ("Places    点位        (administrator)", "/sites", "admin"),
];

const DISTRICT: &str = "310101";
const DESKS: [(&str, &str, &str); 3] =
    [("desk", "pvg-t1-310101", "赵敏"), ("desk2", "pvg-t2-310101", "钱程"), ("desk3", "sha-t1-310101", "孙悦")];
const ESCORTS: [&str; 12] =
    ["李强", "周洁", "吴磊", "郑华", "王芳", "冯涛", "陈静", "褚亮", "卫东", "蒋丽", "沈阳", "韩梅"];
/// One for each vehicle, and two more who drive what needs somebody.
const DRIVERS: [&str; 8] = ["杨师傅", "朱师傅", "秦师傅", "尤师傅", "许师傅", "何师傅", "吕师傅", "施师傅"];
const VEHICLES: [(&str, &str, i64, i64); 6] = [
    ("1号车", "沪D10001", 14, 1),
    ("2号车", "沪D10002", 14, 1),
    ("3号车", "沪D10003", 6, 0),
    ("4号车", "沪D10004", 30, 2),
    ("5号车", "沪D10005", 14, 1),
    ("6号车", "沪D10006", 6, 1),
];
/// The key countries of 16 March 2020 and around, as the city announced them.
const KEY_COUNTRIES: [&str; 16] =
    ["KOR", "ITA", "IRN", "JPN", "FRA", "ESP", "DEU", "USA", "GBR", "CHE", "SWE", "BEL", "NOR", "NLD", "DNK", "AUT"];

/// The players.
pub struct Cast {
    pub desks: Vec<Caller>,
    pub dispatcher: Caller,
    pub escorts: Vec<Caller>,
    /// By sub-district: leader, duty officer, committee, doctor, police.
    pub squads: Vec<(Jurisdiction, Vec<Caller>)>,
    pub sites: Vec<(code::Receiver, Caller)>,
    pub vehicles: Vec<VehicleId>,
}

impl Cast {
    /// Makes the accounts, the vehicles, their drivers and the first list.
    pub async fn hire(dispatcher: &Dispatcher) -> Result<Self, Fault> {
        let admin = administrator(dispatcher).await?;
        let office = Office { dispatcher, admin };
        office.publish_list().await?;
        let mut desks = Vec::new();
        for (name, desk, shown) in DESKS {
            let grant = Grant::DutyOfficer { desk: code::Desk::parse(desk).expect("a code of the reference data") };
            desks.push(office.account(name, shown, grant).await?);
        }
        let chief = office.account("dispatch", "调度 · 林悦", Grant::Dispatcher { district: place(DISTRICT) }).await?;
        office.account("command", "区指挥部", Grant::Command { district: place(DISTRICT) }).await?;
        let mut escorts = Vec::new();
        for (number, shown) in (1..).zip(ESCORTS) {
            let grant = Grant::Escort { district: place(DISTRICT) };
            escorts.push(office.account(&format!("escort{number}"), shown, grant).await?);
        }
        let vehicles = office.vehicles(&chief).await?;
        office.drivers(&chief, &vehicles).await?;
        let (squads, sites) = (office.squads().await?, office.sites().await?);
        Ok(Self { desks, dispatcher: chief, escorts, squads, sites, vehicles })
    }

    /// Two escorts who are free; the vehicle's own plate is taken, and its usual driver.
    pub fn crew(&self, number: usize) -> Crew {
        let pair = number % (self.escorts.len() / 2);
        let escorts = self.escorts[pair * 2..pair * 2 + 2].iter().map(|escort| escort.actor.account).collect();
        Crew { driver: None, escorts, plate: None }
    }

    /// The caller of an escort's account.
    pub fn escort(&self, account: AccountId) -> Option<&Caller> {
        self.escorts.iter().find(|escort| escort.actor.account == account)
    }
}

/// A fresh key for a fresh intent.
pub fn key(dispatcher: &Dispatcher) -> Key {
    Key::parse(&dispatcher.new_id().to_string(), [0; 32]).expect("a UUID is a key")
}

fn place(code: &str) -> Jurisdiction {
    Jurisdiction::parse(code).expect("a code of the reference data")
}

fn caller(dispatcher: &Dispatcher, account: &Account) -> Caller {
    Caller { actor: account.actor(), session: SessionId::new(dispatcher.new_id()) }
}

async fn administrator(dispatcher: &Dispatcher) -> Result<Caller, Fault> {
    let code = dispatcher.set_up_code().await?.ok_or_else(|| Fault::Start("the demo's register is not new".into()))?;
    let new = NewAccount { username: "admin".into(), display_name: "管理员".into(), phone: None };
    let made = dispatcher.set_up(&code, new, Personal::new(PASSWORD.into())).await?;
    let account = Account {
        id: AccountId::new(made.subject),
        username: "admin".into(),
        display_name: "管理员".into(),
        phone: None,
        languages: Vec::new(),
        grant: Grant::Administrator,
        disabled_at: None,
        version: 1,
    };
    Ok(caller(dispatcher, &account))
}

/// The administrator's desk.
struct Office<'d> {
    dispatcher: &'d Dispatcher,
    admin: Caller,
}

impl Office<'_> {
    async fn account(&self, username: &str, shown: &str, grant: Grant) -> Result<Caller, Fault> {
        let phone = matches!(grant, Grant::Escort { .. })
            .then(|| format!("138{:08}", username.len() * 7_654_321 % 100_000_000));
        let new = NewAccount { username: username.into(), display_name: shown.into(), phone };
        let password = Personal::new(PASSWORD.into());
        let key = key(self.dispatcher);
        let made = self.dispatcher.add_account(&self.admin, &key, new.clone(), password, grant.clone()).await?;
        let actor =
            homeward_domain::access::Actor { account: AccountId::new(made.subject), name: new.display_name, grant };
        Ok(Caller { actor, session: SessionId::new(self.dispatcher.new_id()) })
    }

    async fn publish_list(&self) -> Result<(), Fault> {
        let country = |code: &&str| (Country::parse(code).expect("ISO 3166-1"), RiskTag::Yellow);
        let list = NewList {
            effective_at: self.dispatcher.now(),
            entries: KEY_COUNTRIES.iter().map(country).collect(),
            note: "演示：2020年3月的重点国家".into(),
        };
        self.dispatcher.publish_list(&self.admin, &key(self.dispatcher), list).await?;
        Ok(())
    }

    async fn vehicles(&self, chief: &Caller) -> Result<Vec<VehicleId>, Fault> {
        let mut vehicles = Vec::new();
        for (name, plate, seats, wheelchair_places) in VEHICLES {
            let plate = Some(plate.into());
            let new =
                NewVehicle { name: name.into(), plate, seats, wheelchair_places, luggage_places: None, shift: None };
            let made = self.dispatcher.add_vehicle(chief, &key(self.dispatcher), new).await?;
            vehicles.push(VehicleId::new(made.subject));
        }
        Ok(vehicles)
    }

    async fn drivers(&self, chief: &Caller, vehicles: &[VehicleId]) -> Result<(), Fault> {
        for (number, name) in DRIVERS.into_iter().enumerate() {
            let new = NewDriver {
                name: Personal::new(name.into()),
                phone: Personal::new(format!("1390000{:04}", number + 1)),
                shift: None,
                usual: vehicles.get(number).copied(),
            };
            self.dispatcher.add_driver(chief, &key(self.dispatcher), new).await?;
        }
        Ok(())
    }

    async fn squads(&self) -> Result<Vec<(Jurisdiction, Vec<Caller>)>, Fault> {
        let places = self.dispatcher.reference().await?.places;
        let mut squads = Vec::new();
        for place in places.into_iter().filter(|place| place.level == "subdistrict") {
            let code = self::place(&place.code);
            let home = place.code == "310101017";
            let mut members = Vec::new();
            for role in SquadRole::EXPECTED {
                let short = role.code().replace('_', "-");
                let username = if home { short } else { format!("{short}-{}", &place.code[6..]) };
                let shown = format!("{} · {}", place.name.zh, role_name(role));
                members.push(self.account(&username, &shown, Grant::Squad { place: code.clone(), role }).await?);
            }
            squads.push((code, members));
        }
        Ok(squads)
    }

    async fn sites(&self) -> Result<Vec<(code::Receiver, Caller)>, Fault> {
        let receivers = self.dispatcher.reference().await?.receivers;
        let mut sites = Vec::new();
        for (number, site) in (1..).zip(receivers.into_iter().filter(|receiver| receiver.site)) {
            let username = if number == 1 { "site".to_owned() } else { format!("site{number}") };
            let shown = format!("{} · 负责人", site.name.zh);
            sites.push((
                site.code.clone(),
                self.account(&username, &shown, Grant::SiteManager { site: site.code }).await?,
            ));
        }
        Ok(sites)
    }
}

fn role_name(role: SquadRole) -> &'static str {
    match role {
        SquadRole::Leader => "领导",
        SquadRole::DutyOfficer => "值班员",
        SquadRole::Committee => "居委干部",
        SquadRole::Doctor => "社区医生",
        SquadRole::Police => "社区民警",
        SquadRole::Interpreter => "翻译志愿者",
    }
}
