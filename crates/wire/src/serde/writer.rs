//! The visitor that turns a value into a tree.

use std::borrow::Cow;

use super::roots::Secrets;
use super::tree::Tree;
use super::{ITEMS, MASK, TEXT, XML};
use crate::xml::{Any, Choice, Content, Primitive, Raw, Scalar, SimpleType, Visitor, any_attributes};

/// A visitor that collects the members of one content.
#[derive(Debug)]
pub struct TreeWriter {
    secrets: Secrets,
    members: Vec<(Cow<'static, str>, Tree)>,
    /// The content, if it has no members.
    whole: Option<Tree>,
}

impl TreeWriter {
    /// Creates a writer that has no members.
    pub fn new(secrets: Secrets) -> Self {
        Self { secrets, members: Vec::new(), whole: None }
    }

    /// Returns the tree of the members that were visited.
    pub fn into_tree(self) -> Tree {
        match self.whole {
            Some(whole) if self.members.is_empty() => whole,
            _ => Tree::Map(self.members),
        }
    }

    /// Adds a member, or a further value of it.
    fn add(&mut self, name: impl Into<Cow<'static, str>>, value: Tree, is_list: bool) {
        let name = name.into();
        match self.members.iter_mut().rev().find(|(known, _)| *known == name) {
            Some((_, Tree::List(items))) => items.push(value),
            Some((_, first)) => {
                let items = vec![std::mem::replace(first, Tree::Null), value];
                *first = Tree::List(items);
            }
            None => self.members.push((name, if is_list { Tree::List(vec![value]) } else { value })),
        }
    }

    fn scalar_tree<T: Scalar>(&self, value: &T, simple_type: &SimpleType) -> Tree {
        scalar_tree(value, simple_type, self.secrets)
    }

    /// Adds the items of a repeated choice as the members that they are, if that keeps their order.
    fn add_items(&mut self, items: Vec<Vec<(Cow<'static, str>, Tree)>>) {
        let mut names: Vec<Cow<'static, str>> = Vec::new();
        let is_grouped = items.iter().all(|item| match item.as_slice() {
            [(name, _)] if names.last() == Some(name) => true,
            [(name, _)] if !names.contains(name) && self.members.iter().all(|(known, _)| known != name) => {
                names.push(name.clone());
                true
            }
            _ => false,
        });
        if is_grouped {
            for (name, value) in items.into_iter().flatten() {
                match value {
                    Tree::List(values) => values.into_iter().for_each(|value| self.add(name.clone(), value, true)),
                    value => self.add(name, value, true),
                }
            }
        } else {
            items.into_iter().for_each(|item| self.add(ITEMS, Tree::Map(item), true));
        }
    }
}

/// Returns the tree of a scalar: of the kind that its simple type is, if that loses nothing.
pub(super) fn scalar_tree<T: Scalar>(value: &T, simple_type: &SimpleType, secrets: Secrets) -> Tree {
    if T::SECRET && secrets == Secrets::Masked {
        return Tree::Text(MASK.to_owned());
    }
    value
        .with_text(|text| number_or_boolean(text, simple_type.primitive).unwrap_or_else(|| Tree::Text(text.to_owned())))
}

fn number_or_boolean(text: &str, primitive: Primitive) -> Option<Tree> {
    use Primitive::{
        Boolean, Byte, Double, Float, Int, Integer, Long, NegativeInteger, NonNegativeInteger, NonPositiveInteger,
        PositiveInteger, Short, UnsignedByte, UnsignedInt, UnsignedLong, UnsignedShort,
    };
    match primitive {
        Boolean => text.parse().ok().map(Tree::Bool),
        Byte | Short | Int | Long | Integer | NegativeInteger | NonPositiveInteger | UnsignedByte | UnsignedShort
        | UnsignedInt | UnsignedLong | NonNegativeInteger | PositiveInteger => {
            if let Some(number) = text.parse::<u64>().ok().filter(|number| number.to_string() == text) {
                return Some(Tree::Natural(number));
            }
            text.parse::<i64>().ok().filter(|number| number.to_string() == text).map(Tree::Integer)
        }
        Float | Double => {
            let number = text.parse::<f64>().ok()?;
            (number.is_finite() && number.to_string() == text).then_some(Tree::Float(number))
        }
        _ => None,
    }
}

impl Visitor for TreeWriter {
    fn scalar<T: Scalar>(&mut self, name: &'static str, index: usize, value: &T, simple_type: &'static SimpleType) {
        let tree = self.scalar_tree(value, simple_type);
        self.add(name, tree, index > 0);
    }

