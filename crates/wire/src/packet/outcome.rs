//! The result of an operation on one object.

use std::fmt;
use std::sync::Arc;

use super::code::ErrorCode;
use super::context::{ReplyContext, Subject};
use crate::one_line::OneLine;
#[cfg(feature = "serde")]
use crate::serde::{Read, TreeReader};
use crate::xml::{Content, Facet, ParseError, Primitive, ReadError, Reader, Scalar, SimpleType, Visitor, WhiteSpace};

/// A `result` as the server sends it: `status`, `errcode`, `errtext`, and a body whose type depends
/// on the operation. In the schema: `resultType` and its extensions.
///
/// Callers usually convert it with [`into_result`](Outcome::into_result).
///
/// ```
/// # use plesk_wire::packet as plesk;
/// use plesk::{ErrorCode, Outcome};
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
    subject: Subject,
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

/// A failed operation, or one whose `result` could not be read or lacks the data of a success.
///
/// The body contains what the server sent with the error (`filter_id`, `id` …). If the result could not
/// be read, it contains the parts that could, and placeholders for the rest.
///
/// A fault that a client received knows its operation, its server and the object that the server named with
/// it. `Display` shows them, so that nothing is lost where `?` passes the fault on. The text of the server is shown on
/// one line, and never contains the client's credentials or the secrets of the request.
///
/// ```
/// # use plesk_wire::packet as plesk;
/// use plesk::{ErrorCode, Outcome};
///
/// let fault = Outcome::error(ErrorCode::NOT_FOUND, "no such customer", 8).into_result().unwrap_err();
/// assert!(fault.is_not_found());
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
    is_incomplete: bool,
    subject: Subject,
}

/// The body of a result from which a success takes data of type `T`. It is `T` itself, or `Option<T>` if the schema lets a
/// server leave out the data.
pub trait OutcomeBody<T>: Sized {
    /// Returns the data of a success, or the fault. A success that lacks its data is a fault.
    ///
    /// # Errors
    /// The fault.
    fn into_data(outcome: Outcome<Self>) -> Result<T, Fault<Self>>;
}

impl<T> OutcomeBody<T> for T {
    fn into_data(outcome: Outcome<Self>) -> Result<T, Fault<Self>> {
        outcome.into_result()
    }
}

impl<T> OutcomeBody<T> for Option<T> {
    fn into_data(outcome: Outcome<Self>) -> Result<T, Fault<Self>> {
        outcome.into_complete()
    }
}

impl<B> Outcome<B> {
    /// Creates a success.
    pub fn ok(body: B) -> Self {
        let status = Status::Ok;
        Self { status, errcode: None, errtext: None, body, unreadable: None, subject: Subject::default() }
    }

    /// Creates an error.
    pub fn error(code: ErrorCode, text: impl Into<String>, body: B) -> Self {
        let (errcode, errtext) = (Some(code), Some(text.into()));
        Self { status: Status::Error, errcode, errtext, body, unreadable: None, subject: Subject::default() }
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
        Err(self.into_fault(false))
    }

    fn into_fault(self, is_incomplete: bool) -> Fault<B> {
        let Self { errcode, errtext, body, unreadable, subject, .. } = self;
        Fault { code: errcode, text: errtext, body, unreadable, is_incomplete, subject }
    }
}

impl<T> Outcome<Option<T>> {
    /// As [`into_result`](Outcome::into_result), for operations whose success always has data.
    ///
    /// ```
    /// # use plesk_wire::packet as plesk;
    /// use plesk::Outcome;
    ///
    /// assert_eq!(Outcome::ok(Some(7)).into_complete(), Ok(7));
    /// assert!(Outcome::ok(None::<u64>).into_complete().unwrap_err().is_incomplete());
    /// ```
    ///
    /// # Errors
    /// The fault, if the operation failed, its result could not be read, or a success has no data.
    pub fn into_complete(mut self) -> Result<T, Fault<Option<T>>> {
        if !self.is_ok() {
            return Err(self.into_fault(false));
        }
        self.body.take().ok_or_else(|| self.into_fault(true))
    }
}

impl<B: Content> Outcome<B> {
    /// Attaches the request to a fault, and removes secrets from the texts of the server. May be called again after more
    /// was read.
    #[cold]
    fn attach_subject(&mut self, r: &Reader<'_>) -> Option<Arc<ReplyContext>> {
        let context = ReplyContext::of(r)?;
        if self.subject.operation().is_none() || self.status == Status::Ok {
            context.count_fault(self.errcode);
        }
        self.subject = Subject::new(context.clone(), &self.body);
        self.errtext = self.errtext.as_deref().map(|text| context.mask(text));
        if let Status::Other(status) = &mut self.status {
            *status = context.mask(status);
        }
        Some(context)
    }
}

impl<B> Fault<B> {
    /// Removes the body, so that faults of different operations have the same type.
    pub fn erase(self) -> Fault {
        let Self { code, text, body: _, unreadable, is_incomplete, subject } = self;
        Fault { code, text, body: (), unreadable, is_incomplete, subject }
    }

    /// Passes the members of the result that the fault was to `v`.
    #[cfg(feature = "serde")]
    pub(super) fn visit_result<V: Visitor>(&self, v: &mut V)
    where
        B: Content,
    {
        v.text("status", &Status::Error, &STATUS);
        v.opt_text("errcode", &self.code, &ERRCODE);
        v.opt_text("errtext", &self.text, &ERRTEXT);
        if !self.unreadable.as_ref().is_some_and(|error| v.unreadable(error)) {
            self.body.visit(v);
        }
    }

    /// Returns the path of the operation, such as `customer/del`; `None` for a fault that no client received.
    pub fn operation(&self) -> Option<&str> {
        self.subject.operation()
    }

