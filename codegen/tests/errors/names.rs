//! Rust names that clash or that Rust does not allow.

use crate::common::Directory;
use crate::common::config::plain;
use crate::{NAME, assert_rejected, problems, root, simple};

#[test]
fn clashing_name_is_reported() {
    let two = r#"<xs:sequence><xs:element name="a" type="Hull"/><xs:element name="b" type="HullType"/></xs:sequence>"#;
    let more = format!(
        r#"<xs:complexType name="Hull">{NAME}</xs:complexType><xs:complexType name="HullType">{NAME}</xs:complexType>"#
    );
    assert_rejected(&root(two, &more), "HullType", "`request::Hull`, like Hull in request.xsd");
    let one = |name: &str| {
        root(
            &format!(r#"<xs:sequence><xs:element name="a" type="{name}"/></xs:sequence>"#),
            &format!(r#"<xs:complexType name="{name}">{NAME}</xs:complexType>"#),
        )
    };
    assert_rejected(&one("Content"), "Content", "which the emitted code uses");
    assert_rejected(&one("Option"), "Option", "which the emitted code uses");
    assert_rejected(&one("SelfType"), "SelfType", "which Rust does not allow");
    let fields =
        r#"<xs:sequence><xs:element name="a-b" type="xs:int"/><xs:element name="a_b" type="xs:int"/></xs:sequence>"#;
    assert_rejected(&root(fields, ""), "ship", "two fields would be named `a_b`");
    let text = r#"<xs:simpleContent><xs:extension base="xs:int"><xs:attribute name="value" type="xs:int"/></xs:extension></xs:simpleContent>"#;
    assert_rejected(&root(text, ""), "ship", "two fields would be named `value`");
    let variants =
        r#"<xs:choice><xs:element name="a-b" type="xs:int"/><xs:element name="aB" type="xs:int"/></xs:choice>"#;
    let directory = Directory::new();
    directory.schema("request.xsd", &root(variants, ""));
    let found = problems(&directory, &plain());
    assert!(
        found.iter().all(|problem| problem.construct == "ship") && found[0].message.contains("two variants"),
        "{found:#?}"
    );
    let constructors = r#"<xs:choice><xs:element name="id" type="xs:int" maxOccurs="5"/><xs:element name="ids" type="xs:int"/></xs:choice>"#;
    assert_rejected(&root(constructors, ""), "ship", "two constructors would be named `ids`");
    let new = r#"<xs:sequence><xs:element name="new" type="xs:int" minOccurs="0"/></xs:sequence>"#;
    assert_rejected(&root(new, ""), "ship", "two methods would be named `new`");
    let adders = r#"<xs:sequence><xs:element name="port" type="xs:int" minOccurs="0"/><xs:choice maxOccurs="3"><xs:element name="port-" type="xs:int"/><xs:element name="x" type="xs:int"/></xs:choice></xs:sequence>"#;
    assert_rejected(&root(adders, ""), "ship", "two methods would be named `port`");
    let letters = r#"<xs:sequence><xs:element name="self" type="xs:int"/></xs:sequence>"#;
    assert_rejected(&root(letters, ""), "ship", "which Rust does not allow");
}

#[test]
fn clashing_value_is_reported() {
    let values = |values: &[&str]| {
        let values: String = values.iter().map(|value| format!(r#"<xs:enumeration value="{value}"/>"#)).collect();
        simple(&format!(r#"<xs:restriction base="xs:string">{values}</xs:restriction>"#))
    };
    assert_rejected(&values(&["a-b", "a_b"]), "T", "`AB`, like another value");
    assert_rejected(&values(&["other"]), "T", "add `T=other` to `renames`");
    assert_rejected(&values(&["*"]), "T", "which Rust does not allow");
}
