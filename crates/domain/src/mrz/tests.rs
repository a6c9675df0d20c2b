//! The specimens of Doc 9303, every substitution, any text, and zones written from fields.

use super::*;
use proptest::prelude::*;

const TD1: [&str; 3] =
    ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"];
const TD2: [&str; 2] = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"];
const TD3: [&str; 2] = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
const MRV_A: [&str; 2] =
    ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"];
const MRV_B: [&str; 2] = ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 3, 20).expect("a day")
}

fn specimens() -> [(Format, Vec<&'static str>); 5] {
    [
        (Format::Td1, TD1.to_vec()),
        (Format::Td2, TD2.to_vec()),
        (Format::Td3, TD3.to_vec()),
        (Format::MrvA, MRV_A.to_vec()),
        (Format::MrvB, MRV_B.to_vec()),
    ]
}

fn failed(read: &Mrz) -> Vec<Field> {
    read.checks.iter().filter(|check| !check.ok).map(|check| check.field).collect()
}

#[test]
fn the_specimens_are_read() {
    for (format, lines) in specimens() {
        let read = read(&lines, today()).expect("a specimen");
        assert_eq!(read.format, format);
        assert!(read.agrees() && read.suspects.is_empty(), "{read:?} {:?}", read.suspects);
        assert_eq!((read.surname.as_str(), read.given_names.as_str()), ("ERIKSSON", "ANNA MARIA"));
        assert_eq!((read.issuer.as_str(), read.sex), ("UTO", Sex::F));
        let visa = matches!(format, Format::MrvA | Format::MrvB);
        assert_eq!(read.nationality.as_str(), if visa { "XXX" } else { "UTO" });
        let (year, checks) =
            if visa { ("1940-09-07", 3) } else { ("1974-08-12", if format == Format::Td3 { 5 } else { 4 }) };
        assert_eq!(read.born_on.map(|day| day.to_string()).as_deref(), Some(year));
        assert_eq!(read.checks.len(), checks);
    }
}

#[test]
fn one_long_line_and_small_letters_are_the_same() {
    for (_, lines) in specimens() {
        let long = format!(" {}\r\n", lines.concat().to_lowercase());
        assert_eq!(read(&[&long], today()), read(&lines, today()));
    }
}

#[test]
fn a_long_number_is_read_in_full() {
    // Doc 9303-5, note j: the check digit's cell is a filler, the rest and its digit begin the optional data.
    let digit = ::mrz::check_digit("D23145890734").expect("zone characters");
    let first = format!("{:<<30}", format!("I<UTOD23145890<734{digit}"));
    let read = read(&[&first, TD1[1], TD1[2]], today()).expect("a long number");
    assert_eq!(read.document.number(), "D23145890734");
    assert!(!failed(&read).contains(&Field::DocumentNumber));
    let wrong = first.replace("734", "735");
    let read = super::read(&[&wrong, TD1[1], TD1[2]], today()).expect("a long number");
    assert!(failed(&read).contains(&Field::DocumentNumber));
}

#[test]
fn a_letter_in_a_date_is_told_and_not_corrected() {
    let second = TD3[1].replace("7408122", "74O8122");
    let read = read(&[TD3[0], &second], today()).expect("a zone");
    assert_eq!(read.born_on, None);
    assert!(failed(&read).contains(&Field::BornOn));
    assert_eq!(read.suspects, [Suspect { line: 1, column: 15, read: 'O', perhaps: Some('0') }]);
}

#[test]
fn the_lookalike_that_would_explain_a_number_is_told() {
    let second = TD3[1].replace("L898902C3", "L8989O2C3");
    let read = read(&[TD3[0], &second], today()).expect("a zone");
    assert_eq!(read.document.number(), "L8989O2C3", "not corrected");
    assert!(read.suspects.contains(&Suspect { line: 1, column: 5, read: 'O', perhaps: Some('0') }));
}

#[test]
fn what_is_no_zone_is_refused_with_its_place() {
    let field = |lines: &[&str]| read(lines, today()).expect_err("no zone").field;
    assert_eq!(field(&[]), "lines");
    assert_eq!(field(&["", " "]), "lines");
    assert_eq!(field(&[TD3[0], &TD3[1][..43]]), "lines/1");
    assert_eq!(field(&[TD3[0], TD2[1]]), "lines/1");
    assert_eq!(field(&["護照", TD3[1]]), "lines/0");
    assert_eq!(field(&[&TD3[0].replace("P<", "Q<"), TD3[1]]), "lines/0");
    assert_eq!(field(&[&TD3[0].replace("UTO", "U7O"), TD3[1]]), "lines/0");
    assert_eq!(field(&[TD3[0], &TD3[1].replace("L898902C3", "<898902C3")]), "lines/1");
    assert_eq!(field(&[TD1[0], TD1[1], &TD1[2][1..]]), "lines/2");
}

#[test]
fn a_debug_line_does_not_tell_the_holder() {
    let line = format!("{:?}", read(&TD3, today()).expect("a specimen"));
    assert!(!line.contains("ERIKSSON") && !line.contains("L898"), "{line}");
}

/// Line, first and last column of the checked fields, and the field.
fn checked(format: Format) -> Vec<(usize, usize, usize, Field)> {
    let td1 = [(0, 5, 14, Field::DocumentNumber), (1, 0, 6, Field::BornOn), (1, 8, 14, Field::ExpiresOn)];
    let two = [(1, 0, 9, Field::DocumentNumber), (1, 13, 19, Field::BornOn), (1, 21, 27, Field::ExpiresOn)];
    let mut fields = if format == Format::Td1 { td1.to_vec() } else { two.to_vec() };
    if format == Format::Td3 {
        fields.push((1, 28, 42, Field::PersonalNumber));
    }
    fields
}

fn value(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        b'A'..=b'Z' => byte - b'A' + 10,
        _ => 0,
    }
}

