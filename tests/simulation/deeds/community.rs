//! In the sub-districts and at the sites: answers about homes, and who stands at which gate.

use super::{Deed, told};
use crate::day::{Day, PLACES, site_manager, squad};
use homeward_dispatch::{Caller, NewRule};
use homeward_domain::disposition::{Answer, Disposition};
use homeward_domain::party::Party;
use homeward_domain::reception::Step;
use homeward_domain::silence::Means;
use homeward_domain::{Jurisdiction, SquadRole};

fn place_of(receiver: &str) -> Option<&'static str> {
    let inside = |gates: &[&str]| gates.iter().any(|gate| gate.starts_with(receiver));
    PLACES.into_iter().find(|(_, gates)| inside(gates)).map(|(place, _)| place)
}

/// Who does a squad role's work at this receiver: a site has its manager for all of it.
pub fn standing(receiver: &str, role: SquadRole) -> Caller {
    place_of(receiver).map_or_else(|| site_manager(receiver), |place| squad(place, role))
}

/// Who accepts custody there.
pub fn accepting(receiver: &str) -> Caller {
    standing(receiver, SquadRole::Leader)
}

/// The three reception steps with who ticks each.
pub fn reception(receiver: &str) -> [(Caller, Step); 3] {
    let enrol = Step::Enrol { temperature_c: 36.5, letter_signed: true, guide_given: true };
    [
        (standing(receiver, SquadRole::Committee), Step::Verify),
        (standing(receiver, SquadRole::Police), Step::Inform { language: "ja".into() }),
        (standing(receiver, SquadRole::Doctor), enrol),
    ]
}

/// A leader says what silence means from now on.
pub async fn choose_rule(day: &mut Day) -> Deed {
    let (place, _) = day.chance.pick(&PLACES).expect("a place");
    let means = day.chance.pick(&[Means::AskAgain, Means::Agree, Means::Site]).expect("a meaning");
    let place = Jurisdiction::parse(place).expect("a place");
    let leader = squad(place.as_str(), SquadRole::Leader);
    let new = NewRule { place, means, reason: "so decided".into(), seen: None };
    let key = day.key();
    told("rule", day.dispatcher.choose_rule(&leader, &key, new).await)
}

/// The sub-district or the committee answers; one in eight says no.
pub async fn answer(day: &mut Day, party: &Party) -> Deed {
    let Disposition::Home(home) = &party.disposition else { return super::steps(day).await };
    let place = place_of(home.receiver.as_str()).expect("homes lie where squads are awake");
    let yes = !day.chance.percent(12);
    let reason = (!yes).then(|| "one bathroom".to_owned());
    let key = day.key();
    // Now and then nobody is in the office; then the deadline passes.
    if home.opinion.is_pending() && day.chance.percent(20) {
        return super::steps(day).await;
    }
    let first = home.opinion == Answer::Pending && day.chance.percent(60);
    if first || home.check != Answer::Pending {
        let leader = squad(place, SquadRole::Leader);
        return told("opinion", day.dispatcher.give_opinion(&leader, &key, party.id, yes, reason).await);
    }
    let committee = squad(place, SquadRole::Committee);
    told("home-check", day.dispatcher.answer_home_check(&committee, &key, party.id, yes, reason).await)
}
