//! What stands between the tags of an element.

use super::{Any, ReadError, Reader, Visitor, error::Result};

/// The content of an element that holds more than text: emitted for every complex type.
///
/// [`read`](Content::read) and [`visit`](Content::visit) name the members in schema order, which
/// is why a value is always written in that order and why no caller can change it.
pub trait Content: Sized {
    /// How the content is laid out.
    const KIND: ContentKind = ContentKind::Sequence;

    /// The elements that the content may hold.
    const ELEMENTS: &'static [&'static str] = &[];

    /// Whether the reader must skip unknown elements before it asks for members: in content with
    /// groups or with lists inside a choice, an unknown element would look like the end.
    const SKIP_UNKNOWN_FIRST: bool = false;

    /// Whether content that the schema does not know is refused even by a lenient reader: in a
    /// filter, what cannot be read must not become "everything".
    const DENY_UNKNOWN: bool = false;

    /// An empty value to read into. Not for callers: it need not be valid.
    #[doc(hidden)]
    fn placeholder() -> Self;

    /// Reads the attributes of the element.
    #[doc(hidden)]
    fn read_attributes(&mut self, _r: &mut Reader<'_>) -> Result<()> {
        Ok(())
    }

    /// Takes note of an error within the element and goes on without what could not be read, or
    /// passes the error on, as most content does.
    #[doc(hidden)]
    fn recover(&mut self, error: ReadError) -> Result<()> {
        Err(error)
    }

    /// Makes one pass over the members, reading each that stands next.
    #[doc(hidden)]
    fn read(&mut self, r: &mut Reader<'_>) -> Result<()>;

    /// Takes over an element of form [`ContentKind::Raw`].
    #[doc(hidden)]
    fn read_raw(&mut self, _element: Any) {}

    /// Shows the attributes of the element to `v`.
    #[doc(hidden)]
    fn visit_attributes<V: Visitor>(&self, _v: &mut V) {}

    /// Shows the members to `v`, in schema order.
    fn visit<V: Visitor>(&self, v: &mut V);
}

/// How the content of an element is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentKind {
    /// Elements, in the order of the schema.
    Sequence,
    /// Nothing, not even white space.
    Empty,
    /// Elements in any order (`xs:all`).
    All,
    /// Text, perhaps with attributes beside it.
    Text,
    /// Anything, kept as it is.
    Raw,
}

/// No content: an element that carries nothing, or an outcome without data of its own.
impl Content for () {
    const KIND: ContentKind = ContentKind::Empty;

    fn placeholder() {}

    fn read(&mut self, _r: &mut Reader<'_>) -> Result<()> {
        Ok(())
    }

    fn visit<V: Visitor>(&self, _v: &mut V) {}
}

impl<T: Content> Content for Box<T> {
    const KIND: ContentKind = T::KIND;
    const DENY_UNKNOWN: bool = T::DENY_UNKNOWN;
    const ELEMENTS: &'static [&'static str] = T::ELEMENTS;
    const SKIP_UNKNOWN_FIRST: bool = T::SKIP_UNKNOWN_FIRST;

    fn placeholder() -> Self {
        Box::new(T::placeholder())
    }

    fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<()> {
        T::read_attributes(self, r)
    }

    fn recover(&mut self, error: ReadError) -> Result<()> {
        T::recover(self, error)
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
}

/// An optional group: its members stand all or not at all among their siblings.
///
/// As the whole content of an outcome: what a server sends on success only.
impl<T: Content> Content for Option<T> {
    const KIND: ContentKind = T::KIND;
    const DENY_UNKNOWN: bool = T::DENY_UNKNOWN;
    const ELEMENTS: &'static [&'static str] = T::ELEMENTS;
    const SKIP_UNKNOWN_FIRST: bool = T::SKIP_UNKNOWN_FIRST;

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
}
