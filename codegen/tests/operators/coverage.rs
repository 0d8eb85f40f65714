//! Tests of `COVERAGE.md`: its contents, and that it is written like the sources.

use std::fs;
use std::path::PathBuf;

use plesk_codegen::config::{Config, LeftOut, OperationClass, Selector};
use plesk_codegen::error::Error;
use plesk_codegen::model::{Class, Target, Untyped};
use plesk_codegen::{Output, Schemas, Summary, generate};

use crate::common::Directory;
use crate::common::config::plain;

const SHIPS: &str = r#"
  <xs:element name="packet"><xs:complexType><xs:choice maxOccurs="unbounded">
    <xs:element name="ship" type="ShipType"/>
    <xs:element name="crew" type="ShipType"/>
  </xs:choice></xs:complexType></xs:element>
  <xs:complexType name="ShipType"><xs:choice maxOccurs="unbounded">
    <xs:element name="sink"><xs:complexType><xs:sequence>
      <xs:element name="which" type="WhichType"/>
      <xs:element name="options"><xs:complexType><xs:sequence>
        <xs:element name="why"/>
        <xs:element name="code" type="xs:string" default="a|b"/>
        <xs:element name="depth" type="xs:decimal" maxOccurs="3"/>
        <xs:element name="load" type="xs:integer"/>
        <xs:element name="sea"><xs:simpleType><xs:restriction base="xs:string">
          <xs:enumeration value="north"/><xs:enumeration value="south"/>
        </xs:restriction></xs:simpleType></xs:element>
        <xs:any minOccurs="0" processContents="lax"/>
      </xs:sequence></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
  </xs:choice></xs:complexType>
  <xs:complexType name="WhichType"><xs:choice>
    <xs:element name="id" type="xs:int"/><xs:element name="name" type="xs:string"/>
  </xs:choice></xs:complexType>"#;

fn config() -> Config {
    Config {
        packet: Some("packet"),
        operations: vec![OperationClass {
            operator: "ship",
            operation: "sink",
            class: Class::Delete,
            target: Target::Selected,
        }],
        selectors: vec![Selector { path: "WhichType", empty: None, everything: &[] }],
        untyped: vec![("ShipType/sink/options/why", Untyped::Text)],
        secrets: vec!["code"],
        left_out: vec![LeftOut { operator: "crew", operations: &[] }],
        ..plain()
    }
}

fn ships() -> Directory {
    let directory = Directory::new();
    directory.schema("request.xsd", SHIPS);
    directory
}

fn document(directory: &Directory) -> PathBuf {
    directory.path().join("COVERAGE.md")
}

fn run(directory: &Directory, dry: bool) -> Result<Summary, Error> {
    let schemas =
        Schemas { directory: directory.path(), protocol: "1", request: "request.xsd", response: "request.xsd" };
    let (source, coverage) = (directory.out(), document(directory));
    generate(&schemas, &config(), Output { source: &source, coverage: Some(&coverage), description: None }, dry)
}

/// Returns the cells of the table rows under a heading.
fn rows(document: &str, heading: &str) -> Vec<Vec<String>> {
    let (_, section) =
        document.split_once(&format!("{heading}\n")).unwrap_or_else(|| panic!("no {heading}:\n{document}"));
    let rows = section.lines().take_while(|line| !line.starts_with('#')).filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()).collect()
}

#[test]
fn document_lists_operations_and_loose_places() {
    let directory = ships();
    run(&directory, false).expect("valid");
    let text = fs::read_to_string(document(&directory)).expect("the document");
    let options = "ShipType/sink/options";
    assert!(text.contains("# Coverage of the Harbour API, protocol 1\n"), "{text}");
    // The selector is found wherever it is in the request.
    assert_eq!(rows(&text, "### ship"), [["`sink`", "`ship::Sink`", "Delete", "plain", "`request::Which`"]]);
    assert_eq!(rows(&text, "## Left out"), [["`crew`"]]);
    let untyped = rows(&text, "### Elements without a type");
    assert!(untyped.len() == 1 && untyped[0][0] == format!("`{options}/why`") && untyped[0][1].starts_with("text"));
    assert_eq!(rows(&text, "### Wildcards"), [[format!("`{options}/(any)`"), "0 to 1".to_owned()]]);
    assert_eq!(rows(&text, "### 64-bit integers"), [["`xs:integer`", "`integer`", "`i64`", "1"]]);
    assert_eq!(rows(&text, "### Kept as text")[0][0], "`xs:decimal`");
    assert_eq!(rows(&text, "### Open enumerations")[0][2..], ["2", "1"]);
    assert_eq!(rows(&text, "### Bounded lists"), [[format!("`{options}/depth`"), "1 to 3".to_owned()]]);
    // A bar would end the cell.
    assert_eq!(rows(&text, "### Defaults"), [[format!("`{options}/code`"), "`a\\|b`".to_owned()]]);
    assert_eq!(rows(&text, "## Secrets"), [[format!("`{options}/code`")]]);
}

#[test]
fn document_is_written_only_if_it_differs() {
    let directory = ships();
    let path = document(&directory);
    assert!(run(&directory, true).expect("valid").changes.written.contains(&path) && !path.exists());
    assert!(run(&directory, false).expect("valid").changes.written.contains(&path));
    assert!(run(&directory, false).expect("valid").changes.is_empty());
    let text = fs::read_to_string(&path).expect("the document");
    fs::write(&path, text.replace("Delete", "Read")).expect("written");
    assert!(run(&directory, true).expect("valid").changes.written.contains(&path));
    run(&directory, false).expect("valid");
    assert_eq!(fs::read_to_string(&path).expect("the document"), text);
}

#[test]
fn document_of_other_origin_is_not_overwritten() {
    let directory = ships();
    directory.write("COVERAGE.md", "# Ours\n");
    let problems = run(&directory, false).expect_err("a foreign file").0;
    assert!(problems[0].file.ends_with("COVERAGE.md"), "{problems:?}");
    assert!(!directory.out().exists());
}
