//! Elements that may say that they have no value.

use super::error::{ReadErrorKind, Result};
use super::issue::{Holds, Issue};
use super::noting::Place;
use super::{Primitive, Reader, Scalar, SimpleType, WhiteSpace};

/// The value of a nillable element: `xsi:nil="true"`, which is neither absent nor empty.
///
/// ```
/// use plesk_wire::xml::Nillable;
///
/// assert_eq!(Nillable::from(7).value(), Some(&7));
/// assert_eq!(Nillable::<u64>::Nil.value(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Nillable<T> {
    /// The element says that it has no value.
    Nil,
    /// The element has this value.
    Value(T),
}

impl<T> Nillable<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Nil => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nillable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl Reader<'_> {
    /// A required nillable element.
    pub fn nillable<T: Scalar>(
        &mut self,
        name: &'static str,
        slot: &mut Nillable<T>,
        simple: &'static SimpleType,
    ) -> Result<()> {
        if self.is_due(name) {
            self.note_optional(false);
            *slot = self.nillable_here(name, simple)?;
            self.read_due()?;
        }
        Ok(())
    }

    /// An optional nillable element.
    pub fn opt_nillable<T: Scalar>(
        &mut self,
        name: &'static str,
        slot: &mut Option<Nillable<T>>,
        simple: &'static SimpleType,
    ) -> Result<()> {
        if slot.is_none() && self.at(name) {
            self.note_optional(true);
            *slot = Some(self.nillable_here(name, simple)?);
            self.advance()?;
        }
        Ok(())
    }

    /// An alternative that is a nillable element.
    pub fn take_nillable<T: Scalar>(&mut self, name: &'static str, simple: &'static SimpleType) -> Result<Nillable<T>> {
        let value = self.nillable_here(name, simple)?;
        self.advance()?;
        Ok(value)
    }

    fn nillable_here<T: Scalar>(&mut self, name: &'static str, simple: &'static SimpleType) -> Result<Nillable<T>> {
        self.step(name, 0)?;
        self.hide(T::SECRET);
        self.empty = self.open(name)?;
        let nil = self.take_attribute(|r, found| {
            found.split_once(':').is_some_and(|(prefix, local)| local == "nil" && r.is_instance_prefix(prefix))
        });
        self.no_attributes()?;
        let nil = match nil {
            Some(text) => self.parse(&text, &NIL, Place::Element)?,
            None => false,
        };
        let text = self.own_text(if nil { Holds::Nil } else { Holds::Text })?;
        if nil && !text.is_empty() {
            if !self.is_checking() {
                return Err(self.error(ReadErrorKind::UnexpectedText));
            }
            self.note(&Issue::Text(Holds::Nil));
        }
        let value = if nil { Nillable::Nil } else { Nillable::Value(self.parse(&text, simple, Place::Element)?) };
        self.told = None;
        self.path.pop();
        Ok(value)
    }
}

/// What `xsi:nil` may be.
static NIL: SimpleType = SimpleType::new("xs:boolean", Primitive::Boolean, WhiteSpace::Collapse, &[]);

impl<T: Scalar> Nillable<T> {
    #[doc(hidden)]
    pub fn placeholder() -> Self {
        Self::Value(T::placeholder())
    }
}