/// Every single-character substitution in every checked field of every specimen: about 5 500 zones.
#[test]
fn every_substitution_that_changes_the_check_value_is_named() {
    for (format, lines) in specimens() {
        for (line, from, until, field) in checked(format) {
            for (column, other) in (from..until).flat_map(|column| (b'0'..=b'Z').map(move |other| (column, other))) {
                let mut lines: Vec<Vec<u8>> = lines.iter().map(|line| line.as_bytes().to_vec()).collect();
                let was = std::mem::replace(&mut lines[line][column], other);
                let weight = [7, 3, 1][(column - from) % 3];
                let changes = (value(was) % 10 * weight) % 10 != (value(other) % 10 * weight) % 10;
                if !changes || !(other.is_ascii_digit() || other.is_ascii_uppercase()) {
                    continue;
                }
                let lines: Vec<String> =
                    lines.into_iter().map(|line| String::from_utf8(line).expect("ASCII")).collect();
                let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
                let read = read(&lines, today()).expect("still a zone");
                assert!(failed(&read).contains(&field), "{format:?} {field:?} column {column} {}", char::from(other));
            }
        }
    }
}

fn zone_line() -> impl Strategy<Value = String> {
    prop_oneof!["[PVIAC][A-Z<][A-Z]{3}[A-Z0-9<]{25}", "[A-Z0-9<]{30}", "[A-Z0-9<]{36}", "[PV][A-Z0-9<]{43}", ".{0,90}"]
}

proptest! {
    #[test]
    fn no_text_ends_in_a_panic(lines in proptest::collection::vec(zone_line(), 0..5)) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        if let Err(invalid) = read(&lines, today()) {
            prop_assert!(invalid.field.starts_with("lines") && !invalid.mend.is_empty());
        }
    }

    #[test]
    fn no_damage_to_a_specimen_ends_in_a_panic(which in 0..5usize, at in 0..90usize, other: char) {
        let lines = specimens()[which].1.concat();
        let damaged: String = lines.chars().enumerate().map(|(index, char)| if index == at { other } else { char }).collect();
        let answer = read(&[&damaged], today());
        prop_assert!(answer.is_ok() || answer.is_err_and(|invalid| invalid.field.starts_with("lines")));
    }

    #[test]
    fn a_zone_written_from_fields_is_read_back(
        number in "[A-Z0-9]{3,9}", surname in "[A-Z]{1,15}( [A-Z]{1,8})?", given in "[A-Z]{1,10}",
        age_days in 0i64..36_000, valid_days in -3_000i64..4_000, woman: bool,
    ) {
        let born_on = today() - chrono::TimeDelta::days(age_days);
        let expires_on = today() + chrono::TimeDelta::days(valid_days);
        let zone = ::mrz::format_td3(&::mrz::Td3Fields {
            issuing_country: "JPN".into(),
            nationality: "JPN".into(),
            document_number: number.clone(),
            surname: surname.clone(),
            given_names: given.clone(),
            date_of_birth: written(born_on),
            date_of_expiry: written(expires_on),
            sex: if woman { ::mrz::Sex::Female } else { ::mrz::Sex::Male },
            ..Default::default()
        });
        let lines: Vec<&str> = zone.lines().collect();
        let read = read(&lines, today()).expect("a written zone");
        prop_assert!(read.agrees(), "{:?}", read.checks);
        prop_assert_eq!((read.document.number(), read.surname, read.given_names), (number.as_str(), surname, given));
        prop_assert_eq!((read.born_on, read.expires_on), (Some(born_on), Some(expires_on)));
        prop_assert_eq!(read.sex, if woman { Sex::F } else { Sex::M });
    }
}

proptest! {
    #[test]
    fn a_card_and_a_visa_with_any_number_are_read_back(number in "[A-Z0-9]{3,9}", surname in "[A-Z]{1,12}") {
        let (country, day) = ("JPN".to_owned(), written(today()));
        let (holder, sex) = (surname.clone(), ::mrz::Sex::Unspecified);
        let card = ::mrz::format_td1(&::mrz::Td1Fields {
            document_code: "I".into(),
            issuing_country: country.clone(),
            nationality: country.clone(),
            document_number: number.clone(),
            surname: holder.clone(),
            date_of_birth: day,
            date_of_expiry: day,
            sex,
            ..Default::default()
        });
        let visa = ::mrz::format_mrv_b(&::mrz::MrvBFields {
            document_code: "V".into(),
            issuing_country: country.clone(),
            nationality: country,
            document_number: number.clone(),
            surname: holder,
            date_of_birth: day,
            date_of_expiry: day,
            sex,
            ..Default::default()
        });
        for (zone, format) in [(card, Format::Td1), (visa, Format::MrvB)] {
            let read = read(&zone.lines().collect::<Vec<_>>(), today()).expect("a written zone");
            prop_assert!(read.agrees() && read.format == format && read.sex == Sex::X, "{read:?}");
            prop_assert_eq!((read.document.number(), &read.surname), (number.as_str(), &surname));
        }
    }
}

fn written(day: NaiveDate) -> ::mrz::MrzDate {
    use chrono::Datelike;
    ::mrz::MrzDate::Calendar(::mrz::Date::new(day.year(), day.month(), day.day()))
}
