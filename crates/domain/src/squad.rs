//! The reception squad and what each role may tick.

use crate::Invalid;
use serde::{Deserialize, Serialize};

/// A role in the squad that waits at the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SquadRole {
    /// 街道领导
    Leader,
    /// 值班人员
    DutyOfficer,
    /// 居委干部
    Committee,
    /// 社区医生
    Doctor,
    /// 社区民警
    Police,
    /// 翻译志愿者
    Interpreter,
}

impl SquadRole {
    /// The five who acknowledge every notice (mission.md, the story); an interpreter comes when a language asks for one.
    pub const EXPECTED: [Self; 5] = [Self::Leader, Self::DutyOfficer, Self::Committee, Self::Doctor, Self::Police];

    /// The code on the wire and in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::DutyOfficer => "duty_officer",
            Self::Committee => "committee",
            Self::Doctor => "doctor",
            Self::Police => "police",
            Self::Interpreter => "interpreter",
        }
    }

    /// Reads the code.
    pub fn parse(code: &str) -> Result<Self, Invalid> {
        [Self::EXPECTED.as_slice(), &[Self::Interpreter]]
            .concat()
            .into_iter()
            .find(|role| role.code() == code)
            .ok_or_else(|| {
                Invalid::new("not-a-squad-role", "leader, duty_officer, committee, doctor, police or interpreter")
            })
    }

    /// Who accepts custody for the community.
    #[must_use]
    pub const fn accepts_custody(self) -> bool {
        matches!(self, Self::Leader | Self::DutyOfficer | Self::Committee)
    }

    /// Who gives the sub-district's opinion.
    #[must_use]
    pub const fn gives_opinion(self) -> bool {
        matches!(self, Self::Leader | Self::DutyOfficer)
    }
}
