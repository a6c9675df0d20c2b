//! Bodies about rules, modes and decisions.

use chrono::{DateTime, Utc};
use homeward_dispatch::{Decision, NewMode, NewRule};
use homeward_domain::approval::{Choice, Mode};
use homeward_domain::silence::{Means, Rule};
use homeward_domain::{Invalid, Jurisdiction};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// `GET /v1/opinion-rules`
#[derive(Serialize, ToSchema)]
pub(crate) struct OpinionRules {
    pub rules: Vec<RuleVersion>,
}

/// One version of a sub-district's rule.
#[derive(Serialize, ToSchema)]
pub(crate) struct RuleVersion {
    /// Code of the sub-district.
    place: String,
    version: u32,
    /// `ask_again`, `agree` or `site`.
    means: String,
    reason: String,
    /// Display name of who chose it.
    by: String,
    at: DateTime<Utc>,
}

impl From<Rule> for RuleVersion {
    fn from(rule: Rule) -> Self {
        Self {
            place: rule.cited.place.to_string(),
            version: rule.cited.version,
            means: rule.means.code().to_owned(),
            reason: rule.cited.reason,
            by: rule.cited.by,
            at: rule.at,
        }
    }
}

/// `POST /v1/opinion-rules`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChooseRule {
    /// Code of the sub-district: nine digits.
    place: String,
    /// `ask_again`, `agree` or `site`.
    means: String,
    /// Why, 200 characters at most.
    reason: String,
    /// The version on the screen, 0 for none yet; another one there is refused as stale.
    version: Option<u32>,
}

impl TryFrom<ChooseRule> for NewRule {
    type Error = Invalid;
    fn try_from(body: ChooseRule) -> Result<Self, Invalid> {
        Ok(Self {
            place: Jurisdiction::parse(&body.place).map_err(|bad| bad.at("place"))?,
            means: Means::parse(&body.means).map_err(|bad| bad.at("means"))?,
            reason: body.reason,
            seen: body.version,
        })
    }
}

/// `GET /v1/approval-modes`
#[derive(Serialize, ToSchema)]
pub(crate) struct ApprovalModes {
    pub modes: Vec<ModeVersion>,
}

/// One version of a district's choice.
#[derive(Serialize, ToSchema)]
pub(crate) struct ModeVersion {
    /// District code.
    district: String,
    version: u32,
    /// `automatic` or `manual`.
    mode: String,
    reason: String,
    /// Display name of who chose.
    by: String,
    at: DateTime<Utc>,
}

impl From<Choice> for ModeVersion {
    fn from(choice: Choice) -> Self {
        Self {
            district: choice.district.to_string(),
            version: choice.version,
            mode: choice.mode.code().to_owned(),
            reason: choice.reason,
            by: choice.by,
            at: choice.at,
        }
    }
}

/// `POST /v1/approval-modes`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChooseMode {
    /// District code: six digits.
    district: String,
    /// `automatic` or `manual`.
    mode: String,
    /// Why, 200 characters at most.
    reason: String,
    /// The version on the screen, 0 for none yet; another one there is refused as stale.
    version: Option<u32>,
}

impl TryFrom<ChooseMode> for NewMode {
    type Error = Invalid;
    fn try_from(body: ChooseMode) -> Result<Self, Invalid> {
        Ok(Self {
            district: Jurisdiction::parse(&body.district).map_err(|bad| bad.at("district"))?,
            mode: Mode::parse(&body.mode).map_err(|bad| bad.at("mode"))?,
            reason: body.reason,
            seen: body.version,
        })
    }
}

/// `POST /v1/parties/{id}/confirmation`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Confirm {
    pub version: Option<i64>,
}

/// `GET /v1/parties/{id}/decisions`
#[derive(Serialize, ToSchema)]
pub(crate) struct Decisions {
    pub decisions: Vec<DecisionBody>,
}

/// One decision.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionBody {
    /// The event's code, e.g. `opinion.by_rule`.
    kind: String,
    at: DateTime<Utc>,
    /// Display name of whose decision it was; absent for a background step that decided nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// Version of the key list in force for the party.
    #[serde(skip_serializing_if = "Option::is_none")]
    list_version: Option<u64>,
    /// The party that was split.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// Where to: a gate, a site, rooms, the new party, a word.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// `yes` or `no`.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Who looks after whoever is without an adult of their party.
    #[serde(skip_serializing_if = "Option::is_none")]
    looked_after_by: Option<String>,
    /// Sub-district of the rule that decided or stood beside the question.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_place: Option<String>,
    /// Its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_version: Option<u64>,
    /// `automatic` or `manual`, where approval was the matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<String>,
}

impl From<Decision> for DecisionBody {
    fn from(decision: Decision) -> Self {
        let rule = decision.kept.get("rule").and_then(Value::as_object).cloned().unwrap_or_default();
        Self {
            list_version: number(&decision.kept, "list_version"),
            from: word(&decision.kept, "from"),
            to: word(&decision.kept, "to"),
            answer: word(&decision.kept, "answer"),
            reason: word(&decision.kept, "reason"),
            looked_after_by: word(&decision.kept, "looked_after_by"),
            mode: word(&decision.kept, "mode"),
            rule_place: word(&rule, "place"),
            rule_version: number(&rule, "version"),
            kind: decision.kind,
            at: decision.at,
            by: decision.by,
        }
    }
}

fn word(of: &Map<String, Value>, member: &str) -> Option<String> {
    of.get(member)?.as_str().map(str::to_owned)
}

fn number(of: &Map<String, Value>, member: &str) -> Option<u64> {
    of.get(member)?.as_u64()
}
