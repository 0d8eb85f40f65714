//! The traits that generated code implements and calls: [`Content`], [`Choice`] and [`Visitor`].
//!
//! The three refer to each other, so they share a file.

use std::any::Any as StdAny;

use super::datatypes::scalar::Scalar;
use super::datatypes::simple_type::SimpleType;
use super::error::{ReadError, Result};
use super::nillable::Nillable;
use super::raw::{Any, Raw};
use super::reader::expected::first_element;
use super::reader::state::Reader;
#[cfg(feature = "serde")]
use crate::serde::reader::{Read, TreeReader};

/// The content of an element that contains more than text. Generated for every complex type.
///
/// [`read`](Content::read) and [`visit`](Content::visit) name the members in schema order. A value is
/// therefore always written in that order, and no caller can change it.
pub trait Content: Sized {
    /// The kind of the content.
    const KIND: ContentKind = ContentKind::Sequence;

    /// `true` if even a lenient reader refuses content that the schema does not know.
    ///
    /// This is for filters: a criterion that cannot be read must not turn into "all objects".
    const DENY_UNKNOWN: bool = false;

    /// `true` if [`recover`](Content::recover) stores errors. A lenient reader then leaves out the optional elements
    /// within it that cannot be read, and reads the rest.
    const KEEPS_ERRORS: bool = false;

    /// Returns a value to read into. Not for callers: it need not be valid.
    #[doc(hidden)]
    fn placeholder() -> Self;

    /// Reads the attributes of the element.
    #[doc(hidden)]
    fn read_attributes(&mut self, _r: &mut Reader<'_>) -> Result<()> {
        Ok(())
    }

    /// Recovers from an error within the element by storing it, or returns it, as most content does.
    #[doc(hidden)]
    fn recover(&mut self, error: ReadError, _r: &Reader<'_>) -> Result<()> {
        Err(error)
    }

    /// Makes one pass over the members and reads each one that comes next.
    #[doc(hidden)]
    fn read(&mut self, r: &mut Reader<'_>) -> Result<()>;

    /// Stores an element of kind [`ContentKind::Raw`].
    #[doc(hidden)]
    fn read_raw(&mut self, _element: Any) {}

    /// Passes the attributes of the element to `v`.
    #[doc(hidden)]
    fn visit_attributes<V: Visitor>(&self, _v: &mut V) {}

    /// Passes the members to `v`, in schema order.
    fn visit<V: Visitor>(&self, v: &mut V);

    /// Returns `true` for an optional group that is not there.
    #[doc(hidden)]
    fn is_absent(&self) -> bool {
        false
    }

    /// Reads the attributes of the element from serde.
    #[cfg(feature = "serde")]
    #[doc(hidden)]
    fn read_tree_attributes(&mut self, _r: &mut TreeReader) -> Read {
        Ok(())
    }

    /// Reads the members from serde. The derive implements it.
    #[cfg(feature = "serde")]
    #[doc(hidden)]
    fn read_tree(&mut self, r: &mut TreeReader) -> Read {
        Err(r.unsupported(std::any::type_name::<Self>()))
    }

    /// Returns what another derive of the type knows of the value, for visitors that look for it: the effect of an
    /// operation.
    #[doc(hidden)]
    fn note(&self) -> Option<&'static dyn StdAny> {
        None
    }
}

/// The kind of an element's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentKind {
    /// Elements, in schema order.
    Sequence,
    /// Nothing, not even white space.
    Empty,
    /// Elements in any order (`xs:all`).
    All,
    /// Text; the element may have attributes.
    Text,
    /// Anything, kept as it is.
    Raw,
}

/// An `xs:choice`. Generated for every enum of alternatives.
pub trait Choice: Sized {
    /// `true` if one alternative is written as nothing at all.
    const MAY_BE_EMPTY: bool = false;

    /// The member that represents the alternative that is no element at all, where there is no XML.
    #[cfg(feature = "serde")]
    #[doc(hidden)]
    const NO_ELEMENT: Option<&'static str> = None;

    /// Returns the names of the alternatives for messages about a missing choice: `id | login`.
    fn alternatives() -> &'static str;

    /// Returns a value to read into. Not for callers: it need not be valid.
    #[doc(hidden)]
    fn placeholder() -> Self;

