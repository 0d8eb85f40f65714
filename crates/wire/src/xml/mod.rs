//! Reading, writing and validating XML, element by element in schema order.
//!
//! Emitted code says once, field by field, what an element holds: in [`Content::read`] for
//! reading and in [`Content::visit`] for everything that walks a value (the [`Writer`], the
//! [`Validator`]). The rest, from well-formedness to leniency, lives here.

mod advice;
mod alternatives;
mod asking;
mod check;
mod choice;
mod content;
mod data;
mod datetime;
mod document;
mod erased;
mod error;
mod fields;
mod groups;
mod hiding;
mod issue;
mod libxml2;
mod memory;
#[doc(hidden)]
pub mod names;
mod nillable;
mod non_empty;
mod noting;
mod outline;
mod prolog;
mod qualified;
mod raw;
mod reader;
mod scalar;
mod scope;
mod simple;
mod tags;
mod text;
mod validator;
mod values;
mod violation;
mod visitor;
mod writer;

pub use check::{check, check_into};
pub use choice::Choice;
pub use content::{Content, ContentKind};
pub use datetime::{Date, DateTime};
pub use document::Document;
pub use error::{ReadError, ReadErrorKind};
pub use nillable::Nillable;
pub use non_empty::{EmptyList, IntoNonEmpty, NonEmpty};
pub use plesk_wire_derive::{Choice, Content};
pub use raw::{Any, Raw};
pub use reader::{Limits, Reader, Strictness};
pub use scalar::{ParseError, Scalar};
pub use simple::{Facet, Pattern, Primitive, SimpleType, ValueError, WhiteSpace};
pub use validator::Validator;
pub use violation::{Violation, Violations};
pub use visitor::Visitor;
pub use writer::{DECLARATION, Writer};
