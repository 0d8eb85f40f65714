//! A conversion takes over what fits; what does not is left out by somebody who has looked at it.

use plesk_codegen::config::{Config, Conversion};

use crate::common::Directory;
use crate::common::config::plain;
use crate::problems;

/// Checks what is said of the conversion of a `crew` (answered) to a `change` (asked) with these contents.
#[track_caller]
fn refused(crew: &str, change: &str, without: &'static [&'static str], words: &[&str]) {
    let directory = Directory::new();
    let complex = |name: &str, content: &str| {
        format!(r#"<xs:element name="{name}" type="{name}"/><xs:complexType name="{name}">{content}</xs:complexType>"#)
    };
    directory.schema("request.xsd", &complex("change", change));
    directory.schema("response.xsd", &complex("crew", crew));
    let conversions = vec![Conversion { from: "crew", to: "change", without }];
    let found = problems(&directory, &Config { conversions, ..plain() });
    assert_eq!(found.len(), words.len(), "{found:#?}");
    for (problem, words) in found.iter().zip(words) {
        assert_eq!((&*problem.file, &*problem.construct), ("configuration, conversions", "crew -> change"));
        assert!(problem.message.contains(words), "{problem}");
    }
}

const NAME: &str = r#"<xs:sequence><xs:element name="name" type="xs:string"/></xs:sequence>"#;

#[test]
fn what_is_required_must_come_from_somewhere() {
    let nothing = "<xs:sequence/>";
    refused(nothing, NAME, &[], &["<name> is required, and nothing says what to put there"]);
    refused(NAME, NAME, &["name"], &["<name> is required, and nothing says what to put there"]);
    let optional = r#"<xs:sequence><xs:element name="name" type="xs:string" minOccurs="0"/></xs:sequence>"#;
    refused(optional, NAME, &[], &["<name> is of another type in each"]);
}

#[test]
fn values_of_other_types() {
    let number = NAME.replace("xs:string", "xs:int");
    refused(&number, NAME, &[], &["<name> is of another type in each"]);
    let list = NAME.replace("/></", r#" maxOccurs="unbounded"/></"#);
    refused(&list, NAME, &[], &["<name> is of another type in each"]);
    let inner = r#"<xs:sequence><xs:element name="name"><xs:complexType><xs:sequence>
        <xs:element name="first" type="xs:string"/></xs:sequence></xs:complexType></xs:element></xs:sequence>"#;
    refused(inner, NAME, &[], &["<name> is of another type in each"]);
}

#[test]
fn choices_and_sequences() {
    let choice = |names: &str| {
        let element = |name: &str| format!(r#"<xs:element name="{name}" type="xs:string"/>"#);
        format!("<xs:choice>{}</xs:choice>", names.split(' ').map(element).collect::<String>())
    };
    refused(&choice("day night"), NAME, &[], &["both types must be choices, or both sequences"]);
    refused(&choice("day night"), &choice("day dusk"), &[], &["the alternative <night> has no equal"]);
}

#[test]
fn what_is_left_out_must_be_there() {
    refused(NAME, NAME, &["rank"], &["only one of the types has <rank>; remove it from `without`"]);
}

#[test]
fn types_that_are_gone() {
    let directory = Directory::new();
    directory.schema(
        "request.xsd",
        &format!(r#"<xs:element name="ship"><xs:complexType>{NAME}</xs:complexType></xs:element>"#),
    );
    let conversions = vec![Conversion { from: "Gone", to: "ship", without: &[] }];
    let found = problems(&directory, &Config { conversions, ..plain() });
    let [problem] = found.as_slice() else { panic!("not one problem: {found:#?}") };
    assert!(problem.message.contains("there is no type Gone"), "{problem}");
}
