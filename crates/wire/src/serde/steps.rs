//! The steps that reading members and reading alternatives have in common.

use super::reader::{Read, TreeError, TreeReader, shown};
use super::tree::Tree;
use super::{ITEMS, MASK, TEXT, XML};
use crate::xml::{Any, Choice, Content, ContentKind, Scalar};

impl TreeReader {
    /// Reads the alternative of which a member is there.
    pub(super) fn alternative<T: Choice>(&mut self) -> Read<Option<T>> {
        self.alternative_from(&mut 0)
    }

    /// Reads the alternative of which a member is there, from the member at `start` on, which becomes that member.
    pub(super) fn alternative_from<T: Choice>(&mut self, start: &mut usize) -> Read<Option<T>> {
        self.expect(T::alternatives());
        if let Some(name) = T::NO_ELEMENT {
            self.expect(name);
        }
        let outer = (self.map.cursor, self.map.is_first);
        let mut found = None;
        self.map.is_first = true;
        for at in *start..self.map.len() {
            if !self.map.is_left(at) {
                continue;
            }
            self.map.cursor = at;
            found = T::read_tree_alternative(self)?;
            if found.is_some() {
                *start = at;
                break;
            }
            self.map.is_first = false;
        }
        (self.map.cursor, self.map.is_first) = outer;
        Ok(found)
    }

    /// Reads a group, if a member of it is there.
    pub(super) fn group<T: Content>(&mut self) -> Read<Option<T>> {
        let (taken, missing) = (self.map.taken, self.map.missing.len());
        let mut value = T::placeholder();
        value.read_tree(self)?;
        if self.map.taken == taken {
            self.map.missing.truncate(missing);
            return Ok(None);
        }
        Ok(Some(value))
    }

    /// Returns `true` if the members that a group requires are there, or any of them if it requires none.
    pub(super) fn has_group<T: Content>(&mut self) -> Read<bool> {
        // A reading in which nothing is found lists the members.
        let map = std::mem::take(&mut self.map);
        T::placeholder().read_tree(self)?;
        let group = std::mem::replace(&mut self.map, map);
        for names in &group.expected {
            self.expect(names);
        }
        Ok(if group.missing.is_empty() {
            group.expected.iter().any(|names| self.map.has_any(names))
        } else {
            group.missing.iter().all(|missing| self.map.has(missing))
        })
    }

