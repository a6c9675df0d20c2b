//! In which order doors stand: numbers as numbers, `2` before `10`, whatever is painted around them.

use std::cmp::Ordering;

/// Which of two numbers as painted on doors comes first. What is the same as a number (`7` and `07`) is told apart by its text, so
/// that no two numbers are equal.
#[must_use]
pub fn in_order(one: &str, other: &str) -> Ordering {
    alphanumeric_sort::compare_str(one, other).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::in_order;
    use proptest::prelude::*;
    use std::cmp::Ordering;

    #[test]
    fn numbers_stand_as_they_count() {
        let mut doors = ["10", "2", "A10", "102", "A2", "1", "A2-10", "A2-9", "B1", "02", "3F-12", "3F-2", "2 + 10"];
        doors.sort_by(|one, other| in_order(one, other));
        let right = ["1", "2", "02", "2 + 10", "3F-2", "3F-12", "10", "102", "A2", "A2-9", "A2-10", "A10", "B1"];
        assert_eq!(doors, right);
    }

    proptest! {
        #[test]
        fn any_two_doors_have_an_order_and_any_three_one(a in "[0-9A-C-]{0,6}", b in "[0-9A-C-]{0,6}", c in "[0-9A-C-]{0,6}") {
            prop_assert_eq!(in_order(&a, &b), in_order(&b, &a).reverse());
            prop_assert_eq!(in_order(&a, &b) == Ordering::Equal, a == b);
            if in_order(&a, &b).is_le() && in_order(&b, &c).is_le() {
                prop_assert!(in_order(&a, &c).is_le());
            }
        }

        #[test]
        fn plain_numbers_are_in_order_of_their_value(a: u64, b: u64) {
            prop_assert_eq!(in_order(&a.to_string(), &b.to_string()), a.cmp(&b));
        }
    }
}
