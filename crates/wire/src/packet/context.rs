//! The request that a reply belongs to, for the faults in the reply.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::code::ErrorCode;
use crate::xml::{Any, Content, Raw, Reader, Scalar, SimpleType, Visitor};

/// The request that a reply belongs to. [`Outcome`](super::Outcome) reads it from its reader and attaches it to faults.
#[doc(hidden)]
pub struct ReplyContext {
    /// The path of the operation, such as `customer/del`.
    operation: String,
    /// Host and port of the server.
    host: Option<Arc<str>>,
    /// Removes the secrets of client and request from a text of the server.
    mask: Arc<Mask>,
    not_found_as_success: bool,
    refused: AtomicU32,
    /// The code of the first refusal, or 0.
    first_code: AtomicU32,
}

/// Removes secrets from a text.
#[doc(hidden)]
pub type Mask = dyn Fn(&str) -> String + Send + Sync;

impl ReplyContext {
    /// Creates the context of the replies to `operation`. If `not_found_as_success`, an object that does not exist is
    /// not a fault.
    pub fn new(operation: String, host: Option<Arc<str>>, mask: Arc<Mask>, not_found_as_success: bool) -> Self {
        let (refused, first_code) = (AtomicU32::new(0), AtomicU32::new(0));
        Self { operation, host, mask, not_found_as_success, refused, first_code }
    }

    /// Returns the number of faults that were read, and the first error code.
    pub fn refused(&self) -> (u32, Option<ErrorCode>) {
        let code = Some(self.first_code.load(Ordering::Relaxed)).filter(|code| *code != 0);
        (self.refused.load(Ordering::Relaxed), code.map(ErrorCode))
    }

    /// Returns `text` without secrets.
    pub fn mask(&self, text: &str) -> String {
        (self.mask)(text)
    }

    /// Returns the context of `reader`, if it reads a reply to a known request.
    pub(super) fn of(reader: &Reader<'_>) -> Option<Arc<Self>> {
        reader.context()?.clone().downcast().ok()
    }

    pub(super) fn count_fault(&self, code: Option<ErrorCode>) {
        if self.not_found_as_success && code == Some(ErrorCode::NOT_FOUND) {
            return;
        }
        if self.refused.fetch_add(1, Ordering::Relaxed) == 0 {
            self.first_code.store(code.map_or(0, |code| code.0), Ordering::Relaxed);
        }
    }
}

/// What a fault is about: the request, and the object that the server named. Unknown for an outcome that no client
/// received.
#[derive(Clone, Default)]
pub(super) struct Subject(Option<Box<Inner>>);

#[derive(Clone)]
struct Inner {
    context: Arc<ReplyContext>,
    /// The value of the filter, or another value that the server sent with the error.
    object: Option<String>,
}

impl Subject {
    pub(super) fn new(context: Arc<ReplyContext>, body: &impl Content) -> Self {
        let mut values = Values::default();
        body.visit(&mut values);
        let object = values.filter.or(values.first).map(|value| context.mask(&value));
        Self(Some(Box::new(Inner { context, object })))
    }

    pub(super) fn operation(&self) -> Option<&str> {
        self.0.as_ref().map(|inner| inner.context.operation.as_str())
    }

    pub(super) fn host(&self) -> Option<&str> {
        self.0.as_ref().and_then(|inner| inner.context.host.as_deref())
    }

    pub(super) fn object(&self) -> Option<&str> {
        self.0.as_ref().and_then(|inner| inner.object.as_deref())
    }
}

/// Outcomes are equal if the server sent the same.
impl PartialEq for Subject {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subject")
            .field("operation", &self.operation())
            .field("host", &self.host())
            .field("object", &self.object())
            .finish()
    }
}

/// Finds the values by which the body of a fault names its object.
#[derive(Default)]
struct Values {
    filter: Option<String>,
    first: Option<String>,
}

impl Visitor for Values {
    fn scalar<T: Scalar>(&mut self, name: &'static str, _index: usize, value: &T, _type: &'static SimpleType) {
        if T::SECRET {
            return;
        }
        let slot = if name == "filter-id" { &mut self.filter } else { &mut self.first };
        if slot.is_none() {
            *slot = value.with_text(|text| (!text.is_empty()).then(|| text.to_owned()));
        }
    }

    /// Values inside elements belong to parts of the object.
    fn visit_element<T: Content>(&mut self, _name: &'static str, _index: usize, _value: &T) {}

    fn attribute<T: Scalar>(&mut self, _name: &'static str, _value: &T, _type: &'static SimpleType) {}

    fn text_content<T: Scalar>(&mut self, _value: &T, _type: &'static SimpleType) {}

    fn nil(&mut self, _name: &'static str) {}

    fn any(&mut self, _value: &Any) {}

    fn raw(&mut self, _value: &Raw) {}
}
