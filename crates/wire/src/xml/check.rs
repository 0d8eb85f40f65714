//! Whether a text is a valid document: the verdict of a validating server, and all that is wrong.

use super::error::ReadError;
use super::issue::{Issue, Subject};
use super::{Content, Document, Limits, Strictness, Violations};

/// Checks a document whose root element is `name`: that it is well-formed XML, that its elements
/// and attributes are those of the schema, in its order and number, and that every value keeps the
/// rules of its type.
///
/// The verdict is that of libxml2 on the same schema. Not accepted on purpose, though libxml2 does:
/// doctypes, `xsi:type`, encodings beside those of [`Document`], numbers that the schema leaves
/// unbounded and that do not fit 64 bits, and what passes the `limits`.
///
/// # Errors
/// All that is wrong: every value, and the first fault in the content of every element.
pub fn check<T: Content>(name: &'static str, input: &[u8], limits: Limits) -> Result<(), Violations> {
    check_into(name, input, limits, &mut T::placeholder())
}

/// As [`check`], and reads the document into `value`, which keeps what could be read if something is
/// wrong.
///
/// # Errors
/// As [`check`].
pub fn check_into<T: Content>(
    name: &'static str,
    input: &[u8],
    limits: Limits,
    value: &mut T,
) -> Result<(), Violations> {
    let document = Document::decode(input, limits).map_err(|error| at_once(&error))?;
    let mut reader = document.reader(Strictness::Strict).map_err(|error| at_once(&error))?.checking();
    let stop = reader.root(name, value);
    reader.verdict(stop)
}

/// The one violation of a text that cannot even be begun.
fn at_once(error: &ReadError) -> Violations {
    let subject = Subject { path: String::new(), element: "", attribute: None, value: None, secret: false };
    let mut violation = Issue::from(error).violation(subject);
    violation.line = Some(error.line());
    Violations { found: vec![violation], more: 0 }
}
