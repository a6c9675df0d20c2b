//! The scenes of the story, each at its place.

pub mod airport;
pub mod community;
pub mod gate;
pub mod road;
