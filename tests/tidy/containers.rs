//! The files under `deploy/` agree with one another and with the program: compiler, user, ports, addresses, patience.
//!
//! What only an engine can show (`deploy/try-containers`) is not here: this reads text and takes no time.

use std::collections::BTreeSet;

use crate::deploy::read;
use crate::tree::root;

/// What stands after every `begin`, to the end of its line or to the first of `ends`.
fn after<'t>(text: &'t str, begin: &str, ends: &[char]) -> Vec<&'t str> {
    let rest = text.match_indices(begin).map(|(at, found)| &text[at + found.len()..]);
    rest.map(|rest| rest.lines().next().unwrap_or_default().split(ends).next().unwrap_or_default().trim()).collect()
}

/// The one number after `begin`.
fn number(text: &str, begin: &str) -> u64 {
    let found = after(text, begin, &[]);
    let &[rest] = &found[..] else { panic!("{begin:?} stands {} times", found.len()) };
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("{begin}{rest} is no number"))
}

#[test]
fn an_image_is_built_by_the_compiler_of_the_repository() {
    let wanted = after(&read("rust-toolchain.toml"), "channel = \"", &['"'])[0].to_owned();
    let containerfile = read("deploy/Containerfile");
    assert!(containerfile.contains(&format!("/rust:{wanted}-")), "another image than {wanted}");
    assert!(containerfile.contains(&format!("RUSTUP_TOOLCHAIN={wanted}\n")), "another toolchain than {wanted}");
}

#[test]
fn an_image_is_built_from_sources_alone() {
    let text = read(".dockerignore");
    let rules: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(rules.first(), Some(&"*"), "everything stays out but what is named");
    let named: BTreeSet<_> = rules.iter().filter_map(|rule| rule.strip_prefix('!')).collect();
    for name in &named {
        assert!(root().join(name).exists(), "{name} is not there");
    }
    for private in ["target", "deploy", ".git", "."] {
        assert!(!named.contains(private), "{private} does not belong into an image's build");
    }
}

#[test]
fn one_user_owns_the_program_everywhere() {
    let containerfile = read("deploy/Containerfile");
    let user = after(&containerfile, "\nUSER ", &[':'])[0];
    assert!(user.parse::<u32>().is_ok_and(|id| id > 0), "USER {user}: a number that is not root's");
    assert!(containerfile.contains(&format!("useradd --uid {user} ")));
    assert!(read("deploy/compose.yaml").contains(&format!("chown {user} homeward.key postgres.password")));
    for file in ["homeward", "backup"] {
        let text = read(&format!("deploy/kubernetes/{file}.yaml"));
        for field in ["runAsUser: ", "runAsGroup: "] {
            assert_eq!(after(&text, field, &[]), [user], "{file}.yaml, {field}");
        }
    }
}

#[test]
fn the_ports_are_the_same_everywhere() {
    let (compose, pod) = (read("deploy/compose.yaml"), read("deploy/kubernetes/homeward.yaml"));
    let containerfile = read("deploy/Containerfile");
    let public = after(&containerfile, "EXPOSE ", &[])[0];
    let numbers = after(&compose, "HOMEWARD_METRICS_LISTEN: 0.0.0.0:", &[])[0];
    assert!(containerfile.contains(&format!("HOMEWARD_LISTEN=0.0.0.0:{public} ")));
    assert!(compose.contains(&format!("HOMEWARD_LISTEN: 0.0.0.0:{public}\n")));
    for file in [&containerfile, &compose] {
        assert!(file.contains(&format!("http://127.0.0.1:{public}/healthz")), "the health check asks elsewhere");
    }
    for (name, port) in [("http", public), ("numbers", numbers)] {
        assert!(pod.contains(&format!("name: {name}, containerPort: {port} ")), "{name} is not {port}");
        assert!(pod.contains(&format!("\"0.0.0.0:{port}\"")), "nobody listens on {port}");
    }
    let proxy = read("deploy/Caddyfile");
    assert!(proxy.contains(&format!("node-a:{public} node-b:{public} ")));
    assert!(!proxy.contains(numbers), "the world does not see the numbers");
    let asked = read("deploy/prometheus/prometheus.yaml");
    assert!(asked.contains(&format!("[\"node-a:{numbers}\", \"node-b:{numbers}\"]")));
}

#[test]
fn an_address_that_is_told_is_one_that_is_given() {
    let compose = read("deploy/compose.yaml");
    let given: BTreeSet<_> = after(&compose, "ipv4_address: ", &[' ', ',']).into_iter().collect();
    let lines = after(&compose, "extra_hosts: [", &[']']);
    let told = lines.iter().flat_map(|line| line.split(", ")).map(|pair| pair.trim_matches('"'));
    let told: BTreeSet<_> = told.filter_map(|pair| pair.split_once(':')).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    for (name, address) in told {
        let service = compose.split(&format!("\n  {name}:\n")).nth(1).unwrap_or_else(|| panic!("no service {name}"));
        assert_eq!(after(service, "ipv4_address: ", &[' ', ',']).first(), Some(&address), "{name}");
        assert!(given.contains(address));
    }
}

#[test]
fn whoever_stops_a_node_waits_for_its_drain() {
    let drain = number(&read("crates/server/src/wiring.rs"), "const DRAIN_WITHIN: Duration = Duration::from_secs(");
    let pod = read("deploy/kubernetes/homeward.yaml");
    let pause = number(&pod, "preStop: { exec: { command: [\"sleep\", \"");
    assert!(number(&pod, "terminationGracePeriodSeconds: ") > pause + drain);
    assert!(number(&read("deploy/compose.yaml"), "stop_grace_period: ") > drain);
    assert!(number(&read("deploy/homeward.service"), "TimeoutStopSec=") > drain);
    assert!(number(&read("deploy/Containerfile"), "--stop-timeout ") > drain);
}

#[test]
fn applying_the_folder_overwrites_no_secret() {
    for entry in std::fs::read_dir(root().join("deploy/kubernetes")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let applied = path.extension().is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|one| ending == *one));
        let text = std::fs::read_to_string(&path).expect("text");
        assert!(!(applied && text.contains("kind: Secret")), "{}", path.display());
    }
}

#[test]
fn every_alert_is_tried_and_has_a_line_in_the_guide() {
    let rules = read("deploy/prometheus/alerts.yaml");
    let (tried, guide) = (read("deploy/prometheus/alerts.test.yaml"), read("deploy/README.md"));
    let names = after(&rules, "- alert: ", &[]);
    assert!(names.len() > 5, "{names:?}");
    for name in names {
        assert!(guide.contains(&format!("| {name} |")), "the guide does not say what to do about {name}");
        let rings = tried
            .split(&format!("alertname: {name}\n"))
            .skip(1)
            .any(|rest| rest.trim_start().starts_with("exp_alerts"));
        assert!(rings, "no test makes {name} ring");
    }
    let jobs = after(&rules, "job=\"", &['"']);
    let known = read("deploy/prometheus/prometheus.yaml");
    for job in jobs {
        assert!(known.contains(&format!("job_name: {job}\n")), "nobody is asked as the job {job}");
    }
}
