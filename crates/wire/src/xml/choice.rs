//! One of several alternatives.

use super::{Reader, Visitor, error::Result};

/// An `xs:choice`: emitted for every enum of alternatives.
pub trait Choice: Sized {
    /// What is missing when no alternative stands there, for messages: `id | login`.
    const ALTERNATIVES: &'static str;

    /// The elements that the alternatives may begin with or hold.
    const ELEMENTS: &'static [&'static str];

    /// Whether the reader must skip unknown elements first; see [`Content`](super::Content).
    const SKIP_UNKNOWN_FIRST: bool = false;

    /// Whether one alternative is written as nothing at all.
    const MAY_BE_EMPTY: bool = false;

    /// A value to read over. Not for callers: it need not be valid.
    #[doc(hidden)]
    fn placeholder() -> Self;

    /// Reads the alternative that stands next, if one does.
    #[doc(hidden)]
    fn read_alternative(r: &mut Reader<'_>) -> Result<Option<Self>>;

    /// Shows the alternative to `v`.
    #[doc(hidden)]
    fn visit_alternative<V: Visitor>(&self, v: &mut V);
}

impl<T: Choice> Choice for Box<T> {
    const ALTERNATIVES: &'static str = T::ALTERNATIVES;
    const ELEMENTS: &'static [&'static str] = T::ELEMENTS;
    const SKIP_UNKNOWN_FIRST: bool = T::SKIP_UNKNOWN_FIRST;
    const MAY_BE_EMPTY: bool = T::MAY_BE_EMPTY;

    fn placeholder() -> Self {
        Self::new(T::placeholder())
    }

    fn read_alternative(r: &mut Reader<'_>) -> Result<Option<Self>> {
        Ok(T::read_alternative(r)?.map(Self::new))
    }

    fn visit_alternative<V: Visitor>(&self, v: &mut V) {
        T::visit_alternative(self, v);
    }
}
