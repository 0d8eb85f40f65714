//! The functions that derived code calls to read members of a struct. They have the names and arguments of those of
//! [`Reader`](crate::xml::Reader), so that a derive lists the members in the same words for both.

use super::reader::{Read, TreeReader};
use super::tree::Tree;
use super::{ITEMS, MASK, TEXT, XML};
use crate::xml::{Choice, Content, Nillable, Raw, Scalar, SimpleType};

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
