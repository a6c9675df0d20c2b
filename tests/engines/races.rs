//! Races that a rule has to win on both engines.
