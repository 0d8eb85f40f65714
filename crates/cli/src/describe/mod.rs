//! `plesk describe`: shows operators, operations, their structure and examples.

mod page;
mod rust;
mod search;
mod tree;

use std::collections::BTreeSet;
use std::io::{self, Write};

use page::{first_paragraph, write_doc, write_heading, write_labeled, write_lines, write_list, write_rows};
use plesk_model::{Answer, Class, Operation, Operator, ParticleKind, index};
use serde_json::json;

use crate::arguments::{Describe, Extent};
use crate::output;
use crate::schema::{self, Described, operation_named, suggest, suggestion};
use crate::send;
use crate::status::Status;
use crate::style::{self, paint};
use crate::text::{WIDTH, in_sentence};
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
mod tests;
