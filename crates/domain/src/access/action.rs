//! The matrix of rights: an exhaustive match, so a new action does not compile until every role has an answer.

use super::Grant;

/// Everything a person can do or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Register, scan, look for duplicates, override a tag, record and release a private car, refer.
    Register,
    /// See parties.
    ReadParties,
    /// Choose a destination.
    Dispose,
    /// Say the sub-district's opinion.
    GiveOpinion,
    /// Say the committee's finding.
    AnswerHomeCheck,
    /// See what silence means in each sub-district, how homes are approved, and by which rules plans are made.
    ReadRules,
    /// Choose what a sub-district's silence means.
    ChooseSilence,
    /// Choose how a district approves homes, and by which rules its plans are made.
    ChooseApproval,
    /// Plan trips, give seats, add vehicles.
    Dispatch,
    /// Confirm that a vehicle was disinfected.
    ConfirmClean,
    /// Say how much longer driving takes than trips have shown: a typhoon, a checkpoint.
    SayOfRoads,
    /// See what was said of the roads.
    ReadRoads,
    /// Close a gate for a while, open it early, see which are closed.
    CloseGates,
    /// See trips.
    ReadTrips,
    /// Board, depart, arrive, offer, share the position.
    Escort,
    /// See a receiver's board and its stops.
    ReadBoard,
    /// Answer a notice, say "we are at the gate".
    Answer,
    /// Tick reception steps.
    Receive,
    /// Accept custody for a community or a site.
    AcceptCustody,
    /// See a site's rooms: who lives there, who comes, what will be free.
    ReadSites,
    /// Close a site or one of its rooms to new people, and open it again.
    CloseSites,
    /// End a stay at a site.
    Discharge,
    /// Read the key lists.
    ReadLists,
    /// Publish key lists.
    PublishLists,
    /// See who would be affected by a list.
    PreviewLists,
    /// Manage accounts.
    ManageAccounts,
    /// Open a site, add rooms and relay points, take them out of use and back.
    ManageSites,
    /// See whether the numbers close.
    ReadLedger,
    /// See how true the boards' times were, in numbers.
    ReadAccuracy,
    /// Take arrivals and positions outside, without any person (mission.md, rule 15: a right of its own).
    Export,
}

pub(super) const fn allowed(grant: &Grant, action: Action) -> bool {
    use Grant as G;
    match action {
        Action::Register => matches!(grant, G::DutyOfficer { .. }),
        Action::ReadParties => {
            matches!(
                grant,
                G::DutyOfficer { .. }
                    | G::Dispatcher { .. }
                    | G::Squad { .. }
                    | G::SiteManager { .. }
                    | G::Command { .. }
            )
        }
        Action::Dispose | Action::Dispatch => matches!(grant, G::Dispatcher { .. }),
        Action::GiveOpinion => match grant {
            G::Squad { role, .. } => role.gives_opinion(),
            _ => false,
        },
        Action::ReadRules => matches!(grant, G::Dispatcher { .. } | G::Squad { .. } | G::Command { .. }),
        Action::ChooseSilence => leads(grant) || matches!(grant, G::Command { .. }),
        Action::ChooseApproval => matches!(grant, G::Dispatcher { .. } | G::Command { .. }),
        Action::AnswerHomeCheck => matches!(grant, G::Squad { role: crate::SquadRole::Committee, .. }),
        Action::ReadTrips => matches!(grant, G::Dispatcher { .. } | G::Escort { .. } | G::Command { .. }),
        Action::SayOfRoads => matches!(grant, G::Dispatcher { .. } | G::Administrator),
        Action::ReadRoads => matches!(grant, G::Dispatcher { .. } | G::Command { .. } | G::Administrator),
        Action::CloseGates => leads(grant) || matches!(grant, G::Dispatcher { .. }),
        Action::ConfirmClean => matches!(grant, G::Dispatcher { .. } | G::Escort { .. }),
        Action::Escort => matches!(grant, G::Escort { .. }),
        Action::ReadBoard => {
            matches!(grant, G::Dispatcher { .. } | G::Squad { .. } | G::SiteManager { .. } | G::Command { .. })
        }
        Action::Answer | Action::Receive => matches!(grant, G::Squad { .. } | G::SiteManager { .. }),
        Action::AcceptCustody => match grant {
            G::Squad { role, .. } => role.accepts_custody(),
            G::SiteManager { .. } => true,
            _ => false,
        },
        Action::ReadSites => {
            matches!(grant, G::Dispatcher { .. } | G::SiteManager { .. } | G::Command { .. })
        }
        Action::CloseSites => matches!(grant, G::Dispatcher { .. } | G::SiteManager { .. }),
        Action::Discharge => matches!(grant, G::SiteManager { .. }),
        Action::ReadLists => true,
        Action::PublishLists | Action::ManageAccounts | Action::ManageSites => matches!(grant, G::Administrator),
        Action::PreviewLists => matches!(grant, G::Administrator | G::Dispatcher { .. }),
        Action::ReadLedger => {
            matches!(
                grant,
                G::DutyOfficer { .. } | G::Dispatcher { .. } | G::Command { .. } | G::Administrator | G::Auditor
            )
        }
        Action::ReadAccuracy => {
            matches!(grant, G::Dispatcher { .. } | G::Command { .. } | G::Administrator | G::Auditor)
        }
        Action::Export => match grant {
            G::Export { .. } => true,
            G::DutyOfficer { .. }
            | G::Dispatcher { .. }
            | G::Escort { .. }
            | G::Squad { .. }
            | G::SiteManager { .. }
            | G::Command { .. }
            | G::Auditor
            | G::Administrator => false,
        },
    }
}

const fn leads(grant: &Grant) -> bool {
    matches!(grant, Grant::Squad { role: crate::SquadRole::Leader, .. })
}
