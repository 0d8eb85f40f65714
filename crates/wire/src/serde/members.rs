//! The functions that derived code calls to read members. They have the names and arguments of those of
//! [`Reader`](crate::xml::Reader), so that a derive lists the members in the same words for both.

use super::reader::{Read, TreeError, TreeReader, shown};
use super::tree::Tree;
use super::{ITEMS, MASK, TEXT, XML};
use crate::xml::{Any, Choice, Content, ContentKind, Nillable, NonEmpty, Raw, Scalar, SimpleType};

// --- members of a struct ---

impl TreeReader {
    /// Reads a required element with text.
    pub fn text<T: Scalar>(&mut self, name: &'static str, slot: &mut T, _simple_type: &'static SimpleType) -> Read {
        match self.opt_scalar(name)? {
            Some(value) => *slot = value,
            None => self.mark_missing(name),
        }
        Ok(())
    }

    /// Reads an optional element with text.
    pub fn opt_text<T: Scalar>(
        &mut self,
        name: &'static str,
        slot: &mut Option<T>,
        _simple_type: &'static SimpleType,
    ) -> Read {
        *slot = self.opt_scalar(name)?;
        Ok(())
    }

    /// Reads a required element with text; an empty one has the value `default`.
    pub fn text_or<T: Scalar>(
        &mut self,
        name: &'static str,
        default: &'static str,
        slot: &mut T,
        _simple_type: &'static SimpleType,
    ) -> Read {
        match self.opt_scalar_or(name, default)? {
            Some(value) => *slot = value,
            None => self.mark_missing(name),
        }
        Ok(())
    }

    /// Reads an optional element with text; an empty one has the value `default`.
    pub fn opt_text_or<T: Scalar>(
        &mut self,
        name: &'static str,
        default: &'static str,
        slot: &mut Option<T>,
        _simple_type: &'static SimpleType,
    ) -> Read {
        *slot = self.opt_scalar_or(name, default)?;
        Ok(())
    }

    /// Reads a repeated element with text.
    pub fn texts<T: Scalar>(
        &mut self,
        name: &'static str,
        min: usize,
        max: usize,
        slot: &mut Vec<T>,
        _simple_type: &'static SimpleType,
    ) -> Read {
        while slot.len() < max
            && let Some(value) = self.opt_scalar(name)?
        {
            self.push(slot, value)?;
        }
        self.require(name, slot.len(), min);
        Ok(())
    }

    /// Reads a required nillable element.
    pub fn nillable<T: Scalar>(
        &mut self,
        name: &'static str,
        slot: &mut Nillable<T>,
        simple_type: &'static SimpleType,
    ) -> Read {
        let mut found = None;
        self.opt_nillable(name, &mut found, simple_type)?;
        match found {
            Some(value) => *slot = value,
            None => self.mark_missing(name),
        }
        Ok(())
    }

    /// Reads an optional nillable element.
    pub fn opt_nillable<T: Scalar>(
        &mut self,
        name: &'static str,
        slot: &mut Option<Nillable<T>>,
        _simple_type: &'static SimpleType,
    ) -> Read {
        *slot = match self.take(name) {
            None => None,
            Some((Tree::Null, _)) => Some(Nillable::Nil),
            Some((tree, index)) => Some(Nillable::Value(self.within(name, index, |r| r.scalar(&tree))?)),
        };
        Ok(())
    }

    /// Reads a required element with content.
    pub fn element<T: Content>(&mut self, name: &'static str, slot: &mut T) -> Read {
        match self.take(name) {
            Some((tree, index)) => self.read_element(name, index, tree, slot),
            None => {
                self.mark_missing(name);
                Ok(())
            }
        }
    }

    /// Reads an optional element with content.
    pub fn opt_element<T: Content>(&mut self, name: &'static str, slot: &mut Option<T>) -> Read {
        match self.take(name) {
            Some((tree, index)) => self.read_element(name, index, tree, slot.insert(T::placeholder())),
            None => Ok(()),
        }
    }

    /// Reads a repeated element with content.
    pub fn elements<T: Content>(&mut self, name: &'static str, min: usize, max: usize, slot: &mut Vec<T>) -> Read {
        while slot.len() < max
            && let Some((tree, index)) = self.take(name)
        {
            let mut value = T::placeholder();
            self.read_element(name, index, tree, &mut value)?;
            self.push(slot, value)?;
        }
        self.require(name, slot.len(), min);
        Ok(())
    }

    /// Reads an optional empty element as a flag.
    pub fn flag(&mut self, name: &'static str, slot: &mut bool) -> Read {
        *slot = match self.take(name) {
            None | Some((Tree::Bool(false), _)) => false,
            Some((tree, index)) => {
                self.read_element(name, index, tree, &mut ())?;
                true
            }
        };
        Ok(())
    }

