//! The result of an operation on one object.

use std::fmt;

use super::code::ErrorCode;
use crate::xml::{Content, Facet, ParseError, Primitive, ReadError, Reader, Scalar, SimpleType, Visitor, WhiteSpace};

/// A `result` as the server sends it: `status`, `errcode`, `errtext`, and a body whose type depends
/// on the operation. In the schema: `resultType` and its extensions.
///
/// Callers usually convert it with [`into_result`](Outcome::into_result).
///
/// ```
/// use plesk_wire::packet::{ErrorCode, Outcome};
///
/// assert_eq!(Outcome::ok(7).into_result(), Ok(7));
/// let refused = Outcome::error(ErrorCode::NOT_FOUND, "no such customer", 8);
/// assert_eq!(refused.into_result().unwrap_err().to_string(), "error 1013: no such customer");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Outcome<B = ()> {
    /// The status of the operation.
    pub status: Status,
    /// The error code.
    pub errcode: Option<ErrorCode>,
    /// The error text from the server, in the language of the panel.
    pub errtext: Option<String>,
    /// The rest of the result, on success or on error.
    pub body: B,
    unreadable: Option<ReadError>,
}

/// The status of an operation. In the schema: `result_status`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// The operation succeeded.
    Ok,
    /// The operation failed.
    Error,
    /// A status that the schema does not list. It counts as an error.
    Other(String),
}

/// A failed operation, or one whose `result` could not be read.
///
/// The body contains what the server sent with the error (`filter_id`, `id` …). If the result could not
/// be read, it contains the parts that could, and placeholders for the rest.
///
/// ```
/// use plesk_wire::packet::{ErrorCode, Outcome};
///
/// let fault = Outcome::error(ErrorCode::NOT_FOUND, "no such customer", 8).into_result().unwrap_err();
/// assert!(fault.code.is_some_and(ErrorCode::is_not_found));
/// assert_eq!((fault.text.as_deref(), fault.body), (Some("no such customer"), 8));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Fault<B = ()> {
    /// The error code.
    pub code: Option<ErrorCode>,
    /// The error text from the server, in the language of the panel.
    pub text: Option<String>,
    /// The body that the server sent with the error.
    pub body: B,
    /// The reason why the result could not be read, if that is the problem.
    pub unreadable: Option<ReadError>,
}

impl<B> Outcome<B> {
    /// Creates a success.
    pub fn ok(body: B) -> Self {
        Self { status: Status::Ok, errcode: None, errtext: None, body, unreadable: None }
    }

    /// Creates an error.
    pub fn error(code: ErrorCode, text: impl Into<String>, body: B) -> Self {
        Self { status: Status::Error, errcode: Some(code), errtext: Some(text.into()), body, unreadable: None }
    }

    /// Returns `true` if the operation succeeded and its result could be read.
    pub fn is_ok(&self) -> bool {
        self.status == Status::Ok && self.unreadable.is_none()
    }

    /// Counts the error that the object does not exist (1013) as a success. Its code and text stay.
    ///
    /// For the answer to a deletion that was sent again: the first attempt may have deleted the object.
    #[doc(hidden)]
    pub fn not_found_as_success(&mut self) {
        if self.errcode == Some(ErrorCode::NOT_FOUND) {
            self.status = Status::Ok;
        }
    }

    /// Returns the body of a success, or the fault.
    ///
    /// # Errors
    /// The fault, if the operation failed or its result could not be read.
    pub fn into_result(self) -> Result<B, Fault<B>> {
        if self.is_ok() {
            return Ok(self.body);
        }
        Err(Fault { code: self.errcode, text: self.errtext, body: self.body, unreadable: self.unreadable })
    }
}

impl<B> Fault<B> {
    /// Removes the body, so that faults of different operations have the same type.
    pub fn erase(self) -> Fault {
        Fault { code: self.code, text: self.text, body: (), unreadable: self.unreadable }
    }
}

impl<B> fmt::Display for Fault<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(error) = &self.unreadable {
            write!(f, "the result could not be read: {error}")?;
            if self.code.is_some() {
                f.write_str("; ")?;
            }
        }
        match (self.code, self.text.as_deref()) {
            (Some(code), Some(text)) => write!(f, "error {code}: {text}"),
            (Some(code), None) => write!(f, "error {code:?}"),
            (None, Some(text)) => write!(f, "error without a code: {text}"),
            (None, None) if self.unreadable.is_none() => f.write_str("error without code or text"),
            (None, None) => Ok(()),
        }
    }
}

impl<B: fmt::Debug> std::error::Error for Fault<B> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.unreadable.as_ref().map(|error| error as _)
    }
}

static STATUS: SimpleType =
    SimpleType::new("result_status", Primitive::String, WhiteSpace::Preserve, &[Facet::Enumeration(&["ok", "error"])]);
static ERRCODE: SimpleType = SimpleType::new("unsignedInt", Primitive::UnsignedInt, WhiteSpace::Collapse, &[]);
static ERRTEXT: SimpleType = SimpleType::new("string", Primitive::String, WhiteSpace::Preserve, &[]);

impl Scalar for Status {
    fn placeholder() -> Self {
        Self::Error
    }

    fn parse(text: &str) -> Result<Self, ParseError> {
        Ok(match text {
            "ok" => Self::Ok,
            "error" => Self::Error,
            other => Self::Other(other.to_owned()),
        })
    }

    fn with_text<R>(&self, f: impl FnOnce(&str) -> R) -> R {
        f(match self {
            Self::Ok => "ok",
            Self::Error => "error",
            Self::Other(other) => other,
        })
    }
}

impl<B: Content> Content for Outcome<B> {
    fn placeholder() -> Self {
        Self { status: Status::placeholder(), errcode: None, errtext: None, body: B::placeholder(), unreadable: None }
    }

    fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        self.body.read_attributes(r)
    }

    /// Keeps the error, so that one unreadable result does not affect the others.
    fn recover(&mut self, error: ReadError) -> Result<(), ReadError> {
        self.unreadable = Some(error);
        Ok(())
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        r.text("status", &mut self.status, &STATUS)?;
        r.opt_text("errcode", &mut self.errcode, &ERRCODE)?;
        r.opt_text("errtext", &mut self.errtext, &ERRTEXT)?;
        self.body.read(r)
    }

    fn visit_attributes<V: Visitor>(&self, v: &mut V) {
        self.body.visit_attributes(v);
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.text("status", &self.status, &STATUS);
        v.opt_text("errcode", &self.errcode, &ERRCODE);
        v.opt_text("errtext", &self.errtext, &ERRTEXT);
        self.body.visit(v);
    }
}
