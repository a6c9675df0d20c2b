//! Bodies about what operators say of the roads.

use chrono::{DateTime, Utc};
use homeward_domain::road_word::{RoadWord, Said};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// `GET /v1/eta/words`
#[derive(Serialize, ToSchema)]
pub(crate) struct RoadWords {
    pub words: Vec<RoadWordBody>,
}

/// One word that holds.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoadWordBody {
    id: Uuid,
    /// District code; left out where it is about every district.
    #[serde(skip_serializing_if = "Option::is_none")]
    district: Option<String>,
    /// How many times as long driving takes.
    factor: f64,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    reason: String,
    /// Display name of who said it.
    by: String,
}

impl From<RoadWord> for RoadWordBody {
    fn from(word: RoadWord) -> Self {
        Self {
            id: word.id.uuid(),
            district: word.district.map(|district| district.to_string()),
            factor: word.factor,
            from: word.spell.begins,
            until: word.spell.ends,
            reason: word.spell.reason,
            by: word.spell.by,
        }
    }
}

/// `POST /v1/eta/words`
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SayWord {
    /// How many times as long driving takes, 0.25 to 8.
    factor: f64,
    /// Until when, at most seven days ahead.
    until: DateTime<Utc>,
    /// Why, 200 characters at most.
    reason: String,
}

impl From<SayWord> for Said {
    fn from(body: SayWord) -> Self {
        Self { factor: body.factor, until: body.until, reason: body.reason }
    }
}
