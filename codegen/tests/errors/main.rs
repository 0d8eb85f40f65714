//! Failing generations: each problem names its file and construct, a run reports all problems of a stage, and nothing
//! is written.

mod broken;
#[path = "../common/mod.rs"]
mod common;
mod configuration;
mod constructs;
mod conversions;
mod files;
mod locations;
mod names;
mod stages;
mod subset;
mod targets;

use common::Directory;
use common::config::plain;
use plesk_codegen::config::Config;
use plesk_codegen::error::Problem;

/// Returns the problems of a generation, which must fail and write nothing.
#[track_caller]
fn problems(directory: &Directory, config: &Config) -> Vec<Problem> {
    let error = directory.generate(config).expect_err("this must stop a generation");
    assert!(!directory.out().exists(), "something was written");
    error.0
}

/// Asserts that a schema set with this single file gives one problem, at `construct` and with these words.
#[track_caller]
fn assert_rejected(content: &str, construct: &str, words: &str) {
    assert_rejected_with(&plain(), content, construct, words);
}

#[track_caller]
fn assert_rejected_with(config: &Config, content: &str, construct: &str, words: &str) {
    let directory = Directory::new();
    directory.schema("request.xsd", content);
    let problems = problems(&directory, config);
    let [problem] = problems.as_slice() else { panic!("not one problem: {problems:#?}") };
    assert_eq!((problem.file.as_str(), problem.construct.as_str()), ("request.xsd", construct), "{problem}");
    assert!(mentions(problem, words), "{problem}");
}

/// Returns `true` if the message or the advice contains these words.
fn mentions(problem: &Problem, words: &str) -> bool {
    let advice = problem.advice.as_deref().unwrap_or_default();
    format!("{}; {advice}", problem.message).contains(words)
}

/// Returns a root element with this content, followed by further declarations.
fn root(content: &str, more: &str) -> String {
    format!(r#"<xs:element name="ship"><xs:complexType>{content}</xs:complexType></xs:element>{more}"#)
}

/// Returns a root element with one member of the simple type.
fn simple(simple_type: &str) -> String {
    let element = r#"<xs:sequence><xs:element name="hull" type="T"/></xs:sequence>"#;
    root(element, &format!(r#"<xs:simpleType name="T">{simple_type}</xs:simpleType>"#))
}

const NAME: &str = r#"<xs:sequence><xs:element name="name" type="xs:string"/></xs:sequence>"#;
