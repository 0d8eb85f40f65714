//! Schemas that a generator easily gets wrong: which of them are accepted, and what stops the others.
//!
//! Each is a directory of `tests/corpus`: `request.xsd`, the files that it includes, and documents named for the verdict
//! that they deserve. `crates/conformance/tests/corpus.rs` compiles the accepted ones and reads their documents.

#[path = "common/mod.rs"]
mod common;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use common::Directory;
use common::config::plain;
use plesk_codegen::{Schemas, generate, read};

/// The schemas that are not supported, with a part of the message.
const REFUSED: &[(&str, &str)] = &[
    ("attr_elem_same", "two fields would be named `id`; add an entry like `r/id#1` to `renames`"),
    ("block_arabic", "has the property \"IsTamil\", which is neither a category nor a block that classes.rs lists"),
    ("default_simple_content", "a default is not supported on an element that is repeated, nillable or has attributes"),
    ("empty_list_flag", "a repeated element that is empty or nillable is not supported"),
    ("enum_case", "the value 'the' would be named `The`, like another value; add `r/y=the` to `renames`"),
    ("gyear_bounds", "minInclusive does not apply to texts"),
    ("keywords", "<self> would be named `self`, which Rust does not allow"),
    ("module_non_ascii", "its module would be named `é`, which Rust finds no file for"),
    ("module_std", "its module would be named `std`, which is reserved"),
    ("nillable_root", "a root element cannot be nillable"),
    ("root_simple", "a root element needs a complex type"),
    ("same_group_twice", "would be named `request::RGroup`, like r/(group)"),
    ("std_named_types", "would be named `String`, which the emitted code uses; add an entry to `renames`"),
    ("two_groups", "two fields would be named `group`; add an entry like `r/group#1` to `renames`"),
    ("value_attr", "two fields would be named `value`"),
    ("xml_lang", "xs:import: this construct is not supported"),
];

#[test]
fn corpus_is_accepted_or_refused_by_name() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut names: Vec<String> = fs::read_dir(&directory)
        .expect("the corpus")
        .map(|entry| entry.expect("a schema").file_name().into_string().expect("Unicode"))
        .collect();
    names.sort();
    let mut wrong = Vec::new();
    for name in &names {
        let directory = directory.join(name);
        let schemas = Schemas { directory: &directory, protocol: "1", request: "request.xsd", response: "request.xsd" };
        let out = Directory::new();
        let found = generate(&schemas, &plain(), &out.out(), false).map_err(|error| error.to_string());
        let expected = REFUSED.iter().find(|(refused, _)| refused == name).map(|(_, words)| *words);
        match (found, expected) {
            (Ok(_), None) => {}
            (Err(message), Some(words)) if message.contains(words) && !message.contains("bug") => {}
            (found, expected) => wrong.push(format!("{name}: expected {expected:?}, found {:?}", found.err())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let unknown = REFUSED.iter().find(|(refused, _)| !names.iter().any(|name| name == refused));
    assert_eq!(unknown, None);
}

/// Each element refers to all that follow it, so there are more paths than could ever be followed.
fn write_references(directory: &Directory, count: usize) {
    let element = |at: usize| {
        let references: String =
            (at + 1..count).map(|to| format!(r#"<xs:element ref="e{to}" minOccurs="0"/>"#)).collect();
        let inside = format!("<xs:sequence>{references}</xs:sequence>");
        format!(
            r#"<xs:element name="e{at}"><xs:complexType>{inside}<xs:attribute name="a"/></xs:complexType></xs:element>"#
        )
    };
    directory.schema("request.xsd", &(0..count).map(element).collect::<String>());
}

#[test]
fn references_to_references_take_linear_time() {
    let directory = Directory::new();
    write_references(&directory, 200);
    let schemas =
        Schemas { directory: directory.path(), protocol: "1", request: "request.xsd", response: "request.xsd" };
    let start = Instant::now();
    let model = read(&schemas, &plain()).expect("a valid schema").model;
    assert_eq!(model.types.len(), 200);
    let elapsed = start.elapsed();
    println!("200 elements: {elapsed:?}");
    // Half a second on an idle machine. Following each path would never end.
    assert!(elapsed < Duration::from_secs(10), "{elapsed:?}");
}

#[test]
fn long_chain_of_references_does_not_overflow_the_stack() {
    let directory = Directory::new();
    let element = |at: usize| {
        let inside = format!(r#"<xs:sequence><xs:element ref="e{}" minOccurs="0"/></xs:sequence>"#, (at + 1) % 5000);
        format!(r#"<xs:element name="e{at}"><xs:complexType>{inside}</xs:complexType></xs:element>"#)
    };
    directory.schema("request.xsd", &(0..5000).map(element).collect::<String>());
    directory.generate(&plain()).expect("a valid schema");
}