    /// Reads a required attribute.
    pub fn attribute<T: Scalar>(&mut self, name: &'static str, slot: &mut T, simple_type: &'static SimpleType) -> Read {
        let mut found = None;
        self.opt_attribute(name, &mut found, simple_type)?;
        match found {
            Some(value) => *slot = value,
            None => self.mark_missing_attribute(name),
        }
        Ok(())
    }

    /// Reads an optional attribute.
    pub fn opt_attribute<T: Scalar>(
        &mut self,
        name: &'static str,
        slot: &mut Option<T>,
        _simple_type: &'static SimpleType,
    ) -> Read {
        if let Some(tree) = self.take_attribute(name) {
            *slot = Some(self.within(name, 0, |r| r.scalar(&tree))?);
        }
        Ok(())
    }

    /// Reads the text of an element that may have attributes.
    pub fn text_content<T: Scalar>(&mut self, slot: &mut T, simple_type: &'static SimpleType) -> Read {
        self.text(TEXT, slot, simple_type)
    }

    /// Reads a required choice. Where no element is an alternative, it has a member of its own.
    pub fn choice<T: Choice>(&mut self, slot: &mut T) -> Read {
        match self.alternative()? {
            Some(value) => *slot = value,
            None => self.mark_missing_choice(T::alternatives(), T::NO_ELEMENT),
        }
        Ok(())
    }

    /// Reads an optional choice.
    pub fn opt_choice<T: Choice>(&mut self, slot: &mut Option<T>) -> Read {
        *slot = self.alternative()?;
        Ok(())
    }

    /// Reads a repeated choice: its members, and its items.
    pub fn choices<T: Choice>(&mut self, min: usize, max: usize, slot: &mut Vec<T>) -> Read {
        let mut start = 0;
        while slot.len() < max
            && let Some(value) = self.alternative_from(&mut start)?
        {
            self.push(slot, value)?;
        }
        while slot.len() < max
            && let Some(value) = self.item(Self::alternative)?
        {
            self.push(slot, value)?;
        }
        self.require(T::alternatives(), slot.len(), min);
        Ok(())
    }

    /// Reads a repeated choice, the order of whose items matters: its items.
    pub fn ordered_choices<T: Choice>(&mut self, min: usize, max: usize, slot: &mut Vec<T>) -> Read {
        while slot.len() < max
            && let Some(value) = self.item(Self::alternative)?
        {
            self.push(slot, value)?;
        }
        self.require(ITEMS, slot.len(), min);
        Ok(())
    }

    /// Reads an optional group.
    pub fn opt_group<T: Content>(&mut self, slot: &mut Option<T>) -> Read {
        *slot = self.group()?;
        Ok(())
    }

    /// Reads a repeated group: its items.
    pub fn groups<T: Content>(&mut self, min: usize, max: usize, slot: &mut Vec<T>) -> Read {
        while slot.len() < max
            && let Some(value) = self.item(Self::group)?
        {
            self.push(slot, value)?;
        }
        self.require(ITEMS, slot.len(), min);
        Ok(())
    }

    /// Reads the elements of a wildcard.
    pub fn wildcard(&mut self, min: usize, max: usize, slot: &mut Vec<Raw>) -> Read {
        while slot.len() < max
            && let Some((tree, index)) = self.take(XML)
        {
            let raw = self.within(XML, index, |r| match tree {
                Tree::Text(xml) if xml == MASK => Err(r.masked()),
                Tree::Text(xml) => {
                    r.charge(xml.len())?;
                    Raw::new(&xml).map_err(|error| r.error(error))
                }
                tree => Err(r.wrong_kind("an element as XML", &tree)),
            })?;
            self.push(slot, raw)?;
        }
        self.require(XML, slot.len(), min);
        Ok(())
    }
}

// --- alternatives of a choice ---

impl TreeReader {
    /// Reads an alternative that is an element with content.
    pub fn take_element<T: Content>(&mut self, name: &'static str) -> Read<T> {
        let Some((tree, index)) = self.take(name) else { return Err(self.empty_list(name)) };
        let mut value = T::placeholder();
        self.read_element(name, index, tree, &mut value)?;
        Ok(value)
    }

    /// Reads an alternative that is an element with text.
    pub fn take_text<T: Scalar>(&mut self, name: &'static str, _simple_type: &'static SimpleType) -> Read<T> {
        self.opt_scalar(name)?.ok_or_else(|| self.empty_list(name))
    }

    /// Reads an alternative that is an element with text; an empty one has the value `default`.
    pub fn take_text_or<T: Scalar>(
        &mut self,
        name: &'static str,
        default: &'static str,
        _simple_type: &'static SimpleType,
    ) -> Read<T> {
        self.opt_scalar_or(name, default)?.ok_or_else(|| self.empty_list(name))
    }

    /// Reads an alternative that is a nillable element.
    pub fn take_nillable<T: Scalar>(
        &mut self,
        name: &'static str,
        simple_type: &'static SimpleType,
    ) -> Read<Nillable<T>> {
        let mut found = None;
        self.opt_nillable(name, &mut found, simple_type)?;
        found.ok_or_else(|| self.empty_list(name))
    }

