//! An instant as both engines store it: microseconds since 1970 in UTC (`$INSTANT`).

use chrono::{DateTime, Utc};
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, Encode, Type};

/// An instant in a column; what is finer than a microsecond is cut off. Use it in rows and in `bind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Micros(DateTime<Utc>);

impl Micros {
    /// The instant.
    #[must_use]
    pub fn at(self) -> DateTime<Utc> {
        self.0
    }
}

impl From<DateTime<Utc>> for Micros {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at)
    }
}

impl From<Micros> for DateTime<Utc> {
    fn from(micros: Micros) -> Self {
        micros.0
    }
}

impl<D: Database> Type<D> for Micros
where
    i64: Type<D>,
{
    fn type_info() -> D::TypeInfo {
        <i64 as Type<D>>::type_info()
    }

    fn compatible(ty: &D::TypeInfo) -> bool {
        <i64 as Type<D>>::compatible(ty)
    }
}

impl<'q, D: Database> Encode<'q, D> for Micros
where
    i64: Encode<'q, D>,
{
    fn encode_by_ref(&self, buffer: &mut D::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        self.0.timestamp_micros().encode_by_ref(buffer)
    }
}

impl<'r, D: Database> Decode<'r, D> for Micros
where
    i64: Decode<'r, D>,
{
    fn decode(value: D::ValueRef<'r>) -> Result<Self, BoxDynError> {
        let micros = i64::decode(value)?;
        DateTime::from_timestamp_micros(micros).map(Self).ok_or_else(|| format!("{micros} is no instant").into())
    }
}
