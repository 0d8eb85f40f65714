//! The target of an operation must be a part of its request that cannot silently be omitted.

use plesk_codegen::config::{Config, OperationClass, Rename, Selector};
use plesk_codegen::model::{Class, Target};

use crate::common::config::packets;
use crate::configuration::{EMPTY_CLOSE, assert_packet_rejected, packet};

/// Returns the operation `port close`, whose request is a sequence of `members`.
fn close(members: &str) -> String {
    format!(
        r#"<xs:element name="close"><xs:complexType><xs:sequence>{members}</xs:sequence></xs:complexType></xs:element>"#
    )
}

const SELECTORS: &[Selector] =
    &[Selector { path: "FilterType", empty: Some(("Everything", "All ports.")), everything: &[] }];

fn config_with_target(class: Class, target: Target, selectors: &'static [Selector]) -> Config {
    let operations = vec![OperationClass { operator: "port", operation: "close", class, target }];
    Config { operations, selectors: selectors.to_vec(), ..packets() }
}

/// Asserts that `port close` with these members and this target is rejected with these words.
#[track_caller]
fn assert_target_rejected(members: &str, target: Target, selectors: &'static [Selector], words: &str) {
    for class in [Class::Set, Class::Change, Class::Delete, Class::End] {
        let directory = packet(&close(members), EMPTY_CLOSE);
        let found = [("configuration, operations", "port close", words)];
        assert_packet_rejected(&config_with_target(class, target, selectors), &directory, &found);
    }
}

const FILTER: &str = r#"<xs:element name="filter" type="FilterType"/>"#;
const NAME: &str = r#"<xs:element name="name" type="xs:string"/>"#;
const OPTIONAL_NAME: &str = r#"<xs:element name="name" type="xs:string" minOccurs="0"/>"#;

