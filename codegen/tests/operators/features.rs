//! Tests of the operators' Cargo features: their names, what each implies and what each enables. `cargo xtask ci` checks
//! that the emitted crate compiles with each of them alone.

use std::fs;

use plesk_codegen::config::{Config, OperationClass};
use plesk_codegen::model::{Class, Target};

use crate::common::Directory;
use crate::common::config::plain;

const PACKET: &str = r#"
  <xs:include schemaLocation="ship.xsd"/><xs:include schemaLocation="quay_log.xsd"/>
  <xs:include schemaLocation="crew.xsd"/><xs:include schemaLocation="shared.xsd"/><xs:include schemaLocation="units.xsd"/>
  <xs:element name="packet"><xs:complexType><xs:choice maxOccurs="unbounded">
    <xs:element name="ship" type="ShipRequests"/>
    <xs:element name="quay_log" type="QuayRequests"/>
    <xs:element name="crew" type="CrewRequests"/>
  </xs:choice></xs:complexType></xs:element>"#;

/// Writes the schema of an operator with one operation, which has a member of this type.
fn operator(directory: &Directory, name: &str, requests: &str, member: &str, more: &str) {
    directory.schema(
        &format!("{name}.xsd"),
        &format!(
            r#"<xs:complexType name="{requests}"><xs:choice maxOccurs="unbounded">
              <xs:element name="get"><xs:complexType><xs:sequence>
                <xs:element name="value" type="{member}"/>
              </xs:sequence></xs:complexType></xs:element>
            </xs:choice></xs:complexType>{more}"#
        ),
    );
}

/// Ships use a type of both, which uses one of the crew's; the quay's log uses a listed type that is nobody's own.
fn harbour() -> Directory {
    let directory = Directory::new();
    directory.schema("request.xsd", PACKET);
    operator(&directory, "ship", "ShipRequests", "MannedType", "");
    operator(&directory, "quay_log", "QuayRequests", "UnitType", "");
    let sailor = r#"<xs:complexType name="SailorType"><xs:sequence>
        <xs:element name="name" type="xs:string"/>
      </xs:sequence></xs:complexType>"#;
    operator(&directory, "crew", "CrewRequests", "SailorType", sailor);
    directory.schema(
        "shared.xsd",
        r#"<xs:complexType name="MannedType"><xs:sequence>
             <xs:element name="sailor" type="SailorType"/>
           </xs:sequence></xs:complexType>"#,
    );
    directory.schema(
        "units.xsd",
        r#"<xs:simpleType name="UnitType"><xs:restriction base="xs:string">
             <xs:enumeration value="metre"/><xs:enumeration value="knot"/>
           </xs:restriction></xs:simpleType>"#,
    );
    directory
}

const fn gets(operator: &'static str) -> OperationClass {
    OperationClass { operator, operation: "get", class: Class::Read, target: Target::Selected }
}

const GETS: &[OperationClass] = &[gets("ship"), gets("quay_log"), gets("crew")];

fn config() -> Config {
    Config { packet: Some("packet"), operations: GETS.to_vec(), features: true, ..plain() }
}

fn emitted(directory: &Directory, file: &str) -> String {
    let text = fs::read_to_string(directory.out().join(file)).expect("an emitted file");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn feature_implies_features_of_used_types() {
    let directory = harbour();
    let summary = directory.generate(&config()).expect("valid");
    let features: Vec<(&str, Vec<&str>)> = (summary.features.iter())
        .map(|feature| (&*feature.name, feature.implies.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(features, [("crew", vec![]), ("quay-log", vec![]), ("ship", vec!["crew"])]);
}

#[test]
fn module_depends_on_its_features() {
    let directory = harbour();
    directory.generate(&config()).expect("valid");
    let root = emitted(&directory, "lib.rs");
    for (module, gate) in [
        ("crew", r#"#[cfg(feature = "crew")]"#),
        ("quay_log", r#"#[cfg(feature = "quay-log")]"#),
        ("ship", r#"#[cfg(feature = "ship")]"#),
        // It needs the types of the crew, which this feature enables.
        ("shared", r#"#[cfg(feature = "ship")]"#),
        ("request", r#"#[cfg(feature = "_any")]"#),
    ] {
        let gated = format!("{gate} #[rustfmt::skip] pub mod {module};");
        assert!(root.contains(&gated), "{module} does not depend on {gate}:\n{root}");
    }
    assert!(root.contains("/// Needs the feature `quay-log`, which is on by default."), "{root}");
    let always = root.split("pub mod units;").next().and_then(|before| before.rsplit(';').next()).expect("units");
    assert!(!always.contains("cfg"), "units need no feature, but: {always}");
}

#[test]
fn packet_parts_depend_on_the_operator_feature() {
    let directory = harbour();
    directory.generate(&config()).expect("valid");
    let packet = emitted(&directory, "request.rs");
    for gated in ["pub fn quay_log(", "#[xml(element = \"quay_log\")] QuayLog(crate::quay_log::Requests),"] {
        let gated = format!("#[cfg(feature = \"quay-log\")] {gated}");
        assert!(packet.contains(&gated), "no {gated} in:\n{packet}");
    }
}

#[test]
fn features_can_be_disabled() {
    let directory = harbour();
    let summary = directory.generate(&Config { features: false, ..config() }).expect("valid");
    assert!(summary.features.is_empty());
    for file in ["lib.rs", "request.rs"] {
        assert!(!emitted(&directory, file).contains("feature"), "{file}");
    }
}
