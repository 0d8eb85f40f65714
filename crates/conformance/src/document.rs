//! A packet as a document: what stands around the root element, and the places in it.

use crate::tree::{Element, Node};

/// A packet with what stands around its root element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// What stands before the root element.
    pub prolog: String,
    /// The root element.
    pub root: Element,
    /// What stands after it.
    pub epilog: String,
}

/// The way from the root to an element: at each step, the place among the nodes of the content.
pub type Path = Vec<usize>;

impl Document {
    /// A document of one element.
    pub fn new(root: Element) -> Self {
        Self { root, ..Self::default() }
    }

    /// The document as XML.
    pub fn to_xml(&self) -> String {
        [&self.prolog, self.root.to_xml().as_str(), &self.epilog].concat()
    }

    /// The ways to all elements, the root first.
    pub fn paths(&self) -> Vec<Path> {
        let mut paths = Vec::new();
        collect(&self.root, &mut Vec::new(), &mut paths);
        paths
    }

    /// The element at the end of `path`.
    pub fn at(&mut self, path: &[usize]) -> Option<&mut Element> {
        path.iter().try_fold(&mut self.root, |element, at| match element.content.get_mut(*at) {
            Some(Node::Element(child)) => Some(child),
            _ => None,
        })
    }

    /// The documents that lack one thing of this one: an element, an attribute, a piece of text; or that have an
    /// element's content in place of the element.
    pub fn smaller(&self) -> Vec<Self> {
        let mut found = Vec::new();
        let mut add = |change: &dyn Fn(&mut Self) -> bool| {
            let mut copy = self.clone();
            if change(&mut copy) {
                found.push(copy);
            }
        };
        add(&|copy| !std::mem::take(&mut copy.prolog).is_empty());
        add(&|copy| !std::mem::take(&mut copy.epilog).is_empty());
        let mut original = self.clone();
        for path in self.paths() {
            let Some(element) = original.at(&path) else { continue };
            for at in 0..element.content.len() {
                add(&|copy| copy.at(&path).map(|element| element.content.remove(at)).is_some());
                add(&|copy| copy.at(&path).is_some_and(|element| halve(&mut element.content[at])));
            }
            for at in 0..element.attributes.len() {
                add(&|copy| copy.at(&path).map(|element| element.attributes.remove(at)).is_some());
            }
        }
        found
    }
}

fn collect(element: &Element, way: &mut Path, paths: &mut Vec<Path>) {
    paths.push(way.clone());
    for (at, node) in element.content.iter().enumerate() {
        if let Node::Element(child) = node {
            way.push(at);
            collect(child, way, paths);
            way.pop();
        }
    }
}

/// Leaves the second half of a text out; whether there was one.
fn halve(node: &mut Node) -> bool {
    let Node::Text { text, .. } = node else { return false };
    let kept = text.chars().count() / 2;
    let shorter: String = text.chars().take(kept).collect();
    let is_shorter = kept > 0;
    if is_shorter {
        *text = shorter;
    }
    is_shorter
}
