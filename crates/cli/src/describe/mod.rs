//! `plesk describe`: shows operators, operations, their structure and examples.

mod rust;
mod search;
mod tree;

use std::collections::BTreeSet;
use std::io::{self, Write};

use anstyle::Style;
use plesk_model::{Answer, Class, Operation, Operator, ParticleKind, index};
use serde_json::json;

use crate::arguments::{Describe, Extent};
use crate::output;
use crate::schema::{self, Described, operation_named, suggest, suggestion};
use crate::send;
use crate::status::Status;
use crate::style::{self, paint};
use crate::text::{WIDTH, in_sentence, plain, shorten, wrap};
use crate::xml::Element;

/// Describes what the arguments ask for.
pub(crate) fn describe(out: &mut impl Write, arguments: &Describe) -> io::Result<Status> {
    if let Some(words) = &arguments.search {
        return search::search(out, words, arguments.json);
    }
    let Some(name) = arguments.name.as_deref().map(|name| name.replace('/', ".")) else {
        return list_operators(out, arguments.json).map(|()| Status::Success);
    };
    if !name.contains('.') {
        return match plesk_model::operator(&name) {
            Some(operator) => describe_operator(out, &operator, arguments.json).map(|()| Status::Success),
            None => Ok(fail(&format!("there is no operator `{name}`{}", suggest_with_operations(&name)))),
        };
    }
    match operation_named(&name) {
        Ok((operator, path)) => match operator.operation(&path) {
            Some(operation) => {
                let described = Described { operator: &operator, operation };
                describe_operation(out, described, arguments).map(|()| Status::Success)
            }
            None => Ok(Status::Failed),
        },
        Err(problem) => Ok(fail(&problem)),
    }
}

fn fail(problem: &str) -> Status {
    output::error(problem);
    Status::Failed
}

/// Suggests operators, and operations of that name.
fn suggest_with_operations(name: &str) -> String {
    let index = index();
    let full: Vec<String> = index
        .operators
        .iter()
        .flat_map(|operator| {
            let named = operator.operations.iter().filter(|operation| operation.path == name);
            named.map(|operation| format!("{}.{}", operator.name, operation.path.replace('/', ".")))
        })
        .collect();
    match full.is_empty() {
        true => suggest(name),
        false => format!("; these are operations of that name: {}", full.join(", ")),
    }
}

fn list_operators(out: &mut impl Write, as_json: bool) -> io::Result<()> {
    let index = index();
    if as_json {
        serde_json::to_writer(&mut *out, &index)?;
        return writeln!(out);
    }
    let operations: usize = index.operators.iter().map(|operator| operator.operations.len()).sum();
    writeln!(out, "Protocol {}: {} operators, {operations} operations\n", index.protocol, index.operators.len())?;
    let mut operators: Vec<_> = index.operators.iter().map(|it| (it.name.clone(), it.doc.as_str())).collect();
    operators.sort();
    write_list(out, &operators)?;
    writeln!(out, "\nplesk describe OPERATOR lists the operations of one of them.")
}

fn describe_operator(out: &mut impl Write, operator: &Operator, as_json: bool) -> io::Result<()> {
    if as_json {
        serde_json::to_writer(&mut *out, operator)?;
        return writeln!(out);
    }
    writeln!(out, "{}", paint(style::HEADING, &operator.name))?;
    write_doc(out, &operator.doc, "  ")?;
    for operation in &operator.operations {
        let described = Described { operator, operation };
        let name = described.name();
        let facts = format!("({}; {})", class(operation.class), answer(operation.answer));
        let gap = if name.len() + 2 + facts.len() > WIDTH { "\n    " } else { "  " };
        writeln!(out, "\n{}{gap}{}", paint(style::NAME, &name), paint(style::REMARK, &facts))?;
        write_doc(out, &first_paragraph(&operation.doc), "    ")?;
    }
    writeln!(out, "\nplesk describe {}.OPERATION shows the structure of one of them.", operator.name)
}

