//! Made-up people, as artificial as the forms allow: the surname says so, the country of the document is nobody's.

use serde_json::{Value, json};

/// The specimen country of ICAO Doc 9303: no passport of it was ever issued.
const UTOPIA: &str = "UTO";

/// A party of one at a desk. `number` makes name and document unique in the run, `run` between runs.
pub(crate) fn party(desk: &str, responsible: &str, on: &str, run: &str, number: u64) -> Value {
    let member = json!({
        "name": { "surname": "BENCH", "given": format!("SAMPLE {}", letters(number)) },
        "document": { "kind": "other", "country": UTOPIA, "number": format!("{run}{number:08}") },
        "nationality": UTOPIA, "sex": "x", "born_on": "2000-01-01",
        "screening": { "temperature_c": 36.5, "symptoms": false, "contact": false },
    });
    json!({
        "desk": desk, "responsible": responsible, "languages": ["en"], "members": [member],
        "flight": { "number": "NH919", "origin": "NRT", "landed_on": on },
        "history": [{ "country": "JPN", "from": on, "until": on }],
    })
}

/// A number in letters, because a name has no digits.
fn letters(number: u64) -> String {
    number.to_string().bytes().map(|digit| char::from(b'A' + (digit - b'0'))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_numbers_are_two_people() {
        let of = |number| party("d", "r", "2020-03-20", "AB12", number)["members"][0].clone();
        assert_ne!(of(1)["name"], of(2)["name"]);
        assert_ne!(of(1)["document"], of(2)["document"]);
        assert_eq!(of(10)["name"]["given"], "SAMPLE BA");
    }
}
