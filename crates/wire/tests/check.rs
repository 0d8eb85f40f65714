//! The check of documents: every violation with its line, its path and advice, and the message of
//! libxml2.

mod shapes;

use std::collections::BTreeSet;
use std::process::Command;
use std::{env, fs, process};

use plesk_test_support::Tool;
use plesk_wire::xml::{Limits, Validator, Violation, Violations, Writer, check};
use shapes::*;

fn check_shapes(xml: &str) -> Result<(), Violations> {
    check::<AllShapes>("r", xml.as_bytes(), Limits::DEFAULT)
}

/// Returns the messages of libxml2 for each document, as sets of `line: message`. `None` if xmllint is
/// not installed.
fn libxml2(documents: &[String]) -> Option<Vec<BTreeSet<String>>> {
    let folder = env::temp_dir().join(format!("plesk-wire-check-{}", process::id()));
    fs::create_dir_all(&folder).unwrap();
    let names: Vec<_> = (0..documents.len()).map(|at| format!("{at}.xml")).collect();
    for (name, document) in names.iter().zip(documents) {
        fs::write(folder.join(name), document).unwrap();
    }
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/shapes/shapes.xsd");
    let run = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema", schema])
        .args(&names)
        .current_dir(&folder)
        .output();
    fs::remove_dir_all(&folder).unwrap();
    let Ok(run) = run else {
        Tool::Xmllint.skip();
        return None;
    };
    let stderr = String::from_utf8(run.stderr).unwrap();
    assert!(!stderr.contains("failed to compile"), "{stderr}");
    let of = |name: &String| {
        let lines = stderr.lines().filter_map(|line| line.strip_prefix(&format!("{name}:")));
        lines
            .filter_map(|line| {
                let (line, rest) = line.split_once(": element ")?;
                Some(format!("{line}: {}", rest.split_once("validity error : ")?.1))
            })
            .collect()
    };
    Some(names.iter().map(of).collect())
}

