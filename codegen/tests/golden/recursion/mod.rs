//! A type that contains itself: a `Box` breaks the cycle, a list needs none.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, rejection_by_all, violations};
use expected::request::{Nest, Node, Pair, Tree};

#[test]
fn nested_values_are_written_and_read() {
    let deep = Node::inner(Pair::new(Node::leaf("a"), Node::inner(Pair::new(Node::leaf("b"), Node::leaf("c")))));
    let tree = Tree::new("oak").left(deep).twig([Node::leaf("d")]);
    let xml = "<tree><name>oak</name><left><inner><near><leaf>a</leaf></near><far><inner>\
        <near><leaf>b</leaf></near><far><leaf>c</leaf></far></inner></far></inner></left>\
        <twig><leaf>d</leaf></twig></tree>";
    assert_round_trip("tree", &tree, xml);
    let bad = Node::inner(Pair::new(Node::leaf("a"), Node::leaf("\u{1}")));
    let places = violations("tree", &Tree::new("oak").left(bad));
    assert_eq!(places, ["tree/left/inner/far/leaf character"]);
}

/// The type has no name of its own: it is that of the element that a reference leads back to.
#[test]
fn element_that_refers_to_itself_is_one_type() {
    let nest = Nest::new().egg(["blue"]).nest(Nest::new().egg(["white", "brown"]));
    assert_round_trip("nest", &nest, "<nest><egg>blue</egg><nest><egg>white</egg><egg>brown</egg></nest></nest>");
}

#[test]
fn nesting_depth_is_limited() {
    let (open, close) = ("<near><inner>".repeat(200), "</inner></near>".repeat(200));
    let xml = format!("<tree><name>x</name><left><inner>{open}{close}</inner></left></tree>");
    let error = rejection_by_all::<Tree>("tree", &xml);
    assert!(error.ends_with(": limit"), "{error}");
}
