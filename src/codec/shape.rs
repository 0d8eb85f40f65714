//! Which operation an element of a packet stands for, and what was asked beside what was answered.

use std::fmt;
use std::sync::Arc;

use plesk_wire::packet::Operation;

/// The place of an operation in a packet: `customer/del`, or `mail/update/add` if it is nested.
///
/// ```
/// use plesk::{OperationPath, mail};
///
/// assert_eq!(OperationPath::of::<mail::UpdateAdd>().to_string(), "mail/update/add");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OperationPath {
    /// The operator's element.
    pub operator: &'static str,
    /// The operation's element within the operator's, or the elements, if it is nested.
    pub path: &'static [&'static str],
}

impl OperationPath {
    /// The place of the operation `Op`.
    pub const fn of<Op: Operation>() -> Self {
        Self { operator: Op::OPERATOR, path: Op::PATH }
    }
}

impl fmt::Display for OperationPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operator)?;
        self.path.iter().try_for_each(|step| write!(f, "/{step}"))
    }
}

impl fmt::Debug for OperationPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a packet asked for, beside what its answer answers: both shapes, where they do not fit.
///
/// ```
/// use plesk::{Batch, Error, Packet, CodecOptions, session};
///
/// let mut batch = Batch::new();
/// let _ = batch.push(session::Get::new());
/// let packet = Packet::new(&batch, &CodecOptions::new())?;
/// let Err(Error::Mismatch(shapes)) = packet.read(b"<packet><customer><get/></customer></packet>") else { panic!() };
/// assert_eq!(shapes.to_string(), "asked: session/get; answered: customer");
/// # Ok::<(), plesk::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Mismatch {
    sides: Arc<Sides>,
    /// Whose answer it is, if that is known.
    pub(crate) host: Option<String>,
}

#[derive(PartialEq, Eq)]
struct Sides {
    asked: Vec<OperationPath>,
    answered: Vec<String>,
}

impl Mismatch {
    pub(crate) fn new(asked: Vec<OperationPath>, answered: Vec<String>) -> Self {
        Self { sides: Arc::new(Sides { asked, answered }), host: None }
    }

    /// The operations of the request, in order.
    pub fn asked(&self) -> &[OperationPath] {
        &self.sides.asked
    }

    /// The operations of the answer, in order; those that were not asked for too.
    pub fn answered(&self) -> &[String] {
        &self.sides.answered
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("asked: ")?;
        list(f, &self.sides.asked)?;
        f.write_str("; answered: ")?;
        list(f, &self.sides.answered)
    }
}

impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mismatch({self})")
    }
}

/// The items that a message can hold: a packet may have ten thousand.
fn list<T: fmt::Display>(f: &mut fmt::Formatter<'_>, items: &[T]) -> fmt::Result {
    const SHOWN: usize = 12;
    if items.is_empty() {
        return f.write_str("nothing");
    }
    for (at, item) in items.iter().take(SHOWN).enumerate() {
        let separator = if at > 0 { ", " } else { "" };
        write!(f, "{separator}{item}")?;
    }
    match items.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}
