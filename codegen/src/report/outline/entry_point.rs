//! The global elements of one direction, and the search for elements by path.

use std::collections::BTreeSet;

use super::node::Node;
use super::operators::{elements, operators};
use super::resolver::Resolver;
use crate::config::Config;
use crate::error::{Error, Problem};
use crate::load::Files;

/// The global elements of one direction.
pub(super) struct EntryPoint<'a> {
    /// `input` or `output`.
    pub(super) name: &'static str,
    pub(super) resolver: Resolver<'a>,
    /// The root element, if the protocol has operators.
    pub(super) packet: Option<Node<'a>>,
    /// The operators. Without a packet, all global elements.
    pub(super) operators: Vec<Node<'a>>,
    /// The other global elements.
    pub(super) others: Vec<Node<'a>>,
}

impl<'a> EntryPoint<'a> {
    pub(super) fn of(files: &'a Files, name: &'static str, config: &Config) -> Result<Self, Error> {
        let mut resolver = Resolver::of(files);
        let mut others = resolver.global_elements();
        let at = others.iter().position(|node| Some(node.name()) == config.packet);
        let packet = at.map(|at| others.remove(at));
        let operators = match (&packet, config.packet) {
            (Some(packet), _) => operators(&resolver.children(packet)),
            (None, None) => std::mem::take(&mut others),
            (None, Some(packet)) => {
                return Err(Problem::new(&files.entry, "", format!("does not declare the element {packet}")).into());
            }
        };
        Ok(Self { name, resolver, packet, operators, others })
    }

    /// Returns the names of the operators that contain elements. An element of a packet without any is no operator.
    pub(super) fn operators_with_operations(&mut self) -> BTreeSet<String> {
        let Self { operators, resolver, .. } = self;
        let with_operations = operators.iter().filter(|node| !elements(&resolver.children(node)).is_empty());
        with_operations.map(|node| node.name().to_owned()).collect()
    }

    /// Finds an element by its path, such as `customer.del`.
    ///
    /// # Errors
    /// Returns the number of names that were found, and the problem.
    pub(super) fn find(&mut self, path: &str) -> Result<Node<'a>, Box<(usize, Problem)>> {
        let mut candidates: Vec<Node<'a>> = self.operators.clone();
        let mut found: Option<Node<'a>> = None;
        for (depth, name) in path.split('.').enumerate() {
            let Some(node) = candidates.iter().find(|node| node.name() == name).cloned() else {
                let kind = match depth {
                    0 if self.packet.is_some() => "operator",
                    1 if self.packet.is_some() => "operation",
                    _ => "element",
                };
                let parent = found.map_or_else(String::new, |node| format!(" in `{}`", node.name()));
                let problem = Problem::new(self.name, path, format!("no {kind} `{name}`{parent}"));
                return Err(Box::new((depth, problem.advice(suggestion(name, &candidates)))));
            };
            candidates = elements(&self.resolver.children(&node));
            found = Some(node);
        }
        found.ok_or_else(|| Box::new((0, Problem::new(self.name, path, "is not the path of an element"))))
    }
}

/// The normalized similarity from which a name is suggested for an unknown one.
const MIN_SIMILARITY: f64 = 0.5;

/// Returns advice for an unknown name: the most similar one, and the list of all.
fn suggestion(name: &str, candidates: &[Node<'_>]) -> String {
    let mut known: Vec<&str> = candidates.iter().map(Node::name).collect();
    known.sort_unstable();
    known.dedup();
    if known.is_empty() {
        return "it contains no elements".to_owned();
    }
    let similarity = |other: &str| strsim::normalized_levenshtein(name, other);
    let similar = known.iter().copied().filter(|other| similarity(other) >= MIN_SIMILARITY);
    let most_similar = similar.max_by(|a, b| similarity(a).total_cmp(&similarity(b)));
    let question = most_similar.map_or_else(String::new, |other| format!("did you mean `{other}`? "));
    format!("{question}expected one of {}", known.join(", "))
}
