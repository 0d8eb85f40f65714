//! Tests of whole checks: white space, lexical rule and facets together.

use std::borrow::Cow;

use super::*;

const fn plain(primitive: Primitive) -> SimpleType {
    faceted(primitive, &[])
}

const fn faceted(primitive: Primitive, facets: &'static [Facet]) -> SimpleType {
    let white_space = match primitive {
        Primitive::AnySimple | Primitive::String => WhiteSpace::Preserve,
        Primitive::NormalizedString => WhiteSpace::Replace,
        _ => WhiteSpace::Collapse,
    };
    SimpleType::new("", primitive, white_space, facets)
}

/// Asserts that a type accepts the `valid` texts and rejects the `invalid` ones.
#[track_caller]
fn assert_checks(simple_type: &SimpleType, valid: &[&str], invalid: &[&str]) {
    for text in valid {
        assert_eq!(simple_type.check(text), Ok(()), "{text:?}");
    }
    for text in invalid {
        assert!(simple_type.check(text).is_err(), "{text:?}");
    }
}

#[test]
fn check_accepts_the_empty_text_as_string_only() {
    for primitive in
        [Primitive::AnySimple, Primitive::String, Primitive::Token, Primitive::AnyUri, Primitive::HexBinary]
    {
        assert_eq!(plain(primitive).check(""), Ok(()), "{primitive:?}");
    }
    for primitive in [Primitive::Boolean, Primitive::Integer, Primitive::Double, Primitive::Date, Primitive::Duration] {
        assert_eq!(plain(primitive).check(" \n").map_err(|error| error.rule()), Err("type"), "{primitive:?}");
    }
}

#[test]
fn check_accepts_four_boolean_literals() {
    assert_checks(
        &plain(Primitive::Boolean),
        &["true", "false", "1", "0", " true\n"],
        &["True", "TRUE", "yes", "on", "00", "2", "-1", "tr ue", "\u{a0}true"],
    );
}

#[test]
fn check_compares_integers_with_the_bounds_of_their_type() {
    assert_checks(
        &plain(Primitive::Integer),
        &["0", "-0", "+1", "007", " 1 ", "\t1\n", "99999999999999999999999999999999999999999999"],
        &["1.0", "1e3", "0x1", "--1", "+", "1 2", "١", "１", "1\u{a0}"],
    );
    assert_checks(
        &plain(Primitive::Long),
        &["9223372036854775807", "-9223372036854775808"],
        &["9223372036854775808", "-9223372036854775809"],
    );
    assert_checks(
        &plain(Primitive::UnsignedLong),
        &["0", "00000000000000000000000018446744073709551615"],
        &["18446744073709551616", "-1", "-0", "+1"],
    );
    assert_checks(&plain(Primitive::Byte), &["127", "-128", "+0127"], &["128", "-129"]);
    assert_checks(&plain(Primitive::PositiveInteger), &["1", "+01"], &["0", "-0", "-1"]);
    assert_checks(&plain(Primitive::NonPositiveInteger), &["0", "+0", "-1"], &["1"]);
}

#[test]
fn check_returns_the_broken_rule() {
    for (primitive, text, error) in [
        (Primitive::Int, "a", ValueError::InvalidLexical("integer")),
        (Primitive::Int, "2147483648", ValueError::AboveMaximum("2147483647")),
        (Primitive::PositiveInteger, "0", ValueError::BelowMinimum("1")),
        (Primitive::UnsignedInt, "-1", ValueError::InvalidLexical("unsigned integer")),
        (Primitive::Date, "2001-02-29", ValueError::InvalidLexical("date")),
    ] {
        assert_eq!(plain(primitive).check(text), Err(error));
    }
}

#[test]
fn length_counts_characters_after_normalization() {
    static FACETS: &[Facet] = &[Facet::MinLength(2), Facet::MaxLength(3)];
    assert_checks(&faceted(Primitive::String, FACETS), &["üüü", "😀😀", " a", "e\u{301}"], &["", "ü", "üüüü", " abc"]);
    assert_checks(&faceted(Primitive::Token, FACETS), &[" abc ", "a \n b"], &[" a ", "a b c"]);
    let unit = "character";
    assert_eq!(faceted(Primitive::String, FACETS).check("üüüü"), Err(ValueError::TooLong { max: 3, actual: 4, unit }));
}

