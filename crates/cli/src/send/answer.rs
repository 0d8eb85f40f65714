//! Reads the answers of a response, and writes them as a table, as JSON or as XML.

use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table, presets};
use plesk_model::{Answer, Operator};
use serde_json::{Map, Value};

use super::json;
use super::mask::mask_packet;
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

/// A table with more columns is written as a list of members.
const MAX_COLUMNS: usize = 8;

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
    /// Reads a response packet. Secrets in it are masked unless `show_secrets`.
    ///
    /// # Errors
    /// A message if the response cannot be read.
    pub(crate) fn read(server: Option<String>, xml: &str, show_secrets: bool) -> Result<Self, String> {
        let packet = Element::parse(xml).map_err(|error| format!("cannot read the response: {error}"))?;
        let packet = if show_secrets { packet } else { mask_packet(&packet, true) };
        let mut results = Vec::new();
        let mut status = Status::Success;
        let operations = schema::operations_of(&packet);
        for operation in &operations {
            for (result, is_ok) in results_of(operation) {
                results.push(result);
                if !is_ok {
                    status = status.max(Status::Refused);
                }
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

    /// Writes the answers.
    pub(crate) fn write(&self, out: &mut impl Write, form: Form) -> io::Result<()> {
        match form {
            Form::Xml => write!(out, "{}", printable_lines(&self.packet.to_indented_xml())),
            Form::Json => self.results.iter().try_for_each(|result| {
                let mut object = Map::new();
                if let Some(server) = &self.server {
                    object.insert("server".to_owned(), Value::String(server.clone()));
                }
                object.extend(result.clone());
                writeln!(out, "{}", safe_json(&Value::Object(object).to_string()))
            }),
            Form::Table => self.write_table(out),
        }
    }

    fn write_table(&self, out: &mut impl Write) -> io::Result<()> {
        let rows: Vec<Vec<(String, String)>> = self.results.iter().map(row).collect();
        let mut columns: Vec<&str> = Vec::new();
        for (name, _) in rows.iter().flatten() {
            if !columns.contains(&name.as_str()) {
                columns.push(name);
            }
        }
        if let Some(server) = &self.server {
            writeln!(out, "{}:", printable(server))?;
        }
        if rows.is_empty() {
            return writeln!(out, "no objects");
        }
        if columns.len() <= MAX_COLUMNS {
            let mut table = Table::new();
            table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
            if table.width().is_none() {
                table.set_width(crate::text::WIDTH as u16);
            }
            table.set_header(columns.iter().map(|column| printable(column).into_owned()));
            for row in &rows {
                let cell = |column: &&str| row.iter().find(|(name, _)| name == column).map_or("", |(_, value)| value);
                table.add_row(columns.iter().map(|column| printable(cell(column)).into_owned()));
            }
            return writeln!(out, "{}", table.trim_fmt());
        }
        for (number, row) in rows.iter().enumerate() {
            if number > 0 {
                writeln!(out)?;
            }
            let width = row.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
            for (name, value) in row {
                writeln!(out, "{:<width$}  {}", printable(name), printable(value))?;
            }
        }
        Ok(())
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

/// Returns the members of a result as pairs of path and text.
fn row(result: &Map<String, Value>) -> Vec<(String, String)> {
    let mut row = Vec::new();
    for (name, value) in result {
        if name != "operation" {
            flatten(name, value, &mut row);
        }
    }
    row
}

fn flatten(path: &str, value: &Value, row: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                flatten(&format!("{path}.{name}"), value, row);
            }
        }
        Value::Array(values) if values.iter().all(|value| !value.is_object()) => {
            row.push((path.to_owned(), values.iter().map(scalar).collect::<Vec<_>>().join(", ")));
        }
        // Pairs of a name and a value are read as such.
        Value::Array(values) => {
            for (number, value) in values.iter().enumerate() {
                let pair = value.as_object().filter(|members| members.len() == 2);
                match pair.and_then(|members| Some((members.get("name")?.as_str()?, members.get("value")?))) {
                    Some((name, value)) => flatten(&format!("{path}.{name}"), value, row),
                    None => flatten(&format!("{path}[{}]", number + 1), value, row),
                }
            }
        }
        value => row.push((path.to_owned(), scalar(value))),
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "nil".to_owned(),
        value => value.to_string(),
    }
}
