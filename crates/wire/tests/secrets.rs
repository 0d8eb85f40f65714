//! A secret is never told: not by `Debug`, not by an error, not by a violation, not by a masked
//! writer.

mod shapes;

use plesk_wire::packet::Secret;
use plesk_wire::xml::{Nillable, Validator, Visitor, Writer};
use shapes::*;

const SECRET: &str = "correct horse battery";

#[test]
fn debug_and_validation() {
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
fn masked_writing() {
    let mut writer = Writer::masked();
    writer.element("r", 0, &Person { password: SECRET.into(), ..person() });
    writer.element("r", 0, &Versioned { version: "1".into(), fast: None, key: Some(SECRET.into()), price: None });
    writer.element("r", 0, &Maybe { must: Nillable::Nil, may: Some(Nillable::Value(SECRET.into())) });
    let shown = String::from_utf8(writer.into_bytes()).unwrap();
    assert_eq!(shown.matches("***").count(), 3);
    assert!(shown.contains("<password>***</password>") && shown.contains("key=\"***\"") && !shown.contains("horse"));
}

/// Also where the secret was not escaped and breaks the XML.
#[test]
fn errors_of_reading() {
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
            for error in read.into_iter().filter_map(Result::err) {
                let shown = format!("{error} {error:?}");
                assert!(!shown.contains("horse"), "{shown}");
            }
        }
    }
}

/// A secret that can be unreadable.
#[derive(Clone, Debug, PartialEq)]
struct Pin(Secret);

impl plesk_wire::xml::Scalar for Pin {
    const SECRET: bool = true;

    fn blank() -> Self {
        Self("".into())
    }

    fn parse(text: &str) -> Result<Self, plesk_wire::xml::Unreadable> {
        if text.len() == 4 { Ok(Self(text.into())) } else { Err(plesk_wire::xml::Unreadable { problem: "is no pin" }) }
    }

    fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        f(self.0.expose())
    }
}

#[derive(Debug)]
struct Card(Box<Pin>);

impl plesk_wire::xml::Content for Card {
    fn blank() -> Self {
        Self(plesk_wire::xml::Scalar::blank())
    }

    fn read(&mut self, r: &mut plesk_wire::xml::Reader<'_>) -> Result<(), plesk_wire::xml::ReadError> {
        r.leaf("pin", &mut self.0, &STRING)
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.leaf("pin", &self.0, &STRING);
    }
}

#[test]
fn unreadable_secrets() {
    let error = lenient::<Card>("<r><pin>horse</pin></r>").unwrap_err();
    assert_eq!(error.to_string(), "line 1: r/pin: the value (hidden) is no pin");
    assert!(!format!("{error:?}").contains("horse"));
}