fn describe_operation(out: &mut impl Write, described: Described<'_>, arguments: &Describe) -> io::Result<()> {
    let Described { operator, operation } = described;
    if arguments.json {
        let value = json!({
            "operator": operator.name,
            "operation": operation,
            "types": operator.types,
            "simple_types": operator.simple_types,
        });
        serde_json::to_writer(&mut *out, &value)?;
        return writeln!(out);
    }
    let packets = if arguments.response { &operation.examples.response } else { &operation.examples.request };
    if let Some(extent) = arguments.example {
        let xml = match extent {
            Extent::Minimal => &packets.minimal,
            Extent::Full => &packets.full,
        };
        return write!(out, "{}", indented(xml));
    }
    if arguments.response {
        writeln!(out, "{}", paint(style::HEADING, &described.name()))?;
        write_labeled(out, style::HEADING, vec![("Answer".to_owned(), answer(operation.answer))])?;
        write_heading(out, "Elements")?;
        write_lines(out, tree::lines(operator, operation.reply))?;
        return write_example(out, "An answer", &operation.examples.response.full);
    }
    writeln!(out, "{}", paint(style::HEADING, &described.name()))?;
    write_doc(out, &operation.doc, "  ")?;
    writeln!(out)?;
    let answer = format!("{} (see --response)", answer(operation.answer));
    let rust = match &operation.rust_answer {
        Some(answer) => format!("plesk::{}, answered by plesk::{answer}", operation.rust_request),
        None => format!("plesk::{}", operation.rust_request),
    };
    let careful = dangerous_scope(operator, operation)
        .map(|(name, scope)| format!("without anything in `{name}`, it acts on {}", in_sentence(&scope)));
    let mut facts = vec![("Effect", class(operation.class)), ("Answer", &answer), ("Rust", &rust)];
    facts.extend(careful.as_ref().map(|careful| ("Careful", careful.as_str())));
    write_labeled(out, style::HEADING, facts.into_iter().map(|(name, text)| (name.to_owned(), text)).collect())?;
    write_heading(out, "Elements, in the order of the schema")?;
    write_lines(out, tree::lines(operator, operation.request))?;
    if !operation.errors.is_empty() {
        write_heading(out, "Errors")?;
        let rows = operation.errors.iter().map(|error| (error.code.to_string(), error.meaning.as_str()));
        write_rows(out, rows.collect())?;
    }
    write_example(out, "The smallest request", &operation.examples.request.minimal)?;
    if operation.examples.request.full != operation.examples.request.minimal {
        write_example(out, "A request with everything", &operation.examples.request.full)?;
    }
    write_example(out, "An answer", &operation.examples.response.full)?;
    write_commands(out, described)
}

/// Writes how to send the smallest request.
fn write_commands(out: &mut impl Write, described: Described<'_>) -> io::Result<()> {
    write_heading(out, "On the command line")?;
    write_lines(out, command_lines(described, &described.operation.examples.request.minimal))?;
    write_heading(out, "With curl, and the packet in request.xml")?;
    writeln!(out, "  printf 'header = \"KEY: %s\"\\n' \"$PLESK_SECRET_KEY\" |")?;
    writeln!(out, "    curl --config - --header 'Content-Type: text/xml' \\")?;
    writeln!(out, "      --data-binary @request.xml \\")?;
    writeln!(out, "      https://panel.example:8443/enterprise/control/agent.php")?;
    write_heading(out, "In Rust")?;
    write_lines(out, rust_lines(described))
}

/// Returns the Rust that sends the smallest request.
fn rust_lines(described: Described<'_>) -> Vec<String> {
    let Described { operator, operation } = described;
    let packet = Element::parse(&operation.examples.request.minimal).ok();
    let found = packet.as_ref().map(schema::operations_of).unwrap_or_default();
    let example = found.first().and_then(|found| rust::example(operator, operation, found.element));
    let lines = example.unwrap_or_else(|| {
        let request = &operation.rust_request;
        let name = request.rsplit("::").next().unwrap_or(request);
        vec![
            format!("use plesk::{request};"),
            "// The constructor takes what is required.".to_owned(),
            format!("let answer = client.send({name}::new(…))?;"),
        ]
    });
    lines.into_iter().map(|line| format!("  {line}")).collect()
}

/// Returns the `plesk send` of the operation in an example packet, in lines for a shell. Secrets come from the environment,
/// because arguments are visible to other users.
fn command_lines(described: Described<'_>, packet: &str) -> Vec<String> {
    let Described { operator, operation } = described;
    let mut lines = vec![format!("  plesk send {}", described.name())];
    let arguments = Element::parse(packet).map_or_else(
        |_| Vec::new(),
        |packet| {
            let found = crate::schema::operations_of(&packet);
            found.first().map_or_else(Vec::new, |found| send::example(operator, operation.request, found.element))
        },
    );
    for argument in arguments.iter().map(|argument| quote(argument)) {
        let last = lines.len() - 1;
        // Two more columns for the continuation.
        if lines[last].chars().count() + 1 + argument.chars().count() + 2 > WIDTH {
            lines[last].push_str(" \\");
            lines.push(format!("    {argument}"));
        } else {
            lines[last].push_str(&format!(" {argument}"));
        }
    }
    lines
}

