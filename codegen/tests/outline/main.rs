//! Outlines show the structure of the files, line for line.

#[expect(dead_code, reason = "other tests generate from their schemas")]
#[path = "../common/mod.rs"]
mod common;

use std::fs;
use std::path::Path;

use common::Directory;
use common::config::plain;
use plesk_codegen::error::Error;
use plesk_codegen::model::Direction;
use plesk_codegen::outline::{Outline, OutlineOptions, outline};
use plesk_codegen::{Schemas, plesk};

/// Returns the outlines of a schema file with this content, which has no operators.
fn outlines(content: &str) -> Result<Vec<Outline>, Error> {
    let directory = Directory::new();
    directory.schema("request.xsd", content);
    let schemas =
        Schemas { directory: directory.path(), protocol: "1", request: "request.xsd", response: "request.xsd" };
    outline(&schemas, &plain(), OutlineOptions { direction: None, paths: &["ship".to_owned()] })
}

/// Asserts the lines of the element `ship`, without the heading.
#[track_caller]
fn assert_outline(content: &str, expected: &[&str]) {
    let outlines = outlines(content).expect("valid");
    let [only] = outlines.as_slice() else { panic!("not one outline: {outlines:#?}") };
    assert_eq!(only.text.lines().skip(1).collect::<Vec<_>>(), expected);
}