#[test]
fn length_counts_octets_of_binaries_and_items_of_lists() {
    static THREE: &[Facet] = &[Facet::Length(3)];
    assert_checks(&faceted(Primitive::HexBinary, THREE), &["00fF00"], &["000", "0000", ""]);
    assert_checks(&faceted(Primitive::Base64Binary, THREE), &["YWJj", " Y W\nJj "], &["YWI=", "YWJjYQ=="]);
    static ITEM: SimpleType = plain(Primitive::Int);
    assert_checks(
        &faceted(Primitive::List(&ITEM), THREE),
        &["1 2 3", "\n1\t2  03 "],
        &["1 2", "1 2 3 4", "1 2 a", "1,2,3"],
    );
}

#[test]
fn bounds_and_enumerations_compare_values() {
    static PERCENT: &[Facet] = &[Facet::MinInclusive("0"), Facet::MaxExclusive("100")];
    assert_checks(&faceted(Primitive::Integer, PERCENT), &["0", "-0", "099", "+99"], &["-1", "100", "0100"]);
    assert_checks(&faceted(Primitive::Double, PERCENT), &["-0", "1e1", "99.99999"], &["1e2", "INF", "NaN"]);

    static LISTED: &[Facet] = &[Facet::Enumeration(&["1", "-20"])];
    assert_checks(&faceted(Primitive::Integer, LISTED), &["1", "01", "+1", " -020 "], &["-1", "20"]);
    assert_checks(&faceted(Primitive::Decimal, LISTED), &["1.0", "-20."], &["1.01"]);
    assert_checks(&faceted(Primitive::String, LISTED), &["1", "-20"], &["01", "+1", " 1"]);
    assert_checks(&faceted(Primitive::Token, LISTED), &["1", " 1"], &["01"]);

    static TRUE: &[Facet] = &[Facet::Enumeration(&["true"])];
    assert_checks(&faceted(Primitive::Boolean, TRUE), &["true", "1"], &["false", "0"]);
    static NAN: &[Facet] = &[Facet::Enumeration(&["NaN", "10"])];
    assert_checks(&faceted(Primitive::Float, NAN), &["NaN", "1e1"], &["INF"]);
    static BYTES: &[Facet] = &[Facet::Enumeration(&["ABCD"])];
    assert_checks(&faceted(Primitive::HexBinary, BYTES), &["abcd", "aBCd"], &["ABCE"]);
    assert_checks(&faceted(Primitive::Base64Binary, BYTES), &["AB CD"], &["abcd"]);
    static NEW_YEAR: &[Facet] = &[Facet::Enumeration(&["2000-01-01T00:00:00Z"])];
    assert_checks(
        &faceted(Primitive::DateTime, NEW_YEAR),
        &["1999-12-31T24:00:00Z", "2000-01-01T02:00:00+02:00"],
        &["2000-01-01T00:00:00"],
    );
}

#[test]
fn bounds_exclude_values_without_order() {
    static AFTER: &[Facet] = &[Facet::MinInclusive("2000-01-01Z")];
    assert_checks(
        &faceted(Primitive::Date, AFTER),
        &["2000-01-01-01:00", "2000-01-02"],
        &["2000-01-01", "2000-01-01+01:00"],
    );
    static MONTH: &[Facet] = &[Facet::MaxInclusive("P1M")];
    assert_checks(&faceted(Primitive::Duration, MONTH), &["P27D", "P1M"], &["P28D", "P31D", "P32D"]);
    static NOON: &[Facet] = &[Facet::MinInclusive("12:00:00Z")];
    assert_checks(
        &faceted(Primitive::Time, NOON),
        &["12:00:00Z", "12:00:00-01:00"],
        &["11:59:59.9Z", "12:00:00", "24:00:00Z"],
    );
}

#[test]
fn digits_exclude_padding_zeros() {
    static DIGITS: &[Facet] = &[Facet::TotalDigits(3), Facet::FractionDigits(1)];
    assert_checks(&faceted(Primitive::Decimal, DIGITS), &["00012.30", "-123.0"], &["1234", "1.23", "12.34"]);
    assert_eq!(faceted(Primitive::Decimal, DIGITS).check("1234"), Err(ValueError::TooManyDigits { max: 3, actual: 4 }));
}

#[test]
fn pattern_steps_must_all_match_with_one_of_their_patterns() {
    static FIRST: [Pattern; 2] = [Pattern::new("[a-z]+", "^(?:[a-z]+)$"), Pattern::new("[0-9]+", "^(?:[0-9]+)$")];
    static SECOND: [Pattern; 1] = [Pattern::new(".{3}", "^(?:[^\\n\\r]{3})$")];
    static BOTH: SimpleType = faceted(Primitive::Token, &[Facet::Pattern(&FIRST), Facet::Pattern(&SECOND)]);
    assert_checks(&BOTH, &["abc", "123", " abc\n"], &["ab1", "ab", "12", ""]);
    assert_eq!(BOTH.check("12"), Err(ValueError::PatternMismatch(".{3}")));
    assert_eq!(BOTH.check("ab1"), Err(ValueError::PatternMismatch("[a-z]+")));
}