/// Invalid documents and their messages.
const INVALID: &[(&str, &[&str])] = &[
    // Values.
    ("<grouped>\n<id>x</id><guid/></grouped>", &["line 2: r/grouped/id: 'x' is not an integer; write digits only"]),
    (
        "<settings><title/>\n<limit/>\n<limit> 7x</limit>\n<limit>2147483648</limit></settings>",
        &[
            "line 2: r/settings/limit: '' is not an integer; the element needs a value",
            "line 3: r/settings/limit: ' 7x' is not an integer; write digits only",
            "line 4: r/settings/limit: '2147483648' must be at most 2147483647",
        ],
    ),
    (
        "<person>\n<login/>\n<password>123456789012345678901</password>\n<age/><home><street/></home><pet><street/>\n<zip>-1</zip></pet></person>",
        &[
            "line 2: r/person[1]/login: '' has 0 characters, at least 1 is required; the element needs a value",
            "line 3: r/person[1]/password: has 21 characters, at most 20 are allowed",
            "line 4: r/person[1]/age: '' is not an integer; leave the element out if it has no value",
            "line 5: r/person[1]/pet[1]/zip: '-1' is not an unsigned integer",
        ],
    ),
    // In a filter, less means more objects: the advice never is to omit an element.
    ("<select>\n<id/></select>", &["line 2: r/select/id: '' is not an integer; the element needs a value"]),
    // Out of order, too many, unknown, missing.
    (
        "<person><login>a</login>\n<age>x</age><password>p</password>\n<home><street/><zip>x</zip></home><pet><street/></pet></person>",
        &[
            "line 2: r/person[1]/age: 'x' is not an integer; write digits only",
            "line 2: r/person[1]/age: unexpected element; <password> must come before it",
            "line 3: r/person[1]/home/zip: 'x' is not an integer; write digits only",
        ],
    ),
    ("<keyed><id>1</id>\n<before/></keyed>", &["line 2: r/keyed/before: unexpected element; move it before <id>"]),
    (
        "<keyed><id>1</id>\n<place><street/></place></keyed>",
        &["line 2: r/keyed/place: unexpected element; cannot be combined with <id>; keep one"],
    ),
    ("<keyed>\n</keyed>", &["line 1: r/keyed: one of <id>, <place> is missing; add one of them"]),
    (
        "<person><login>a</login><password>p</password><mail/><mail/><mail/>\n<mail/><home><street/></home><pet><street/></pet></person>",
        &["line 2: r/person[1]/mail: unexpected element; at most 3 are allowed"],
    ),
    (
        "<grouped><id>1</id><guid/>\n<guid/></grouped>",
        &["line 2: r/grouped/guid: unexpected element; only one is allowed"],
    ),
    ("<grouped><id>1</id>\n<giud/></grouped>", &["line 2: r/grouped/giud: unexpected element; did you mean <guid>?"]),
    (
        "<settings><title/>\n<novelty/></settings>",
        &["line 2: r/settings/novelty: unexpected element; expected one of <title>, <limit>, <property>, <done>"],
    ),
    ("<groups>\n<id>1</id></groups>", &["line 1: r/groups: <guid> is missing; add it"]),
    ("<groups>\n<id>1</id><guid/><id>2</id></groups>", &["line 1: r/groups: <guid> is missing; add it"]),
    ("<select>\n<address><street/></address></select>", &["line 1: r/select: <address> is missing; add it"]),
    ("<unordered>\n<z/></unordered>", &["line 1: r/unordered: <x> is missing; add it"]),
    ("<unordered><x>1</x>\n<x>2</x></unordered>", &["line 2: r/unordered/x: unexpected element; only one is allowed"]),
    (
        "<unordered>\n<q/><x>1</x></unordered>",
        &["line 2: r/unordered/q: unexpected element; expected one of <x>, <y>, <z>"],
    ),
    ("<wild><first/><a/><b/>\n<c/></wild>", &["line 2: r/wild/c: unexpected element; expected <first>"]),
    // Text and elements where none are allowed.
    ("<keyed>\n<id>1</id>text<!-- -->again</keyed>", &["line 1: r/keyed: text is not allowed here, only elements"]),
    ("<keyed><![CDATA[ ]]><id>1</id></keyed>", &["line 1: r/keyed: text is not allowed here, only elements"]),
    (
        "<settings><title>a\n<b/><c/></title><limit>1</limit></settings>",
        &["line 1: r/settings/title: elements are not allowed here, only text"],
    ),
    (
        "<select>\n<all> </all></select>",
        &["line 2: r/select/all: the element must be empty, without even white space; write <all/>"],
    ),
    ("<select>\n<all><x/></all></select>", &["line 2: r/select/all: the element must be empty"]),
    (
        "<versioned version='1'>\n<price><x/></price></versioned>",
        &[
            "line 2: r/versioned/price: elements are not allowed here, only text",
            "line 2: r/versioned/price: '' is not an integer; the element needs a value",
        ],
    ),
    // Attributes.
    (
        "<keyed a='1' xml:lang='de'>\n<id b='2'>1</id></keyed>",
        &[
            "line 1: r/keyed: the attribute a is not allowed; remove it",
            "line 1: r/keyed: the attribute xml:lang is not allowed; remove it",
            "line 2: r/keyed/id: the attribute b is not allowed; remove it",
        ],
    ),
    ("<versioned/>", &["line 1: r/versioned: the attribute version is missing; add it"]),
    (
        "<versioned version='' fast='yes' key='123456789012345678901'/>",
        &[
            "line 1: r/versioned/version: '' has 0 characters, at least 1 is required; the attribute needs a value",
            "line 1: r/versioned/fast: 'yes' is not a boolean; write true or false",
            "line 1: r/versioned/key: has 21 characters, at most 20 are allowed",
        ],
    ),
    (
        "<maybe xmlns:i='http://www.w3.org/2001/XMLSchema-instance'>\n<must i:nil='true'>1</must>\n<may i:nil='1'>s</may></maybe>",
        &[
            "line 2: r/maybe/must: the element has xsi:nil but is not empty",
            "line 3: r/maybe/may: the element has xsi:nil but is not empty",
        ],
    ),
    (
        "<keyed xmlns:i='http://www.w3.org/2001/XMLSchema-instance'>\n<id i:nil='false'>1</id></keyed>",
        &["line 2: r/keyed/id: the element must have a value; xsi:nil is not allowed; remove it"],
    ),
    (
        "<keyed>\n<a:id xmlns:a='urn:a'>1</a:id></keyed>",
        &[
            "line 2: r/keyed/a:id: unexpected element; expected one of <before>, <id>, <place>, <after>, <limit>, <property>",
        ],
    ),
];