    fn visit_element<T: Content>(&mut self, name: &'static str, index: usize, value: &T) {
        let mut inner = Self::new(self.secrets);
        value.visit_attributes(&mut inner);
        value.visit(&mut inner);
        self.add(name, inner.into_tree(), index > 0);
    }

    fn attribute<T: Scalar>(&mut self, name: &'static str, value: &T, simple_type: &'static SimpleType) {
        let tree = self.scalar_tree(value, simple_type);
        self.add(format!("@{name}"), tree, false);
    }

    fn text_content<T: Scalar>(&mut self, value: &T, simple_type: &'static SimpleType) {
        let tree = self.scalar_tree(value, simple_type);
        self.add(TEXT, tree, false);
    }

    fn nil(&mut self, name: &'static str) {
        self.add(name, Tree::Null, false);
    }

    fn no_content(&mut self) {
        self.whole = Some(Tree::Bool(true));
    }

    fn no_element(&mut self, key: &'static str) {
        self.add(key, Tree::Bool(true), false);
    }

    fn unreadable(&mut self, problem: &dyn std::fmt::Display) -> bool {
        self.add("#unreadable", Tree::Text(problem.to_string()), false);
        true
    }

    fn any(&mut self, value: &Any) {
        for (name, value) in any_attributes(value) {
            self.add(format!("@{name}"), Tree::Text(value), false);
        }
        let content = match value.to_text().filter(|text| Any::text(text).as_xml() == value.as_xml()) {
            Some(text) => (TEXT, text.into_owned()),
            None => (XML, value.as_xml().to_owned()),
        };
        match content {
            (_, text) if text.is_empty() && self.members.is_empty() => self.whole = Some(Tree::Bool(true)),
            (TEXT, text) if self.members.is_empty() => self.whole = Some(Tree::Text(text)),
            (_, text) if text.is_empty() => {}
            (name, text) => self.add(name, Tree::Text(text), false),
        }
    }

    fn raw(&mut self, value: &Raw) {
        // It may contain a secret.
        let text = if self.secrets == Secrets::Masked { MASK } else { value.as_xml() };
        self.add(XML, Tree::Text(text.to_owned()), true);
    }

    fn flag(&mut self, name: &'static str, present: bool) {
        if present {
            self.add(name, Tree::Bool(true), false);
        }
    }

    fn choices<T: Choice>(&mut self, _min: usize, _max: usize, values: &[T]) {
        let items = values.iter().map(|value| {
            let mut item = Self::new(self.secrets);
            value.visit_alternative(&mut item);
            item.members
        });
        let items = items.collect();
        self.add_items(items);
    }

    fn ordered_choices<T: Choice>(&mut self, _min: usize, _max: usize, values: &[T]) {
        for value in values {
            let mut item = Self::new(self.secrets);
            value.visit_alternative(&mut item);
            self.add(ITEMS, Tree::Map(item.members), true);
        }
    }

    fn groups<T: Content>(&mut self, _min: usize, _max: usize, values: &[T]) {
        for value in values {
            let mut item = Self::new(self.secrets);
            value.visit(&mut item);
            self.add(ITEMS, Tree::Map(item.members), true);
        }
    }
}
