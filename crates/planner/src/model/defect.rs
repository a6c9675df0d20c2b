//! What is wrong with a problem, before anybody searches.

use std::fmt;

/// A problem that cannot be planned, with the field at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Defect {
    /// There is no place, or more than the planner takes.
    Places {
        /// How many there are.
        found: usize,
        /// How many there may be.
        max: usize,
    },
    /// There are more parties than the planner takes.
    Parties {
        /// How many there are.
        found: usize,
        /// How many there may be.
        max: usize,
    },
    /// A table of roads has the wrong size.
    Roads {
        /// `seconds` or `metres`.
        table: &'static str,
        /// Places times places.
        expected: usize,
        /// What was given.
        found: usize,
    },
    /// A road is negative or absurdly long.
    Road {
        /// `seconds` or `metres`.
        table: &'static str,
        /// From which place.
        from: usize,
        /// To which place.
        to: usize,
    },
    /// A field of a place, vehicle or party is out of bounds.
    Field {
        /// `place`, `vehicle`, `party` or `rules`.
        of: &'static str,
        /// Which one.
        index: usize,
        /// Its field.
        field: &'static str,
    },
}

impl fmt::Display for Defect {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Places { found, max } => write!(out, "{found} places; give 1 to {max}, the point of entry first"),
            Self::Parties { found, max } => write!(out, "{found} parties; plan at most {max} at once"),
            Self::Roads { table, expected, found } => {
                write!(out, "the table of {table} has {found} entries; it needs places × places = {expected}")
            }
            Self::Road { table, from, to } => {
                write!(out, "{table} from place {from} to place {to} are negative or longer than a week")
            }
            Self::Field { of, index, field } => write!(out, "{of} {index}: {field} is out of bounds"),
        }
    }
}

impl std::error::Error for Defect {}
