//! The description of every operation is complete, and what it shows is valid.

use plesk_model::{Content, Operator, ParticleKind, TypeId, index};
use plesk_protocol::{request, response};
use plesk_wire::packet::check;

use super::{describe_operation, rust_lines};
use crate::arguments::Describe;
use crate::schema::Described;
use crate::text::{WIDTH, plain};

/// Adds what the tree of a content must have, in this order: names, values, how often, defaults and documentation.
fn add_expected(operator: &Operator, id: TypeId, open: &mut Vec<TypeId>, expected: &mut Vec<String>) {
    if open.contains(&id) {
        return expected.push("(the same elements again)".to_owned());
    }
    open.push(id);
    let ty = operator.ty(id);
    let add_text = |simple: usize, expected: &mut Vec<String>| {
        let simple = operator.simple_type(simple);
        expected.push(simple.values.join(" | "));
        expected.extend(simple.rules.iter().cloned());
    };
    for attribute in &ty.attributes {
        expected.push(format!("@{}", attribute.name));
        add_text(attribute.ty, expected);
        expected.extend(attribute.default.clone());
        expected.push(attribute.doc.clone());
    }
    match &ty.content {
        Content::Text(simple) => {
            expected.push("(text:".to_owned());
            add_text(*simple, expected);
        }
        Content::Any => expected.push("(any content)".to_owned()),
        _ => {}
    }
    for particle in ty.content.particles() {
        let occurrence = match (particle.min, particle.max) {
            (1, Some(1)) => "",
            (0, Some(1)) => "optional",
            (0, None) => "any number",
            (1, None) => "once or more",
            _ => "times",
        };
        match particle.kind {
            ParticleKind::Choice(inner) | ParticleKind::Group(inner) => {
                expected.push(occurrence.to_owned());
                add_expected(operator, inner, open, expected);
                continue;
            }
            ParticleKind::Wildcard => {
                expected.push("(any elements".to_owned());
                continue;
            }
            _ => expected.push(particle.name.clone()),
        }
        if let ParticleKind::Text { ty, secret, nillable } = particle.kind {
            add_text(ty, expected);
            expected.extend(secret.then(|| "secret".to_owned()));
            expected.extend(nillable.then(|| "may be nil".to_owned()));
        }
        expected.push(occurrence.to_owned());
        expected.extend(particle.default.clone());
        expected.push(particle.doc.clone());
        if let ParticleKind::Element(inner) = particle.kind {
            add_expected(operator, inner, open, expected);
        }
    }
    open.pop();
}

/// Returns the words of a text, as they are however it is broken into lines.
fn words(text: &str) -> String {
    plain(text).split_whitespace().filter(|word| *word != "#").collect::<Vec<_>>().join(" ")
}

/// Describes an operation without colors.
fn described(operator: &Operator, operation: &plesk_model::Operation, response: bool) -> String {
    let mut out = Vec::new();
    let arguments = Describe { response, ..Describe::default() };
    describe_operation(&mut out, Described { operator, operation }, &arguments).unwrap();
    anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string()
}

#[test]
fn description_of_every_operation_has_each_line_and_valid_examples() {
    let mut operations = 0;
    for operator in index().operators.iter().filter_map(|it| plesk_model::operator(&it.name)) {
        for operation in &operator.operations {
            operations += 1;
            let name = format!("{}.{}", operator.name, operation.path.replace('/', "."));
            for (id, response) in [(operation.request, false), (operation.reply, true)] {
                let text = described(&operator, operation, response);
                let (start, tree) = text.split_once("\nElements").expect("a heading");
                let tree = tree.split("\n\n").nth(1).expect("a tree");
                if !response {
                    assert!(words(start).contains(&words(&operation.doc)), "{name}: {start}");
                    for error in &operation.errors {
                        assert!(words(&text).contains(&words(&format!("{} {}", error.code, error.meaning))), "{name}");
                    }
                    for part in ["\nThe smallest request\n", "\nAn answer\n", "curl --config -", "\nIn Rust\n"] {
                        assert!(text.contains(part), "{name}: {part}");
                    }
                    assert!(text.contains(&format!("\n  plesk send {name}")), "{name}");
                }
                let mut expected = Vec::new();
                add_expected(&operator, id, &mut Vec::new(), &mut expected);
                let shown = words(tree);
                let mut rest = shown.as_str();
                for part in expected.iter().map(|part| words(part)) {
                    let at = rest.find(&part).unwrap_or_else(|| panic!("{name}: {part}\n{rest}\n{tree}"));
                    rest = &rest[at + part.len()..];
                }
                // An element of an example, and a path of Rust, are as long as they are.
                let is_unbreakable = |line: &str| line.trim().starts_with('<') || line.contains("client.send(");
                // A pattern has no blank to break it at.
                let is_too_wide = |line: &&str| line.chars().count() > WIDTH && line.trim().contains(' ');
                let too_wide = text.lines().filter(|line| !is_unbreakable(line)).find(is_too_wide);
                assert_eq!(too_wide, None, "{name}");
            }
            let examples = &operation.examples;
            for xml in [&examples.request.minimal, &examples.request.full] {
                check::<request::Packet>(xml.as_bytes()).unwrap_or_else(|it| panic!("{it}\n{xml}"));
            }
            for xml in [&examples.response.minimal, &examples.response.full] {
                check::<response::Packet>(xml.as_bytes()).unwrap_or_else(|it| panic!("{it}\n{xml}"));
            }
        }
    }
    let listed: usize = index().operators.iter().map(|operator| operator.operations.len()).sum();
    assert!(operations == listed && operations > 200);
}

/// Compiles the Rust of every operation as one program.
#[test]
fn rust_of_every_operation_compiles() {
    let mut program = "#![allow(clippy::all)]\nfn main() {}\n".to_owned();
    let mut incomplete = Vec::new();
    for operator in index().operators.iter().filter_map(|it| plesk_model::operator(&it.name)) {
        for operation in &operator.operations {
            let described = Described { operator: &operator, operation };
            let lines = rust_lines(described).join("\n");
            if lines.contains('…') {
                incomplete.push(described.name());
                continue;
            }
            program.push_str(&format!(
                "mod m{} {{ pub fn f(client: &plesk::blocking::Client, secret: &str) -> Result<(), Box<dyn std::error::Error>> {{\n\
                 // {}\n{lines}\nlet _ = (answer, secret); Ok(()) }} }}\n",
                program.len(),
                described.name(),
            ));
        }
    }
    assert!(incomplete.is_empty(), "{incomplete:?}");
    let library = plesk_test_support::Library::check("plesk", &["blocking", "full"]);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("examples.rs");
    std::fs::write(&file, program).expect("written");
    let mut rustc = library.rustc();
    rustc.args(["--crate-type=lib", "--emit=metadata", "-Adead_code", "-o"]);
    let output = rustc.arg(folder.path().join("examples.rmeta")).arg(&file).output().expect("rustc runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