/// Quotes an argument for a shell, if it needs that.
fn quote(argument: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.=/:@+,%".contains(c);
    if argument.chars().all(is_plain) {
        return argument.to_owned();
    }
    format!("'{}'", argument.replace('\'', "'\\''"))
}

/// Returns the selector that may be empty, and what that means, if the operation changes or deletes it.
fn dangerous_scope(operator: &Operator, operation: &Operation) -> Option<(String, String)> {
    if matches!(operation.class, Class::Read | Class::Create) {
        return None;
    }
    operator.ty(operation.request).content.particles().iter().find_map(|particle| match particle.kind {
        ParticleKind::Element(id) => {
            let scope = operator.ty(id).selector.as_ref()?.empty.clone()?;
            Some((particle.name.clone(), scope))
        }
        _ => None,
    })
}

fn write_example(out: &mut impl Write, title: &str, xml: &str) -> io::Result<()> {
    write_heading(out, title)?;
    indented(xml).lines().try_for_each(|line| writeln!(out, "  {line}"))
}

fn indented(xml: &str) -> String {
    Element::parse(xml).map_or_else(|_| xml.to_owned(), |element| element.to_indented_xml())
}

fn write_heading(out: &mut impl Write, title: &str) -> io::Result<()> {
    writeln!(out, "\n{}\n", paint(style::HEADING, title))
}

/// Writes names with the beginning of a text each, one line each.
fn write_list(out: &mut impl Write, rows: &[(String, &str)]) -> io::Result<()> {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, text) in rows {
        let gap = " ".repeat(width - name.chars().count());
        writeln!(
            out,
            "  {}{gap}  {}",
            paint(style::NAME, name),
            shorten(&first_sentence(&plain(text)), WIDTH.saturating_sub(width + 4))
        )?;
    }
    Ok(())
}

fn write_lines(out: &mut impl Write, lines: Vec<String>) -> io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// Writes paragraphs, and keeps lists.
fn write_doc(out: &mut impl Write, doc: &str, indent: &str) -> io::Result<()> {
    for (number, paragraph) in plain(doc).split("\n\n").enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        let is_list = paragraph.lines().all(|line| line.starts_with("- ") || line.starts_with("  "));
        let parts: Vec<String> = match is_list {
            true => paragraph.split("\n- ").map(|item| format!("- {}", item.trim_start_matches("- "))).collect(),
            false => vec![paragraph.to_owned()],
        };
        for part in parts {
            for line in wrap(&part, WIDTH - indent.len()) {
                writeln!(out, "{indent}{line}")?;
            }
        }
    }
    Ok(())
}

/// Writes names with a text each.
fn write_rows(out: &mut impl Write, rows: Vec<(String, &str)>) -> io::Result<()> {
    write_labeled(out, style::NAME, rows)
}

/// Writes labels of this style with a text each.
fn write_labeled(out: &mut impl Write, style: Style, rows: Vec<(String, &str)>) -> io::Result<()> {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, text) in rows {
        let mut lines = wrap(&plain(text), WIDTH.saturating_sub(width + 4).max(20)).into_iter();
        let gap = " ".repeat(width - name.chars().count());
        writeln!(out, "  {}{gap}  {}", paint(style, &name), lines.next().unwrap_or_default())?;
        for line in lines {
            writeln!(out, "  {:<width$}  {line}", "")?;
        }
    }
    Ok(())
}

fn first_sentence(doc: &str) -> String {
    doc.split_once(". ").map_or_else(|| doc.to_owned(), |(first, _)| format!("{first}."))
}

fn first_paragraph(doc: &str) -> String {
    doc.split("\n\n").next().unwrap_or_default().to_owned()
}

pub(crate) fn class(class: Class) -> &'static str {
    match class {
        Class::Read => "reads",
        Class::Create => "creates",
        Class::Set => "changes; may be repeated",
        Class::Change => "changes; not to be repeated",
        Class::Delete => "deletes",
        Class::End => "ends for good",
    }
}

fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::One => "one result",
        Answer::List => "any number of results",
        Answer::Plain => "content without a status",
    }
}

/// Suggests among the operations of all operators, for the search.
pub(super) fn did_you_mean(word: &str) -> String {
    let index = index();
    let names = index.operators.iter().flat_map(|operator| {
        let operations = operator.operations.iter().map(|operation| operation.path.as_str());
        std::iter::once(operator.name.as_str()).chain(operations)
    });
    // Many operators have an operation of the same name.
    suggestion(word, names.collect::<BTreeSet<_>>())
}

#[cfg(test)]
mod tests {
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
                            assert!(
                                words(&text).contains(&words(&format!("{} {}", error.code, error.meaning))),
                                "{name}"
                            );
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
}
