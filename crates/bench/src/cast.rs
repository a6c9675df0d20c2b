//! Who plays in a run: accounts of its own, made by the administrator and disabled when it is over.

use crate::Fault;
use crate::api::{Api, Session, Trouble};
use crate::options::Target;
use crate::report::say;
use serde_json::{Value, json};

/// Desks that register; a city has few more.
const DESKS_MAX: usize = 8;

/// The run's own people, and the places they work at.
pub(crate) struct Cast {
    /// Letters and digits that name this run in everything it writes.
    pub run: String,
    /// The server's civil day, `YYYY-MM-DD`.
    pub today: String,
    api: Api,
    admin: Session,
    password: String,
    district: String,
    reference: Value,
    hired: Vec<String>,
}

/// Somebody at a desk.
#[derive(Debug, Clone)]
pub(crate) struct Officer {
    pub session: Session,
    pub desk: String,
    /// A sub-district of the desk's district.
    pub responsible: String,
}

/// A community with one of its gates.
#[derive(Debug, Clone)]
pub(crate) struct Community {
    pub receiver: String,
    pub gate: String,
}

/// Names the step that failed.
fn at(step: impl Into<String>) -> impl FnOnce(Trouble) -> Fault {
    move |trouble| Fault::server(step, &trouble)
}

impl Cast {
    /// Signs in as administrator, asks for leave, and sees to it that the register can register: a first administrator if
    /// there is a code for one, a key list if none is in force.
    pub async fn gather(target: &Target) -> Result<Self, Fault> {
        let api = Api::new(bases(&target.url)?);
        make_administrator(&api, target).await?;
        let admin = api.sign_in(&target.admin, &target.password).await.map_err(at("sign in as administrator"))?;
        let session = admin.get(0, "/v1/session").await.map_err(at("ask who this is"))?;
        if !target.yes_write && session["demo"] != json!(true) {
            return Err(Fault::NotAllowed(target.url.join(", ")));
        }
        let now = session["now"].as_str().unwrap_or_default().to_owned();
        let run = format!("{:08X}", rand::random::<u32>());
        publish_list(&admin, &now, &run).await?;
        let reference = admin.get(0, "/v1/reference").await.map_err(at("read the reference data"))?;
        let district = field(&reference["desks"][0], "district");
        let today = now.get(..10).unwrap_or_default().to_owned();
        let password = format!("{:032x}", rand::random::<u128>());
        say(&format!("run {run} writes to {}", target.url.join(", ")));
        Ok(Self { run, today, api, admin, password, district, reference, hired: Vec::new() })
    }

    /// The nodes.
    pub fn bases(&self) -> &[String] {
        self.api.bases()
    }

    pub async fn hire(&mut self, part: &str, grant: Value) -> Result<Session, Fault> {
        Ok(self.hire_as(part, grant).await?.1)
    }

    /// The district of the run.
    pub fn district(&self) -> &str {
        &self.district
    }

    /// The sub-district of a community: the first nine digits of where it lies.
    pub fn subdistrict_of(&self, receiver: &str) -> String {
        let found = list(&self.reference, "receivers").find(|it| field(it, "code") == receiver);
        found.map(|it| field(it, "jurisdiction").chars().take(9).collect()).unwrap_or_default()
    }

    /// Degrees north and east of a thing of the reference data.
    pub fn place(&self, of: &str, code: &str) -> (f64, f64) {
        let found = list(&self.reference, of).find(|it| field(it, "code") == code);
        let degrees = |it: &Value, member: &str| it["location"][member].as_f64().unwrap_or_default();
        found.map(|it| (degrees(it, "lat"), degrees(it, "lon"))).unwrap_or_default()
    }

    /// An account of the run and its session.
    pub async fn hire_as(&mut self, part: &str, grant: Value) -> Result<(String, Session), Fault> {
        let username = format!("bench-{}-{part}", self.run.to_lowercase());
        let body = json!({ "username": username, "password": self.password, "display_name": username, "grant": grant });
        let made = self.admin.write("/v1/accounts", &username, &body).await.map_err(at("make an account"))?;
        self.hired.push(made.subject.clone());
        let session = self.api.sign_in(&username, &self.password).await;
        Ok((made.subject, session.map_err(at("sign in with an account of the run"))?))
    }

    /// A duty officer for each desk of the district.
    pub async fn officers(&mut self) -> Result<Vec<Officer>, Fault> {
        let responsible = self.subdistrict()?;
        let desks = list(&self.reference, "desks").filter(|desk| field(desk, "district") == self.district);
        let desks: Vec<String> = desks.map(|desk| field(desk, "code")).take(DESKS_MAX).collect();
        let mut officers = Vec::new();
        for (number, desk) in desks.into_iter().enumerate() {
            let grant = json!({ "role": "duty_officer", "desk": desk });
            let session = self.hire(&format!("desk{number}"), grant).await?;
            officers.push(Officer { session, desk, responsible: responsible.clone() });
        }
        Ok(officers)
    }

