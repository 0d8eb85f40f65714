//! Missing entries of the configuration, and entries that match nothing.

use plesk_codegen::config::{Config, LeftOut, OperationClass, Rename, Selector, Setting};
use plesk_codegen::model::{Class, Target, Untyped};

use crate::common::Directory;
use crate::common::config::packets;
use crate::common::config::plain;
use crate::{NAME, assert_rejected_with, mentions, problems, root};

#[test]
fn unmatched_entries_are_reported() {
    let config = Config {
        renames: vec![
            Rename { path: "Gone", name: "X" },
            Rename { path: "ship/name#2", name: "x" },
            Rename { path: "ship=x", name: "X" },
        ],
        operations: vec![OperationClass {
            operator: "port",
            operation: "close",
            class: Class::Read,
            target: Target::Selected,
        }],
        left_out: vec![
            LeftOut { operator: "harbour", operations: &[] },
            LeftOut { operator: "port", operations: &["shut"] },
        ],
        nested: vec![("port", "open")],
        replies_only: vec![("port", "gone")],
        selectors: vec![
            Selector { path: "GoneFilter", empty: None, everything: &[] },
            // The element exists, but it is required.
            Selector { path: "ship/(name)", empty: Some(("Nameless", "Ships without a name.")), everything: &[] },
        ],
        untyped: vec![("ship/name", Untyped::Flag)],
        secrets: vec!["password"],
        settings: vec![
            Setting { path: "Gone", name: "name", value: "value", shown: &[] },
            Setting { path: "ship", name: "name", value: "value", shown: &[] },
        ],
        ambiguous: vec!["ship", "Gone"],
        newtypes: vec![("GoneId", "Id")],
        ..plain()
    };
    let directory = Directory::new();
    directory.schema("request.xsd", &root(NAME, ""));
    let found = problems(&directory, &config);
    let shown: Vec<_> =
        found.iter().map(|p| (p.file.trim_start_matches("configuration, "), p.construct.as_str())).collect();
    let expected = [
        ("renames", "Gone"),
        ("renames", "ship/name#2"),
        ("renames", "ship=x"),
        ("operations", "port close"),
        ("left_out", "harbour"),
        ("left_out", "port shut"),
        ("nested", "port open"),
        ("replies_only", "port gone"),
        ("selectors", "GoneFilter"),
        ("selectors", "ship/(name)"),
        ("untyped", "ship/name"),
        ("secrets", "password"),
        ("settings", "Gone"),
        ("settings", "ship"),
        ("ambiguous", "ship"),
        ("ambiguous", "Gone"),
        ("newtypes", "GoneId"),
    ];
    assert_eq!(shown, expected);
    assert!(found.iter().all(|problem| problem.message.contains("matches nothing")));
}

#[test]
fn duplicate_entry_is_reported() {
    let id = Rename { path: "ship/name#1", name: "title" };
    let config = Config { renames: vec![id, id], ..plain() };
    let directory = Directory::new();
    directory.schema("request.xsd", &root(NAME, ""));
    let found = problems(&directory, &config);
    assert_eq!((found.len(), found[0].construct.as_str()), (1, "ship/name#1"), "{found:#?}");
    assert!(found[0].message.contains("is listed twice"));
}

