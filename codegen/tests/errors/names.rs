//! Names that clash, or that Rust does not allow.

use crate::common::Directory;
use crate::common::config::plain;
use crate::{NAME, problems, refused, root, simple};

#[test]
fn names_that_clash() {
    let two = r#"<xs:sequence><xs:element name="a" type="Hull"/><xs:element name="b" type="HullType"/></xs:sequence>"#;
    let beside = format!(
        r#"<xs:complexType name="Hull">{NAME}</xs:complexType><xs:complexType name="HullType">{NAME}</xs:complexType>"#
    );
    refused(&root(two, &beside), "HullType", "request::Hull, as Hull in request.xsd is");
    let one = |name: &str| {
        root(
            &format!(r#"<xs:sequence><xs:element name="a" type="{name}"/></xs:sequence>"#),
            &format!(r#"<xs:complexType name="{name}">{NAME}</xs:complexType>"#),
        )
    };
    refused(&one("Reader"), "Reader", "which emitted code uses");
    refused(&one("Option"), "Option", "which emitted code uses");
    refused(&one("SelfType"), "SelfType", "which Rust does not allow");
    let fields =
        r#"<xs:sequence><xs:element name="a-b" type="xs:int"/><xs:element name="a_b" type="xs:int"/></xs:sequence>"#;
    refused(&root(fields, ""), "ship", "two fields would be called a_b");
    let text = r#"<xs:simpleContent><xs:extension base="xs:int"><xs:attribute name="value" type="xs:int"/></xs:extension></xs:simpleContent>"#;
    refused(&root(text, ""), "ship", "two fields would be called value");
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
    refused(&root(constructors, ""), "ship", "two constructors would be called ids");
    let new = r#"<xs:sequence><xs:element name="new" type="xs:int" minOccurs="0"/></xs:sequence>"#;
    refused(&root(new, ""), "ship", "two methods would be called new");
    let adders = r#"<xs:sequence><xs:element name="port" type="xs:int" minOccurs="0"/><xs:choice maxOccurs="3"><xs:element name="port-" type="xs:int"/><xs:element name="x" type="xs:int"/></xs:choice></xs:sequence>"#;
    refused(&root(adders, ""), "ship", "two methods would be called port");
    let letters = r#"<xs:sequence><xs:element name="self" type="xs:int"/></xs:sequence>"#;
    refused(&root(letters, ""), "ship", "which Rust does not allow");
}

#[test]
fn values_that_clash() {
    let values = |values: &[&str]| {
        let values: String = values.iter().map(|value| format!(r#"<xs:enumeration value="{value}"/>"#)).collect();
        simple(&format!(r#"<xs:restriction base="xs:string">{values}</xs:restriction>"#))
    };
    refused(&values(&["a-b", "a_b"]), "T", "'AB', as another value is");
    refused(&values(&["other"]), "T", "add `T=other` to `renames`");
    refused(&values(&["*"]), "T", "which Rust does not allow");
}
