//! A routing engine's word beside the distance: one factor among others, and its source or its silence among the reasons.

use super::reason;
use crate::prior::ENGINE_WEIGHT;
use crate::{Engine, EngineSource, Reason, ReasonCode};

/// Free driving in minutes by distance and by the engine together. Without an answer it is the distance's alone.
pub fn weigh(by_distance: f64, engine: Option<Engine>) -> (f64, Option<Reason>) {
    match engine {
        None => (by_distance, None),
        Some(Engine::Silent { minutes }) => {
            (by_distance, Some(reason(ReasonCode::RoutingEngineSilentMinutes, minutes.max(0.0))))
        }
        Some(Engine::Says { source, seconds }) => {
            let by_engine = seconds.max(0.0) / 60.0;
            let both = by_distance.powf(1.0 - ENGINE_WEIGHT) * by_engine.powf(ENGINE_WEIGHT);
            (both, Some(reason(code(source), by_engine)))
        }
    }
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
