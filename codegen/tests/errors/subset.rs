//! The constructs that `XSD.md` lists as rejected: each gives a problem with its file and construct.

use std::collections::BTreeSet;

use plesk_codegen::config::{Config, OutcomeConvention};

use crate::common::Directory;
use crate::common::config::plain;
use crate::{NAME, problems, root, simple};

/// A row of the table, and sample schemas, each with the expected construct.
type Row = (&'static str, Vec<(String, &'static str)>);

/// Returns a document of the type `T`, which has these attributes and this content.
fn ty(attributes: &str, content: &str) -> String {
    let member = r#"<xs:sequence><xs:element name="a" type="T"/></xs:sequence>"#;
    root(member, &format!(r#"<xs:complexType name="T" {attributes}>{content}</xs:complexType>"#))
}

/// Returns a document of the type `T` with one element `b`.
fn element(attributes: &str, content: &str) -> String {
    ty("", &format!(r#"<xs:sequence><xs:element name="b" {attributes}>{content}</xs:element></xs:sequence>"#))
}

fn at_top(construct: &str) -> String {
    root(NAME, construct)
}

/// Returns a schema file whose root has the attribute.
fn with_attribute(attribute: &str) -> String {
    format!("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" {attribute}>{}</xs:schema>", at_top(""))
}

fn rows() -> Vec<Row> {
    let identity = |kind: &str, more: &str| {
        let inner = r#"<xs:selector xpath="c"/><xs:field xpath="@d"/>"#;
        let name = r#"<xs:sequence><xs:element name="c" type="xs:int"/></xs:sequence>"#;
        let ty = format!("<xs:complexType>{name}</xs:complexType>");
        (element("", &format!(r#"{ty}<xs:{kind} name="k" {more}>{inner}</xs:{kind}>"#)), "T/b")
    };
    let derived = |base: &str| {
        format!(r#"<xs:complexContent><xs:extension base="{base}">{NAME}</xs:extension></xs:complexContent>"#)
    };
    let all = |attributes: &str, inner: &str| format!("<xs:all {attributes}>{inner}</xs:all>");
    let number = r#"<xs:element name="c" type="xs:int"/>"#;
    let two = format!(r#"{number}<xs:element name="d" type="xs:int"/>"#);
    let built_in = |name: &str| (element(&format!(r#"type="xs:{name}""#), ""), "T/b");
    let wildcard = |attributes: &str| (ty("", &format!("<xs:sequence><xs:any {attributes}/></xs:sequence>")), "T");
    let group = r#"<xs:group name="g"><xs:sequence><xs:group ref="g"/></xs:sequence></xs:group>"#;
    let attributes = r#"<xs:attributeGroup name="h"><xs:attributeGroup ref="h"/></xs:attributeGroup>"#;
    let competing = format!(r#"<xs:sequence><xs:element name="c" type="xs:int" minOccurs="0"/>{number}</xs:sequence>"#);
    let attribute = |more: &str| format!(r#"<xs:attribute name="a" type="xs:int" {more}/>"#);
    let restriction = |elements: &str, in_base: &str, own: &str| {
        let own = attribute(own);
        let derived =
            format!(r#"<xs:complexContent><xs:restriction base="U">{own}</xs:restriction></xs:complexContent>"#);
        let base = format!("<xs:sequence>{elements}</xs:sequence>{}", attribute(in_base));
        ty("", &derived) + &format!(r#"<xs:complexType name="U">{base}</xs:complexType>"#)
    };
    let result = r#"<xs:complexContent><xs:restriction base="resultType"/></xs:complexContent>"#;
    vec![
        (
            "`targetNamespace`, `xs:import`",
            vec![
                (with_attribute("targetNamespace=\"urn:x\""), "xs:schema"),
                (at_top(r#"<xs:import namespace="urn:x"/>"#), "xs:import"),
            ],
        ),
        ("`xs:redefine`", vec![(at_top(r#"<xs:redefine schemaLocation="a.xsd"/>"#), "xs:redefine")]),
        ("`xs:notation`", vec![(at_top(r#"<xs:notation name="n" public="p"/>"#), "xs:notation")]),
        (
            "`xs:include` of another directory",
            vec![(at_top(r#"<xs:include schemaLocation="../a.xsd"/>"#), "xs:include")],
        ),
        (
            "`blockDefault`, `finalDefault`, `block`, `final`",
            vec![
                (with_attribute("blockDefault=\"#all\""), "xs:schema"),
                (with_attribute("finalDefault=\"extension\""), "xs:schema"),
                (ty("block=\"#all\"", NAME), "T"),
                (ty("final=\"extension\"", NAME), "T"),
                (element("type=\"xs:int\" block=\"#all\"", ""), "T/b"),
            ],
        ),
        ("`abstract`", vec![(ty("abstract=\"true\"", NAME), "T")]),
        (
            "`substitutionGroup`",
            vec![(
                root(
                    r#"<xs:sequence><xs:element ref="ship" minOccurs="0"/></xs:sequence>"#,
                    r#"<xs:element name="boat" substitutionGroup="ship"><xs:complexType/></xs:element>"#,
                ),
                "boat",
            )],
        ),
        ("`mixed`", vec![(ty("mixed=\"true\"", NAME), "T")]),
        ("`xs:anyAttribute`", vec![(ty("", "<xs:anyAttribute/>"), "T")]),
        (
            "`xs:any` with `namespace=\"##other\"`, or `processContents=\"strict\"`",
            vec![wildcard("namespace=\"##other\" processContents=\"lax\""), wildcard("processContents=\"strict\"")],
        ),
        (
            "`xs:key`, `xs:keyref`, `xs:unique`",
            vec![identity("key", ""), identity("keyref", "refer=\"k\""), identity("unique", "")],
        ),
        (
            "`nillable` on an element that contains elements",
            vec![(element("nillable=\"true\"", &format!("<xs:complexType>{NAME}</xs:complexType>")), "T/b")],
        ),
        (
            "`nillable` on a root element",
            vec![(
                format!(
                    r#"<xs:element name="ship" nillable="true"><xs:complexType>{NAME}</xs:complexType></xs:element>"#
                ),
                "ship",
            )],
        ),
        (
            "a repeated element that is nillable",
            vec![(element(r#"type="xs:int" nillable="true" maxOccurs="2""#, ""), "T/b")],
        ),
        ("a repeated element that is always empty", vec![(element(r#"maxOccurs="2""#, "<xs:complexType/>"), "T/b")]),
        (
            "`default` on an element that is repeated, nillable or has attributes, and whose text may not be empty",
            vec![
                (element(r#"type="xs:int" default="1" maxOccurs="2""#, ""), "T/b"),
                (element(r#"type="xs:int" default="1" nillable="true""#, ""), "T/b"),
                (
                    element(
                        r#"default="1""#,
                        r#"<xs:complexType><xs:simpleContent><xs:extension base="xs:int"/></xs:simpleContent></xs:complexType>"#,
                    ),
                    "T/b",
                ),
            ],
        ),
        (
            "`default` on an element without text",
            vec![(element(r#"default="1""#, &format!("<xs:complexType>{NAME}</xs:complexType>")), "T/b")],
        ),
        (
            "a repeated group that can begin and end with the same repeated part, if a certain number of either is required",
            vec![
                (
                    ty(
                        "",
                        r#"<xs:sequence maxOccurs="3"><xs:element name="c" type="xs:int" minOccurs="2" maxOccurs="2"/></xs:sequence>"#,
                    ),
                    "T",
                ),
                (
                    ty(
                        "",
                        r#"<xs:sequence minOccurs="2" maxOccurs="2"><xs:element name="d" type="xs:int" minOccurs="0"/><xs:element name="c" type="xs:int" maxOccurs="2"/></xs:sequence>"#,
                    ),
                    "T",
                ),
            ],
        ),
        ("`fixed` on repeated text", vec![(element(r#"type="xs:int" fixed="1" maxOccurs="2""#, ""), "T/b")]),
        ("an optional `xs:all` with required elements", vec![(ty("", &all("minOccurs=\"0\"", &two)), "T")]),
        (
            "`xs:all` within another group, or with repeated elements",
            vec![
                (ty("", &all("", r#"<xs:element name="c" type="xs:int" maxOccurs="2"/>"#)), "T"),
                (
                    ty(
                        "",
                        &format!(
                            "<xs:sequence>{}{}</xs:sequence>",
                            all("", &two),
                            r#"<xs:element name="e" type="xs:int"/>"#
                        ),
                    ),
                    "xs:sequence",
                ),
            ],
        ),
        ("`xs:restriction` of a result", vec![(ty("", result), "T")]),
        (
            "`QName`, `NOTATION`, `ENTITY`, `ENTITIES`",
            ["QName", "NOTATION", "ENTITY", "ENTITIES"].map(built_in).to_vec(),
        ),
        (
            "two declarations with the same name",
            vec![
                (ty("", NAME).replace("<xs:complexType name", "<xs:complexType name=\"T\"/><xs:complexType name"), "T"),
                (at_top(r#"<xs:element name="ship"><xs:complexType/></xs:element>"#), "ship"),
                (at_top(&r#"<xs:group name="g"><xs:sequence/></xs:group>"#.repeat(2)), "g"),
                (at_top(&r#"<xs:attribute name="a" type="xs:int"/>"#.repeat(2)), "a"),
                (at_top(&r#"<xs:attributeGroup name="h"/>"#.repeat(2)), "h"),
            ],
        ),
        (
            "a type that is derived from itself, a group that contains itself",
            vec![
                (ty("", &derived("T")), "T"),
                (root(r#"<xs:group ref="g"/>"#, group), "ship"),
                (root(r#"<xs:attributeGroup ref="h"/>"#, attributes), "ship"),
                (simple(r#"<xs:restriction base="T"/>"#), "T"),
            ],
        ),
        ("two attributes with the same name in a type", vec![(ty("", &(attribute("") + &attribute(""))), "T/@a")]),
        (
            "a `default` or `fixed` value of an `ID`",
            vec![
                (element(r#"type="xs:ID" fixed="a""#, ""), "T/b"),
                (ty("", r#"<xs:attribute name="a" type="xs:ID" default="a"/>"#), "T/@a"),
            ],
        ),
        (
            "a restriction without an element or attribute that its base type requires",
            vec![
                (restriction(number, "", ""), "T"),
                (restriction("", r#"use="required""#, r#"use="prohibited""#), "T/@a"),
                (restriction("", r#"use="required""#, ""), "T/@a"),
            ],
        ),
        (
            "a restriction of `xs:anySimpleType`, or of simple content with a simple base type",
            vec![
                (simple(r#"<xs:restriction base="xs:anySimpleType"/>"#), "T"),
                (ty("", r#"<xs:simpleContent><xs:restriction base="xs:int"/></xs:simpleContent>"#), "T"),
            ],
        ),
        (
            "a name, a reference or an `id` that cannot be one, or an `id` that occurs twice",
            vec![
                (element(r#"type="xs:int" id="1""#, ""), "xs:element"),
                (element(r#"type="xs:int" id="i""#, r#"<xs:annotation id="i"/>"#), "xs:annotation"),
                (element(r#"type="a:b:c""#, ""), "xs:element"),
                (ty("", r#"<xs:attribute name="a:b" type="xs:int"/>"#), "xs:attribute"),
            ],
        ),
        (
            "bounds on the content of an `xs:group`",
            vec![(at_top(r#"<xs:group name="g"><xs:sequence minOccurs="0"/></xs:group>"#), "xs:sequence")],
        ),
        ("a name of a type within an element", vec![(element("", r#"<xs:complexType name="U"/>"#), "xs:complexType")]),
        ("ambiguous content, in which two declarations can match the same element", vec![(ty("", &competing), "T")]),
        (
            "an attribute that XML Schema does not have",
            vec![(element(r#"type="xs:int" minOccur="0""#, ""), "xs:element")],
        ),
        (
            "an element or text where XML Schema does not allow it",
            vec![
                (ty("", r#"<xs:sequence><xs:attribute name="c" type="xs:int"/></xs:sequence>"#), "xs:sequence"),
                (at_top("<xs:elements/>"), "xs:schema"),
                (at_top("text"), "xs:schema"),
                (element(r#"ref="c""#, "<xs:complexType/>"), "xs:element"),
                (ty("", "<xs:sequence><xs:any/><xs:annotation/></xs:sequence>"), "xs:sequence"),
                (element(r#"type="xs:int" xs:id="a""#, ""), "xs:element"),
            ],
        ),
        (
            "`xs:assert`, `xs:assertion`, `xs:alternative`, `xs:openContent`, `xs:override`",
            vec![
                (ty("", &format!(r#"{NAME}<xs:assert test="true()"/>"#)), "T"),
                (simple(r#"<xs:restriction base="xs:int"><xs:assertion test="true()"/></xs:restriction>"#), "T"),
                (element(r#"type="xs:int""#, r#"<xs:alternative type="xs:int"/>"#), "T/b"),
                (ty("", r#"<xs:openContent><xs:any/></xs:openContent>"#), "T"),
                (at_top(r#"<xs:override schemaLocation="a.xsd"/>"#), "xs:override"),
            ],
        ),
    ]
}

#[test]
fn constructs_listed_as_rejected_are_rejected() {
    let convention = OutcomeConvention { base: "resultType", members: &[], element: "result", echo: "" };
    let config = Config { outcome: Some(convention), ..plain() };
    for (row, samples) in rows() {
        for (schema, construct) in samples {
            let directory = Directory::new();
            match schema.starts_with("<xs:schema") {
                true => directory.write("request.xsd", &schema),
                false => directory.schema("request.xsd", &schema),
            }
            let found = problems(&directory, &config);
            let [problem] = found.as_slice() else { panic!("{row}: not one problem: {found:#?}\n{schema}") };
            assert_eq!(
                (problem.file.as_str(), problem.construct.as_str()),
                ("request.xsd", construct),
                "{row}: {problem}"
            );
        }
    }
}

/// A row without a sample would be an unverified claim; a sample without a row would be undocumented.
#[test]
fn every_row_has_a_sample() {
    let document = include_str!("../../XSD.md");
    let (_, table) = document.split_once("| rejected |").expect("the table");
    let lines = table.lines().skip(2).map_while(|line| line.strip_prefix("| "));
    let listed: BTreeSet<&str> = lines.filter_map(|row| row.split(" | ").next()).collect();
    let rows = rows();
    assert_eq!(listed, rows.iter().map(|(row, _)| *row).collect());
    assert!(rows.iter().all(|(_, samples)| !samples.is_empty()));
}
