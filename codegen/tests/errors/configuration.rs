//! What the configuration must know, and what of it matches nothing.

use plesk_codegen::config::{Config, LeftOut, OperationClass, Rename, Selector, Setting};
use plesk_codegen::model::{Class, Target, Untyped};

use crate::common::Directory;
use crate::common::config::packets;
use crate::common::config::plain;
use crate::{NAME, problems, refused_with, root, says};

#[test]
fn entries_that_match_nothing() {
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
        answers_only: vec![("port", "gone")],
        selectors: vec![
            Selector { path: "GoneFilter", empty: None, everything: &[] },
            // It is there, but must be.
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
        ("answers_only", "port gone"),
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
fn entries_that_stand_twice() {
    let id = Rename { path: "ship/name#1", name: "title" };
    let config = Config { renames: vec![id, id], ..plain() };
    let directory = Directory::new();
    directory.schema("request.xsd", &root(NAME, ""));
    let found = problems(&directory, &config);
    assert_eq!((found.len(), found[0].construct.as_str()), (1, "ship/name#1"), "{found:#?}");
    assert!(found[0].message.contains("stands twice"));
}

#[test]
fn secrets_that_would_show() {
    let config = Config { secrets: vec!["key"], ..plain() };
    let complex = format!(
        r#"<xs:sequence><xs:element name="key"><xs:complexType>{NAME}</xs:complexType></xs:element></xs:sequence>"#
    );
    refused_with(&config, &root(&complex, ""), "ship/key", "only elements that hold nothing but text are hidden");
    refused_with(
        &config,
        &root(r#"<xs:attribute name="key" type="xs:string"/>"#, ""),
        "ship/@key",
        "only elements are hidden",
    );
}

/// A protocol of packets with the operator `port`, whose requests and answers are these.
pub(crate) fn packet(requests: &str, answers: &str) -> Directory {
    let directory = Directory::new();
    let entry = |inner: &str| {
        format!(
            r#"<xs:element name="packet"><xs:complexType><xs:choice maxOccurs="unbounded"><xs:element name="port"><xs:complexType>
            <xs:choice maxOccurs="unbounded">{inner}</xs:choice></xs:complexType></xs:element></xs:choice></xs:complexType></xs:element>
            <xs:complexType name="FilterType"><xs:choice><xs:element name="id" type="xs:int" minOccurs="0" maxOccurs="unbounded"/></xs:choice></xs:complexType>"#
        )
    };
    directory.schema("request.xsd", &entry(requests));
    directory.schema("response.xsd", &entry(answers));
    directory
}

const CLOSE: &str = r#"<xs:element name="close"><xs:complexType><xs:sequence><xs:element name="filter" type="FilterType" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>"#;
pub(crate) const EMPTY_CLOSE: &str = r#"<xs:element name="close"><xs:complexType/></xs:element>"#;
const DOES_CLOSE: &[OperationClass] =
    &[OperationClass { operator: "port", operation: "close", class: Class::Delete, target: Target::Selected }];

#[track_caller]
pub(crate) fn refused_packet(config: &Config, directory: &Directory, expected: &[(&str, &str, &str)]) {
    let found = problems(directory, config);
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (problem, (file, construct, words)) in found.iter().zip(expected) {
        assert_eq!((problem.file.as_str(), problem.construct.as_str()), (*file, *construct), "{problem}");
        assert!(says(problem, words), "{problem}");
    }
}

#[test]
fn what_is_left_out_needs_no_class_and_is_not_emitted() {
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
fn a_base_of_results_that_the_runtime_crate_has_otherwise() {
    let base = r#"<xs:complexType name="resultType"><xs:sequence>
        <xs:element name="status" type="xs:string"/><xs:element name="errcode" type="xs:string" minOccurs="0"/>
        </xs:sequence></xs:complexType>"#;
    refused_with(
        &Config { packet: None, ..packets() },
        &root(NAME, base),
        "resultType",
        "here it is: status (string), errcode? (string)",
    );
}

#[test]
fn operations_that_the_configuration_does_not_know() {
    let directory = packet(EMPTY_CLOSE, EMPTY_CLOSE);
    refused_packet(&packets(), &directory, &[("configuration, operations", "port close", "say what it does")]);
}

#[test]
fn operations_without_an_answer() {
    let directory = packet(EMPTY_CLOSE, &EMPTY_CLOSE.replace("close", "open"));
    let found = [
        ("the response entry point", "port close", "has no answer"),
        ("the request entry point", "port open", "no such operation"),
    ];
    refused_packet(&packets(), &directory, &found);
}

#[test]
fn operations_that_hold_text() {
    let text = r#"<xs:element name="close" type="xs:string"/>"#;
    let found = [
        ("request.xsd", "packet/port/close", "holds elements"),
        ("response.xsd", "packet/port/close", "holds elements"),
    ];
    refused_packet(&packets(), &packet(text, text), &found);
}

/// An operation whose filter could be forgotten would touch everything.
#[test]
fn filters_that_are_no_selectors() {
    let delete = Config { operations: DOES_CLOSE.to_vec(), ..packets() };
    let found = [
        ("configuration, operations", "port close", "nothing in its request is a selector"),
        ("request.xsd", "packet/port/close/filter", "a filter that may be absent"),
    ];
    refused_packet(&delete, &packet(CLOSE, EMPTY_CLOSE), &found);
    let selector = |empty| Selector { path: "FilterType", empty, everything: &[] };
    let listed = Config { selectors: vec![selector(Some(("Everything", "All ports.")))], ..delete.clone() };
    refused_packet(
        &listed,
        &packet(CLOSE, EMPTY_CLOSE),
        &[("request.xsd", "packet/port/close/filter", "optional selector")],
    );
    let silent = Config { selectors: vec![selector(None)], ..delete };
    let required = CLOSE.replace(" minOccurs=\"0\"", "");
    refused_packet(
        &silent,
        &packet(&required, EMPTY_CLOSE),
        &[("configuration, selectors", "FilterType", "may be empty")],
    );
}

#[test]
fn nested_operations_that_are_none() {
    let config = Config { nested: vec![("port", "close")], ..packets() };
    let two = CLOSE.replace("</xs:sequence>", r#"<xs:element name="also" type="FilterType"/></xs:sequence>"#);
    let directory = packet(&two, EMPTY_CLOSE);
    let found = [
        ("request.xsd", "packet/port/close", "not only a choice"),
        ("response.xsd", "packet/port/close", "not only a choice"),
    ];
    refused_packet(&config, &directory, &found);
}

#[test]
fn answers_without_an_operation() {
    let does =
        &[OperationClass { operator: "port", operation: "close", class: Class::Create, target: Target::Selected }];
    let config = Config { operations: does.to_vec(), ..packets() };
    let directory = packet(EMPTY_CLOSE, &(EMPTY_CLOSE.to_owned() + &EMPTY_CLOSE.replace("close", "open")));
    refused_packet(&config, &directory, &[("the request entry point", "port open", "no such operation")]);
    let listed = Config { answers_only: vec![("port", "open")], ..config };
    assert!(directory.generate(&listed).is_ok());
}

#[test]
fn everything_that_is_no_alternative() {
    let everything = &[("all", "Everything")];
    let selectors = vec![Selector { path: "FilterType", empty: Some(("None", "All ports.")), everything }];
    let config = Config { operations: DOES_CLOSE.to_vec(), selectors, ..packets() };
    let required = CLOSE.replace(" minOccurs=\"0\"", "");
    let found = [("configuration, selectors", "FilterType", "no alternative <all>")];
    refused_packet(&config, &packet(&required, EMPTY_CLOSE), &found);
}

/// Further answers to one request would be lost.
#[test]
fn repeated_answers_without_a_list() {
    let answer = r#"<xs:element name="close" maxOccurs="unbounded"><xs:complexType><xs:sequence><xs:element name="at" type="xs:int"/></xs:sequence></xs:complexType></xs:element>"#;
    let does = &[OperationClass { operator: "port", operation: "close", class: Class::Read, target: Target::Selected }];
    let config = Config { operations: does.to_vec(), ..packets() };
    refused_packet(&config, &packet(EMPTY_CLOSE, answer), &[("response.xsd", "packet/port/close", "cannot be joined")]);
}
