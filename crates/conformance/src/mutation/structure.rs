//! Mutations of structure: elements index wrong positions.

use super::mutator::{Mutator, child_names};
use crate::packet::{Element, Node};

pub(super) fn remove(mutator: &mut Mutator<'_>) -> bool {
    let Some((path, index)) = mutator.random_child() else { return false };
    mutator.document.element_mut(&path).map(|parent| parent.content.remove(index)).is_some()
}

pub(super) fn duplicate(mutator: &mut Mutator<'_>) -> bool {
    let Some((path, index)) = mutator.random_child() else { return false };
    let Some(parent) = mutator.document.element_mut(&path) else { return false };
    let to = if mutator.rng.bool() { index } else { mutator.rng.usize(..=parent.content.len()) };
    parent.content.insert(to, parent.content[index].clone());
    true
}

pub(super) fn swap(mutator: &mut Mutator<'_>) -> bool {
    let Some(path) = mutator.random_path_where(|element| element.content.len() > 1) else { return false };
    let Some(parent) = mutator.document.element_mut(&path) else { return false };
    let (one, other) = (mutator.rng.usize(..parent.content.len()), mutator.rng.usize(..parent.content.len()));
    parent.content.swap(one, other);
    one != other
}

pub(super) fn shuffle(mutator: &mut Mutator<'_>) -> bool {
    let Some(path) = mutator.random_path_where(|element| element.any_order && element.content.len() > 1) else {
        return false;
    };
    let Some(parent) = mutator.document.element_mut(&path) else { return false };
    mutator.rng.shuffle(&mut parent.content);
    true
}

pub(super) fn rename(mutator: &mut Mutator<'_>) -> bool {
    let Some((path, index)) = mutator.random_child() else { return false };
    let name = random_name(mutator, &path);
    let Some(parent) = mutator.document.element_mut(&path) else { return false };
    let Some(Node::Element(child)) = parent.content.get_mut(index) else { return false };
    let changed = child.name != name;
    child.name = name;
    changed
}

/// Returns a name for a child of the element at `path`: usually one that its type declares.
fn random_name(mutator: &mut Mutator<'_>, path: &[usize]) -> String {
    let protocol = mutator.protocol;
    let content_type = mutator.document.element_mut(path).and_then(|parent| parent.content_type);
    let declared = content_type.map_or(Vec::new(), |id| child_names(protocol, id));
    match mutator.rng.u8(..8) {
        0..=4 if !declared.is_empty() => mutator.rng.choice(declared).map_or(String::new(), str::to_owned),
        5 => {
            let id = mutator.rng.usize(..protocol.model.types.len());
            mutator.rng.choice(child_names(protocol, id)).map_or_else(|| "novelty".to_owned(), str::to_owned)
        }
        6 => mutator.random_descendant().map_or(String::new(), |element| element.name.to_uppercase()),
        7 => mutator.random_descendant().map_or(String::new(), |element| element.name.clone()),
        _ => "novelty".to_owned(),
    }
}

pub(super) fn insert(mutator: &mut Mutator<'_>) -> bool {
    let Some(path) = mutator.random_path() else { return false };
    let mut child = Element::new(random_name(mutator, &path));
    if child.name.is_empty() {
        return false;
    }
    if mutator.rng.bool() {
        child.content.push(Node::Text { text: mutator.pick(&["1", "ok", "true", "a"]).to_owned(), simple: None });
    }
    let Some(parent) = mutator.document.element_mut(&path) else { return false };
    let index = mutator.rng.usize(..=parent.content.len());
    parent.content.insert(index, Node::Element(child));
    true
}

pub(super) fn relocate(mutator: &mut Mutator<'_>) -> bool {
    let Some((path, index)) = mutator.random_child() else { return false };
    let Some(parent) = mutator.document.element_mut(&path) else { return false };
    let node = parent.content.remove(index);
    let Some(to) = mutator.random_path() else { return false };
    let Some(target) = mutator.document.element_mut(&to) else { return false };
    let index = mutator.rng.usize(..=target.content.len());
    target.content.insert(index, node);
    true
}

pub(super) fn wrap(mutator: &mut Mutator<'_>) -> bool {
    let Some((path, index)) = mutator.random_child() else { return false };
    let name = match mutator.rng.bool() {
        true => "novelty".to_owned(),
        false => mutator.random_descendant().map_or(String::new(), |element| element.name.clone()),
    };
    let Some(parent) = mutator.document.element_mut(&path) else { return false };
    // Now and then deep enough to exceed the limit.
    let times = if mutator.rng.u8(..64) == 0 { 200 } else { 1 };
    for _ in 0..times {
        let inner = parent.content.remove(index);
        parent.content.insert(index, Node::Element(Element { content: vec![inner], ..Element::new(&name) }));
    }
    true
}

pub(super) fn unwrap(mutator: &mut Mutator<'_>) -> bool {
    let Some((path, index)) = mutator.random_child() else { return false };
    let Some(parent) = mutator.document.element_mut(&path) else { return false };
    let Node::Element(child) = parent.content.remove(index) else { return false };
    parent.content.splice(index..index, child.content);
    true
}

pub(super) fn empty(mutator: &mut Mutator<'_>) -> bool {
    let Some(path) = mutator.random_path_where(|element| !element.content.is_empty() && !element.is_text()) else {
        return false;
    };
    let keep_text_node = mutator.rng.u8(..8) == 0;
    let Some(element) = mutator.document.element_mut(&path) else { return false };
    element.content.clear();
    if keep_text_node {
        // Written as a start and an end tag instead of an empty-element tag.
        element.content.push(Node::Text { text: String::new(), simple: None });
    }
    true
}

pub(super) fn replace(mutator: &mut Mutator<'_>) -> bool {
    let Some(copy) = mutator.random_descendant().cloned() else { return false };
    let Some((path, index)) = mutator.random_child() else { return false };
    let Some(parent) = mutator.document.element_mut(&path) else { return false };
    let changed = parent.content[index] != Node::Element(copy.clone());
    parent.content[index] = Node::Element(copy);
    changed
}
