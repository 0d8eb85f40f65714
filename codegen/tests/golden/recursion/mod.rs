//! A type that holds itself: a box breaks the circle, a list needs none.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{refused_by_all, same, violations};
use expected::request::{Nest, Node, Pair, Tree};

#[test]
fn nested_values() {
    let deep = Node::inner(Pair::new(Node::leaf("a"), Node::inner(Pair::new(Node::leaf("b"), Node::leaf("c")))));
    let tree = Tree::new("oak").left(deep).twig([Node::leaf("d")]);
    let xml = "<tree><name>oak</name><left><inner><near><leaf>a</leaf></near><far><inner>\
        <near><leaf>b</leaf></near><far><leaf>c</leaf></far></inner></far></inner></left>\
        <twig><leaf>d</leaf></twig></tree>";
    same("tree", &tree, xml);
    let bad = Node::inner(Pair::new(Node::leaf("a"), Node::leaf("\u{1}")));
    let places = violations("tree", &Tree::new("oak").left(bad));
    assert_eq!(places, ["tree/left/inner/far/leaf character"]);
}

/// The type has no name: it is that of the element which a reference leads back to.
#[test]
fn an_element_that_refers_to_itself() {
    let nest = Nest::new().egg(["blue"]).nest(Nest::new().egg(["white", "brown"]));
    same("nest", &nest, "<nest><egg>blue</egg><nest><egg>white</egg><egg>brown</egg></nest></nest>");
}

#[test]
fn depth_is_limited() {
    let (open, close) = ("<near><inner>".repeat(200), "</inner></near>".repeat(200));
    let xml = format!("<tree><name>x</name><left><inner>{open}{close}</inner></left></tree>");
    let error = refused_by_all::<Tree>("tree", &xml);
    assert!(error.ends_with(": limit"), "{error}");
}
