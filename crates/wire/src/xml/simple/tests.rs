//! Whole checks: whitespace, lexical rule and facets together.

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

/// Checks some texts that a type accepts and some that it refuses.
#[track_caller]
fn verdicts(simple: &SimpleType, valid: &[&str], invalid: &[&str]) {
    for text in valid {
        assert_eq!(simple.check(text), Ok(()), "{text:?}");
    }
    for text in invalid {
        assert!(simple.check(text).is_err(), "{text:?}");
    }
}

#[test]
fn the_empty_text_is_a_string_and_nothing_more() {
    for primitive in
        [Primitive::AnySimple, Primitive::String, Primitive::Token, Primitive::AnyUri, Primitive::HexBinary]
    {
        assert_eq!(plain(primitive).check(""), Ok(()), "{primitive:?}");
    }
    for primitive in [Primitive::Boolean, Primitive::Integer, Primitive::Double, Primitive::Date, Primitive::Duration] {
        assert_eq!(plain(primitive).check(" \n").map_err(|broken| broken.rule()), Err("type"), "{primitive:?}");
    }
}

#[test]
fn booleans_are_four_words() {
    verdicts(
        &plain(Primitive::Boolean),
        &["true", "false", "1", "0", " true\n"],
        &["True", "TRUE", "yes", "on", "00", "2", "-1", "tr ue", "\u{a0}true"],
    );
}

#[test]
fn integers_have_bounds_of_any_size() {
    verdicts(
        &plain(Primitive::Integer),
        &["0", "-0", "+1", "007", " 1 ", "\t1\n", "99999999999999999999999999999999999999999999"],
        &["1.0", "1e3", "0x1", "--1", "+", "1 2", "١", "１", "1\u{a0}"],
    );
    verdicts(
        &plain(Primitive::Long),
        &["9223372036854775807", "-9223372036854775808"],
        &["9223372036854775808", "-9223372036854775809"],
    );
    verdicts(
        &plain(Primitive::UnsignedLong),
        &["0", "00000000000000000000000018446744073709551615"],
        &["18446744073709551616", "-1", "-0", "+1"],
    );
    verdicts(&plain(Primitive::Byte), &["127", "-128", "+0127"], &["128", "-129"]);
    verdicts(&plain(Primitive::PositiveInteger), &["1", "+01"], &["0", "-0", "-1"]);
    verdicts(&plain(Primitive::NonPositiveInteger), &["0", "+0", "-1"], &["1"]);
}

#[test]
fn the_rule_that_is_broken_is_named() {
    for (primitive, text, broken) in [
        (Primitive::Int, "a", ValueError::InvalidLexical("integer")),
        (Primitive::Int, "2147483648", ValueError::AboveMaximum("2147483647")),
        (Primitive::PositiveInteger, "0", ValueError::BelowMinimum("1")),
        (Primitive::UnsignedInt, "-1", ValueError::InvalidLexical("unsigned integer")),
        (Primitive::Date, "2001-02-29", ValueError::InvalidLexical("date")),
    ] {
        assert_eq!(plain(primitive).check(text), Err(broken));
    }
}

#[test]
fn lengths_count_characters_after_normalisation() {
    static FACETS: &[Facet] = &[Facet::MinLength(2), Facet::MaxLength(3)];
    verdicts(&faceted(Primitive::String, FACETS), &["üüü", "😀😀", " a", "e\u{301}"], &["", "ü", "üüüü", " abc"]);
    verdicts(&faceted(Primitive::Token, FACETS), &[" abc ", "a \n b"], &[" a ", "a b c"]);
    let unit = "character";
    assert_eq!(faceted(Primitive::String, FACETS).check("üüüü"), Err(ValueError::TooLong { max: 3, actual: 4, unit }));
}

#[test]
fn lengths_of_binaries_count_octets_and_those_of_lists_items() {
    static THREE: &[Facet] = &[Facet::Length(3)];
    verdicts(&faceted(Primitive::HexBinary, THREE), &["00fF00"], &["000", "0000", ""]);
    verdicts(&faceted(Primitive::Base64Binary, THREE), &["YWJj", " Y W\nJj "], &["YWI=", "YWJjYQ=="]);
    static ITEM: SimpleType = plain(Primitive::Int);
    verdicts(&faceted(Primitive::List(&ITEM), THREE), &["1 2 3", "\n1\t2  03 "], &["1 2", "1 2 3 4", "1 2 a", "1,2,3"]);
}

#[test]
fn bounds_and_enumerations_compare_values() {
    static PERCENT: &[Facet] = &[Facet::MinInclusive("0"), Facet::MaxExclusive("100")];
    verdicts(&faceted(Primitive::Integer, PERCENT), &["0", "-0", "099", "+99"], &["-1", "100", "0100"]);
    verdicts(&faceted(Primitive::Double, PERCENT), &["-0", "1e1", "99.99999"], &["1e2", "INF", "NaN"]);

    static LISTED: &[Facet] = &[Facet::Enumeration(&["1", "-20"])];
    verdicts(&faceted(Primitive::Integer, LISTED), &["1", "01", "+1", " -020 "], &["-1", "20"]);
    verdicts(&faceted(Primitive::Decimal, LISTED), &["1.0", "-20."], &["1.01"]);
    verdicts(&faceted(Primitive::String, LISTED), &["1", "-20"], &["01", "+1", " 1"]);
    verdicts(&faceted(Primitive::Token, LISTED), &["1", " 1"], &["01"]);

    static TRUE: &[Facet] = &[Facet::Enumeration(&["true"])];
    verdicts(&faceted(Primitive::Boolean, TRUE), &["true", "1"], &["false", "0"]);
    static NAN: &[Facet] = &[Facet::Enumeration(&["NaN", "10"])];
    verdicts(&faceted(Primitive::Float, NAN), &["NaN", "1e1"], &["INF"]);
    static BYTES: &[Facet] = &[Facet::Enumeration(&["ABCD"])];
    verdicts(&faceted(Primitive::HexBinary, BYTES), &["abcd", "aBCd"], &["ABCE"]);
    verdicts(&faceted(Primitive::Base64Binary, BYTES), &["AB CD"], &["abcd"]);
    static NEW_YEAR: &[Facet] = &[Facet::Enumeration(&["2000-01-01T00:00:00Z"])];
    verdicts(
        &faceted(Primitive::DateTime, NEW_YEAR),
        &["1999-12-31T24:00:00Z", "2000-01-01T02:00:00+02:00"],
        &["2000-01-01T00:00:00"],
    );
}