#[test]
fn check_reports_every_violation() {
    for (inside, messages) in INVALID {
        let xml = format!("<r>{inside}</r>");
        let violations = check_shapes(&xml).expect_err(&xml);
        let reported: Vec<_> = violations.as_slice().iter().map(ToString::to_string).collect();
        assert_eq!(reported, *messages, "{xml}");
    }
}

#[test]
fn check_of_a_truncated_document_reports_xml() {
    for (inside, _) in INVALID {
        let xml = format!("<r>{inside}</r>");
        for end in (0..xml.len()).filter(|end| xml.is_char_boundary(*end)) {
            let violations = check_shapes(&xml[..end]).expect_err(&xml[..end]);
            assert!(violations.as_slice().iter().any(|violation| violation.rule == "xml"), "{violations}");
        }
    }
}

#[test]
fn check_reports_xml_even_after_many_violations() {
    let xml = format!("<r><settings><title/>{}</r>", "<limit>x</limit>".repeat(5_000));
    let violations = check_shapes(&xml).unwrap_err();
    assert_eq!((violations.as_slice().len(), violations.total()), (1_000, 5_002));
    assert!(violations.as_slice().iter().any(|violation| violation.rule == "xml"), "{violations}");
}

#[test]
fn libxml2_messages_equal_those_of_libxml2() {
    let documents: Vec<_> = INVALID.iter().map(|(inside, _)| format!("<r>{inside}</r>")).collect();
    let Some(all_expected) = libxml2(&documents) else { return };
    for (xml, expected) in documents.iter().zip(all_expected) {
        assert!(!expected.is_empty(), "libxml2 accepts {xml}");
        // We redact secrets.
        let expected: BTreeSet<_> =
            expected.iter().map(|message| message.replace("'123456789012345678901'", "'***'")).collect();
        let violations = check_shapes(xml).unwrap_err();
        let message =
            |violation: &Violation| format!("{}: {}", violation.line.unwrap(), violation.libxml2().expect("a message"));
        let ours: BTreeSet<_> = violations.as_slice().iter().map(message).collect();
        assert!(expected.is_subset(&ours), "{xml}\n{ours:#?}\n{expected:#?}");
        // libxml2 skips the siblings after an unexpected element; we check their values.
        if violations.as_slice().iter().all(|violation| violation.rule != "order") {
            assert_eq!(ours, expected, "{xml}");
        }
    }
}

#[test]
fn check_and_validator_give_the_same_advice() {
    let empty = Versioned { version: "".into(), fast: None, key: Some("".into()), price: None };
    let value = AllShapes { versioned: Some(empty), ..all_shapes() };
    let xml = Writer::document("r", &value);
    let from_document = check::<AllShapes>("r", &xml, Limits::DEFAULT).unwrap_err();
    let from_value = Validator::check("r", &value).unwrap_err();
    let advice = |violations: &Violations| violations.as_slice().iter().map(Violation::message).collect::<Vec<_>>();
    assert_eq!(advice(&from_document), advice(&from_value));
    assert!(from_value.to_string().contains("leave the attribute out if it has no value"), "{from_value}");
}