#[test]
fn target_named_by_optional_element_is_reported() {
    let words = "its target is named by <name>, which the schema does not require";
    assert_target_rejected(OPTIONAL_NAME, Target::Named(&["name"]), &[], words);
    assert_target_rejected(OPTIONAL_NAME, Target::StableId(&["name"]), &[], words);
    let both = format!(r#"<xs:element name="id" type="xs:int"/>{OPTIONAL_NAME}"#);
    assert_target_rejected(&both, Target::Named(&["id", "name"]), &[], words);
    assert_target_rejected(NAME, Target::Named(&["label"]), &[], "its target is named by <label>");
    let berth = |occurs: &str, inner: &str| {
        format!(
            r#"<xs:element name="berth"{occurs}><xs:complexType><xs:sequence>{inner}</xs:sequence></xs:complexType></xs:element>"#
        )
    };
    let within = Target::Named(&["berth/name"]);
    assert_target_rejected(&berth("", OPTIONAL_NAME), within, &[], "its target is named by <berth/name>");
    assert_target_rejected(&berth(" minOccurs=\"0\"", NAME), within, &[], "its target is named by <berth/name>");
    let config = config_with_target(Class::Delete, within, &[]);
    assert!(packet(&close(&berth("", NAME)), EMPTY_CLOSE).generate(&config).is_ok());
}

#[test]
fn target_other_than_the_selector_is_reported() {
    let words = "has a selector, but its target is not `Selected`";
    assert_target_rejected(FILTER, Target::Server, SELECTORS, words);
    let both = format!("{FILTER}{NAME}");
    assert_target_rejected(&both, Target::Named(&["name"]), SELECTORS, words);
    assert_target_rejected(&both, Target::StableId(&["name"]), SELECTORS, words);
    let selected = config_with_target(Class::Delete, Target::Selected, SELECTORS);
    assert!(packet(&close(&both), EMPTY_CLOSE).generate(&selected).is_ok());
}

#[test]
fn two_selectors_are_reported() {
    let two = format!(r#"{FILTER}<xs:element name="also" type="FilterType"/>"#);
    assert_target_rejected(&two, Target::Selected, SELECTORS, "has more than one selector");
}

#[test]
fn missing_selector_is_reported() {
    assert_target_rejected(NAME, Target::Selected, &[], "its request has no selector");
}

/// An operation that reads or creates cannot destroy anything.
#[test]
fn reading_or_creating_needs_no_target() {
    for class in [Class::Read, Class::Create] {
        let config = config_with_target(class, Target::Selected, &[]);
        assert!(packet(&close(OPTIONAL_NAME), EMPTY_CLOSE).generate(&config).is_ok(), "{class:?}");
    }
}

/// A filter with one required and one optional criterion chooses more if the latter is omitted.
#[test]
fn filter_with_optional_member_is_reported() {
    let filter = |name: &str| {
        format!(
            r#"<xs:element name="filter"><xs:complexType><xs:sequence><xs:element name="pier" type="xs:int"/>{name}</xs:sequence></xs:complexType></xs:element>"#
        )
    };
    let directory = packet(&close(&filter(OPTIONAL_NAME)), EMPTY_CLOSE);
    let named = config_with_target(Class::Delete, Target::Named(&["filter/pier"]), &[]);
    let found = [("request.xsd", "packet/port/close/filter", "whose <name> may be absent")];
    assert_packet_rejected(&named, &directory, &found);
    let reads = config_with_target(Class::Read, Target::Selected, &[]);
    assert_packet_rejected(&reads, &directory, &found);
    let selectors = &[Selector {
        path: "packet/port/close/filter/(name)",
        empty: Some(("AllOfPier", "All berths of the pier.")),
        everything: &[],
    }];
    assert!(directory.generate(&config_with_target(Class::Delete, Target::Selected, selectors)).is_ok());
    assert!(packet(&close(&filter(NAME)), EMPTY_CLOSE).generate(&named).is_ok());
}

/// Covers an absence without a name, and a name for an absence that is impossible.
#[test]
fn absence_of_selector_needs_a_name() {
    let optional = FILTER.replace("/>", " minOccurs=\"0\"/>");
    let selectors = vec![SELECTORS[0], Selector { path: "packet/port/close/(filter)", empty: None, everything: &[] }];
    let config = config_with_target(Class::Delete, Target::Selected, selectors.leak());
    let found = [("configuration, selectors", "packet/port/close/(filter)", "may be empty")];
    assert_packet_rejected(&config, &packet(&close(&optional), EMPTY_CLOSE), &found);
    let required = vec![SELECTORS[0], Selector { path: "packet/port/close/(filter)", ..SELECTORS[0] }];
    let config = config_with_target(Class::Delete, Target::Selected, required.leak());
    let found = [("configuration, selectors", "packet/port/close/(filter)", "matches nothing")];
    assert_packet_rejected(&config, &packet(&close(FILTER), EMPTY_CLOSE), &found);
}

/// Equal parts become one type. Here two different sets of equal parts get the same name.
#[test]
fn clash_of_shared_types_is_reported() {
    let operation = |name: &str, other: &str| {
        format!(
            r#"<xs:element name="{name}"><xs:complexType><xs:choice minOccurs="0"><xs:element name="owner-id" type="xs:int"/><xs:element name="{other}" type="xs:string"/></xs:choice></xs:complexType></xs:element>"#
        )
    };
    let requests = [("buy", "owner-login"), ("rent", "owner-login"), ("lend", "owner-guid"), ("sell", "owner-guid")];
    let both: String = requests.iter().map(|(name, other)| operation(name, other)).collect();
    let answers: String = requests.iter().map(|(name, _)| EMPTY_CLOSE.replace("close", name)).collect();
    let does =
        |operation| OperationClass { operator: "port", operation, class: Class::Create, target: Target::Selected };
    let config = Config { operations: requests.map(|(name, _)| does(name)).to_vec(), ..packets() };
    let directory = packet(&both, &answers);
    let found =
        [("request.xsd", "packet/port/lend/(owner)", "`port::Owner`, like packet/port/buy/(owner) in request.xsd")];
    assert_packet_rejected(&config, &directory, &found);
    // As the message says, renaming one of them resolves the clash.
    let renames = vec![
        Rename { path: "packet/port/lend/(owner)", name: "holder" },
        Rename { path: "packet/port/sell/(owner)", name: "holder" },
    ];
    directory.generate(&Config { renames, ..config }).expect("a generation");
    let emitted = std::fs::read_to_string(directory.out().join("port.rs")).expect("the operator's module");
    for name in ["Owner", "Holder"] {
        assert_eq!(emitted.matches(&format!("pub enum {name} {{")).count(), 1, "{emitted}");
    }
}