#[test]
fn pattern_that_does_not_compile_matches_nothing() {
    static WRONG: [Pattern; 1] = [Pattern::new("(", "(")];
    assert!(!WRONG[0].compiles());
    static SIMPLE: SimpleType = faceted(Primitive::String, &[Facet::Pattern(&WRONG)]);
    assert_eq!(SIMPLE.check("("), Err(ValueError::PatternMismatch("(")));
}

#[test]
fn union_uses_the_first_matching_member() {
    static NUMBER: SimpleType = plain(Primitive::PositiveInteger);
    static EMPTY: SimpleType = faceted(Primitive::String, &[Facet::Enumeration(&[""])]);
    static NUMBER_OR_EMPTY: SimpleType = plain(Primitive::Union(&[&NUMBER, &EMPTY]));
    assert_checks(&NUMBER_OR_EMPTY, &["", "1", " 1 "], &[" ", "0", "a"]);
    assert_eq!(NUMBER_OR_EMPTY.check("0"), Err(ValueError::NoMember));
    assert_eq!(NUMBER_OR_EMPTY.normalize(" 1 "), "1");
    assert_eq!(NUMBER_OR_EMPTY.normalize(" "), " ");

    static INT: SimpleType = plain(Primitive::Int);
    static TEXT: SimpleType = plain(Primitive::String);
    static LISTED: &[Facet] = &[Facet::Enumeration(&["1", "ok"])];
    static INT_FIRST: SimpleType = faceted(Primitive::Union(&[&INT, &TEXT]), LISTED);
    assert_checks(&INT_FIRST, &["1", "01", " +1", "ok"], &[" ok", "1.0"]);
    static TEXT_FIRST: SimpleType = faceted(Primitive::Union(&[&TEXT, &INT]), LISTED);
    assert_checks(&TEXT_FIRST, &["1", "ok"], &["01", " 1"]);
}

#[test]
fn list_enumeration_compares_item_by_item() {
    static INT: SimpleType = plain(Primitive::Int);
    assert_checks(
        &faceted(Primitive::List(&INT), &[Facet::Enumeration(&["1 2"])]),
        &["1 2", " 01\t+2 "],
        &["1", "2 1", "1 2 3", ""],
    );
}

#[test]
fn normalize_borrows_unchanged_text() {
    assert!(matches!(plain(Primitive::Token).normalize(" a b "), Cow::Borrowed("a b")));
    assert!(matches!(plain(Primitive::String).normalize(" a\t"), Cow::Borrowed(" a\t")));
    assert_eq!(plain(Primitive::NormalizedString).normalize("a\r\nb"), "a  b");
}

#[test]
fn check_never_panics() {
    static INT: SimpleType = plain(Primitive::Int);
    static MEMBERS: &[&SimpleType] = &[&INT];
    static ALL: &[Facet] = &[
        Facet::Length(1),
        Facet::MinInclusive("?"),
        Facet::TotalDigits(1),
        Facet::FractionDigits(0),
        Facet::Enumeration(&["?", ""]),
    ];
    let texts = [
        "",
        "é",
        "-",
        "+",
        ".",
        "P",
        "PT",
        "-P",
        "T",
        ":",
        "é:é",
        "20é0-01-01",
        "2000-01-0é",
        "%é",
        "[",
        "=",
        "\u{0}",
        "1e",
        "//@[]:",
    ];
    for primitive in [
        Primitive::String,
        Primitive::AnyUri,
        Primitive::Boolean,
        Primitive::Decimal,
        Primitive::Int,
        Primitive::Double,
        Primitive::Duration,
        Primitive::DateTime,
        Primitive::Time,
        Primitive::Date,
        Primitive::HexBinary,
        Primitive::Base64Binary,
        Primitive::Union(MEMBERS),
        Primitive::List(&INT),
    ] {
        for text in texts {
            let _ = plain(primitive).check(text);
            for facet in ALL.iter() {
                let simple = SimpleType::new("", primitive, WhiteSpace::Preserve, std::slice::from_ref(facet));
                let _ = simple.check(text);
            }
        }
    }
}
