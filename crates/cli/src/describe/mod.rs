//! `plesk describe`: shows operators, operations, their structure and examples.

mod search;
mod tree;

use std::io::{self, Write};

use plesk_model::{Answer, Class, Operation, Operator, ParticleKind, index};
use serde_json::json;

use crate::arguments::{Describe, Extent};
use crate::schema::{Described, operation_named, suggest, suggestion};
use crate::send;
use crate::status::Status;
use crate::text::{WIDTH, wrap};
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
    eprintln!("plesk: {problem}");
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
    let rows = index.operators.iter().map(|operator| (operator.name.clone(), operator.doc.as_str()));
    write_rows(out, rows.collect())?;
    writeln!(out, "\nplesk describe OPERATOR lists the operations of one of them.")
}

fn describe_operator(out: &mut impl Write, operator: &Operator, as_json: bool) -> io::Result<()> {
    if as_json {
        serde_json::to_writer(&mut *out, operator)?;
        return writeln!(out);
    }
    writeln!(out, "{}", operator.name)?;
    write_doc(out, &operator.doc, "  ")?;
    writeln!(out)?;
    for operation in &operator.operations {
        let first = first_paragraph(&operation.doc);
        let name = format!("{}.{}", operator.name, operation.path.replace('/', "."));
        writeln!(out, "{name}  ({}; answers {})", class(operation.class), answer(operation.answer))?;
        write_doc(out, &first, "    ")?;
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
        writeln!(out, "{}\n\n  Answer   {}\n", described.name(), answer(operation.answer))?;
        write_lines(out, tree::lines(operator, operation.reply))?;
        return write_example(out, "An answer", &operation.examples.response.full);
    }
    writeln!(out, "{}", described.name())?;
    write_doc(out, &operation.doc, "  ")?;
    writeln!(out, "\n  Effect   {}", class(operation.class))?;
    writeln!(out, "  Answer   {} (see --response)", answer(operation.answer))?;
    writeln!(out, "  Rust     plesk::{}", operation.rust_request)?;
    if let Some(answer) = &operation.rust_answer {
        writeln!(out, "           answered by plesk::{answer}")?;
    }
    if let Some(scope) = dangerous_scope(operator, operation) {
        write_rows(out, vec![("Careful".to_owned(), &format!("if it is empty, it acts on: {scope}"))])?;
    }
    writeln!(out, "\nElements, in the order of the schema\n")?;
    write_lines(out, tree::lines(operator, operation.request))?;
    if !operation.errors.is_empty() {
        writeln!(out, "\nErrors\n")?;
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
    writeln!(out, "\nOn the command line\n\n  {}", command(described, &described.operation.examples.request.minimal))?;
    let path = "https://panel.example:8443/enterprise/control/agent.php";
    writeln!(out, "\nWith curl, and the packet in request.xml (the key stays out of the process list)\n")?;
    writeln!(out, "  printf 'header = \"KEY: %s\"\\n' \"$PLESK_SECRET_KEY\" |")?;
    writeln!(out, "    curl --config - --header 'Content-Type: text/xml' \\")?;
    writeln!(out, "      --data-binary @request.xml {path}")?;
    writeln!(out, "\nIn Rust\n")?;
    let module = described.operation.rust_request.split("::").next().unwrap_or_default();
    writeln!(
        out,
        "  use plesk::{module}; // {} has a constructor with what is required",
        described.operation.rust_request
    )?;
    writeln!(out, "  let answer = client.send({}::new(…))?;", described.operation.rust_request)
}

/// Returns the `plesk send` of the operation in an example packet.
pub(crate) fn command(described: Described<'_>, packet: &str) -> String {
    let Described { operator, operation } = described;
    let mut words = vec!["plesk send".to_owned(), described.name()];
    if let Ok(packet) = Element::parse(packet) {
        let found = crate::schema::operations_of(&packet);
        if let Some(found) = found.first() {
            words.extend(send::decompose(operator, operation.request, found.element).iter().map(|it| quote(it)));
        }
    }
    words.join(" ")
}

/// Quotes an argument for a shell, if it needs that.
fn quote(argument: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.=/:@+,%".contains(c);
    if argument.chars().all(is_plain) {
        return argument.to_owned();
    }
    format!("'{}'", argument.replace('\'', "'\\''"))
}

/// Returns what an empty selector of the operation means, if it changes or deletes that.
fn dangerous_scope(operator: &Operator, operation: &Operation) -> Option<String> {
    if matches!(operation.class, Class::Read | Class::Create) {
        return None;
    }
    operator.ty(operation.request).content.particles().iter().find_map(|particle| match particle.kind {
        ParticleKind::Element(id) => operator.ty(id).selector.as_ref()?.empty.clone(),
        _ => None,
    })
}

fn write_example(out: &mut impl Write, title: &str, xml: &str) -> io::Result<()> {
    writeln!(out, "\n{title}\n")?;
    indented(xml).lines().try_for_each(|line| writeln!(out, "  {line}"))
}

fn indented(xml: &str) -> String {
    Element::parse(xml).map_or_else(|_| xml.to_owned(), |element| element.to_indented_xml())
}

fn write_lines(out: &mut impl Write, lines: Vec<String>) -> io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// Writes paragraphs, and keeps lists.
fn write_doc(out: &mut impl Write, doc: &str, indent: &str) -> io::Result<()> {
    for (number, paragraph) in doc.split("\n\n").enumerate() {
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
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, text) in rows {
        let mut lines = wrap(text, WIDTH.saturating_sub(width + 4).max(20)).into_iter();
        writeln!(out, "  {name:<width$}  {}", lines.next().unwrap_or_default())?;
        for line in lines {
            writeln!(out, "  {:<width$}  {line}", "")?;
        }
    }
    Ok(())
}

fn first_paragraph(doc: &str) -> String {
    doc.split("\n\n").next().unwrap_or_default().to_owned()
}

pub(crate) fn class(class: Class) -> &'static str {
    match class {
        Class::Read => "reads",
        Class::Create => "creates",
        Class::Set => "changes; may be repeated",
        Class::Change => "changes; must not be repeated",
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
    let names: Vec<&str> = index
        .operators
        .iter()
        .flat_map(|operator| {
            let operations = operator.operations.iter().map(|operation| operation.path.as_str());
            std::iter::once(operator.name.as_str()).chain(operations)
        })
        .collect();
    suggestion(word, names)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use plesk_model::{Operator, ParticleKind, TypeId, index};
    use plesk_protocol::{request, response};
    use plesk_wire::packet::check;

    use super::describe_operation;
    use crate::arguments::Describe;
    use crate::schema::{Described, Known, elements};
    use crate::text::WIDTH;

    /// Adds the elements of a content, and those in them.
    fn add_elements(operator: &Operator, id: TypeId, seen: &mut BTreeSet<TypeId>, names: &mut BTreeSet<String>) {
        if !seen.insert(id) {
            return;
        }
        for found in elements(operator, id) {
            if !matches!(found.particle.kind, ParticleKind::Wildcard) {
                names.insert(found.particle.name.clone());
            }
            if let Known::Type(inner) = found.content() {
                add_elements(operator, inner, seen, names);
            }
        }
    }

    #[test]
    fn description_of_every_operation_has_each_element_and_valid_examples() {
        let mut operations = 0;
        for operator in index().operators.iter().filter_map(|it| plesk_model::operator(&it.name)) {
            for operation in &operator.operations {
                operations += 1;
                let described = Described { operator: &operator, operation };
                for (id, response) in [(operation.request, false), (operation.reply, true)] {
                    let mut out = Vec::new();
                    describe_operation(&mut out, described, &Describe { response, ..Describe::default() }).unwrap();
                    let text = String::from_utf8(out).unwrap();
                    // The tree ends before the errors or the first example.
                    let tree = text.split("\nErrors\n").next().unwrap_or_default();
                    let tree = tree.split("\nThe smallest request\n").next().unwrap_or_default();
                    let tree = tree.split("\nAn answer\n").next().unwrap_or_default();
                    let shown: BTreeSet<&str> =
                        tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
                    let mut names = BTreeSet::new();
                    add_elements(&operator, id, &mut BTreeSet::new(), &mut names);
                    for name in &names {
                        assert!(shown.contains(name.as_str()), "{}: {name}\n{tree}", described.name());
                    }
                    // A pattern has no blank to break it at.
                    let is_too_wide = |line: &&str| line.chars().count() > WIDTH && line.trim().contains(' ');
                    let too_wide = tree.lines().find(is_too_wide);
                    assert_eq!(too_wide, None, "{}", described.name());
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
}
