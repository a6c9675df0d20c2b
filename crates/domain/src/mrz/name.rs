//! The name field: primary and secondary identifier, split by `<<` (Doc 9303-3 §4.6). Nothing is guessed.

/// Surname and given names. Without `<<` everything is the primary identifier, as Doc 9303 has it for a single name.
pub fn split(field: &str) -> (String, String) {
    let field = field.trim_end_matches('<');
    let (primary, secondary) = field.split_once("<<").unwrap_or((field, ""));
    (words(primary), words(secondary))
}

fn words(identifier: &str) -> String {
    identifier.split('<').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_doc_9303_part_3_are_split() {
        for (field, surname, given) in [
            ("ERIKSSON<<ANNA<MARIA<<<<<", "ERIKSSON", "ANNA MARIA"),
            ("VAN<DER<MUELLEN<<HENDRIK<JAN", "VAN DER MUELLEN", "HENDRIK JAN"),
            ("ARKFREITH<BIN<ALI<<<<", "ARKFREITH BIN ALI", ""),
            ("ARNA<<<<<<", "ARNA", ""),
            ("<<<<<", "", ""),
        ] {
            assert_eq!(split(field), (surname.to_owned(), given.to_owned()), "{field}");
        }
    }
}
