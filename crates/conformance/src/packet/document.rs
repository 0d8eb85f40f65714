//! A packet as a document: its root element and what surrounds it.

use super::{Element, Node};

/// A root element with what precedes and follows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The text before the root element.
    pub prolog: String,
    /// The root element.
    pub root: Element,
    /// The text after the root element.
    pub epilog: String,
}

/// The way from the root to an element: at each level, the index in the parent's content.
pub type NodePath = Vec<usize>;

impl Document {
    /// Creates a document that consists of one element.
    pub fn new(root: Element) -> Self {
        Self { root, ..Self::default() }
    }

    /// Returns the document as XML.
    pub fn to_xml(&self) -> String {
        [&self.prolog, self.root.to_xml().as_str(), &self.epilog].concat()
    }

    /// Returns the paths of all elements, the root first.
    pub fn paths(&self) -> Vec<NodePath> {
        let mut paths = Vec::new();
        collect_paths(&self.root, &mut Vec::new(), &mut paths);
        paths
    }

    /// Returns the element at `path`.
    pub fn element_mut(&mut self, path: &[usize]) -> Option<&mut Element> {
        path.iter().try_fold(&mut self.root, |element, index| match element.content.get_mut(*index) {
            Some(Node::Element(child)) => Some(child),
            _ => None,
        })
    }

    /// Returns copies of the document that are each one step smaller.
    ///
    /// A step removes the prolog, the epilog, a node, an attribute, or the second half of a text.
    pub fn reductions(&self) -> Vec<Self> {
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
            let Some(element) = original.element_mut(&path) else { continue };
            for index in 0..element.content.len() {
                add(&|copy| copy.element_mut(&path).map(|element| element.content.remove(index)).is_some());
                add(&|copy| copy.element_mut(&path).is_some_and(|element| halve(&mut element.content[index])));
            }
            for index in 0..element.attributes.len() {
                add(&|copy| copy.element_mut(&path).map(|element| element.attributes.remove(index)).is_some());
            }
        }
        found
    }
}

fn collect_paths(element: &Element, path: &mut NodePath, paths: &mut Vec<NodePath>) {
    paths.push(path.clone());
    for (index, node) in element.content.iter().enumerate() {
        if let Node::Element(child) = node {
            path.push(index);
            collect_paths(child, path, paths);
            path.pop();
        }
    }
}

/// Removes the second half of a text. Returns `true` if the node has one.
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
