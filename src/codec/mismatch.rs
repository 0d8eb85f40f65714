//! The requested and the answered operations of a packet, for when they do not match.

use std::fmt;
use std::sync::Arc;

use plesk_wire::OneLine;

use super::OperationPath;

/// The operations that a packet requested, and those that the response answers.
///
/// ```
/// use plesk::{Batch, Error, Packet, CodecOptions, session};
///
/// let mut batch = Batch::new();
/// let _ = batch.push(session::Get::new());
/// let packet = Packet::new(&batch, &CodecOptions::new())?;
/// let result = packet.read(b"<packet><customer><get/></customer></packet>");
/// let Err(Error::Mismatch(mismatch)) = result else { panic!() };
/// assert_eq!(mismatch.to_string(), "requested: session/get; answered: customer");
/// # Ok::<(), plesk::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Mismatch {
    /// Shared: every operation without a reply reports it, and a packet may have thousands.
    operations: Arc<Operations>,
    /// The server that sent the response, if known.
    pub(crate) host: Option<String>,
}

#[derive(Default, PartialEq, Eq)]
struct Operations {
    requested: Vec<OperationPath>,
    answered: Vec<String>,
}

impl Mismatch {
    pub(crate) fn new(requested: Vec<OperationPath>, answered: Vec<String>) -> Self {
        Self { operations: Arc::new(Operations { requested, answered }), host: None }
    }

    /// Returns the operations of the request, in order.
    pub fn requested(&self) -> &[OperationPath] {
        &self.operations.requested
    }

    /// Returns the operations of the response, in order, including those that were not requested.
    pub fn answered(&self) -> &[String] {
        &self.operations.answered
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("requested: ")?;
        write_list(f, &self.operations.requested, self.operations.requested.len())?;
        f.write_str("; answered: ")?;
        // These names come from the server.
        let answered: Vec<_> = self.operations.answered.iter().take(SHOWN + 1).map(|path| OneLine(path)).collect();
        write_list(f, &answered, self.operations.answered.len())
    }
}

impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mismatch({self})")
    }
}

/// A packet may have ten thousand operations, so messages show only the first ones.
const SHOWN: usize = 12;

/// Writes the first of `total` items.
fn write_list<T: fmt::Display>(f: &mut fmt::Formatter<'_>, items: &[T], total: usize) -> fmt::Result {
    if items.is_empty() {
        return f.write_str("nothing");
    }
    for (index, item) in items.iter().take(SHOWN).enumerate() {
        let separator = if index > 0 { ", " } else { "" };
        write!(f, "{separator}{item}")?;
    }
    match total.saturating_sub(SHOWN) {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}
