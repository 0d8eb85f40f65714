//! Walking a value member by member, in schema order.

use super::{Any, Choice, Content, Nillable, Raw, Scalar, SimpleType};

/// What walks a value: the [`Writer`](super::Writer) and the [`Validator`](super::Validator).
///
/// [`Content::visit`] calls one method a member, the name as in the schema.
pub trait Visitor: Sized {
    /// An element with text: the `index`-th of its list, or 0 if it is not in a list.
    fn scalar<T: Scalar>(&mut self, name: &'static str, index: usize, value: &T, simple: &'static SimpleType);

    /// An element with content: the `index`-th of its list, or 0 if it is not in a list.
    fn visit_element<T: Content>(&mut self, name: &'static str, index: usize, value: &T);

    /// An attribute.
    fn attribute<T: Scalar>(&mut self, name: &'static str, value: &T, simple: &'static SimpleType);

    /// The text of an element that has attributes beside it.
    fn text_content<T: Scalar>(&mut self, value: &T, simple: &'static SimpleType);

    /// An element without a value (`xsi:nil`).
    fn nil(&mut self, name: &'static str);

    /// What an element of no type holds.
    fn any(&mut self, value: &Any);

    /// An element that a wildcard lets in.
    fn raw(&mut self, value: &Raw);

    /// How many of `name` there are, where the schema bounds the number.
    fn count(&mut self, _name: &'static str, _length: usize, _min: usize, _max: usize) {}

    /// A required element with text.
    fn text<T: Scalar>(&mut self, name: &'static str, value: &T, simple: &'static SimpleType) {
        self.scalar(name, 0, value, simple);
    }

    /// An optional element with text.
    fn opt_text<T: Scalar>(&mut self, name: &'static str, value: &Option<T>, simple: &'static SimpleType) {
        if let Some(value) = value {
            self.scalar(name, 0, value, simple);
        }
    }

    /// A repeated element with text.
    fn texts<T: Scalar>(
        &mut self,
        name: &'static str,
        min: usize,
        max: usize,
        values: &[T],
        simple: &'static SimpleType,
    ) {
        self.count(name, values.len(), min, max);
        for (at, value) in values.iter().enumerate() {
            self.scalar(name, at + 1, value, simple);
        }
    }

    /// A required element with content.
    fn element<T: Content>(&mut self, name: &'static str, value: &T) {
        self.visit_element(name, 0, value);
    }

    /// An optional element with content.
    fn opt_element<T: Content>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.visit_element(name, 0, value);
        }
    }

    /// A repeated element with content.
    fn elements<T: Content>(&mut self, name: &'static str, min: usize, max: usize, values: &[T]) {
        self.count(name, values.len(), min, max);
        for (at, value) in values.iter().enumerate() {
            self.visit_element(name, at + 1, value);
        }
    }

    /// An element that is empty.
    fn flag(&mut self, name: &'static str, present: bool) {
        if present {
            self.visit_element(name, 0, &());
        }
    }

    /// A required nillable element.
    fn nillable<T: Scalar>(&mut self, name: &'static str, value: &Nillable<T>, simple: &'static SimpleType) {
        match value {
            Nillable::Nil => self.nil(name),
            Nillable::Value(value) => self.scalar(name, 0, value, simple),
        }
    }

    /// An optional nillable element.
    fn opt_nillable<T: Scalar>(
        &mut self,
        name: &'static str,
        value: &Option<Nillable<T>>,
        simple: &'static SimpleType,
    ) {
        if let Some(value) = value {
            self.nillable(name, value, simple);
        }
    }

    /// An optional attribute.
    fn opt_attribute<T: Scalar>(&mut self, name: &'static str, value: &Option<T>, simple: &'static SimpleType) {
        if let Some(value) = value {
            self.attribute(name, value, simple);
        }
    }

    /// A required choice.
    fn choice<T: Choice>(&mut self, value: &T) {
        value.visit_alternative(self);
    }

    /// An optional choice.
    fn opt_choice<T: Choice>(&mut self, value: &Option<T>) {
        if let Some(value) = value {
            value.visit_alternative(self);
        }
    }

    /// A repeated choice.
    fn choices<T: Choice>(&mut self, min: usize, max: usize, values: &[T]) {
        self.count(T::ALTERNATIVES, values.len(), min, max);
        for value in values {
            value.visit_alternative(self);
        }
    }

    /// An optional group.
    fn opt_group<T: Content>(&mut self, value: &Option<T>) {
        if let Some(value) = value {
            value.visit(self);
        }
    }

    /// A repeated group, named by its first member.
    fn groups<T: Content>(&mut self, first: &'static str, min: usize, max: usize, values: &[T]) {
        self.count(first, values.len(), min, max);
        for value in values {
            value.visit(self);
        }
    }

    /// Elements that a wildcard lets in.
    fn wildcard(&mut self, min: usize, max: usize, values: &[Raw]) {
        self.count("any element", values.len(), min, max);
        for value in values {
            self.raw(value);
        }
    }
}