    /// Reads the alternative that comes next, if one does.
    #[doc(hidden)]
    fn read_alternative(r: &mut Reader<'_>) -> Result<Option<Self>>;

    /// Passes the alternative to `v`.
    #[doc(hidden)]
    fn visit_alternative<V: Visitor>(&self, v: &mut V);

    /// Reads the alternative whose member `r` looks at, if one is, from serde. The derive implements it.
    #[cfg(feature = "serde")]
    #[doc(hidden)]
    fn read_tree_alternative(r: &mut TreeReader) -> Read<Option<Self>> {
        Err(r.unsupported(std::any::type_name::<Self>()))
    }
}

/// A visitor of the members of a value: the [`Writer`](super::Writer) and the
/// [`Validator`](super::Validator).
///
/// [`Content::visit`] calls one method for each member, in schema order, with the name from the schema.
pub trait Visitor: Sized {
    /// Visits an element with text. `index` is its number in its list, or 0 outside a list.
    fn scalar<T: Scalar>(&mut self, name: &'static str, index: usize, value: &T, simple_type: &'static SimpleType);

    /// Visits an element with content. `index` is its number in its list, or 0 outside a list.
    fn visit_element<T: Content>(&mut self, name: &'static str, index: usize, value: &T);

    /// Visits an attribute.
    fn attribute<T: Scalar>(&mut self, name: &'static str, value: &T, simple_type: &'static SimpleType);

    /// Visits the text of an element that also has attributes.
    fn text_content<T: Scalar>(&mut self, value: &T, simple_type: &'static SimpleType);

    /// Visits an element that is nil (`xsi:nil`).
    fn nil(&mut self, name: &'static str);

    /// Visits the content of an element without a type.
    fn any(&mut self, value: &Any);

    /// Visits an element matched by a wildcard.
    fn raw(&mut self, value: &Raw);

    /// Visits the number of items of a list, where the schema bounds it. `name` returns the element of an item.
    fn count(&mut self, _name: impl FnOnce() -> &'static str, _length: usize, _min: usize, _max: usize) {}

    /// Visits the content of an element that is always empty.
    #[cfg(feature = "serde")]
    #[doc(hidden)]
    fn no_content(&mut self) {}

    /// Visits an alternative that is no element at all. `key` is the member that represents it without XML.
    #[cfg(feature = "serde")]
    #[doc(hidden)]
    fn no_element(&mut self, _key: &'static str) {}

    /// Visits the reason why a result could not be read. Returns `true` if the rest of it must not be visited.
    #[cfg(feature = "serde")]
    #[doc(hidden)]
    fn unreadable(&mut self, _problem: &dyn std::fmt::Display) -> bool {
        false
    }

    /// Visits a required element with text.
    fn text<T: Scalar>(&mut self, name: &'static str, value: &T, simple_type: &'static SimpleType) {
        self.scalar(name, 0, value, simple_type);
    }

    /// Visits an optional element with text.
    fn opt_text<T: Scalar>(&mut self, name: &'static str, value: &Option<T>, simple_type: &'static SimpleType) {
        if let Some(value) = value {
            self.scalar(name, 0, value, simple_type);
        }
    }

    /// Visits a repeated element with text.
    fn texts<T: Scalar>(
        &mut self,
        name: &'static str,
        min: usize,
        max: usize,
        values: &[T],
        simple_type: &'static SimpleType,
    ) {
        self.count(|| name, values.len(), min, max);
        for (at, value) in values.iter().enumerate() {
            self.scalar(name, at + 1, value, simple_type);
        }
    }

    /// Visits a required element with content.
    fn element<T: Content>(&mut self, name: &'static str, value: &T) {
        self.visit_element(name, 0, value);
    }

    /// Visits an optional element with content.
    fn opt_element<T: Content>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.visit_element(name, 0, value);
        }
    }

    /// Visits a repeated element with content.
    fn elements<T: Content>(&mut self, name: &'static str, min: usize, max: usize, values: &[T]) {
        self.count(|| name, values.len(), min, max);
        for (at, value) in values.iter().enumerate() {
            self.visit_element(name, at + 1, value);
        }
    }

    /// Visits an empty element.
    fn flag(&mut self, name: &'static str, present: bool) {
        if present {
            self.visit_element(name, 0, &());
        }
    }

    /// Visits a required nillable element.
    fn nillable<T: Scalar>(&mut self, name: &'static str, value: &Nillable<T>, simple_type: &'static SimpleType) {
        match value {
            Nillable::Nil => self.nil(name),
            Nillable::Value(value) => self.scalar(name, 0, value, simple_type),
        }
    }

    /// Visits an optional nillable element.
    fn opt_nillable<T: Scalar>(
        &mut self,
        name: &'static str,
        value: &Option<Nillable<T>>,
        simple_type: &'static SimpleType,
    ) {
        if let Some(value) = value {
            self.nillable(name, value, simple_type);
        }
    }

    /// Visits an optional attribute.
    fn opt_attribute<T: Scalar>(&mut self, name: &'static str, value: &Option<T>, simple_type: &'static SimpleType) {
        if let Some(value) = value {
            self.attribute(name, value, simple_type);
        }
    }

    /// Visits a required choice.
    fn choice<T: Choice>(&mut self, value: &T) {
        value.visit_alternative(self);
    }

    /// Visits an optional choice.
    fn opt_choice<T: Choice>(&mut self, value: &Option<T>) {
        if let Some(value) = value {
            value.visit_alternative(self);
        }
    }

    /// Visits a repeated choice.
    fn choices<T: Choice>(&mut self, min: usize, max: usize, values: &[T]) {
        self.count(T::alternatives, values.len(), min, max);
        for value in values {
            value.visit_alternative(self);
        }
    }

    /// Visits a repeated choice, the order of whose items matters.
    #[cfg(feature = "serde")]
    #[doc(hidden)]
    fn ordered_choices<T: Choice>(&mut self, min: usize, max: usize, values: &[T]) {
        self.choices(min, max, values);
    }

    /// Visits an optional group.
    fn opt_group<T: Content>(&mut self, value: &Option<T>) {
        if let Some(value) = value {
            value.visit(self);
        }
    }

    /// Visits a repeated group.
    fn groups<T: Content>(&mut self, min: usize, max: usize, values: &[T]) {
        self.count(first_element::<T>, values.len(), min, max);
        for value in values {
            value.visit(self);
        }
    }

    /// Visits elements matched by a wildcard.
    fn wildcard(&mut self, min: usize, max: usize, values: &[Raw]) {
        self.count(|| "any element", values.len(), min, max);
        for value in values {
            self.raw(value);
        }
    }
}

/// No content: an empty element, or a result without data.
impl Content for () {
    const KIND: ContentKind = ContentKind::Empty;

    fn placeholder() {}

    fn read(&mut self, _r: &mut Reader<'_>) -> Result<()> {
        Ok(())
    }

    fn visit<V: Visitor>(&self, _v: &mut V) {
        #[cfg(feature = "serde")]
        _v.no_content();
    }

    #[cfg(feature = "serde")]
    fn read_tree(&mut self, _r: &mut TreeReader) -> Read {
        Ok(())
    }
}

impl<T: Content> Content for Box<T> {
    const KIND: ContentKind = T::KIND;
    const DENY_UNKNOWN: bool = T::DENY_UNKNOWN;
    const KEEPS_ERRORS: bool = T::KEEPS_ERRORS;

    fn placeholder() -> Self {
        Box::new(T::placeholder())
    }

    fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<()> {
        T::read_attributes(self, r)
    }

    fn recover(&mut self, error: ReadError, r: &Reader<'_>) -> Result<()> {
        T::recover(self, error, r)
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<()> {
        T::read(self, r)
    }

    fn read_raw(&mut self, element: Any) {
        T::read_raw(self, element);
    }

    fn visit_attributes<V: Visitor>(&self, v: &mut V) {
        T::visit_attributes(self, v);
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        T::visit(self, v);
    }

    #[cfg(feature = "serde")]
    fn read_tree_attributes(&mut self, r: &mut TreeReader) -> Read {
        T::read_tree_attributes(self, r)
    }

    #[cfg(feature = "serde")]
    fn read_tree(&mut self, r: &mut TreeReader) -> Read {
        T::read_tree(self, r)
    }

    fn note(&self) -> Option<&'static dyn StdAny> {
        T::note(self)
    }
}

/// An optional group: either all of its members are present, or none.
///
/// As the whole content of a result: data that a server sends on success only.
impl<T: Content> Content for Option<T> {
    const KIND: ContentKind = T::KIND;
    const DENY_UNKNOWN: bool = T::DENY_UNKNOWN;

    fn placeholder() -> Self {
        None
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<()> {
        r.opt_group(self)
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        if let Some(group) = self {
            group.visit(v);
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    #[cfg(feature = "serde")]
    fn read_tree(&mut self, r: &mut TreeReader) -> Read {
        r.opt_group(self)
    }
}

impl<T: Choice> Choice for Box<T> {
    const MAY_BE_EMPTY: bool = T::MAY_BE_EMPTY;
    #[cfg(feature = "serde")]
    const NO_ELEMENT: Option<&'static str> = T::NO_ELEMENT;

    fn alternatives() -> &'static str {
        T::alternatives()
    }

    fn placeholder() -> Self {
        Self::new(T::placeholder())
    }

    fn read_alternative(r: &mut Reader<'_>) -> Result<Option<Self>> {
        Ok(T::read_alternative(r)?.map(Self::new))
    }

    fn visit_alternative<V: Visitor>(&self, v: &mut V) {
        T::visit_alternative(self, v);
    }

    #[cfg(feature = "serde")]
    fn read_tree_alternative(r: &mut TreeReader) -> Read<Option<Self>> {
        Ok(T::read_tree_alternative(r)?.map(Self::new))
    }
}