    /// Decides where parties go.
    pub async fn dispatcher(&mut self) -> Result<Session, Fault> {
        let grant = json!({ "role": "dispatcher", "district": self.district });
        self.hire("dispatch", grant).await
    }

    /// Sees every board of the district and can change nothing.
    pub async fn watcher(&mut self) -> Result<Session, Fault> {
        let grant = json!({ "role": "command", "district": self.district });
        self.hire("watch", grant).await
    }

    fn subdistrict(&self) -> Result<String, Fault> {
        let mut places = list(&self.reference, "jurisdictions");
        let found = places.find(|it| field(it, "level") == "subdistrict" && field(it, "parent") == self.district);
        found.map(|it| field(it, "code")).ok_or_else(|| Fault::Option("the register has no sub-district".into()))
    }

    /// The first `count` communities of the district that have a gate.
    pub fn communities(&self, count: usize) -> Result<Vec<Community>, Fault> {
        let own =
            |it: &&Value| field(it, "kind") == "community" && field(it, "jurisdiction").starts_with(&self.district);
        let gate_of = |receiver: String| {
            let mut gates = list(&self.reference, "gates");
            let gate = gates.find(|gate| field(gate, "receiver") == receiver)?;
            Some(Community { gate: field(gate, "code"), receiver })
        };
        let known: Vec<Community> = list(&self.reference, "receivers")
            .filter(own)
            .filter_map(|it| gate_of(field(it, "code")))
            .take(count)
            .collect();
        if known.len() < count {
            let most = known.len();
            return Err(Fault::Option(format!(
                "the register knows {most} communities of {}: --receivers {most}",
                self.district
            )));
        }
        Ok(known)
    }

    /// Disables the run's accounts; which are left when that ends early. No failure, because the figures are there already.
    pub async fn dismiss(self) -> Option<String> {
        for (number, account) in self.hired.iter().enumerate() {
            let (path, key) = (format!("/v1/accounts/{account}/disable"), format!("bench-{}-end-{account}", self.run));
            if let Err(trouble) = self.admin.write(&path, &key, &json!({})).await {
                return Some(format!("{} accounts of the run are still enabled: {trouble}", self.hired.len() - number));
            }
        }
        None
    }
}

fn bases(urls: &[String]) -> Result<Vec<String>, Fault> {
    let base = |url: &String| {
        let base = url.trim().trim_end_matches('/');
        if base.starts_with("http://") {
            Ok(base.to_owned())
        } else {
            Err(Fault::Option(format!(
                "{base} is no http:// address; measure the nodes themselves, inside their network"
            )))
        }
    };
    urls.iter().map(base).collect()
}

/// Makes the first administrator where there is none.
async fn make_administrator(api: &Api, target: &Target) -> Result<(), Fault> {
    let set_up = api.get("/v1/setup").await.map_err(at(format!("reach {}", target.url.join(", "))))?;
    if set_up["needed"] != json!(true) {
        return Ok(());
    }
    let Some(code) = &target.set_up_code else {
        return Err(Fault::Option(
            "the register has no administrator yet: --set-up-code CODE from its console makes one".into(),
        ));
    };
    if !target.yes_write {
        return Err(Fault::NotAllowed(target.url.join(", ")));
    }
    let body =
        json!({ "code": code, "username": target.admin, "password": target.password, "display_name": target.admin });
    api.post("/v1/setup", &body).await.map(|_| ()).map_err(at("make the first administrator"))
}

/// Without a list in force nobody can be registered.
async fn publish_list(admin: &Session, now: &str, run: &str) -> Result<(), Fault> {
    let lists = admin.get(0, "/v1/key-lists").await.map_err(at("read the key lists"))?;
    if !lists["current"].is_null() {
        return Ok(());
    }
    let body = json!({ "effective_at": now, "entries": [{ "country": "JPN", "tag": "yellow" }], "note": "bench" });
    let published = admin.write("/v1/key-lists", &format!("bench-{run}-list"), &body).await;
    published.map(|_| ()).map_err(at("publish a first key list"))
}

fn list<'v>(of: &'v Value, member: &str) -> impl Iterator<Item = &'v Value> {
    of[member].as_array().into_iter().flatten()
}

fn field(of: &Value, member: &str) -> String {
    of[member].as_str().unwrap_or_default().to_owned()
}
