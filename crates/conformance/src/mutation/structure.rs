//! Elements at wrong places.

use super::{Place, is_leaf, names};
use crate::tree::{Element, Node};

pub(super) fn drop(place: &mut Place<'_>) -> bool {
    let Some((path, at)) = place.child() else { return false };
    place.document.at(&path).map(|parent| parent.content.remove(at)).is_some()
}

pub(super) fn duplicate(place: &mut Place<'_>) -> bool {
    let Some((path, at)) = place.child() else { return false };
    let Some(parent) = place.document.at(&path) else { return false };
    let to = if place.rng.bool() { at } else { place.rng.usize(..=parent.content.len()) };
    parent.content.insert(to, parent.content[at].clone());
    true
}

pub(super) fn swap(place: &mut Place<'_>) -> bool {
    let Some(path) = place.element(|element| element.content.len() > 1) else { return false };
    let Some(parent) = place.document.at(&path) else { return false };
    let (one, other) = (place.rng.usize(..parent.content.len()), place.rng.usize(..parent.content.len()));
    parent.content.swap(one, other);
    one != other
}

pub(super) fn shuffle(place: &mut Place<'_>) -> bool {
    let Some(path) = place.element(|element| element.any_order && element.content.len() > 1) else { return false };
    let Some(parent) = place.document.at(&path) else { return false };
    place.rng.shuffle(&mut parent.content);
    true
}

pub(super) fn rename(place: &mut Place<'_>) -> bool {
    let Some((path, at)) = place.child() else { return false };
    let name = name(place, &path);
    let Some(parent) = place.document.at(&path) else { return false };
    let Some(Node::Element(child)) = parent.content.get_mut(at) else { return false };
    let changed = child.name != name;
    child.name = name;
    changed
}

/// A name that an element in the element at `path` may have, or one that it may not.
fn name(place: &mut Place<'_>, path: &[usize]) -> String {
    let protocol = place.protocol;
    let holds = place.document.at(path).and_then(|parent| parent.holds);
    let own = holds.map_or(Vec::new(), |id| names(protocol, id));
    match place.rng.u8(..8) {
        0..=4 if !own.is_empty() => place.rng.choice(own).map_or(String::new(), str::to_owned),
        5 => {
            let id = place.rng.usize(..protocol.model.types.len());
            place.rng.choice(names(protocol, id)).map_or_else(|| "novelty".to_owned(), str::to_owned)
        }
        6 => place.inner().map_or(String::new(), |element| element.name.to_uppercase()),
        7 => place.inner().map_or(String::new(), |element| element.name.clone()),
        _ => "novelty".to_owned(),
    }
}

pub(super) fn insert(place: &mut Place<'_>) -> bool {
    let Some(path) = place.any() else { return false };
    let mut child = Element::new(name(place, &path));
    if child.name.is_empty() {
        return false;
    }
    if place.rng.bool() {
        child.content.push(Node::Text { text: place.one(&["1", "ok", "true", "a"]).to_owned(), simple: None });
    }
    let Some(parent) = place.document.at(&path) else { return false };
    let at = place.rng.usize(..=parent.content.len());
    parent.content.insert(at, Node::Element(child));
    true
}

pub(super) fn relocate(place: &mut Place<'_>) -> bool {
    let Some((path, at)) = place.child() else { return false };
    let Some(parent) = place.document.at(&path) else { return false };
    let node = parent.content.remove(at);
    let Some(to) = place.any() else { return false };
    let Some(target) = place.document.at(&to) else { return false };
    let at = place.rng.usize(..=target.content.len());
    target.content.insert(at, node);
    true
}

pub(super) fn wrap(place: &mut Place<'_>) -> bool {
    let Some((path, at)) = place.child() else { return false };
    let name = match place.rng.bool() {
        true => "novelty".to_owned(),
        false => place.inner().map_or(String::new(), |element| element.name.clone()),
    };
    let Some(parent) = place.document.at(&path) else { return false };
    // Deep enough for the limit, now and then.
    let times = if place.rng.u8(..64) == 0 { 200 } else { 1 };
    for _ in 0..times {
        let inner = parent.content.remove(at);
        parent.content.insert(at, Node::Element(Element { content: vec![inner], ..Element::new(&name) }));
    }
    true
}

pub(super) fn unwrap(place: &mut Place<'_>) -> bool {
    let Some((path, at)) = place.child() else { return false };
    let Some(parent) = place.document.at(&path) else { return false };
    let Node::Element(child) = parent.content.remove(at) else { return false };
    parent.content.splice(at..at, child.content);
    true
}

pub(super) fn empty(place: &mut Place<'_>) -> bool {
    let Some(path) = place.element(|element| !element.content.is_empty() && !is_leaf(element)) else { return false };
    let keep = place.rng.u8(..8) == 0;
    let Some(element) = place.document.at(&path) else { return false };
    element.content.clear();
    if keep {
        // Not the same as nothing, to some.
        element.content.push(Node::Text { text: String::new(), simple: None });
    }
    true
}

pub(super) fn graft(place: &mut Place<'_>) -> bool {
    let Some(copy) = place.inner().cloned() else { return false };
    let Some((path, at)) = place.child() else { return false };
    let Some(parent) = place.document.at(&path) else { return false };
    let changed = parent.content[at] != Node::Element(copy.clone());
    parent.content[at] = Node::Element(copy);
    changed
}
