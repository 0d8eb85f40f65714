//! Shows the structure of schemas as text, for people to read and compare: a line for each element, group and attribute.
//!
//! Nothing is simplified: groups and derivation appear as in the files. `[1..*]` is the occurrence, `<string>` an
//! anonymous type that restricts `string`. A named type is expanded where it occurs first, and referred to afterwards.

mod entry_point;
mod groups;
mod lines;
mod node;
mod operators;
mod resolver;
mod text;

use std::collections::BTreeSet;

use crate::Schemas;
use crate::config::Config;
use crate::error::{self, Error, Problem};
use crate::load;
use crate::model::Direction;
use entry_point::EntryPoint;
use text::Renderer;

/// The outline of an operator, of an element in one, or of the packet around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The name among other outlines: `packet`, `input/customer` or `output/customer.del`.
    pub name: String,
    /// The text. Its first line is a heading.
    pub text: String,
}

/// The part of the schemas to show.
#[derive(Clone, Copy, Debug)]
pub struct OutlineOptions<'a> {
    /// The direction; both if there is none.
    pub direction: Option<Direction>,
    /// Operators, elements in them (`customer.del`), or `packet`. If empty, the packet and all operators.
    pub paths: &'a [String],
}

/// Returns the outlines of a part of the schemas: the packet, then the requests of the operators by name, then the
/// answers.
///
/// # Errors
/// The problems of the files; types and elements that are not declared; paths at which there is no element.
pub fn outline(schemas: &Schemas<'_>, config: &Config, options: OutlineOptions<'_>) -> Result<Vec<Outline>, Error> {
    let load = |entry| load::load(schemas.directory, entry);
    let (input, output) = (load(schemas.request), load(schemas.response));
    let mut problems = input.problems;
    error::extend_unique(&mut problems, output.problems);
    if !problems.is_empty() {
        return Err(Error(problems));
    }
    let has_one_entry = schemas.request == schemas.response;
    let mut entry_points = vec![EntryPoint::of(&input.files, "input", config)?];
    if !has_one_entry {
        entry_points.push(EntryPoint::of(&output.files, "output", config)?);
    }
    let operators = entry_points[0].operators_with_operations();
    entry_points.retain(|entry| match options.direction {
        Some(Direction::Request) => entry.name == "input",
        Some(Direction::Response) => entry.name == "output" || has_one_entry,
        Some(Direction::Both) | None => true,
    });
    let title = format!("{} {}", config.title, schemas.protocol);
    let packet = config.packet.unwrap_or("packet");
    let mut outlines = Vec::new();
    if options.paths.is_empty() || options.paths.iter().any(|path| path == packet) {
        outlines.push(packet_outline(&mut entry_points, &title, packet, &operators));
    }
    let paths: Vec<&String> = options.paths.iter().filter(|path| *path != packet).collect();
    check_paths(&mut entry_points, &paths)?;
    for entry in &mut entry_points {
        let mut all: Vec<String> = entry.operators.iter().map(|node| node.name().to_owned()).collect();
        all.sort();
        let shown = if options.paths.is_empty() { all.iter().collect() } else { paths.clone() };
        for path in shown {
            let Ok(node) = entry.find(path) else { continue };
            let (operator, inner) = path.split_once('.').unwrap_or((path, ""));
            let inner = if inner.is_empty() { String::new() } else { format!(", {}", inner.replace('.', "/")) };
            let kind = if operators.contains(operator) { "operator" } else { "element without operations" };
            let heading = format!("# {title}, {} {packet}, {kind} {operator}{inner}\n", entry.name);
            let text = heading + &Renderer::all(&mut entry.resolver, &node);
            outlines.push(Outline { name: format!("{}/{path}", entry.name), text });
        }
    }
    let problems: Vec<Problem> = entry_points.into_iter().flat_map(|entry| entry.resolver.problems).collect();
    if problems.is_empty() { Ok(outlines) } else { Err(Error(problems)) }
}

/// Returns an error if a path leads to an element in no direction, with one problem for each path.
fn check_paths(entry_points: &mut [EntryPoint<'_>], paths: &[&String]) -> Result<(), Error> {
    let mut problems = Vec::new();
    for path in paths {
        let failures: Vec<_> = entry_points.iter_mut().filter_map(|entry| entry.find(path).err()).collect();
        if failures.len() == entry_points.len() {
            // The direction in which more of the path exists is the one that was meant.
            let has_suggestion =
                |problem: &Problem| problem.advice.as_ref().is_some_and(|advice| advice.contains("did you mean"));
            let likeliest = failures.into_iter().rev().max_by_key(|it| (it.0, has_suggestion(&it.1)));
            problems.extend(likeliest.map(|it| it.1));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error(problems)) }
}

/// Returns the outline of everything around the operators.
fn packet_outline(
    entry_points: &mut [EntryPoint<'_>],
    title: &str,
    packet: &str,
    operators: &BTreeSet<String>,
) -> Outline {
    let directions = if entry_points.len() > 1 { "both directions" } else { "one direction" };
    let files: Vec<String> = entry_points.iter().map(|entry| entry.resolver.entry.to_owned()).collect();
    let mut text = format!("# {title}: the envelope ({directions})\n# source: {}\n", files.join(", "));
    text.push_str("# [min..max], * = unbounded; <X> = anonymous simple type restricting X; anyType is not expanded\n");
    for entry in entry_points {
        if let Some(node) = &entry.packet {
            let around = Renderer::without_operators(&mut entry.resolver, node, operators);
            text.push_str(&format!("\n## {} {packet}\n{around}", entry.name));
        }
        for node in &entry.others {
            let other = Renderer::all(&mut entry.resolver, node);
            text.push_str(&format!("\n## other global element of {}\n{other}", entry.resolver.entry));
        }
    }
    Outline { name: packet.to_owned(), text }
}
