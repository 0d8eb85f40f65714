//! Secrets are never shown: not by `Debug`, errors, violations or a redacting writer.

mod shapes;

use plesk_wire::packet::Secret;
use plesk_wire::xml::{Any, Limits, Nillable, Validator, Visitor, Writer, check};
use shapes::*;

const SECRET: &str = "correct horse battery";

#[test]
fn debug_and_violations_redact_secrets() {
    let person = Person { password: SECRET.into(), ..person() };
    let versioned = Versioned { version: "1".into(), fast: None, key: Some(SECRET.into()), price: None };
    let maybe = Maybe { must: Nillable::Nil, may: Some(Nillable::Value(SECRET.into())) };
    for shown in [format!("{person:#?}"), format!("{versioned:?}"), format!("{maybe:?}")] {
        assert!(shown.contains("Secret(***)") && !shown.contains("horse"), "{shown}");
    }
    for violations in [Validator::check("r", &person).unwrap_err(), Validator::check("r", &versioned).unwrap_err()] {
        let shown = format!("{violations} {violations:?}");
        assert!(shown.contains("maxLength") && !shown.contains("horse"), "{shown}");
    }
    let forbidden = Person { password: "horse\u{1}".into(), ..self::person() };
    assert!(!format!("{:?}", Validator::check("r", &forbidden)).contains("horse"));
}

#[test]
fn redacted_writer_replaces_secrets() {
    let mut writer = Writer::redacted();
    writer.visit_element("r", 0, &Person { password: SECRET.into(), ..person() });
    writer.visit_element("r", 0, &Versioned { version: "1".into(), fast: None, key: Some(SECRET.into()), price: None });
    writer.visit_element("r", 0, &Maybe { must: Nillable::Nil, may: Some(Nillable::Value(SECRET.into())) });
    let shown = String::from_utf8(writer.into_bytes()).unwrap();
    assert_eq!(shown.matches("***").count(), 3);
    assert!(shown.contains("<password>***</password>") && shown.contains("key=\"***\"") && !shown.contains("horse"));
}

/// Even if the secret was not escaped and breaks the XML.
#[test]
fn read_errors_redact_secrets() {
    for broken in
        ["horse&", "&horse;", "&horse", "&#horse;", "horse]]>", "<horse", "<horse'/>", "</horse>", "\u{1}horse"]
    {
        for xml in [
            format!("<r><login>l</login><password>{broken}</password></r>"),
            format!("<r version='1' key='{broken}'/>"),
        ] {
            let read = [
                strict::<Person>(&xml).map(drop),
                lenient::<Person>(&xml).map(drop),
                strict::<Versioned>(&xml).map(drop),
            ];
            let errors: Vec<_> = read.into_iter().filter_map(Result::err).collect();
            assert!(!errors.is_empty(), "{xml}");
            for error in errors {
                let shown = format!("{error} {error:?}");
                assert!(!shown.contains("horse"), "{shown}");
            }
        }
    }
}

/// An unescaped secret can look like elements and attributes. Their names are redacted in all modes of
/// reading, even if the element is skipped because of another error.
#[test]
fn names_within_a_secret_are_redacted() {
    let passwords = [
        "<password>x<horse>y</password>",
        "<password>x<horse></horse2>y</password>",
        "<password>x<horse/>y</password>",
        "<password>x<a:horse>y</a:horse></password>",
        "<password><b><horse a='1' a='2'/></b></password>",
        "<password>x<horse",
        "<password horse='1'>y</password>",
        "<password horse='1' xmlns:horse='horse'>y<horse horse=''/></password>",
        "<password xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='horse'>y</password>",
    ];
    let mut messages = 0;
    for password in passwords {
        for before in ["", "<login>l</login>", "<login>l</login><password>p</password>"] {
            for (open, close) in [("<r>", "</r>"), ("<r><person>", "</person></r>"), ("<r><new>", "</new></r>")] {
                let maybe = password.replace("password", "may");
                let xml = format!("{open}{before}{password}<age>x</age>{close}");
                let maybe = format!("<r><must>1</must>{maybe}</r>");
                let checked = [
                    check::<AllShapes>("r", xml.as_bytes(), Limits::DEFAULT),
                    check::<Person>("r", xml.as_bytes(), Limits::DEFAULT),
                    check::<Maybe>("r", maybe.as_bytes(), Limits::DEFAULT),
                ];
                let read = [
                    strict::<AllShapes>(&xml).map(drop),
                    lenient::<AllShapes>(&xml).map(drop),
                    strict::<Person>(&xml).map(drop),
                    lenient::<Person>(&xml).map(drop),
                    strict::<Maybe>(&maybe).map(drop),
                    lenient::<Maybe>(&maybe).map(drop),
                ];
                let violations = checked.iter().filter_map(|checked| checked.as_ref().err());
                let errors = read.iter().filter_map(|read| read.as_ref().err());
                let shown = violations.map(|found| format!("{found} {found:?}"));
                for shown in shown.chain(errors.map(|error| format!("{error} {error:?}"))) {
                    assert!(!shown.contains("horse"), "{xml} {maybe}: {shown}");
                    messages += 1;
                }
            }
        }
    }
    assert!(messages > 300, "{messages}");
}

