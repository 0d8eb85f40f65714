//! Writes results as a table, or as a list of their members where a table would be too wide.

use std::io::{self, Write};

use anstyle::Style;
use comfy_table::{Attribute, Cell, Color, ContentArrangement, Table, presets};
use serde_json::{Map, Value};
use unicode_width::UnicodeWidthStr;

use crate::style::{self, paint};
use crate::text::{printable, wrap};

/// A table that no terminal bounds has at most so many columns.
const MAX_COLUMNS: usize = 8;

/// A table of so many columns is wrapped if it is too wide.
const MAX_WRAPPED_COLUMNS: usize = 4;

/// The gap between columns.
const GAP: usize = 2;

/// Members of an element are indented by this much.
const INDENT: usize = 2;

/// The paths and the texts of the members of a result.
pub(super) type Row = Vec<(String, String)>;

/// Returns the rows of a result: one, or one for each item if the result has exactly one list of objects.
pub(super) fn rows(result: &Map<String, Value>) -> Vec<Row> {
    let row = |result: &Map<String, Value>| {
        let mut row = Vec::new();
        for (name, value) in result.iter().filter(|(name, _)| *name != "operation") {
            flatten(name, value, &mut row);
        }
        row
    };
    let value = Value::Object(result.clone());
    let mut lists = Vec::new();
    find_lists(&value, &mut Vec::new(), &mut lists);
    let [(path, items)] = lists.as_slice() else { return vec![row(result)] };
    let with_item = |item: &Value| {
        let mut value = value.clone();
        let target = path.iter().try_fold(&mut value, |value, name| value.get_mut(name));
        if let Some(target) = target {
            *target = item.clone();
        }
        value.as_object().map(row).unwrap_or_default()
    };
    items.iter().map(with_item).collect()
}

/// Collects the lists of more than one object, with their paths. A list of names with values is none.
fn find_lists<'v>(value: &'v Value, path: &mut Vec<&'v str>, lists: &mut Vec<(Vec<&'v str>, &'v [Value])>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                path.push(name);
                find_lists(value, path, lists);
                path.pop();
            }
        }
        Value::Array(items) if items.len() > 1 && items.iter().all(|item| item.is_object() && pair(item).is_none()) => {
            lists.push((path.clone(), items));
        }
        _ => {}
    }
}

/// Returns a name and its value, if an object is nothing else.
fn pair(value: &Value) -> Option<(&str, &Value)> {
    let members = value.as_object().filter(|members| members.len() == 2)?;
    Some((members.get("name")?.as_str()?, members.get("value")?))
}

fn flatten(path: &str, value: &Value, row: &mut Row) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                flatten(&format!("{path}.{name}"), value, row);
            }
        }
        Value::Array(values) if values.iter().all(|value| !value.is_object()) => {
            row.push((path.to_owned(), values.iter().map(scalar).collect::<Vec<_>>().join(", ")));
        }
        Value::Array(values) => {
            for (number, value) in values.iter().enumerate() {
                match pair(value) {
                    Some((name, value)) => flatten(&format!("{path}.{name}"), value, row),
                    None if values.len() == 1 => flatten(path, value, row),
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

/// Writes rows.
pub(super) fn write(out: &mut impl Write, rows: Vec<Row>) -> io::Result<()> {
    if rows.is_empty() {
        return writeln!(out, "no objects");
    }
    let printable = |row: Row| -> Row {
        // What is empty is nothing to look at.
        let row = row.into_iter().filter(|(_, value)| !value.is_empty());
        row.map(|(name, value)| (printable(&name).into_owned(), printable(&value).into_owned())).collect()
    };
    let rows: Vec<Row> = rows.into_iter().map(printable).collect();
    let mut columns: Vec<&str> = Vec::new();
    for (name, _) in rows.iter().flatten() {
        if !columns.contains(&name.as_str()) {
            columns.push(name);
        }
    }
    let titles = short_names(&columns);
    let terminal = Table::new().width().map(usize::from);
    let width = natural_width(&rows, &columns, &titles);
    let is_wide = terminal
        .map_or(columns.len() > MAX_COLUMNS, |terminal| width > terminal && columns.len() > MAX_WRAPPED_COLUMNS);
    match is_wide {
        true => write_members(out, &rows, terminal),
        false => write_table(out, &rows, &columns, &titles, terminal.is_some_and(|terminal| width > terminal)),
    }
}

fn write_table(
    out: &mut impl Write,
    rows: &[Row],
    columns: &[&str],
    titles: &[String],
    is_wrapped: bool,
) -> io::Result<()> {
    let mut table = Table::new();
    let arrangement = if is_wrapped { ContentArrangement::Dynamic } else { ContentArrangement::Disabled };
    // The stream removes the colors where there must be none.
    table.load_style(presets::NOTHING).set_content_arrangement(arrangement).enforce_styling();
    table.set_header(titles.iter().map(|title| Cell::new(title).add_attribute(Attribute::Bold)));
    for row in rows {
        table.add_row(columns.iter().map(|column| {
            let value = member(row, column);
            match (*column, value) {
                ("status", "ok") => Cell::new(value).fg(Color::DarkGreen),
                ("status", "error") => Cell::new(value).fg(Color::DarkRed),
                _ => Cell::new(value),
            }
        }));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, GAP as u16));
    }
    writeln!(out, "{}", table.trim_fmt())
}

/// Writes each result as a list of its members, below the element that they are in.
fn write_members(out: &mut impl Write, rows: &[Row], terminal: Option<usize>) -> io::Result<()> {
    let paths = || rows.iter().flatten().map(|(path, _)| split(path));
    let label = |(parent, name): (&str, &str)| if parent.is_empty() { name.width() } else { INDENT + name.width() };
    let width = paths().map(label).max().unwrap_or_default() + GAP;
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        let mut current = "";
        for (path, value) in row {
            let (parent, name) = split(path);
            if parent != current && !parent.is_empty() {
                writeln!(out, "{}", paint(style::HEADING, parent))?;
            }
            current = parent;
            let indent = if parent.is_empty() { 0 } else { INDENT };
            let lines = match terminal.map(|terminal| terminal.saturating_sub(width)) {
                Some(room) if value.width() > room => wrap(value, room),
                _ => vec![value.clone()],
            };
            let style = match (path.as_str(), value.as_str()) {
                ("status", "ok") => style::SUCCESS,
                ("status", "error") => style::FAILURE,
                _ => Style::new(),
            };
            let gap = " ".repeat(width.saturating_sub(indent + name.width()));
            let separator = format!("\n{}", " ".repeat(width));
            let text = paint(style, &lines.join(&separator));
            writeln!(out, "{}{}{gap}{text}", " ".repeat(indent), paint(style::NAME, name))?;
        }
    }
    Ok(())
}

