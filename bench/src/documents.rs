//! Documents of the protocol, from the generator of samples.
//!
//! A document has as many results, or requests, as is asked for. Each has every optional part of the schema. Strings
//! and numbers get values of realistic lengths, and some strings are empty, as servers send them.

use plesk_codegen::model::{Facet, Primitive, SimpleType};
use plesk_codegen::samples::coverage::GoalCounts;
use plesk_codegen::samples::{Direction, Element, Generator, Node, Protocol, Strategy};
use plesk_conformance::protocol;
use plesk_protocol::PROTOCOL;

/// The number of samples that a document takes its repeated elements from.
const VARIANTS: usize = 8;

/// A generator of documents.
pub struct Documents {
    protocol: Protocol,
}

impl Documents {
    /// Reads the schemas.
    ///
    /// # Errors
    /// The problems of the schemas, as text.
    pub fn new() -> Result<Self, String> {
        Ok(Self { protocol: protocol::current().map_err(|problems| problems.to_string())? })
    }

    /// Returns a response with `count` successful results of an operation, which has the element `data` in each.
    pub fn response(&self, operator: &str, operation: &str, count: usize) -> String {
        let is_success = |result: &Element| {
            let is_ok = |status: &Element| matches!(&*status.content, [Node::Text { text, .. }] if text == "ok");
            children(result).any(|child| child.name == "status" && is_ok(child))
        };
        let results = self.variants(Direction::Response, operator, operation, |reply| {
            children(reply).filter(|child| child.name == "result" && is_success(child)).cloned().collect()
        });
        let results = self.repeat(&results, count);
        packet(operator, &format!("<{operation}>{results}</{operation}>"))
    }

    /// Returns a request packet with `count` operations.
    pub fn request(&self, operator: &str, operation: &str, count: usize) -> String {
        let operations = self.variants(Direction::Request, operator, operation, |element| vec![element.clone()]);
        packet(operator, &self.repeat(&operations, count))
    }

    /// Returns the largest samples of what `select` takes from the element of the operation.
    fn variants(
        &self,
        direction: Direction,
        operator: &str,
        operation: &str,
        select: impl Fn(&Element) -> Vec<Element>,
    ) -> Vec<Element> {
        let model = &self.protocol.model;
        let found = model.operations.iter().find(|it| it.operator == operator && it.path == [operation]);
        let found = found.unwrap_or_else(|| panic!("no operation {operator}/{operation}"));
        let ty = if direction == Direction::Request { found.request } else { found.reply };
        let mut generator = Generator::new(&self.protocol, direction, Strategy::Maximal);
        let mut counts = GoalCounts::default();
        let mut selected = Vec::new();
        for _ in 0..10 * VARIANTS {
            let sample = generator.packet(Some(ty), &mut counts);
            let element = children(&sample).flat_map(children).find(|child| child.name == operation);
            selected.extend(element.map(&select).unwrap_or_default());
        }
        assert!(!selected.is_empty(), "no sample of {operator}/{operation}");
        // Those with the most parts, whatever the alternatives were.
        selected.sort_by_key(|element| std::cmp::Reverse(element.to_xml().len()));
        selected.truncate(VARIANTS);
        selected
    }

    /// Repeats the elements, with different texts.
    fn repeat(&self, elements: &[Element], count: usize) -> String {
        let mut texts = 0;
        (0..count)
            .map(|number| {
                let mut element = elements[number % elements.len()].clone();
                self.fill(&mut element, &mut texts);
                element.to_xml()
            })
            .collect()
    }

    /// Replaces the texts of common types.
    fn fill(&self, element: &mut Element, texts: &mut usize) {
        if element.content_type.is_none() && !element.attributes.is_empty() {
            // An element without a type: the generator uses whatever XML has, servers send a text or nothing.
            element.attributes.clear();
            element.content = vec![Node::Text { text: "yes".to_owned(), simple: None }];
        }
        for node in &mut element.content {
            match node {
                Node::Element(child) => self.fill(child, texts),
                Node::Text { text, simple: Some(simple) } => {
                    *texts += 1;
                    if let Some(realistic) = realistic_text(&self.protocol.model.simples[*simple], *texts) {
                        *text = realistic;
                    }
                }
                _ => {}
            }
        }
        element.content.retain(|node| !matches!(node, Node::Text { text, .. } if text.is_empty()));
    }
}

fn children(element: &Element) -> impl Iterator<Item = &Element> {
    element.content.iter().filter_map(|node| match node {
        Node::Element(child) => Some(child),
        _ => None,
    })
}

fn packet(operator: &str, operations: &str) -> String {
    let declaration = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
    format!("{declaration}<packet version=\"{PROTOCOL}\"><{operator}>{operations}</{operator}></packet>")
}

/// Returns a text such as servers send, if the type has no facets that most texts would break.
fn realistic_text(simple: &SimpleType, number: usize) -> Option<String> {
    let Primitive::BuiltIn(name) = &simple.primitive else { return None };
    let is_short = simple.facets.iter().any(|facet| !matches!(facet, Facet::MinLength(_) | Facet::MaxLength(64..)));
    match name.as_str() {
        "string" | "anySimpleType" if simple.facets.is_empty() => Some(match number % 6 {
            0 => String::new(),
            1 => format!("jo.doe.{number}"),
            2 => format!("Example & Sons {number}"),
            3 => format!("+41 44 123 {number:04}"),
            4 => format!("jo.doe.{number}@mail.example.com"),
            _ => format!("Some Long Street {number}, Building 4"),
        }),
        "string" | "token" if !is_short => Some(format!("site-{number:08}.example.com")),
        "int" | "integer" | "long" | "unsignedInt" | "unsignedLong" if simple.facets.is_empty() => {
            Some((number * 7919 % 100_000_007).to_string())
        }
        _ => None,
    }
}
