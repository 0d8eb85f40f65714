//! The check of a document against the schema, with all violations.

use super::content::Content;
use super::document::Document;
use super::error::ReadError;
use super::reader::options::{Limits, Strictness};
use super::reader::state::Reader;
use super::violations::issue::{Issue, Subject};
use super::violations::render::render;
use super::violations::violation::Violations;

/// Checks a document whose root element is `name`: its XML must be well-formed, its elements and
/// attributes must be those of the schema in the right order and number, and every value must satisfy
/// its type.
///
/// The result is that of libxml2 with the same schema. These are refused on purpose, although libxml2
/// accepts them: doctypes, `xsi:type`, encodings other than those of [`Document`], unbounded numbers
/// that do not fit 64 bits, and documents beyond the `limits`.
///
/// # Errors
/// All violations: every invalid value, and the first misplaced child of every element.
pub fn check<T: Content>(name: &'static str, input: &[u8], limits: Limits) -> Result<(), Violations> {
    let document = Document::decode(input, limits).map_err(|error| single_violation(&error))?;
    let reader = document.reader(Strictness::Strict).map_err(|error| single_violation(&error))?;
    check_with(reader.checking().without_texts(), name, &mut T::placeholder())
}

/// Checks a document like [`check`] and reads it into `value`. If there are violations, `value` keeps
/// what could be read.
///
/// # Errors
/// As [`check`].
pub fn check_into<T: Content>(
    name: &'static str,
    input: &[u8],
    limits: Limits,
    value: &mut T,
) -> Result<(), Violations> {
    let document = Document::decode(input, limits).map_err(|error| single_violation(&error))?;
    let reader = document.reader(Strictness::Strict).map_err(|error| single_violation(&error))?;
    check_with(reader.checking(), name, value)
}

fn check_with<T: Content>(mut reader: Reader<'_>, name: &'static str, value: &mut T) -> Result<(), Violations> {
    let result = reader.root(name, value);
    reader.finish_check(result)
}

/// Returns the one violation of a document that the reader cannot start with.
fn single_violation(error: &ReadError) -> Violations {
    let subject = Subject { path: String::new(), element: "", attribute: None, value: None, secret: false };
    let mut violation = render(&Issue::from(error), subject);
    violation.line = Some(error.line());
    Violations { found: vec![violation], more: 0 }
}
