//! One run reports the problems of every stage, and none that may only follow from another.

use plesk_codegen::config::{Config, Conversion, OperationClass, Rename, Selector};
use plesk_codegen::model::{Class, Target};

use crate::common::Directory;
use crate::common::config::packets;
use crate::problems;

/// The packet with the operator `port`, which has these operations, and these other declarations.
fn entry_point(operations: &str, more: &str) -> String {
    format!(
        r#"<xs:element name="packet"><xs:complexType><xs:choice maxOccurs="unbounded"><xs:element name="port"><xs:complexType>
        <xs:choice maxOccurs="unbounded">{operations}</xs:choice></xs:complexType></xs:element></xs:choice></xs:complexType></xs:element>
        {more}"#
    )
}

fn operation(name: &str, content: &str) -> String {
    format!(
        r#"<xs:element name="{name}"><xs:complexType><xs:sequence>{content}</xs:sequence></xs:complexType></xs:element>"#
    )
}

fn complex(name: &str, content: &str) -> String {
    format!(r#"<xs:complexType name="{name}"><xs:sequence>{content}</xs:sequence></xs:complexType>"#)
}

fn element(name: &str, ty: &str) -> String {
    format!(r#"<xs:element name="{name}" type="{ty}"/>"#)
}

const FILES: &[&str] = &["broken", "undeclared", "ambiguous", "clash", "misplaced", "misspelled", "facets"];

/// Writes a set in which each file has a mistake that another stage finds.
fn set_with_a_mistake_of_each_stage() -> Directory {
    let directory = Directory::new();
    let includes: String = FILES.iter().map(|name| format!(r#"<xs:include schemaLocation="{name}.xsd"/>"#)).collect();
    let int = |name: &str| element(name, "xs:int");
    let open: String = [
        ("cargo", "BrokenType"),
        ("pier", "PierType"),
        ("crane", "CraneType"),
        ("first", "LampType"),
        ("second", "Lamp"),
        ("tide", "TideType"),
        ("mast", "MastType"),
        ("depth", "DepthType"),
    ]
    .iter()
    .map(|(name, ty)| element(name, ty))
    .collect();
    let requests = operation("open", &open) + &operation("shut", &int("id")) + &operation("look", "");
    directory.schema("request.xsd", &(includes + &entry_point(&requests, "")));
    let replies = operation("open", &int("done")) + &operation("look", &int("seen"));
    directory.schema("response.xsd", &entry_point(&replies, ""));
    directory.write(
        "broken.xsd",
        r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:complexType name="BrokenType"><xs:sequence></xs:schema>"#,
    );
    directory.schema(
        "undeclared.xsd",
        &complex("PierType", &(element("berth", "GoneType") + &element("quay", "BrokenType"))),
    );
    directory.schema(
        "ambiguous.xsd",
        &complex("CraneType", &(r#"<xs:element name="arm" type="xs:int" minOccurs="0"/>"#.to_owned() + &int("arm"))),
    );
    directory.schema("clash.xsd", &(complex("LampType", &int("a")) + &complex("Lamp", &int("b"))));
    directory.schema(
        "misplaced.xsd",
        &(complex("TideType", r#"<xs:attribute name="a" type="xs:int"/>"#)
            + &complex("TideUser", &element("x", "LostType"))),
    );
    directory
        .schema("misspelled.xsd", &complex("MastType", r#"<xs:element name="height" type="xs:int" minOccur="0"/>"#));
    directory.schema(
        "facets.xsd",
        r#"<xs:simpleType name="DepthType"><xs:restriction base="xs:int"><xs:minInclusive value="9"/><xs:maxInclusive value="1"/></xs:restriction></xs:simpleType>"#,
    );
    directory
}

fn config() -> Config {
    let read = |operation| OperationClass { operator: "port", operation, class: Class::Read, target: Target::Selected };
    Config {
        renames: vec![
            Rename { path: "Sunk", name: "X" },
            // It may be in the file that cannot be read.
            Rename { path: "BrokenType/hold#1", name: "x" },
            // The type has it unless the misspelled attribute means something else.
            Rename { path: "MastType/berth#1", name: "x" },
            Rename { path: "LampType/b#1", name: "x" },
            Rename { path: "LampType/a#1", name: "x" },
            Rename { path: "Lamp/b#1", name: "x" },
            Rename { path: "packet/port/open/mast#1", name: "x" },
            Rename { path: "packet/port/open/depth#1", name: "y" },
            Rename { path: "CraneType/arm#1", name: "x" },
            Rename { path: "MastType/height#1", name: "x" },
        ],
        operations: vec![read("open"), read("shut"), read("sink")],
        selectors: vec![Selector { path: "PierType", empty: None, everything: &[] }],
        conversions: vec![Conversion { from: "Wreck", to: "PierType", without: &[], given: &[] }],
        ..packets()
    }
}

#[test]
fn set_with_a_mistake_of_each_stage_reports_all_of_them() {
    let directory = set_with_a_mistake_of_each_stage();
    let mut found: Vec<String> = problems(&directory, &config()).iter().map(ToString::to_string).collect();
    found.sort();
    let expected = [
        "ambiguous.xsd: CraneType: ambiguous content",
        "broken.xsd: not an XML schema: found </xs:schema>, but <xs:sequence> is still open",
        "clash.xsd: ",
        "configuration, conversions: Wreck -> PierType: there is no type `Wreck`",
        "configuration, operations: port look: the operation is not listed",
        "configuration, operations: port sink: matches nothing in the schemas",
        "configuration, renames: LampType/b#1: matches nothing in the schemas",
        "configuration, renames: Sunk: matches nothing in the schemas",
        "facets.xsd: DepthType: ",
        "misplaced.xsd: xs:sequence: xs:attribute is not allowed in xs:sequence",
        "misspelled.xsd: xs:element: xs:element has no attribute `minOccur`",
        "the response entry point: port shut: the operation has no reply",
        "undeclared.xsd: PierType/berth: the type GoneType is not declared",
    ];
    let matches = found.iter().zip(expected).all(|(found, expected)| found.starts_with(expected));
    assert!(found.len() == expected.len() && matches, "{found:#?}");
    assert!(found[2].contains("would be named `clash::Lamp`"), "{found:#?}");
}