    /// Reads an alternative that is an empty element, or none at all, and returns `value` for it.
    pub fn take_flag<T>(&mut self, name: &'static str, value: T) -> Read<T> {
        self.take_element::<()>(name)?;
        Ok(value)
    }

    /// Reads an alternative that is a repeated element with content.
    pub fn take_elements<T: Content>(&mut self, name: &'static str, min: usize, max: usize) -> Read<NonEmpty<T>> {
        let mut items = Vec::new();
        self.elements(name, min, max, &mut items)?;
        NonEmpty::try_from(items).map_err(|_| self.empty_list(name))
    }

    /// Reads an alternative that is a repeated element with text.
    pub fn take_texts<T: Scalar>(
        &mut self,
        name: &'static str,
        min: usize,
        max: usize,
        simple_type: &'static SimpleType,
    ) -> Read<NonEmpty<T>> {
        let mut items = Vec::new();
        self.texts(name, min, max, &mut items, simple_type)?;
        NonEmpty::try_from(items).map_err(|_| self.empty_list(name))
    }

    /// Reads an alternative that is a group of members, if all that it requires are there.
    pub fn take_group<T: Content>(&mut self) -> Read<Option<T>> {
        if !self.map.is_first || !self.has_group::<T>()? {
            return Ok(None);
        }
        self.group()
    }

    /// Reads an alternative that is a repeated group.
    pub fn take_groups<T: Content>(&mut self, min: usize, max: usize) -> Read<Option<NonEmpty<T>>> {
        if self.name() != ITEMS {
            return Ok(None);
        }
        let mut items = Vec::new();
        self.groups(min, max, &mut items)?;
        Ok(NonEmpty::try_from(items).ok())
    }

    /// Reads an alternative that is a repeated choice.
    pub fn take_choices<T: Choice>(&mut self, min: usize, max: usize) -> Read<Option<NonEmpty<T>>> {
        if !self.map.is_first {
            return Ok(None);
        }
        let mut items = Vec::new();
        self.choices(0, max, &mut items)?;
        if !items.is_empty() {
            self.require(T::alternatives(), items.len(), min);
        }
        Ok(NonEmpty::try_from(items).ok())
    }

    /// Reads an alternative that is a repeated choice, the order of whose items matters.
    pub fn take_ordered_choices<T: Choice>(&mut self, min: usize, max: usize) -> Read<Option<NonEmpty<T>>> {
        if self.name() != ITEMS {
            return Ok(None);
        }
        let mut items = Vec::new();
        self.ordered_choices(min, max, &mut items)?;
        Ok(NonEmpty::try_from(items).ok())
    }

    /// Reads an alternative that is a wildcard.
    pub fn take_wildcard(&mut self, min: usize, max: usize) -> Read<Option<NonEmpty<Raw>>> {
        if self.name() != XML {
            return Ok(None);
        }
        let mut items = Vec::new();
        self.wildcard(min, max, &mut items)?;
        Ok(NonEmpty::try_from(items).ok())
    }
}

// --- the steps that they have in common ---

impl TreeReader {
    /// Reads the alternative of which a member is there.
    fn alternative<T: Choice>(&mut self) -> Read<Option<T>> {
        self.alternative_from(&mut 0)
    }

    /// Reads the alternative of which a member is there, from the member at `start` on, which becomes that member.
    fn alternative_from<T: Choice>(&mut self, start: &mut usize) -> Read<Option<T>> {
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
    fn group<T: Content>(&mut self) -> Read<Option<T>> {
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
    fn has_group<T: Content>(&mut self) -> Read<bool> {
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
    fn item<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<Option<T>>) -> Read<Option<T>> {
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
    fn read_element<T: Content>(&mut self, name: &'static str, index: usize, tree: Tree, slot: &mut T) -> Read {
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

    fn opt_scalar<T: Scalar>(&mut self, name: &'static str) -> Read<Option<T>> {
        match self.take(name) {
            Some((tree, index)) => self.within(name, index, |r| r.scalar(&tree)).map(Some),
            None => Ok(None),
        }
    }

    fn opt_scalar_or<T: Scalar>(&mut self, name: &'static str, default: &'static str) -> Read<Option<T>> {
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

    fn push<T>(&mut self, list: &mut Vec<T>, value: T) -> Read {
        self.charge(size_of::<T>())?;
        list.push(value);
        Ok(())
    }

    fn require(&mut self, name: &'static str, length: usize, min: usize) {
        if length < min {
            self.mark_missing(name);
        }
    }

    #[cold]
    fn masked(&self) -> TreeError {
        self.error("the secret is masked (`***`); serialize it with `with_secrets`")
    }

    #[cold]
    fn empty_list(&self, name: &'static str) -> TreeError {
        self.error(format_args!("the list `{name}` is empty; expected at least one item"))
    }
}
