//! Where an actor may look. Minted only by [`super::decide`]; the store turns it into SQL, the feed into a yes or no.

use super::{Actor, Grant};
use crate::{AccountId, Jurisdiction, code};

/// The places an actor may read and act in. Every limit that is set must hold; `nothing` beats them all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    desk: Option<code::Desk>,
    district: Option<Jurisdiction>,
    place: Option<Jurisdiction>,
    site: Option<code::Receiver>,
    crew: Option<AccountId>,
    nothing: bool,
}

impl Scope {
    pub(super) fn of(actor: &Actor) -> Self {
        let mut scope = Self::default();
        match &actor.grant {
            Grant::DutyOfficer { desk } => scope.desk = Some(desk.clone()),
            Grant::Dispatcher { district } | Grant::Command { district } | Grant::Export { district } => {
                scope.district = Some(district.clone());
            }
            Grant::Escort { .. } => scope.crew = Some(actor.account),
            Grant::Squad { place, .. } => scope.place = Some(place.clone()),
            Grant::SiteManager { site } => scope.site = Some(site.clone()),
            Grant::Auditor | Grant::Administrator => scope.nothing = true,
        }
        scope
    }

    /// What the system itself sees: background steps, which take no input and show nothing to anybody.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// Only what this desk registered.
    #[must_use]
    pub fn desk(&self) -> Option<&str> {
        self.desk.as_ref().map(code::Desk::as_str)
    }

    /// Only what this district runs.
    #[must_use]
    pub fn district(&self) -> Option<&str> {
        self.district.as_ref().map(Jurisdiction::as_str)
    }

    /// Only what is bound for this place.
    #[must_use]
    pub fn place(&self) -> Option<&str> {
        self.place.as_ref().map(Jurisdiction::as_str)
    }

    /// Only what is bound for this site.
    #[must_use]
    pub fn site(&self) -> Option<&str> {
        self.site.as_ref().map(code::Receiver::as_str)
    }

    /// Only trips this account is crew of.
    #[must_use]
    pub const fn crew(&self) -> Option<AccountId> {
        self.crew
    }

    /// No person, party or trip at all.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.nothing
    }

    /// Whether a receiver's board lies inside: its community's place, the site itself, or the whole district.
    #[must_use]
    pub fn covers_receiver(&self, receiver: &code::Receiver, jurisdiction: &Jurisdiction) -> bool {
        if self.nothing || self.desk.is_some() || self.crew.is_some() {
            return false;
        }
        self.site.as_ref().is_none_or(|site| site == receiver)
            && self.place.as_ref().is_none_or(|place| place.contains(jurisdiction))
            && self.district.as_ref().is_none_or(|district| district.contains(jurisdiction))
    }

    /// Whether a place lies inside, all of it: what is laid down for it is laid down for everybody in it.
    #[must_use]
    pub fn covers_place(&self, place: &Jurisdiction) -> bool {
        if self.nothing || self.desk.is_some() || self.crew.is_some() || self.site.is_some() {
            return false;
        }
        self.place.as_ref().is_none_or(|own| own.contains(place))
            && self.district.as_ref().is_none_or(|own| own.contains(place))
    }

    /// Whether a place concerns somebody inside: it covers them, or they cover it.
    #[must_use]
    pub fn concerns_place(&self, place: &Jurisdiction) -> bool {
        self.covers_place(place) || self.place.as_ref().is_some_and(|own| place.contains(own))
    }

    /// Whether a district's queue lies inside; a desk sees the queue of the district it belongs to.
    #[must_use]
    pub fn covers_district(&self, district: &Jurisdiction, desk_district: Option<&Jurisdiction>) -> bool {
        if self.nothing || self.site.is_some() || self.place.is_some() || self.crew.is_some() {
            return false;
        }
        self.district.as_ref().is_none_or(|own| own == district)
            && self.desk.as_ref().is_none_or(|_| desk_district == Some(district))
    }
}
