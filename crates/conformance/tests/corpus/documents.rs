//! Documents of a schema: samples, and small changes of them.

use fastrand::Rng;
use plesk_codegen::Schemas;
use plesk_codegen::config::Config;
use plesk_conformance::Direction;
use plesk_conformance::coverage::GoalCounts;
use plesk_conformance::packet::{self, Element, Node};
use plesk_conformance::protocol::Protocol;
use plesk_conformance::samples::{Generator, Strategy};

use crate::Document;

/// The number of changed documents for each sample.
const CHANGES: usize = 4;

/// Texts that are values of some types only.
const TEXTS: [&str; 9] = ["", "x", "0", "7", "007", "true", "1.50", "2024-01-01", "abc def"];

/// Returns samples of the first root element, and changes of them.
pub(crate) fn of(schemas: &Schemas<'_>, config: Config, rng: &mut Rng) -> Vec<Document> {
    let protocol = Protocol::read(schemas, config).expect("accepted schemas");
    let root = protocol.root(Direction::Request).expect("a root").name.clone();
    let mut counts = GoalCounts::default();
    let mut found = Vec::new();
    for strategy in [Strategy::Minimal, Strategy::Maximal, Strategy::Covering, Strategy::Covering] {
        let sample = Generator::new(&protocol, Direction::Request, strategy).packet(None, &mut counts);
        let mut add = |text: String| {
            let name = format!("document {}", found.len());
            found.push(Document { name, root: root.clone(), text, is_valid: None });
        };
        add(sample.to_xml());
        for _ in 0..CHANGES {
            let mut document = packet::Document::new(sample.clone());
            let path = rng.choice(document.paths());
            if let Some(element) = path.and_then(|path| document.element_mut(&path)) {
                change(element, rng);
                add(document.to_xml());
            }
        }
    }
    found
}

/// Changes the content of an element. The result may still be valid.
fn change(element: &mut Element, rng: &mut Rng) {
    let length = element.content.len();
    match rng.u8(..5) {
        0 if length > 0 => {
            element.content.remove(rng.usize(..length));
        }
        1 if length > 0 => {
            let copy = element.content[rng.usize(..length)].clone();
            element.content.insert(rng.usize(..=length), copy);
        }
        2 if length > 1 => element.content.swap(rng.usize(..length), rng.usize(..length)),
        3 => element.content.push(Node::Element(Element::new("novelty"))),
        _ => {
            let text = TEXTS[rng.usize(..TEXTS.len())].to_owned();
            element.content = vec![Node::Text { text, simple: None }];
        }
    }
}
