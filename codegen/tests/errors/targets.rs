//! What an operation touches must be said by something in its request that cannot be left out without a word.

use plesk_codegen::config::{Config, OperationClass, Rename, Selector};
use plesk_codegen::model::{Class, Target};

use crate::common::config::packets;
use crate::configuration::{EMPTY_CLOSE, packet, refused_packet};

/// The operation `port close`, whose request is a sequence of `members`.
fn close(members: &str) -> String {
    format!(
        r#"<xs:element name="close"><xs:complexType><xs:sequence>{members}</xs:sequence></xs:complexType></xs:element>"#
    )
}

const SELECTORS: &[Selector] =
    &[Selector { path: "FilterType", empty: Some(("Everything", "All ports.")), everything: &[] }];

fn touching(class: Class, target: Target, selectors: &'static [Selector]) -> Config {
    let operations = vec![OperationClass { operator: "port", operation: "close", class, target }];
    Config { operations, selectors: selectors.to_vec(), ..packets() }
}

/// Checks that `port close` with these members, which touches `target`, is refused with these words.
#[track_caller]
fn refused_target(members: &str, target: Target, selectors: &'static [Selector], words: &str) {
    for class in [Class::Set, Class::Change, Class::Delete, Class::End] {
        let directory = packet(&close(members), EMPTY_CLOSE);
        let found = [("configuration, operations", "port close", words)];
        refused_packet(&touching(class, target, selectors), &directory, &found);
    }
}

const FILTER: &str = r#"<xs:element name="filter" type="FilterType"/>"#;
const NAME: &str = r#"<xs:element name="name" type="xs:string"/>"#;
const OPTIONAL_NAME: &str = r#"<xs:element name="name" type="xs:string" minOccurs="0"/>"#;

#[test]
fn names_that_may_be_left_out() {
    let words = "touches what <name> names, which it does not require";
    refused_target(OPTIONAL_NAME, Target::Named(&["name"]), &[], words);
    refused_target(OPTIONAL_NAME, Target::StableId(&["name"]), &[], words);
    let both = format!(r#"<xs:element name="id" type="xs:int"/>{OPTIONAL_NAME}"#);
    refused_target(&both, Target::Named(&["id", "name"]), &[], words);
    refused_target(NAME, Target::Named(&["label"]), &[], "touches what <label> names");
    let berth = |occurs: &str, inner: &str| {
        format!(
            r#"<xs:element name="berth"{occurs}><xs:complexType><xs:sequence>{inner}</xs:sequence></xs:complexType></xs:element>"#
        )
    };
    let within = Target::Named(&["berth/name"]);
    refused_target(&berth("", OPTIONAL_NAME), within, &[], "touches what <berth/name> names");
    refused_target(&berth(" minOccurs=\"0\"", NAME), within, &[], "touches what <berth/name> names");
    let config = touching(Class::Delete, within, &[]);
    assert!(packet(&close(&berth("", NAME)), EMPTY_CLOSE).generate(&config).is_ok());
}

#[test]
fn other_targets_beside_a_selector() {
    let words = "has a selector, which says what it touches";
    refused_target(FILTER, Target::Server, SELECTORS, words);
    let both = format!("{FILTER}{NAME}");
    refused_target(&both, Target::Named(&["name"]), SELECTORS, words);
    refused_target(&both, Target::StableId(&["name"]), SELECTORS, words);
    let selected = touching(Class::Delete, Target::Selected, SELECTORS);
    assert!(packet(&close(&both), EMPTY_CLOSE).generate(&selected).is_ok());
}

#[test]
fn more_than_one_selector() {
    let two = format!(r#"{FILTER}<xs:element name="also" type="FilterType"/>"#);
    refused_target(&two, Target::Selected, SELECTORS, "has more than one selector");
}

#[test]
fn no_selector() {
    refused_target(NAME, Target::Selected, &[], "nothing in its request is a selector");
}

/// What reads or creates touches nothing that could be lost.
#[test]
fn reading_needs_no_target() {
    for class in [Class::Read, Class::Create] {
        let config = touching(class, Target::Selected, &[]);
        assert!(packet(&close(OPTIONAL_NAME), EMPTY_CLOSE).generate(&config).is_ok(), "{class:?}");
    }
}

/// A filter that names one thing and may leave out another means more than it says.
#[test]
fn filters_with_a_member_that_may_be_absent_in_silence() {
    let filter = |name: &str| {
        format!(
            r#"<xs:element name="filter"><xs:complexType><xs:sequence><xs:element name="pier" type="xs:int"/>{name}</xs:sequence></xs:complexType></xs:element>"#
        )
    };
    let directory = packet(&close(&filter(OPTIONAL_NAME)), EMPTY_CLOSE);
    let named = touching(Class::Delete, Target::Named(&["filter/pier"]), &[]);
    let found = [("request.xsd", "packet/port/close/filter", "in which <name> may be absent")];
    refused_packet(&named, &directory, &found);
    let reads = touching(Class::Read, Target::Selected, &[]);
    refused_packet(&reads, &directory, &found);
    let selectors = &[Selector {
        path: "packet/port/close/filter/(name)",
        empty: Some(("AllOfPier", "All berths of the pier.")),
        everything: &[],
    }];
    assert!(directory.generate(&touching(Class::Delete, Target::Selected, selectors)).is_ok());
    assert!(packet(&close(&filter(NAME)), EMPTY_CLOSE).generate(&named).is_ok());
}

/// An absence without a name, and a name for an absence that cannot be.
#[test]
fn selectors_that_may_be_absent() {
    let optional = FILTER.replace("/>", " minOccurs=\"0\"/>");
    let selectors = vec![SELECTORS[0], Selector { path: "packet/port/close/(filter)", empty: None, everything: &[] }];
    let config = touching(Class::Delete, Target::Selected, selectors.leak());
    let found = [("configuration, selectors", "packet/port/close/(filter)", "may be empty")];
    refused_packet(&config, &packet(&close(&optional), EMPTY_CLOSE), &found);
    let required = vec![SELECTORS[0], Selector { path: "packet/port/close/(filter)", ..SELECTORS[0] }];
    let config = touching(Class::Delete, Target::Selected, required.leak());
    let found = [("configuration, selectors", "packet/port/close/(filter)", "matches nothing")];
    refused_packet(&config, &packet(&close(FILTER), EMPTY_CLOSE), &found);
}

/// Parts that are alike become one type; two groups of such parts want one name.
#[test]
fn shared_parts_that_clash() {
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
        [("request.xsd", "packet/port/lend/(owner)", "port::Owner, as packet/port/buy/(owner) in request.xsd is")];
    refused_packet(&config, &directory, &found);
    // A name for one of them settles it, as the message says.
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