#[test]
fn redacted_errors_name_the_place_and_the_problem() {
    for (password, message) in [
        ("<password>x<horse>y</password></r>", "an unexpected end tag"),
        ("<password>x<horse></horse", "the document ends inside an element"),
        ("<password>x</horse></r>", "an unexpected end tag; expected </password>"),
    ] {
        let error = lenient::<Person>(&format!("<r><login>l</login>{password}")).unwrap_err().to_string();
        assert_eq!(error, format!("line 1: r/password: not well-formed XML: {message}"));
    }
    let error = strict::<Person>("<r><login>l</login><password horse='1'/></r>").unwrap_err().to_string();
    assert_eq!(error, "line 1: r/password: the attribute *** is not allowed");
    let error = strict::<Person>("<r><login>l</login><password>x<horse/></password></r>").unwrap_err().to_string();
    assert_eq!(error, "line 1: r/password: unexpected element <***>");
    // A result that is skipped because of an earlier error.
    let answer = "<r><result><status>ok</status><id>x</id><password>x<horse>y</password></result></r>";
    let error = lenient::<Answers>(answer).unwrap_err();
    assert_eq!(error.path(), "r/result");
    assert!(error.is_fatal() && !format!("{error} {error:?}").contains("horse"), "{error}");
    let xml = b"<r><login>l</login><password xmlns='horse'>p</password><home><street/></home><pet><street/></pet></r>";
    let violations = check::<Person>("r", xml, Limits::DEFAULT).unwrap_err();
    assert_eq!(violations.first().rule, "unknown", "{violations}");
    assert!(violations.first().path == "r/password" && !format!("{violations} {violations:?}").contains("horse"));
}

#[test]
fn violations_of_untyped_content_omit_the_value() {
    let data = Any::text("horse\u{1}");
    let violations = Validator::check("r", &Open { data, more: vec![], end: None }).unwrap_err();
    assert_eq!(violations.to_string(), "r/data: contains a character that XML does not allow");
    assert!(!format!("{violations:?}").contains("horse"));
}

/// A secret that may fail to parse.
#[derive(Clone, Debug, PartialEq)]
struct Pin(Secret);

impl plesk_wire::xml::Scalar for Pin {
    const SECRET: bool = true;

    fn placeholder() -> Self {
        Self("".into())
    }

    fn parse(text: &str) -> Result<Self, plesk_wire::xml::ParseError> {
        if text.len() == 4 { Ok(Self(text.into())) } else { Err(plesk_wire::xml::ParseError { problem: "is no pin" }) }
    }

    fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        f(self.0.expose())
    }
}

#[derive(Debug)]
struct Card(Box<Pin>);

impl plesk_wire::xml::Content for Card {
    fn placeholder() -> Self {
        Self(plesk_wire::xml::Scalar::placeholder())
    }

    fn read(&mut self, r: &mut plesk_wire::xml::Reader<'_>) -> Result<(), plesk_wire::xml::ReadError> {
        r.text("pin", &mut self.0, &STRING)
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.text("pin", &self.0, &STRING);
    }
}

#[test]
fn parse_errors_omit_secrets() {
    let error = lenient::<Card>("<r><pin>horse</pin></r>").unwrap_err();
    assert_eq!(error.to_string(), "line 1: r/pin: the value *** is no pin");
    assert!(!format!("{error:?}").contains("horse"));
}
