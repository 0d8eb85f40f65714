//! XSD simple types at run time, and the Rust values of their literals.
//!
//! Generated code describes each simple type in a `static` [`SimpleType`]. The reader and the
//! validator check texts against it. The rules are those of
//! [XML Schema 1.0 Part 2](https://www.w3.org/TR/xmlschema-2/) (second edition).
//!
//! A check takes time linear in the text and fails only with a [`ValueError`]. It compares in the
//! value space: as integers, `1`, `01` and `+1` are the same enumeration value, with any number of
//! digits. It does not look for characters that XML forbids: the reader refuses them, and the
//! [`Validator`](super::Validator) reports them.
//!
//! ```
//! # use plesk_wire::xml::{ValueError, Facet, Pattern, Primitive, SimpleType, WhiteSpace};
//! // A pattern compiles on first use, so it lives in a `static` of its own.
//! static LOGIN_PATTERNS: [Pattern; 1] = [Pattern::new("[a-z]+", "^(?:[a-z]+)$")];
//! static LOGIN: SimpleType = SimpleType::new(
//!     "login",
//!     Primitive::String,
//!     WhiteSpace::Collapse,
//!     &[Facet::MaxLength(8), Facet::Pattern(&LOGIN_PATTERNS)],
//! );
//! assert_eq!(LOGIN.check(" jo\n"), Ok(()));
//! assert_eq!(LOGIN.check("Jo"), Err(ValueError::PatternMismatch("[a-z]+")));
//! ```

mod check;
mod cursor;
mod date;
mod decimal;
mod duration;
mod lexical;
mod moment;
mod pattern;
pub(super) mod scalar;
pub(super) mod simple_type;
mod uri;
mod value;
pub(super) mod value_error;
pub(super) mod white_space;

#[cfg(test)]
mod tests;

pub use date::{Date, DateTime};
pub use pattern::Pattern;
pub use scalar::{ParseError, Scalar};
pub use simple_type::{Facet, Primitive, SimpleType};
pub use value_error::ValueError;
pub use white_space::WhiteSpace;
