//! Helpers for the tests of all rows.

use std::fmt::Debug;

use plesk_wire::xml::{Content, Limits, ReadError, ReadErrorKind, Reader, Strictness, Validator, Visitor, Writer};

/// Writes `value` as the element `name`.
pub fn encode<T: Content>(name: &'static str, value: &T) -> String {
    let mut writer = Writer::new();
    writer.visit_element(name, 0, value);
    String::from_utf8(writer.into_bytes()).expect("what is written is UTF-8")
}

fn read<T: Content>(name: &'static str, xml: &str, strictness: Strictness) -> Result<T, ReadError> {
    Reader::new(xml.as_bytes(), strictness, Limits::DEFAULT)?.document(name)
}

/// Reads as a validating server does.
pub fn strict<T: Content>(name: &'static str, xml: &str) -> Result<T, ReadError> {
    read(name, xml, Strictness::Strict)
}

/// Reads as a client of newer servers does.
pub fn lenient<T: Content>(name: &'static str, xml: &str) -> Result<T, ReadError> {
    read(name, xml, Strictness::Lenient)
}

/// Checks that `value` is written as `xml`, and that both readers return it.
pub fn assert_round_trip<T: Content + Debug + PartialEq>(name: &'static str, value: &T, xml: &str) {
    assert_eq!(encode(name, value), xml);
    assert_eq!(strict::<T>(name, xml).as_ref(), Ok(value));
    assert_eq!(lenient::<T>(name, xml).as_ref(), Ok(value));
}

/// Returns the error with which a strict reader rejects `xml`.
pub fn rejection<T: Content + Debug>(name: &'static str, xml: &str) -> String {
    describe(&strict::<T>(name, xml).expect_err("a strict reader must refuse this"))
}

/// Returns the error with which every reader rejects `xml`.
pub fn rejection_by_all<T: Content + Debug>(name: &'static str, xml: &str) -> String {
    let error = describe(&lenient::<T>(name, xml).expect_err("every reader must refuse this"));
    assert_eq!(rejection::<T>(name, xml), error);
    error
}

/// Returns the place and kind of an error, without the wording of its message.
fn describe(error: &ReadError) -> String {
    use ReadErrorKind as Kind;
    let what = match error.kind() {
        Kind::Limit(_) => "limit".to_owned(),
        Kind::Unexpected { found, expected: Some(due) } => format!("unexpected {found}, due {due}"),
        Kind::Unexpected { found, expected: None } => format!("unexpected {found}"),
        Kind::Missing(name) => format!("missing {name}"),
        Kind::MissingAttribute(name) => format!("missing attribute {name}"),
        Kind::UnexpectedAttribute(name) => format!("unexpected attribute {name}"),
        Kind::UnexpectedText => "unexpected text".to_owned(),
        Kind::Value { value, .. } => format!("bad value '{}'", value.as_deref().unwrap_or("***")),
        other => other.to_string(),
    };
    format!("{}: {what}", error.path())
}

/// Returns the places where `value` breaks a rule of the schema, each with the rule.
pub fn violations<T: Content>(name: &'static str, value: &T) -> Vec<String> {
    let mut validator = Validator::new();
    validator.visit_element(name, 0, value);
    match validator.finish() {
        Ok(()) => Vec::new(),
        Err(violations) => violations.as_slice().iter().map(|found| format!("{} {}", found.path, found.rule)).collect(),
    }
}