/// Splits a path into that of the element around it and the rest.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('.').unwrap_or(("", path))
}

fn member<'r>(row: &'r Row, column: &str) -> &'r str {
    row.iter().find(|(name, _)| name == column).map_or("", |(_, value)| value)
}

/// Returns the width of the table if nothing is wrapped.
fn natural_width(rows: &[Row], columns: &[&str], titles: &[String]) -> usize {
    let widths = columns.iter().zip(titles).map(|(column, title)| {
        let values = rows.iter().map(|row| member(row, column).width());
        values.chain([title.width()]).max().unwrap_or_default()
    });
    widths.sum::<usize>() + GAP * columns.len().saturating_sub(1)
}

/// Returns the shortest ends of paths that no other path has.
fn short_names(paths: &[&str]) -> Vec<String> {
    let ends_with =
        |path: &str, end: &str| path == end || path.strip_suffix(end).is_some_and(|rest| rest.ends_with('.'));
    let short = |path: &&str| {
        let starts = path.rmatch_indices('.').map(|(at, _)| at + 1);
        let is_own = |end: &&str| paths.iter().filter(|other| ends_with(other, end)).count() == 1;
        starts.map(|at| &path[at..]).find(is_own).unwrap_or(path).to_owned()
    };
    paths.iter().map(short).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{rows, short_names, write};

    fn object(value: Value) -> serde_json::Map<String, Value> {
        value.as_object().expect("an object").clone()
    }

    #[test]
    fn short_names_are_as_long_as_they_must_be() {
        let paths = ["id", "data.gen_info.login", "data.owner.id", "data.mem.total", "data.swap.total"];
        assert_eq!(short_names(&paths), ["id", "login", "owner.id", "mem.total", "swap.total"]);
    }

    #[test]
    fn only_list_of_a_result_makes_its_rows() {
        let result = json!({"operation": "ip.get", "status": "ok", "addresses": {"ip_info": [{"a": 1}, {"a": 2}]}});
        let row =
            |a: &str| vec![("status".to_owned(), "ok".to_owned()), ("addresses.ip_info.a".to_owned(), a.to_owned())];
        assert_eq!(rows(&object(result)), [row("1"), row("2")]);
        let two = json!({"x": [{"a": 1}, {"a": 2}], "y": [{"b": 1}, {"b": 2}]});
        assert_eq!(rows(&object(two)).len(), 1);
        let pairs = json!({"property": [{"name": "php", "value": true}, {"name": "ssl", "value": false}]});
        let expected = [("property.php", "true"), ("property.ssl", "false")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(rows(&object(pairs)), [expected.to_vec()]);
    }

    #[test]
    fn wide_results_are_written_as_lists_of_their_members() {
        let members: String = (0..9).map(|number| format!("\"m{number}\": {number},")).collect();
        let result: Value = serde_json::from_str(&format!("{{{members} \"e\": \"\"}}")).unwrap();
        let mut out = Vec::new();
        write(&mut out, rows(&object(result))).unwrap();
        let text = anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string();
        assert_eq!(text.lines().next(), Some("m0  0"));
        assert_eq!(text.lines().count(), 9, "{text}");
    }
}
