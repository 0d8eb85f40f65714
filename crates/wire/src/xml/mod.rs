//! Reading, writing and validating XML, element by element in schema order.
//!
//! A type lists its members once, as fields in schema order. The derives [`Content`](derive@Content) and
//! [`Choice`](derive@Choice) turn them into [`Content::read`] for reading, and [`Content::visit`] for
//! everything that walks a value (the [`Writer`], the [`Validator`]). The rest, from well-formedness to
//! leniency, is here. Nothing here knows Plesk.
//!
//! Modules depend only on those named after them: `check`, `document`, `write` and `validate` on `reader` and
//! `content`; these on `violations`; that on `datatypes`.

mod check;
mod content;
mod datatypes;
#[doc(hidden)]
pub mod derive_support;
mod document;
mod error;
mod into;
mod left_out;
mod names;
mod nillable;
mod non_empty;
mod raw;
mod reader;
mod scan;
mod text;
mod validate;
mod violations;
mod write;

pub use check::{check, check_into};
pub use content::{Choice, Content, ContentKind, Visitor};
pub use datatypes::{
    Date, DateTime, Facet, ParseError, Pattern, Primitive, Scalar, SimpleType, ValueError, WhiteSpace,
};
pub use document::Document;
pub use error::{ReadError, ReadErrorKind};
pub use into::{IntoList, IntoNonEmpty, IntoOption, Many, One};
pub use left_out::{LeftOut, LeftOutValue};
pub use nillable::Nillable;
pub use non_empty::{EmptyList, NonEmpty};
pub use plesk_wire_derive::{Choice, Content};
pub use raw::{Any, Raw};
#[cfg(feature = "serde")]
pub(crate) use reader::any_attributes;
pub use reader::{Limits, Reader, Strictness};
pub use validate::Validator;
pub use violations::{Violation, Violations};
pub use write::{DECLARATION, Writer};