#[test]
fn secret_that_cannot_be_redacted_is_reported() {
    let config = Config { secrets: vec!["key"], ..plain() };
    let complex = format!(
        r#"<xs:sequence><xs:element name="key"><xs:complexType>{NAME}</xs:complexType></xs:element></xs:sequence>"#
    );
    assert_rejected_with(&config, &root(&complex, ""), "ship/key", "only elements with text can be redacted");
    assert_rejected_with(
        &config,
        &root(r#"<xs:attribute name="key" type="xs:string"/>"#, ""),
        "ship/@key",
        "only elements can be redacted",
    );
}

/// Creates a protocol of packets with the operator `port` and these requests and replies.
pub(crate) fn packet(requests: &str, replies: &str) -> Directory {
    let directory = Directory::new();
    let entry = |inner: &str| {
        format!(
            r#"<xs:element name="packet"><xs:complexType><xs:choice maxOccurs="unbounded"><xs:element name="port"><xs:complexType>
            <xs:choice maxOccurs="unbounded">{inner}</xs:choice></xs:complexType></xs:element></xs:choice></xs:complexType></xs:element>
            <xs:complexType name="FilterType"><xs:choice><xs:element name="id" type="xs:int" minOccurs="0" maxOccurs="unbounded"/></xs:choice></xs:complexType>"#
        )
    };
    directory.schema("request.xsd", &entry(requests));
    directory.schema("response.xsd", &entry(replies));
    directory
}

const CLOSE: &str = r#"<xs:element name="close"><xs:complexType><xs:sequence><xs:element name="filter" type="FilterType" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>"#;
pub(crate) const EMPTY_CLOSE: &str = r#"<xs:element name="close"><xs:complexType/></xs:element>"#;
const CLOSE_OPERATION: &[OperationClass] =
    &[OperationClass { operator: "port", operation: "close", class: Class::Delete, target: Target::Selected }];

#[track_caller]
pub(crate) fn assert_packet_rejected(config: &Config, directory: &Directory, expected: &[(&str, &str, &str)]) {
    let found = problems(directory, config);
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (problem, (file, construct, words)) in found.iter().zip(expected) {
        assert_eq!((problem.file.as_str(), problem.construct.as_str()), (*file, *construct), "{problem}");
        assert!(mentions(problem, words), "{problem}");
    }
}

#[test]
fn left_out_operation_needs_no_class_and_is_not_emitted() {
    let both = format!(r#"{EMPTY_CLOSE}<xs:element name="look"><xs:complexType/></xs:element>"#);
    let directory = packet(&both, &both);
    let config = Config {
        operations: vec![OperationClass {
            operator: "port",
            operation: "look",
            class: Class::Read,
            target: Target::Selected,
        }],
        left_out: vec![LeftOut { operator: "port", operations: &["close"] }],
        ..packets()
    };
    let summary = directory.generate(&config).expect("a generation");
    assert_eq!((summary.operations, summary.left_out), (1, 1));
    let emitted = std::fs::read_to_string(directory.out().join("port.rs")).expect("the operator's module");
    assert!(emitted.contains("pub struct Look ") && !emitted.contains("Close"), "{emitted}");
}

#[test]
fn result_base_that_differs_from_runtime_is_reported() {
    let base = r#"<xs:complexType name="resultType"><xs:sequence>
        <xs:element name="status" type="xs:string"/><xs:element name="errcode" type="xs:string" minOccurs="0"/>
        </xs:sequence></xs:complexType>"#;
    assert_rejected_with(
        &Config { packet: None, ..packets() },
        &root(NAME, base),
        "resultType",
        "found: status (string), errcode? (string)",
    );
}

#[test]
fn unlisted_operation_is_reported() {
    let directory = packet(EMPTY_CLOSE, EMPTY_CLOSE);
    assert_packet_rejected(
        &packets(),
        &directory,
        &[("configuration, operations", "port close", "the operation is not listed")],
    );
}

#[test]
fn operation_without_reply_is_reported() {
    let directory = packet(EMPTY_CLOSE, &EMPTY_CLOSE.replace("close", "open"));
    let found = [
        ("the response entry point", "port close", "has no reply"),
        ("the request entry point", "port open", "no such operation"),
    ];
    assert_packet_rejected(&packets(), &directory, &found);
}

#[test]
fn operation_with_text_is_reported() {
    let text = r#"<xs:element name="close" type="xs:string"/>"#;
    let found = [
        ("request.xsd", "packet/port/close", "must contain elements"),
        ("response.xsd", "packet/port/close", "must contain elements"),
    ];
    assert_packet_rejected(&packets(), &packet(text, text), &found);
}

/// An operation whose filter can be forgotten would act on everything.
#[test]
fn filter_that_is_not_a_selector_is_reported() {
    let delete = Config { operations: CLOSE_OPERATION.to_vec(), ..packets() };
    let found = [
        ("configuration, operations", "port close", "its request has no selector"),
        ("request.xsd", "packet/port/close/filter", "a filter that may be absent"),
    ];
    assert_packet_rejected(&delete, &packet(CLOSE, EMPTY_CLOSE), &found);
    let selector = |empty| Selector { path: "FilterType", empty, everything: &[] };
    let listed = Config { selectors: vec![selector(Some(("Everything", "All ports.")))], ..delete.clone() };
    assert_packet_rejected(
        &listed,
        &packet(CLOSE, EMPTY_CLOSE),
        &[("request.xsd", "packet/port/close/filter", "optional selector")],
    );
    let silent = Config { selectors: vec![selector(None)], ..delete };
    let required = CLOSE.replace(" minOccurs=\"0\"", "");
    assert_packet_rejected(
        &silent,
        &packet(&required, EMPTY_CLOSE),
        &[("configuration, selectors", "FilterType", "may be empty")],
    );
}

#[test]
fn nested_entry_without_a_choice_is_reported() {
    let config = Config { nested: vec![("port", "close")], ..packets() };
    let two = CLOSE.replace("</xs:sequence>", r#"<xs:element name="also" type="FilterType"/></xs:sequence>"#);
    let directory = packet(&two, EMPTY_CLOSE);
    let found = [
        ("request.xsd", "packet/port/close", "not a single choice"),
        ("response.xsd", "packet/port/close", "not a single choice"),
    ];
    assert_packet_rejected(&config, &directory, &found);
}

#[test]
fn reply_without_operation_is_reported() {
    let does =
        &[OperationClass { operator: "port", operation: "close", class: Class::Create, target: Target::Selected }];
    let config = Config { operations: does.to_vec(), ..packets() };
    let directory = packet(EMPTY_CLOSE, &(EMPTY_CLOSE.to_owned() + &EMPTY_CLOSE.replace("close", "open")));
    assert_packet_rejected(&config, &directory, &[("the request entry point", "port open", "no such operation")]);
    let listed = Config { replies_only: vec![("port", "open")], ..config };
    assert!(directory.generate(&listed).is_ok());
}

#[test]
fn match_all_entry_without_alternative_is_reported() {
    let everything = &[("all", "Everything")];
    let selectors = vec![Selector { path: "FilterType", empty: Some(("None", "All ports.")), everything }];
    let config = Config { operations: CLOSE_OPERATION.to_vec(), selectors, ..packets() };
    let required = CLOSE.replace(" minOccurs=\"0\"", "");
    let found = [("configuration, selectors", "FilterType", "`everything` lists <all>")];
    assert_packet_rejected(&config, &packet(&required, EMPTY_CLOSE), &found);
}

/// All but one of the replies to a request would be lost.
#[test]
fn repeated_reply_without_a_list_is_reported() {
    let answer = r#"<xs:element name="close" maxOccurs="unbounded"><xs:complexType><xs:sequence><xs:element name="at" type="xs:int"/></xs:sequence></xs:complexType></xs:element>"#;
    let does = &[OperationClass { operator: "port", operation: "close", class: Class::Read, target: Target::Selected }];
    let config = Config { operations: does.to_vec(), ..packets() };
    assert_packet_rejected(
        &config,
        &packet(EMPTY_CLOSE, answer),
        &[("response.xsd", "packet/port/close", "cannot be joined")],
    );
}
