//! What stops a generation: each problem names its file and construct, all of a stage come at once,
//! and nothing is written.

mod broken;
#[path = "../common/mod.rs"]
mod common;
mod configuration;
mod constructs;
mod conversions;
mod files;
mod names;
mod places;
mod subset;
mod targets;

use common::Directory;
use common::config::plain;
use plesk_codegen::config::Config;
use plesk_codegen::error::Problem;

/// The problems of a generation, which must fail and write nothing.
#[track_caller]
fn problems(directory: &Directory, config: &Config) -> Vec<Problem> {
    let error = directory.generate(config).expect_err("this must stop a generation");
    assert!(!directory.out().exists(), "something was written");
    error.0
}

/// Checks that `content`, as the only file, gives one problem at `construct` that says `words`.
#[track_caller]
fn refused(content: &str, construct: &str, words: &str) {
    refused_with(&plain(), content, construct, words);
}

#[track_caller]
fn refused_with(config: &Config, content: &str, construct: &str, words: &str) {
    let directory = Directory::new();
    directory.schema("request.xsd", content);
    let problems = problems(&directory, config);
    let [problem] = problems.as_slice() else { panic!("not one problem: {problems:#?}") };
    assert_eq!((problem.file.as_str(), problem.construct.as_str()), ("request.xsd", construct), "{problem}");
    assert!(says(problem, words), "{problem}");
}

/// Whether the message or the advice has these words.
fn says(problem: &Problem, words: &str) -> bool {
    let advice = problem.advice.as_deref().unwrap_or_default();
    format!("{}; {advice}", problem.message).contains(words)
}

/// A root element whose content is `content`, and what stands beside it.
fn root(content: &str, beside: &str) -> String {
    format!(r#"<xs:element name="ship"><xs:complexType>{content}</xs:complexType></xs:element>{beside}"#)
}

/// A root element with one member of the simple type.
fn simple(simple_type: &str) -> String {
    let element = r#"<xs:sequence><xs:element name="hull" type="T"/></xs:sequence>"#;
    root(element, &format!(r#"<xs:simpleType name="T">{simple_type}</xs:simpleType>"#))
}

const NAME: &str = r#"<xs:sequence><xs:element name="name" type="xs:string"/></xs:sequence>"#;
