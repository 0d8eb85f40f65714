//! Names that nothing declares, and constructs that are not supported.

use crate::common::Directory;
use crate::common::config::plain;
use crate::{NAME, problems, refused, root, simple};

#[test]
fn names_that_nothing_declares() {
    let sequence = |inner: &str| format!("<xs:sequence>{inner}</xs:sequence>");
    refused(&root(&sequence(r#"<xs:element name="a" type="Gone"/>"#), ""), "ship/a", "type Gone is not declared");
    refused(&root(&sequence(r#"<xs:element name="a" type="xs:QName"/>"#), ""), "ship/a", "xs:QName is not supported");
    let other = r#"<xs:element name="a" xmlns:o="urn:other" type="o:T"/>"#;
    let beside = r#"<xs:complexType name="T"/>"#;
    refused(&root(&sequence(other), beside), "ship/a", "type o:T is not declared");
    refused(&root(&sequence(r#"<xs:element name="a" type="q:T"/>"#), beside), "ship/a", "type q:T is not declared");
    refused(&root(&sequence(r#"<xs:element ref="gone"/>"#), ""), "ship", "element gone is not declared");
    refused(&root(r#"<xs:group ref="gone"/>"#, ""), "ship", "group gone is not declared");
    let extension = r#"<xs:complexContent><xs:extension base="Gone"/></xs:complexContent>"#;
    refused(&root(extension, ""), "ship", "base type Gone is not declared");
    refused(&simple(r#"<xs:restriction base="Gone"/>"#), "T", "type Gone is not declared");
    refused(&simple(r#"<xs:union memberTypes="xs:int Gone"/>"#), "T", "type Gone is not declared");
    refused(&root(r#"<xs:attribute name="a" type="Gone"/>"#, ""), "ship/@a", "not declared");
}

#[test]
fn a_name_that_two_files_declare() {
    let directory = Directory::new();
    directory.schema("request.xsd", &root(NAME, r#"<xs:include schemaLocation="a.xsd"/><xs:complexType name="T"/>"#));
    directory.schema("a.xsd", r#"<xs:simpleType name="T"><xs:restriction base="xs:string"/></xs:simpleType>"#);
    let found = problems(&directory, &plain());
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].file.as_str(), found[0].construct.as_str()), ("request.xsd", "T"));
    assert!(found[0].message.contains("a.xsd"));
}

#[test]
fn circles() {
    let extends = |name: &str, base: &str| {
        format!(
            r#"<xs:complexType name="{name}"><xs:complexContent><xs:extension base="{base}"/></xs:complexContent></xs:complexType>"#
        )
    };
    let member = r#"<xs:sequence><xs:element name="a" type="A"/></xs:sequence>"#;
    refused(&root(member, &(extends("A", "B") + &extends("B", "A"))), "A", "derived from itself");
    let text =
        r#"<xs:complexType name="A"><xs:simpleContent><xs:extension base="A"/></xs:simpleContent></xs:complexType>"#;
    refused(&root(member, text), "A", "derived from itself");
    let group = r#"<xs:group name="g"><xs:sequence><xs:group ref="g"/></xs:sequence></xs:group>"#;
    refused(&root(r#"<xs:group ref="g"/>"#, group), "ship", "group g contains itself");
    refused(&simple(r#"<xs:union memberTypes="T"/>"#), "T", "derived from itself");
}

#[test]
fn whole_schemas() {
    let at_top = |construct: &str| root(NAME, construct);
    refused(&at_top(r#"<xs:import namespace="urn:x"/>"#), "xs:import", "not supported");
    refused(&at_top(r#"<xs:redefine schemaLocation="a.xsd"/>"#), "xs:redefine", "not supported");
    refused(&at_top(r#"<xs:notation name="n" public="p"/>"#), "xs:notation", "not supported");
    for attribute in ["targetNamespace=\"urn:x\"", "blockDefault=\"#all\"", "finalDefault=\"extension\""] {
        let directory = Directory::new();
        let schema = format!(
            "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" {attribute}>{}</xs:schema>",
            root(NAME, "")
        );
        directory.write("request.xsd", &schema);
        let found = problems(&directory, &plain());
        assert_eq!((found.len(), found[0].construct.as_str()), (1, "xs:schema"), "{attribute}: {found:#?}");
    }
}

#[test]
fn elements() {
    let element = |attributes: &str, content: &str| {
        root(&format!(r#"<xs:sequence><xs:element name="a" {attributes}>{content}</xs:element></xs:sequence>"#), "")
    };
    let text = r#"type="xs:string""#;
    refused(&element("type=\"xs:int\" fixed=\"x\"", ""), "ship/a", "the value 'x' of fixed");
    refused(&element("type=\"xs:boolean\" fixed=\"x\"", ""), "ship/a", "the value 'x' of fixed");
    refused(&element(&format!("{text} fixed=\"x\" maxOccurs=\"2\""), ""), "ship/a", "fixed");
    refused(&element("fixed=\"x\"", &format!("<xs:complexType>{NAME}</xs:complexType>")), "ship/a", "fixed");
    refused(&element(&format!("{text} block=\"#all\""), ""), "ship/a", "block");
    let key = r#"<xs:key name="k"><xs:selector xpath="b"/><xs:field xpath="@c"/></xs:key>"#;
    refused(&element(text, key), "ship/a", "xs:key");
    refused(&element("", &format!("<xs:complexType>{NAME}</xs:complexType>{key}")), "ship/a", "xs:key");
    refused(&element(text, "<xs:complexType/>"), "ship/a", "both a type attribute and a type inside");
    refused(&element(r#"nillable="true""#, &format!("<xs:complexType>{NAME}</xs:complexType>")), "ship/a", "nillable");
    refused(&element(&format!("{text} nillable=\"true\" maxOccurs=\"2\""), ""), "ship/a", "repeated");
    refused(&element(r#"maxOccurs="2""#, "<xs:complexType/>"), "ship/a", "repeated");
    refused(&element(r#"minOccurs="3" maxOccurs="2" type="xs:int""#, ""), "ship/a", "minOccurs is greater");
    refused(&element("", ""), "ship/a", "without a type");
    let head =
        r#"<xs:element name="b" type="xs:string" substitutionGroup="c"/><xs:element name="c" type="xs:string"/>"#;
    let directory = Directory::new();
    directory.schema(
        "request.xsd",
        &root(r#"<xs:sequence><xs:element ref="b"/></xs:sequence>"#, r#"<xs:include schemaLocation="a.xsd"/>"#),
    );
    directory.schema("a.xsd", head);
    let found = problems(&directory, &plain());
    assert_eq!(
        (found.len(), found[0].file.as_str(), found[0].construct.as_str()),
        (1, "a.xsd", "ship/b"),
        "{found:#?}"
    );
}

#[test]
fn complex_types() {
    let inner = |attributes: &str, content: &str| {
        root(
            r#"<xs:sequence><xs:element name="a" type="T"/></xs:sequence>"#,
            &format!(r#"<xs:complexType name="T" {attributes}>{content}</xs:complexType>"#),
        )
    };
    refused(&inner(r#"mixed="true""#, NAME), "T", "mixed");
    refused(
        &inner(
            "",
            &format!(
                r#"<xs:complexContent mixed="true"><xs:extension base="xs:anyType">{NAME}</xs:extension></xs:complexContent>"#
            ),
        ),
        "T",
        "mixed",
    );
    refused(&inner(r#"abstract="true""#, NAME), "T", "abstract");
    refused(&inner(r#"final="extension""#, NAME), "T", "final");
    refused(&inner("", r#"<xs:anyAttribute/>"#), "T", "anyAttribute");
    refused(&inner("", r#"<xs:attributeGroup ref="g"/>"#), "T", "the attribute group g is not declared");
    refused(&inner("", r#"<xs:attribute ref="g"/>"#), "T", "the attribute g is not declared");
    refused(&inner("", r#"<xs:attribute name="a" type="xs:int" fixed="one"/>"#), "T/@a", "the value 'one' of fixed");
    refused(&inner("", &format!(r#"{NAME}<xs:assert test="true()"/>"#)), "T", "XSD 1.1");
    let all = |content: &str| inner("", &format!("<xs:all>{content}</xs:all>"));
    refused(&all(r#"<xs:element name="a" type="xs:int" maxOccurs="2"/>"#), "T", "xs:all");
    let mixed = r#"<xs:sequence><xs:all><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:all><xs:element name="c" type="xs:int"/></xs:sequence>"#;
    refused(&inner("", mixed), "T", "xs:all");
    refused(&inner("", r#"<xs:sequence><xs:any/></xs:sequence>"#), "T", "xs:any");
    refused(
        &inner("", r###"<xs:sequence><xs:any namespace="##other" processContents="skip"/></xs:sequence>"###),
        "T",
        "xs:any",
    );
    let text = r#"<xs:simpleContent><xs:extension base="U"/></xs:simpleContent>"#;
    refused(
        &inner("", text).replace(
            "<xs:complexType name=\"T\"",
            &format!("<xs:complexType name=\"U\">{NAME}</xs:complexType><xs:complexType name=\"T\""),
        ),
        "T",
        "simple content",
    );
}

#[test]
fn places_that_compete() {
    let two = |first: &str, second: &str| {
        root(
            &format!(
                r#"<xs:sequence><xs:element name="a" type="xs:int" {first}/><xs:element name="a" type="xs:int" {second}/></xs:sequence>"#
            ),
            "",
        )
    };
    refused(&two(r#"minOccurs="0""#, ""), "ship", "two places for <a> compete");
    refused(&two(r#"maxOccurs="unbounded""#, ""), "ship", "two places for <a> compete");
    let choice = r#"<xs:choice><xs:element name="a" type="xs:int"/><xs:sequence><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:sequence></xs:choice>"#;
    refused(&root(choice, ""), "ship", "two places for <a> compete");
    let wild = r#"<xs:sequence><xs:any processContents="lax" minOccurs="0"/><xs:element name="b" type="xs:int"/></xs:sequence>"#;
    refused(&root(wild, ""), "ship", "two places for <b> compete");
    // One after the other they are told apart by their order, and only the names clash.
    refused(&two("", ""), "ship", "two fields would be called a");
}

#[test]
fn simple_types() {
    refused(
        &simple(r#"<xs:restriction base="xs:string"><xs:maxLength value="many"/></xs:restriction>"#),
        "T",
        "maxLength is not a number",
    );
    refused(
        &simple(r#"<xs:restriction base="xs:int"><xs:minInclusive value="one"/></xs:restriction>"#),
        "T",
        "'one' of minInclusive",
    );
    refused(
        &simple(r#"<xs:restriction base="xs:int"><xs:enumeration value="1.5"/></xs:restriction>"#),
        "T",
        "'1.5' of enumeration",
    );
    refused(
        &simple(r#"<xs:restriction base="xs:int"><xs:maxLength value="3"/></xs:restriction>"#),
        "T",
        "does not apply",
    );
    refused(
        &simple(r#"<xs:restriction base="xs:string"><xs:maxInclusive value="3"/></xs:restriction>"#),
        "T",
        "does not apply",
    );
    refused(
        &simple(
            r#"<xs:restriction base="xs:string"><xs:minLength value="3"/><xs:maxLength value="2"/></xs:restriction>"#,
        ),
        "T",
        "greater than",
    );
    refused(
        &simple(
            r#"<xs:restriction base="xs:int"><xs:minInclusive value="3"/><xs:maxInclusive value="2"/></xs:restriction>"#,
        ),
        "T",
        "greater than",
    );
    refused(
        &simple(r#"<xs:restriction base="xs:string"><xs:whiteSpace value="trim"/></xs:restriction>"#),
        "T",
        "white space",
    );
    refused(
        &simple(r#"<xs:restriction base="xs:string"><xs:pattern value="(?i)a"/></xs:restriction>"#),
        "T",
        "pattern",
    );
    refused(&simple(r#"<xs:restriction base="xs:string"><xs:pattern value="a**"/></xs:restriction>"#), "T", "pattern");
    refused(&simple(r#"<xs:restriction base="xs:int"><xs:assertion test="true()"/></xs:restriction>"#), "T", "XSD 1.1");
    refused(&simple("<xs:union/>"), "T", "no members");
    refused(&simple("<xs:list/>"), "T", "type of its items");
    refused(&simple("<xs:restriction/>"), "T", "one base");
}

#[test]
fn all_problems_of_a_stage_come_at_once_and_each_once() {
    let directory = Directory::new();
    let shared = r#"<xs:complexType name="T"><xs:sequence><xs:element name="a"/><xs:element name="b" type="Gone"/></xs:sequence></xs:complexType>"#;
    directory.schema("shared.xsd", shared);
    let entry = |name: &str| {
        format!(
            r#"<xs:include schemaLocation="shared.xsd"/><xs:element name="{name}"><xs:complexType><xs:sequence>
            <xs:element name="x" type="T"/><xs:element name="y" type="T"/><xs:element name="{name}"/></xs:sequence></xs:complexType></xs:element>"#
        )
    };
    directory.schema("request.xsd", &entry("ask"));
    directory.schema("response.xsd", &entry("tell"));
    let found = problems(&directory, &plain());
    let mut places: Vec<_> = found.iter().map(|problem| format!("{} {}", problem.file, problem.construct)).collect();
    places.sort();
    assert_eq!(
        places,
        ["request.xsd ask/ask", "response.xsd tell/tell", "shared.xsd T/a", "shared.xsd T/b"],
        "{found:#?}"
    );
}
