//! What is wrong with a value that came in, and how to mend it. A refusal of a *state* is a [`crate::Refusal`].

use std::fmt;

/// One bad value: which field, why (a code the screens word), what to do (English, for programs and logs).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// JSON pointer without the leading slash, e.g. `members/0/document/number`; empty for the whole value.
    pub field: String,
    /// Stable code, e.g. `check-digit`, `not-a-country`, `too-long`.
    pub reason: &'static str,
    /// What a person can do about it.
    pub mend: String,
}

impl Invalid {
    /// A bad value whose field the caller names with [`Invalid::at`].
    #[must_use]
    pub fn new(reason: &'static str, mend: impl Into<String>) -> Self {
        Self { field: String::new(), reason, mend: mend.into() }
    }

    /// Puts a parent in front: `number` at `document` becomes `document/number`.
    #[must_use]
    pub fn at(mut self, parent: impl fmt::Display) -> Self {
        self.field = if self.field.is_empty() { parent.to_string() } else { format!("{parent}/{}", self.field) };
        self
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.field, self.reason, self.mend)
    }
}

impl std::error::Error for Invalid {}