#[test]
fn a_value_that_does_not_compare_is_out_of_bounds() {
    static AFTER: &[Facet] = &[Facet::MinInclusive("2000-01-01Z")];
    verdicts(
        &faceted(Primitive::Date, AFTER),
        &["2000-01-01-01:00", "2000-01-02"],
        &["2000-01-01", "2000-01-01+01:00"],
    );
    static MONTH: &[Facet] = &[Facet::MaxInclusive("P1M")];
    verdicts(&faceted(Primitive::Duration, MONTH), &["P27D", "P1M"], &["P28D", "P31D", "P32D"]);
    static NOON: &[Facet] = &[Facet::MinInclusive("12:00:00Z")];
    verdicts(
        &faceted(Primitive::Time, NOON),
        &["12:00:00Z", "12:00:00-01:00"],
        &["11:59:59.9Z", "12:00:00", "24:00:00Z"],
    );
}

#[test]
fn digits_count_without_idle_zeros() {
    static DIGITS: &[Facet] = &[Facet::TotalDigits(3), Facet::FractionDigits(1)];
    verdicts(&faceted(Primitive::Decimal, DIGITS), &["00012.30", "-123.0"], &["1234", "1.23", "12.34"]);
    assert_eq!(faceted(Primitive::Decimal, DIGITS).check("1234"), Err(ValueError::TooManyDigits { max: 3, actual: 4 }));
}

#[test]
fn patterns_of_a_step_are_alternatives_and_steps_add_up() {
    static FIRST: [Pattern; 2] = [Pattern::new("[a-z]+", "^(?:[a-z]+)$"), Pattern::new("[0-9]+", "^(?:[0-9]+)$")];
    static SECOND: [Pattern; 1] = [Pattern::new(".{3}", "^(?:[^\\n\\r]{3})$")];
    static BOTH: SimpleType = faceted(Primitive::Token, &[Facet::Pattern(&FIRST), Facet::Pattern(&SECOND)]);
    verdicts(&BOTH, &["abc", "123", " abc\n"], &["ab1", "ab", "12", ""]);
    assert_eq!(BOTH.check("12"), Err(ValueError::PatternMismatch(".{3}")));
    assert_eq!(BOTH.check("ab1"), Err(ValueError::PatternMismatch("[a-z]+")));
}

#[test]
fn a_pattern_that_does_not_compile_matches_nothing() {
    static WRONG: [Pattern; 1] = [Pattern::new("(", "(")];
    assert!(!WRONG[0].compiles());
    static SIMPLE: SimpleType = faceted(Primitive::String, &[Facet::Pattern(&WRONG)]);
    assert_eq!(SIMPLE.check("("), Err(ValueError::PatternMismatch("(")));
}

#[test]
fn the_first_member_that_fits_decides_for_a_union() {
    static NUMBER: SimpleType = plain(Primitive::PositiveInteger);
    static EMPTY: SimpleType = faceted(Primitive::String, &[Facet::Enumeration(&[""])]);
    static NUMBER_OR_EMPTY: SimpleType = plain(Primitive::Union(&[&NUMBER, &EMPTY]));
    verdicts(&NUMBER_OR_EMPTY, &["", "1", " 1 "], &[" ", "0", "a"]);
    assert_eq!(NUMBER_OR_EMPTY.check("0"), Err(ValueError::NoMember));
    assert_eq!(NUMBER_OR_EMPTY.normalize(" 1 "), "1");
    assert_eq!(NUMBER_OR_EMPTY.normalize(" "), " ");

    static INT: SimpleType = plain(Primitive::Int);
    static TEXT: SimpleType = plain(Primitive::String);
    static LISTED: &[Facet] = &[Facet::Enumeration(&["1", "ok"])];
    static INT_FIRST: SimpleType = faceted(Primitive::Union(&[&INT, &TEXT]), LISTED);
    verdicts(&INT_FIRST, &["1", "01", " +1", "ok"], &[" ok", "1.0"]);
    static TEXT_FIRST: SimpleType = faceted(Primitive::Union(&[&TEXT, &INT]), LISTED);
    verdicts(&TEXT_FIRST, &["1", "ok"], &["01", " 1"]);
}

#[test]
fn list_items_compare_one_by_one() {
    static INT: SimpleType = plain(Primitive::Int);
    verdicts(
        &faceted(Primitive::List(&INT), &[Facet::Enumeration(&["1 2"])]),
        &["1 2", " 01\t+2 "],
        &["1", "2 1", "1 2 3", ""],
    );
}

#[test]
fn valid_text_is_not_copied() {
    assert!(matches!(plain(Primitive::Token).normalize(" a b "), Cow::Borrowed("a b")));
    assert!(matches!(plain(Primitive::String).normalize(" a\t"), Cow::Borrowed(" a\t")));
    assert_eq!(plain(Primitive::NormalizedString).normalize("a\r\nb"), "a  b");
}

#[test]
fn no_text_makes_a_check_panic() {
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