/// Returns an element `ship` with this content, followed by other declarations.
fn ship(content: &str, declarations: &str) -> String {
    format!(r#"<xs:element name="ship"><xs:complexType>{content}</xs:complexType></xs:element>{declarations}"#)
}

#[test]
fn outline_of_groups_shows_them_as_written() {
    let content = r###"<xs:sequence><xs:sequence/><xs:choice minOccurs="0" maxOccurs="unbounded">
        <xs:element name="sail" type="xs:string" maxOccurs="3"/>
        <xs:element name="engine" minOccurs="0"/>
        <xs:element name="oars" type="xs:int" maxOccurs="0" minOccurs="0"/>
        <xs:any namespace="##targetNamespace" processContents="lax" maxOccurs="unbounded"/>
      </xs:choice></xs:sequence><xs:attribute name="flag" type="xs:string" use="required"/>"###;
    assert_outline(
        &ship(content, ""),
        &[
            "element ship [1..1]",
            "  sequence [1..1]",
            "    sequence [1..1]",
            "    choice [0..*]",
            "      element sail : string [1..3]",
            "      element engine : anyType [0..1]",
            "      any NS: [absent] lax [1..*]",
            "  attribute flag : string required",
        ],
    );
}

#[test]
fn outline_of_derived_types_resolves_them_and_expands_each_once() {
    let content = r#"<xs:sequence><xs:element name="home" type="Port"/><xs:element name="next" type="Port" nillable="true"/>
        <xs:element name="class"><xs:simpleType><xs:restriction base="xs:int"/></xs:simpleType></xs:element></xs:sequence>"#;
    let declarations = r#"<xs:complexType name="Place"><xs:sequence><xs:element name="name" type="Name"/></xs:sequence>
          <xs:attribute name="id" type="xs:int"/></xs:complexType>
        <xs:complexType name="Port"><xs:complexContent><xs:extension base="Place"><xs:all><xs:element name="quays" type="xs:int"/></xs:all>
          <xs:attribute name="open" type="xs:boolean"/></xs:extension></xs:complexContent></xs:complexType>
        <xs:simpleType name="Name"><xs:restriction base="xs:string"/></xs:simpleType>"#;
    assert_outline(
        &ship(content, declarations),
        &[
            "element ship [1..1]",
            "  sequence [1..1]",
            "    element home : Port [1..1]",
            "      sequence [1..1]",
            "        sequence [1..1]",
            "          element name : Name [1..1]",
            "        all [1..1]",
            "          element quays : int [1..1]",
            "      attribute open : boolean optional",
            "      attribute id : int optional",
            "    element next : Port [1..1] nillable  …see type Port above",
            "    element class : <int> [1..1]",
        ],
    );
}

#[test]
fn outline_of_restriction_replaces_elements_and_inherits_attributes() {
    let content = r#"<xs:complexContent><xs:restriction base="Place"><xs:sequence><xs:element name="new" type="xs:int"/></xs:sequence>
        <xs:attribute name="kept" type="xs:int" use="required"/></xs:restriction></xs:complexContent>"#;
    let declarations = r#"<xs:complexType name="Place"><xs:sequence><xs:element name="old" type="xs:int" minOccurs="0"/></xs:sequence>
        <xs:attribute name="kept" type="xs:int"/><xs:attribute name="id" type="xs:int"/></xs:complexType>"#;
    assert_outline(
        &ship(content, declarations),
        &[
            "element ship [1..1]",
            "  sequence [1..1]",
            "    element new : int [1..1]",
            "  attribute kept : int required",
            "  attribute id : int optional",
        ],
    );
}

#[test]
fn outline_of_recursive_content_expands_it_once() {
    let content =
        r#"<xs:sequence><xs:element name="crew" type="Person"/><xs:element ref="ship" minOccurs="0"/></xs:sequence>"#;
    let declarations = r#"<xs:complexType name="Person"><xs:sequence><xs:group ref="Below" minOccurs="0" maxOccurs="unbounded"/>
        </xs:sequence></xs:complexType>
        <xs:group name="Below"><xs:sequence><xs:element name="mate" type="Person"/>
        <xs:element name="team"><xs:complexType><xs:sequence><xs:group ref="Below"/></xs:sequence></xs:complexType></xs:element>
        </xs:sequence></xs:group>"#;
    assert_outline(
        &ship(content, declarations),
        &[
            "element ship [1..1]",
            "  sequence [1..1]",
            "    element crew : Person [1..1]",
            "      sequence [1..1]",
            "        sequence [0..*]",
            "          element mate : Person [1..1]  …see type Person above",
            "          element team [1..1]",
            "            sequence [1..1]",
            "              sequence [1..1]",
            "                element mate : Person [1..1]  …see type Person above",
            "                element team [1..1]  …see element team above",
            "    element ship [0..1]  …see element ship above",
        ],
    );
}

#[test]
fn outline_of_invalid_schemas_fails_with_the_problem() {
    for (content, declarations, message) in [
        (r#"<xs:sequence><xs:element name="crew" type="Person"/></xs:sequence>"#, "", "type Person is not declared"),
        (
            r#"<xs:complexContent><xs:extension base="Round"/></xs:complexContent>"#,
            r#"<xs:complexType name="Round"><xs:complexContent><xs:extension base="Round"/></xs:complexContent></xs:complexType>"#,
            "derived from itself",
        ),
        (
            r#"<xs:group ref="Round"/>"#,
            r#"<xs:group name="Round"><xs:sequence><xs:group ref="Round"/></xs:sequence></xs:group>"#,
            "contains itself",
        ),
    ] {
        let error = outlines(&ship(content, declarations)).expect_err("a problem").to_string();
        assert!(error.starts_with("request.xsd: ") && error.contains(message), "{error}");
    }
}

/// Returns the outlines of the project's own schemas.
fn own_outlines(direction: Option<Direction>, paths: &[&str]) -> Result<Vec<Outline>, Error> {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let manifest = fs::read_to_string(schemas.join("manifest.toml")).expect("the manifest");
    let (_, current) = manifest.split_once("current = \"").expect("a current protocol");
    let (current, _) = current.split_once('"').expect("its version");
    let directory = schemas.join(current);
    // The headings name the version, but the golden file does not depend on it.
    let schemas =
        Schemas { directory: &directory, protocol: "V", request: "agent_input.xsd", response: "agent_output.xsd" };
    let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    outline(&schemas, &plesk::config(current), OutlineOptions { direction, paths: &paths })
}

#[test]
fn outline_of_operator_and_operation_matches_golden_file() {
    let outlines = own_outlines(None, &["session", "customer.del"]).expect("the project's own schemas");
    let names: Vec<&str> = outlines.iter().map(|outline| outline.name.as_str()).collect();
    assert_eq!(names, ["input/session", "input/customer.del", "output/session", "output/customer.del"]);
    let text: Vec<&str> = outlines.iter().map(|outline| outline.text.as_str()).collect();
    let (text, path) = (text.join("\n"), Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outline/expected.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &text).expect("a writable golden file");
    }
    assert_eq!(text, fs::read_to_string(&path).expect("the golden file"));
}

#[test]
fn outline_without_path_shows_packet_and_all_operators() {
    let outlines = own_outlines(None, &[]).expect("the project's own schemas");
    let [packet, operators @ ..] = outlines.as_slice() else { panic!("nothing") };
    assert_eq!(packet.name, "packet");
    let listed = packet.text.lines().find(|line| line.contains("<- ")).expect("the operators are counted");
    let (count, names) = listed.split_once(" operators, one file each: ").expect("their number and names");
    let names: Vec<&str> = names.split("; ").next().expect("their names").split(' ').collect();
    for operator in &names {
        assert!(operators.iter().any(|outline| outline.name == format!("input/{operator}")), "{operator}");
    }
    // They are those with operations, as everywhere.
    let emitted =
        fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/model/data")).expect("a directory");
    let emitted = emitted.filter(|entry| entry.as_ref().expect("a file").file_name() != "index.json").count();
    assert!(count.ends_with(&format!("<- {emitted}")) && names.len() == emitted, "{listed}");
    assert!(operators.iter().all(|outline| outline.text.starts_with("# Plesk XML API V, ")));
    // An operator that only answers have.
    let upload = own_outlines(None, &["upload"]).expect("an answer");
    assert_eq!(upload.iter().map(|outline| outline.name.as_str()).collect::<Vec<_>>(), ["output/upload"]);
}

#[test]
fn outline_of_unknown_path_fails_with_suggestion_and_list() {
    let unknown = own_outlines(None, &["custmer"]).expect_err("no such operator").to_string();
    assert!(unknown.contains("no operator `custmer`; did you mean `customer`? "), "{unknown}");
    assert!(unknown.contains(" customer, "), "{unknown}");
    // A path that no direction has is one problem. It is that of the direction in which more of it exists.
    let unknown = own_outlines(None, &["customer.dell", "customer.del.resul"]).expect_err("no such elements");
    let unknown: Vec<String> = unknown.0.iter().map(ToString::to_string).collect();
    let expected = ["no operation `dell` in `customer`; did you mean `del`?", "did you mean `result`?"];
    assert!(
        unknown.len() == 2 && unknown.iter().zip(expected).all(|(text, words)| text.contains(words)),
        "{unknown:?}"
    );
    let unknown = own_outlines(Some(Direction::Request), &["session.got"]).expect_err("no such operation");
    let unknown = unknown.to_string();
    assert!(
        unknown
            .starts_with("input: session.got: no operation `got` in `session`; did you mean `get`? expected one of "),
        "{unknown}"
    );
    assert!(unknown.ends_with("terminate") && !unknown.contains("customer"), "{unknown}");
    let answer = own_outlines(Some(Direction::Request), &["upload"]).expect_err("not in requests").to_string();
    assert!(answer.contains("no operator `upload`"), "{answer}");
}
