//! A routing engine's word beside the distance: one factor among others, and its source or its silence among the reasons.

use super::reason;
use crate::prior::ENGINE_WEIGHT;
use crate::{Engine, EngineSource, Reason, ReasonCode};

/// Free driving in minutes by our own count and by the engine together. Without an answer it is our own alone.
pub fn weigh(own: f64, engine: Option<Engine>) -> (f64, Option<Reason>) {
    let both = match engine {
        Some(Engine::Says { seconds, .. }) => own * pull(own, seconds, ENGINE_WEIGHT),
        Some(Engine::Silent { .. }) | None => own,
    };
    (both, said(engine))
}

/// What the engine's seconds do to our own free minutes if they weigh `weight` in log time: 1 is nothing.
pub fn pull(own: f64, seconds: f64, weight: f64) -> f64 {
    if own <= 0.0 {
        return 1.0;
    }
    (seconds.max(0.0) / 60.0 / own).powf(weight)
}

/// What it said, or that it is silent.
pub fn said(engine: Option<Engine>) -> Option<Reason> {
    Some(match engine? {
        Engine::Silent { minutes } => reason(ReasonCode::RoutingEngineSilentMinutes, minutes.max(0.0)),
        Engine::Says { source, seconds } => reason(code(source), seconds.max(0.0) / 60.0),
    })
}

const fn code(source: EngineSource) -> ReasonCode {
    match source {
        EngineSource::Osrm => ReasonCode::RoutingEngineOsrmMinutes,
        EngineSource::Valhalla => ReasonCode::RoutingEngineValhallaMinutes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_pulls_the_driving_halfway_and_its_silence_does_not() {
        let says = |seconds| Some(Engine::Says { source: EngineSource::Osrm, seconds });
        let (both, said) = weigh(40.0, says(90.0 * 60.0));
        assert!((both - 60.0).abs() < 1e-9, "{both}");
        assert_eq!(said, Some(reason(ReasonCode::RoutingEngineOsrmMinutes, 90.0)));
        assert_eq!(weigh(40.0, None), (40.0, None));
        let (alone, said) = weigh(40.0, Some(Engine::Silent { minutes: 3.0 }));
        assert!((alone - 40.0).abs() < f64::EPSILON);
        assert_eq!(said.map(|said| said.code), Some(ReasonCode::RoutingEngineSilentMinutes));
        assert!(weigh(0.0, says(60.0)).0.abs() < f64::EPSILON, "at the gate nothing is left");
    }
}
