//! Reading, writing and validating XML, element by element in schema order.
//!
//! Emitted code says once, field by field, what an element holds: in [`Content::read`] for
//! reading and in [`Content::visit`] for everything that walks a value (the [`Writer`], the
//! [`Validator`]). The rest, from well-formedness to leniency, lives here.

mod alternatives;
mod choice;
mod content;
mod data;
mod datetime;
mod error;
mod fields;
mod groups;
mod nillable;
mod non_empty;
mod outline;
mod prolog;
mod raw;
mod reader;
mod scalar;
mod scope;
mod simple;
mod tags;
mod text;
mod validator;
mod visitor;
mod writer;

pub use choice::Choice;
pub use content::{Content, Form};
pub use datetime::{Date, DateTime};
pub use error::{ReadError, ReadErrorKind};
pub use nillable::Nillable;
pub use non_empty::{EmptyList, IntoNonEmpty, NonEmpty};
pub use raw::{Any, Raw};
pub use reader::{Limits, Reader, Strictness};
pub use scalar::{Scalar, Unreadable};
pub use simple::{Broken, Facet, Pattern, Primitive, Simple, WhiteSpace};
pub use validator::{Validator, Violation, Violations};
pub use visitor::Visitor;
pub use writer::{DECLARATION, Writer};
