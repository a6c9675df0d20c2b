//! What was laid down beforehand: what silence means for a home that is asked about, whether a dispatcher confirms it, by which
//! rules plans are made.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the sub-district's silence means, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Silence {
    /// `ask_again`, `agree` or `site`.
    pub means: String,
    /// Code of the sub-district whose rule says so; none if nobody chose one.
    pub place: Option<String>,
    /// Version of that rule.
    pub rule_version: Option<u32>,
    /// Display name of who chose it.
    pub rule_by: Option<String>,
    /// Whether the opinion that stands is the rule's, because nobody answered.
    pub decided: bool,
    /// When the dispatcher was told that nobody answered.
    pub escalated_at: Option<DateTime<Utc>>,
    /// How often the community was asked again.
    pub asked_again: u32,
}

/// Whether a dispatcher confirms the home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Approval {
    /// `automatic` or `manual`.
    pub mode: String,
    /// Version of the district's choice; 0 if nobody ever chose.
    pub version: u32,
    /// Display name of who confirmed.
    pub confirmed_by: Option<String>,
    /// When.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// How a district approves homes from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApprovalRow {
    /// District code.
    pub district: String,
    /// `automatic` or `manual`.
    pub mode: String,
    /// Counts the district's choices.
    pub version: u32,
    /// Why.
    pub reason: String,
    /// Display name of who chose.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The plans of a district are made by other rules from now on; the rules themselves are read from `/v1/planning-rules`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanningRow {
    /// District code.
    pub district: String,
    /// Counts the district's choices.
    pub version: u32,
    /// Why.
    pub reason: String,
    /// Display name of who chose.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}
