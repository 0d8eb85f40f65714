//! A conversion copies members of the same type. All others must be left out explicitly.

use plesk_codegen::config::{Config, Conversion};

use crate::common::Directory;
use crate::common::config::plain;
use crate::problems;

/// Asserts the problems of a conversion from `crew` (in responses) to `change` (in requests) with these contents.
#[track_caller]
fn assert_rejected(crew: &str, change: &str, without: &'static [&'static str], words: &[&str]) {
    assert_entry_rejected(crew, change, Conversion { from: "crew", to: "change", without, given: &[] }, words);
}

#[track_caller]
fn assert_entry_rejected(crew: &str, change: &str, conversion: Conversion, words: &[&str]) {
    let directory = Directory::new();
    let complex = |name: &str, content: &str| {
        format!(r#"<xs:element name="{name}" type="{name}"/><xs:complexType name="{name}">{content}</xs:complexType>"#)
    };
    directory.schema("request.xsd", &complex("change", change));
    directory.schema("response.xsd", &complex("crew", crew));
    let conversions = vec![conversion];
    let found = problems(&directory, &Config { conversions, ..plain() });
    assert_eq!(found.len(), words.len(), "{found:#?}");
    for (problem, words) in found.iter().zip(words) {
        assert_eq!((&*problem.file, &*problem.construct), ("configuration, conversions", "crew -> change"));
        assert!(problem.message.contains(words), "{problem}");
    }
}

const NAME: &str = r#"<xs:sequence><xs:element name="name" type="xs:string"/></xs:sequence>"#;

#[test]
fn required_member_without_source_is_reported() {
    let nothing = "<xs:sequence/>";
    assert_rejected(nothing, NAME, &[], &["<name> is required in the target, but has no source"]);
    assert_rejected(NAME, NAME, &["name"], &["<name> is required in the target, but has no source"]);
    let optional = r#"<xs:sequence><xs:element name="name" type="xs:string" minOccurs="0"/></xs:sequence>"#;
    assert_rejected(optional, NAME, &[], &["<name> has different types"]);
}

#[test]
fn member_with_different_types_is_reported() {
    let number = NAME.replace("xs:string", "xs:int");
    assert_rejected(&number, NAME, &[], &["<name> has different types"]);
    let list = NAME.replace("/></", r#" maxOccurs="unbounded"/></"#);
    assert_rejected(&list, NAME, &[], &["<name> has different types"]);
    let inner = r#"<xs:sequence><xs:element name="name"><xs:complexType><xs:sequence>
        <xs:element name="first" type="xs:string"/></xs:sequence></xs:complexType></xs:element></xs:sequence>"#;
    assert_rejected(inner, NAME, &[], &["<name> has different types"]);
}

#[test]
fn choice_and_sequence_cannot_be_converted() {
    let choice = |names: &str| {
        let element = |name: &str| format!(r#"<xs:element name="{name}" type="xs:string"/>"#);
        format!("<xs:choice>{}</xs:choice>", names.split(' ').map(element).collect::<String>())
    };
    assert_rejected(&choice("day night"), NAME, &[], &["the types must both be choices, or both be sequences"]);
    assert_rejected(&choice("day night"), &choice("day dusk"), &[], &["the alternative <night> has no counterpart"]);
}

#[test]
fn left_out_member_that_does_not_exist_is_reported() {
    assert_rejected(NAME, NAME, &["rank"], &["<rank> is not in both types; remove it from `without`"]);
}

#[test]
fn given_member_that_is_not_required_is_reported() {
    let optional = NAME.replace("/></", r#" minOccurs="0"/></"#);
    let given = |given| Conversion { from: "crew", to: "change", without: &[], given };
    let message = "is not required in the target; remove it from `given`";
    assert_entry_rejected(NAME, &optional, given(&["name"]), &[message]);
    assert_entry_rejected(NAME, NAME, given(&["rank"]), &[message]);
}

#[test]
fn unknown_type_is_reported() {
    let directory = Directory::new();
    directory.schema(
        "request.xsd",
        &format!(r#"<xs:element name="ship"><xs:complexType>{NAME}</xs:complexType></xs:element>"#),
    );
    let conversions = vec![Conversion { from: "Gone", to: "ship", without: &[], given: &[] }];
    let found = problems(&directory, &Config { conversions, ..plain() });
    let [problem] = found.as_slice() else { panic!("not one problem: {found:#?}") };
    assert!(problem.message.contains("there is no type `Gone`"), "{problem}");
}
