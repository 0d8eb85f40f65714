//! Reads the answers of a response, and writes them as a table, as JSON or as XML.

use std::io::{self, Write};

use plesk_model::{Answer, Operator};
use plesk_wire::packet::ErrorCode;
use serde_json::{Map, Value};

use super::mask::mask_packet;
use super::{json, table};
use crate::schema::{self, InPacket, Known, find};
use crate::status::Status;
use crate::text::{printable, printable_lines, safe_json};
use crate::xml::Element;

/// The form in which answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Tables for people.
    Table,
    /// A JSON object on one line for each result.
    Json,
    /// The response packet.
    Xml,
}

/// The answers of one server.
pub(crate) struct Answers {
    /// The name of the server, if there are several.
    pub(crate) server: Option<String>,
    /// The response packet, with secrets masked.
    packet: Element,
    /// One object for each result.
    results: Vec<Map<String, Value>>,
    status: Status,
}

impl Answers {
    /// Reads a response, which may begin with text that programs printed. Secrets in it are masked unless `show_secrets`.
    /// If `is_gone_fine`, an object that does not exist was deleted by an earlier attempt, and is no error.
    ///
    /// # Errors
    /// A message if the response cannot be read.
    pub(crate) fn read(
        server: Option<String>,
        response: &str,
        show_secrets: bool,
        is_gone_fine: bool,
    ) -> Result<Self, String> {
        let packet = Element::parse(&response[response.find("<packet").unwrap_or_default()..])
            .map_err(|error| format!("cannot read the response: {error}"))?;
        let packet = if show_secrets { packet } else { mask_packet(&packet, true) };
        let mut results = Vec::new();
        let mut status = Status::Success;
        let operations = schema::operations_of(&packet);
        for operation in &operations {
            for (result, is_ok) in results_of(operation) {
                let is_gone = result.get("errcode").and_then(Value::as_u64) == Some(u64::from(ErrorCode::NOT_FOUND.0));
                if !(is_ok || is_gone && is_gone_fine) {
                    status = status.max(Status::Refused);
                }
                results.push(result);
            }
        }
        if operations.is_empty() {
            return Err("the response has no answer to the operation".to_owned());
        }
        Ok(Self { server, packet, results, status })
    }

    pub(crate) fn status(&self) -> Status {
        self.status
    }

    /// Writes the response packet.
    fn write_xml(&self, out: &mut impl Write) -> io::Result<()> {
        if let Some(server) = &self.server {
            // A comment must not contain two hyphens in a row.
            writeln!(out, "<!-- {} -->", printable(server).replace("--", "- -"))?;
        }
        write!(out, "{}", printable_lines(&self.packet.to_indented_xml()))
    }

    /// Writes each result on a line.
    fn write_json(&self, out: &mut impl Write) -> io::Result<()> {
        self.results.iter().try_for_each(|result| {
            let mut object = Map::new();
            if let Some(server) = &self.server {
                object.insert("server".to_owned(), Value::String(server.clone()));
            }
            object.extend(result.clone());
            writeln!(out, "{}", safe_json(&Value::Object(object).to_string()))
        })
    }
}

/// Writes the answers of all servers.
pub(crate) fn write(out: &mut impl Write, answers: &[Answers], form: Form) -> io::Result<()> {
    match form {
        Form::Xml => answers.iter().try_for_each(|answers| answers.write_xml(out)),
        Form::Json => answers.iter().try_for_each(|answers| answers.write_json(out)),
        Form::Table => {
            let rows = answers.iter().flat_map(|answers| {
                let server = answers.server.as_ref().map(|server| ("server".to_owned(), server.clone()));
                answers
                    .results
                    .iter()
                    .flat_map(table::rows)
                    .map(move |row| server.clone().into_iter().chain(row).collect())
            });
            table::write(out, rows.collect())
        }
    }
}

/// Returns the results of one operation as JSON, each with whether it is a success.
fn results_of(found: &InPacket<'_>) -> Vec<(Map<String, Value>, bool)> {
    let Some(operation) = found.operation() else { return Vec::new() };
    let operator: &Operator = &found.operator;
    let reply = Known::Type(operation.reply);
    let elements: Vec<(Known, &Element)> = match operation.answer {
        Answer::Plain => vec![(reply, found.element)],
        Answer::One | Answer::List if found.element.child("status").is_some() => vec![(reply, found.element)],
        Answer::One | Answer::List => {
            let result = find(operator, operation.reply, "result").map_or(Known::Free, |found| found.content());
            found.element.children().filter(|child| child.name == "result").map(|child| (result, child)).collect()
        }
    };
    let name = format!("{}.{}", operator.name, found.path.replace('/', "."));
    let convert = |(content, element): (Known, &Element)| {
        let mut object = Map::new();
        object.insert("operation".to_owned(), Value::String(name.clone()));
        match json::from_element(operator, content, element) {
            Value::Object(members) => object.extend(members),
            Value::Bool(_) | Value::Null => {}
            value => {
                object.insert("value".to_owned(), value);
            }
        }
        let is_ok = element.child("status").is_none_or(|status| status.text() != "error");
        (object, is_ok)
    };
    elements.into_iter().map(convert).collect()
}