    /// Returns host and port of the server, if a client received the fault.
    pub fn host(&self) -> Option<&str> {
        self.subject.host()
    }

    /// Returns the value by which the server names the object: that of the filter (`filter-id`), or the first other
    /// value that it sent with the error.
    pub fn object(&self) -> Option<&str> {
        self.subject.object()
    }

    /// Returns the fault without secrets in the texts of the server.
    #[doc(hidden)]
    #[must_use]
    pub fn mask(mut self, mask: impl Fn(&str) -> String) -> Self {
        self.text = self.text.as_deref().map(&mask);
        self.unreadable = self.unreadable.map(|error| error.map_texts(mask));
        self
    }

    /// Returns the fault without the operation, for an error of the packet as a whole.
    #[doc(hidden)]
    #[must_use]
    pub fn without_subject(mut self) -> Self {
        self.subject = Subject::default();
        self
    }

    // --- what the error code says ---

    /// Returns `true` if the server reported success, but left out the data that a success must have, such as the ID of a
    /// new object. The operation was probably carried out.
    pub fn is_incomplete(&self) -> bool {
        self.is_incomplete
    }

    /// Returns `true` if the object does not exist; see [`ErrorCode::is_not_found`].
    pub fn is_not_found(&self) -> bool {
        self.code.is_some_and(ErrorCode::is_not_found)
    }

    /// Returns `true` if a unique value is certainly taken; see [`ErrorCode::is_taken`].
    pub fn is_taken(&self) -> bool {
        self.code.is_some_and(ErrorCode::is_taken)
    }

    /// Returns `true` if the object to create exists **or may exist**; see [`ErrorCode::may_already_exist`].
    pub fn may_already_exist(&self) -> bool {
        self.code.is_some_and(ErrorCode::may_already_exist)
    }

    /// Returns `true` if the caller has no permission; see [`ErrorCode::is_permission`].
    pub fn is_permission(&self) -> bool {
        self.code.is_some_and(ErrorCode::is_permission)
    }

    /// Returns `true` if the same request may succeed later without any change; see [`ErrorCode::is_retryable`].
    pub fn is_retryable(&self) -> bool {
        self.code.is_some_and(ErrorCode::is_retryable)
    }
}

impl<B> fmt::Display for Fault<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            f.write_str(operation)?;
            if let Some(object) = self.object() {
                write!(f, " for '{}'", OneLine(object))?;
            }
            if let Some(host) = self.host() {
                write!(f, " on {host}")?;
            }
            f.write_str(": ")?;
        }
        if self.is_incomplete {
            return f.write_str(
                "the server answered ok, but without the data of a success; the operation was probably carried out, so \
                 check the server's state before sending it again",
            );
        }
        if let Some(error) = &self.unreadable {
            write!(f, "the result could not be read: {error}")?;
            if self.code.is_some() {
                f.write_str("; ")?;
            }
        }
        match (self.code, self.text.as_deref()) {
            (Some(code), Some(text)) => write!(f, "error {code}: {}", OneLine(text))?,
            (Some(code), None) => write!(f, "error {code:?}")?,
            (None, Some(text)) => write!(f, "error without a code: {}", OneLine(text))?,
            (None, None) if self.unreadable.is_none() => f.write_str("error without code or text")?,
            (None, None) => {}
        }
        match self.code.and_then(ErrorCode::advice) {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
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
    const KEEPS_ERRORS: bool = true;

    fn placeholder() -> Self {
        let (status, body) = (Status::placeholder(), B::placeholder());
        Self { status, errcode: None, errtext: None, body, unreadable: None, subject: Subject::default() }
    }

    fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        self.body.read_attributes(r)
    }

    /// Keeps the error, so that one unreadable result does not affect the others.
    fn recover(&mut self, error: ReadError, r: &Reader<'_>) -> Result<(), ReadError> {
        // It is there already if the members were read, and only something was missing.
        let context = match self.subject.operation() {
            Some(_) if self.status != Status::Ok => ReplyContext::of(r),
            _ => self.attach_subject(r),
        };
        self.unreadable = Some(match context {
            Some(context) => error.map_texts(|text| context.mask(text)),
            None => error,
        });
        Ok(())
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        r.text("status", &mut self.status, &STATUS)?;
        r.opt_text("errcode", &mut self.errcode, &ERRCODE)?;
        r.opt_text("errtext", &mut self.errtext, &ERRTEXT)?;
        self.body.read(r)?;
        if self.status != Status::Ok {
            self.attach_subject(r);
        } else if self.body.is_absent() {
            // It may have to become a fault that says which operation it belongs to.
            self.subject = ReplyContext::of(r).map(|context| Subject::new(context, &self.body)).unwrap_or_default();
        }
        Ok(())
    }

    fn visit_attributes<V: Visitor>(&self, v: &mut V) {
        self.body.visit_attributes(v);
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.text("status", &self.status, &STATUS);
        v.opt_text("errcode", &self.errcode, &ERRCODE);
        v.opt_text("errtext", &self.errtext, &ERRTEXT);
        #[cfg(feature = "serde")]
        if self.unreadable.as_ref().is_some_and(|error| v.unreadable(error)) {
            return;
        }
        self.body.visit(v);
    }

    #[cfg(feature = "serde")]
    fn read_tree_attributes(&mut self, r: &mut TreeReader) -> Read {
        self.body.read_tree_attributes(r)
    }

    #[cfg(feature = "serde")]
    fn read_tree(&mut self, r: &mut TreeReader) -> Read {
        r.text("status", &mut self.status, &STATUS)?;
        r.opt_text("errcode", &mut self.errcode, &ERRCODE)?;
        r.opt_text("errtext", &mut self.errtext, &ERRTEXT)?;
        self.body.read_tree(r)
    }
}
