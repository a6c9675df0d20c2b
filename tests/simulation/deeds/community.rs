//! In the sub-districts and at the sites: answers about homes, and who stands at which gate.

use super::{Deed, told};
use crate::day::{Day, PLACES, site_manager, squad};
use homeward_dispatch::Caller;
use homeward_domain::SquadRole;
use homeward_domain::disposition::{Answer, Disposition};
use homeward_domain::party::Party;
use homeward_domain::reception::Step;

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

/// The sub-district or the committee answers; one in eight says no.
pub async fn answer(day: &mut Day, party: &Party) -> Deed {
    let Disposition::Home(home) = &party.disposition else { return super::steps(day).await };
    let place = place_of(home.receiver.as_str()).expect("homes lie where squads are awake");
    let yes = !day.chance.percent(12);
    let reason = (!yes).then(|| "one bathroom".to_owned());
    let key = day.key();
    let first = home.opinion == Answer::Pending && day.chance.percent(60);
    if first || home.check != Answer::Pending {
        let leader = squad(place, SquadRole::Leader);
        return told("opinion", day.dispatcher.give_opinion(&leader, &key, party.id, yes, reason).await);
    }
    let committee = squad(place, SquadRole::Committee);
    told("home-check", day.dispatcher.answer_home_check(&committee, &key, party.id, yes, reason).await)
}