    /// Reads the next item of `#items` with `read`, if it is what `read` reads.
    pub(super) fn item<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<Option<T>>) -> Read<Option<T>> {
        self.expect(ITEMS);
        let Some((tree, index)) = self.map.take_item() else { return Ok(None) };
        self.within(ITEMS, index, |r| match tree {
            Tree::Map(members) => r.within_map(members, |r| {
                let value = read(r)?;
                if value.is_none() {
                    r.mark_missing(r.map.expected.first().copied().unwrap_or(ITEMS));
                }
                Ok(value)
            }),
            tree => Err(r.wrong_kind("a map", &tree)),
        })
    }

    /// Reads the value of the element `name`.
    pub(super) fn read_element<T: Content>(
        &mut self,
        name: &'static str,
        index: usize,
        tree: Tree,
        slot: &mut T,
    ) -> Read {
        self.within(name, index, |r| r.content(tree, slot))
    }

    /// Reads the content of an element.
    pub(super) fn content<T: Content>(&mut self, tree: Tree, slot: &mut T) -> Read {
        if T::KIND == ContentKind::Raw {
            slot.read_raw(self.any(tree)?);
            return Ok(());
        }
        let members = match (T::KIND, tree) {
            (_, Tree::Map(members)) => members,
            (ContentKind::Empty, Tree::Bool(true)) => Vec::new(),
            (ContentKind::Empty, tree) => return Err(self.wrong_kind("true", &tree)),
            (ContentKind::Text, tree) => vec![(TEXT.into(), tree)],
            (_, tree) => return Err(self.wrong_kind("a map", &tree)),
        };
        self.within_map(members, |r| {
            slot.read_tree_attributes(r)?;
            slot.read_tree(r)
        })
    }

    /// Reads a map that is a choice.
    pub(super) fn choice_content<T: Choice>(&mut self, tree: Tree, slot: &mut T) -> Read {
        match tree {
            Tree::Map(members) => self.within_map(members, |r| r.choice(slot)),
            tree => Err(self.wrong_kind("a map", &tree)),
        }
    }

    /// Reads an element without a type.
    fn any(&mut self, tree: Tree) -> Read<Any> {
        let members = match tree {
            Tree::Bool(true) => return Ok(Any::empty()),
            Tree::Bool(false) | Tree::Null | Tree::List(_) => {
                return Err(self.wrong_kind("true, a text or a map", &tree));
            }
            Tree::Map(members) => members,
            tree => return self.scalar_text(&tree).map(|text| Any::text(&text)),
        };
        let (mut attributes, mut content) = (Vec::new(), None);
        for (name, value) in members {
            match (name.strip_prefix('@'), &*name, value) {
                (Some(name), _, value) => attributes.push((name.to_owned(), self.scalar_text(&value)?)),
                (_, XML, Tree::Text(xml)) if content.is_none() => content = Some(xml),
                (_, TEXT, value) if content.is_none() => {
                    content = Some(Any::text(&self.scalar_text(&value)?).as_xml().to_owned());
                }
                (_, name, _) => {
                    let problem = format!("unknown member `{}`; expected `#text`, or XML in `#xml`", shown(name));
                    return Err(self.error(problem));
                }
            }
        }
        let content = content.unwrap_or_default();
        self.charge(content.len())?;
        Any::with_attributes(&attributes, &content).map_err(|error| self.error(error))
    }

    pub(super) fn opt_scalar<T: Scalar>(&mut self, name: &'static str) -> Read<Option<T>> {
        match self.take(name) {
            Some((tree, index)) => self.within(name, index, |r| r.scalar(&tree)).map(Some),
            None => Ok(None),
        }
    }

    pub(super) fn opt_scalar_or<T: Scalar>(&mut self, name: &'static str, default: &'static str) -> Read<Option<T>> {
        match self.take(name) {
            Some((Tree::Text(text), index)) if text.is_empty() => {
                self.within(name, index, |r| r.scalar(&Tree::Text(default.to_owned()))).map(Some)
            }
            Some((tree, index)) => self.within(name, index, |r| r.scalar(&tree)).map(Some),
            None => Ok(None),
        }
    }

    /// Reads a scalar from any scalar of the format.
    pub(super) fn scalar<T: Scalar>(&mut self, tree: &Tree) -> Read<T> {
        let text = self.scalar_text(tree)?;
        if T::SECRET && text == MASK {
            return Err(self.masked());
        }
        self.charge(text.len())?;
        T::parse(&text).map_err(|error| {
            let value = if T::SECRET { MASK.to_owned() } else { shown(&text) };
            self.error(format_args!("'{value}' {}", error.problem))
        })
    }

    fn scalar_text(&mut self, tree: &Tree) -> Read<String> {
        Ok(match tree {
            Tree::Text(text) => text.clone(),
            Tree::Bool(value) => value.to_string(),
            Tree::Integer(number) => number.to_string(),
            Tree::Natural(number) => number.to_string(),
            Tree::Float(number) => number.to_string(),
            Tree::Null | Tree::List(_) | Tree::Map(_) => {
                return Err(self.wrong_kind("a text, number or boolean", tree));
            }
        })
    }

    pub(super) fn push<T>(&mut self, list: &mut Vec<T>, value: T) -> Read {
        self.charge(size_of::<T>())?;
        list.push(value);
        Ok(())
    }

    pub(super) fn require(&mut self, name: &'static str, length: usize, min: usize) {
        if length < min {
            self.mark_missing(name);
        }
    }

    #[cold]
    pub(super) fn masked(&self) -> TreeError {
        self.error("the secret is masked (`***`); serialize it with `with_secrets`")
    }

    #[cold]
    pub(super) fn empty_list(&self, name: &'static str) -> TreeError {
        self.error(format_args!("the list `{name}` is empty; expected at least one item"))
    }
}
