//! Wrappers that cannot be printed or serialised: revealing a person is a deliberate, visible call.

use std::fmt;

macro_rules! wrappers {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name<T>(T);

        impl<T> $name<T> {
            /// Wraps a value that names or describes a person.
            pub const fn new(value: T) -> Self { Self(value) }

            /// The value itself, where a right to it was decided.
            pub const fn reveal(&self) -> &T { &self.0 }

            /// The value itself, by value.
            pub fn into_inner(self) -> T { self.0 }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str("‹not shown›") }
        }
    )+};
}

wrappers! {
    /// Name, address, phone (security.md: *personal*).
    Personal,
    /// Document number, health answers (security.md: *sensitive*).
    Sensitive,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_debug_line_tells_nothing() {
        assert_eq!(format!("{:?}", Personal::new("Eriksson")), "‹not shown›");
        assert_eq!(format!("{:?}", Sensitive::new("L898902C3")), "‹not shown›");
    }
}
