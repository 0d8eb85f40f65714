//! The structure of schemas as text, to be read and compared by people: a line for each element, group and attribute.
//!
//! Nothing is simplified: groups and derivation stand there as the files have them. `[1..*]` is how often something
//! stands there, `<string>` an anonymous type that restricts `string`. A named type is shown where it is met first, and
//! referred to from then on.

mod groups;
mod lines;
mod text;
mod tree;

use crate::Schemas;
use crate::config::Config;
use crate::error::{self, Error, Problem};
use crate::load::{self, Files};
use crate::model::Direction;
use text::Text;
use tree::{Node, Term, Tree};

/// The outline of an operator, of something in one, or of the packet around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Where it belongs among others: `packet`, or `input/customer`, or `output/customer.del`.
    pub name: String,
    /// The outline, which begins with a line that says what it is of.
    pub text: String,
}

/// What of the schemas is shown.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// One direction; without it, both.
    pub direction: Option<Direction>,
    /// Operators, or elements in them, `customer.del`; or `packet`. Without any, the packet and all operators.
    pub paths: &'a [String],
}

/// The outlines of a part of the schemas: the packet, then the requests of the operators by name, then the answers.
///
/// # Errors
/// The problems of the files; types and elements that are not declared; paths at which there is nothing.
pub fn outline(schemas: &Schemas<'_>, config: &Config, part: Part<'_>) -> Result<Vec<Outline>, Error> {
    let load = |entry| load::load(schemas.directory, entry);
    let (input, output) = (load(schemas.request), load(schemas.response));
    let mut problems = input.problems;
    error::extend_unique(&mut problems, output.problems);
    if !problems.is_empty() {
        return Err(Error(problems));
    }
    let mut sides = vec![Side::of(&input.files, "input", config)?];
    if schemas.request != schemas.response {
        sides.push(Side::of(&output.files, "output", config)?);
    }
    sides.retain(|side| match part.direction {
        Some(Direction::Request) => side.name == "input",
        Some(Direction::Response) => side.name == "output" || schemas.request == schemas.response,
        Some(Direction::Both) | None => true,
    });
    let title = format!("{} {}", config.title, schemas.protocol);
    let packet = config.packet.unwrap_or("packet");
    let mut outlines = Vec::new();
    if part.paths.is_empty() || part.paths.iter().any(|path| path == packet) {
        outlines.push(envelope(&mut sides, &title, packet));
    }
    let paths: Vec<&String> = part.paths.iter().filter(|path| *path != packet).collect();
    let mut missing = Vec::new();
    for path in &paths {
        if !sides.iter_mut().any(|side| side.find(path).is_ok()) {
            missing.extend(sides.iter_mut().filter_map(|side| side.find(path).err()).flat_map(|Error(found)| found));
        }
    }
    if !missing.is_empty() {
        return Err(Error(missing));
    }
    for side in &mut sides {
        let mut all: Vec<String> = side.operators.iter().map(|node| node.name().to_owned()).collect();
        all.sort();
        let shown = if part.paths.is_empty() { all.iter().collect() } else { paths.clone() };
        for path in shown {
            let Ok(node) = side.find(path) else { continue };
            let (operator, inside) = path.split_once('.').unwrap_or((path, ""));
            let inside = if inside.is_empty() { String::new() } else { format!(", {}", inside.replace('.', "/")) };
            let head = format!("# {title}, {} {packet}, operator {operator}{inside}\n", side.name);
            let text = head + &Text::of(&mut side.tree, &node);
            outlines.push(Outline { name: format!("{}/{path}", side.name), text });
        }
    }
    let problems: Vec<Problem> = sides.into_iter().flat_map(|side| side.tree.problems).collect();
    if problems.is_empty() { Ok(outlines) } else { Err(Error(problems)) }
}

/// One direction.
struct Side<'a> {
    name: &'static str,
    tree: Tree<'a>,
    /// The root element, if there are operators.
    packet: Option<Node<'a>>,
    /// The operators, or all global elements of the entry point.
    operators: Vec<Node<'a>>,
    /// The other global elements of the entry point.
    others: Vec<Node<'a>>,
}

impl<'a> Side<'a> {
    fn of(files: &'a Files, name: &'static str, config: &Config) -> Result<Self, Error> {
        let mut tree = Tree::of(files);
        let mut others = tree.roots();
        let at = others.iter().position(|node| Some(node.name()) == config.packet);
        let packet = at.map(|at| others.remove(at));
        let operators = match (&packet, config.packet) {
            (Some(packet), _) => operators(&tree.children(packet)),
            (None, None) => std::mem::take(&mut others),
            (None, Some(packet)) => {
                return Err(Problem::new(&files.entry, "", format!("declares no element {packet}")).into());
            }
        };
        Ok(Self { name, tree, packet, operators, others })
    }

    /// The operator, or what stands in it at the path.
    fn find(&mut self, path: &str) -> Result<Node<'a>, Error> {
        let mut here: Vec<Node<'a>> = self.operators.clone();
        let mut found = None;
        for step in path.split('.') {
            let Some(node) = here.iter().find(|node| node.name() == step) else {
                let mut known: Vec<&str> = here.iter().map(Node::name).collect();
                known.sort_unstable();
                known.dedup();
                let known = if known.is_empty() { "nothing".to_owned() } else { known.join(", ") };
                return Err(Problem::new(self.name, path, format!("there is no {step} here, but {known}")).into());
            };
            let node = node.clone();
            here = elements(&self.tree.children(&node));
            found = Some(node);
        }
        found.ok_or_else(|| Problem::new(self.name, path, "names nothing").into())
    }
}

/// The outline of what stands around the operators.
fn envelope(sides: &mut [Side<'_>], title: &str, packet: &str) -> Outline {
    let both = if sides.len() > 1 { "both directions" } else { "one direction" };
    let files: Vec<String> = sides.iter().map(|side| side.tree.entry.to_owned()).collect();
    let mut text = format!("# {title}: the envelope ({both})\n# source: {}\n", files.join(", "));
    text.push_str("# [min..max], * = unbounded; <X> = anonymous simple type restricting X; anyType is not expanded\n");
    for side in sides {
        if let Some(node) = &side.packet {
            text.push_str(&format!("\n## {} {packet}\n{}", side.name, Text::around_operators(&mut side.tree, node)));
        }
        for node in &side.others {
            let other = Text::of(&mut side.tree, node);
            text.push_str(&format!("\n## other global element of {}\n{other}", side.tree.entry));
        }
    }
    Outline { name: packet.to_owned(), text }
}

/// Whether the operators stand in this group: the first that may repeat without end, as in [`operators`].
fn holds_operators(node: &Node<'_>) -> bool {
    matches!(node.term, Term::Group("choice", _)) && node.occurs.max.is_none()
}

/// What stands in the first choice that may repeat without end.
fn operators<'a>(nodes: &[Node<'a>]) -> Vec<Node<'a>> {
    let inside = nodes.iter().filter_map(|node| match &node.term {
        Term::Group(_, items) if holds_operators(node) => Some(elements(items)),
        Term::Group(_, items) => Some(operators(items)),
        _ => None,
    });
    inside.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

/// The elements among these nodes and in the groups among them.
fn elements<'a>(nodes: &[Node<'a>]) -> Vec<Node<'a>> {
    let each = nodes.iter().flat_map(|node| match &node.term {
        Term::Element(_) => vec![node.clone()],
        Term::Group(_, items) => elements(items),
        Term::Line(_) => Vec::new(),
    });
    each.collect()
}
