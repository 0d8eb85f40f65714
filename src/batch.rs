//! Collects operations that are sent as one packet.

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};

use plesk_protocol::request::RequestSettings;
use plesk_wire::packet::{Effect, Idempotency, Operation};

use crate::codec::{self, DynOperation, OperationPath};

/// A list of operations that are sent as one packet, in the order in which they were pushed.
///
/// The server executes them one after the other. There is no transaction: if one fails, the earlier
/// ones stay done and the later ones are still executed.
///
/// ```
/// use plesk::{Batch, customer, session};
///
/// let mut batch = Batch::new();
/// let del = batch.push(customer::Del::new(customer::Filter::id(7)));
/// let end = batch.push(session::Terminate::new("a66734b"));
/// assert_eq!(batch.len(), 2);
/// # let _ = (del, end);
/// ```
///
/// [`Client::send_batch`](crate::Client::send_batch) sends it. Each handle then takes its answer out of
/// the [`BatchResponse`](crate::BatchResponse).
pub struct Batch {
    id: BatchId,
    settings: Option<RequestSettings>,
    operations: Vec<Box<dyn DynOperation>>,
}

impl Batch {
    /// Creates an empty batch.
    pub fn new() -> Self {
        Self { id: BatchId::next(), settings: None, operations: Vec::new() }
    }

    /// Appends an operation. The returned handle takes the operation's answer out of the response.
    pub fn push<Op: Operation + 'static>(&mut self, operation: Op) -> Handle<Op> {
        self.operations.push(Box::new(operation));
        Handle { batch: self.id, index: self.operations.len() - 1, operation: PhantomData }
    }

    /// Sets `<request-settings>`: free-form settings of the packet. The protocol does not define any.
    ///
    /// They are sent unchanged. Previews show `***` for their values, because any of them may be a secret.
    pub fn set_request_settings(&mut self, settings: RequestSettings) {
        self.settings = Some(settings);
    }

    /// Returns the number of operations.
    pub fn len(&self) -> usize {
        self.operations.len()
    }

    /// Returns `true` if there are no operations. An empty batch cannot be sent.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// Returns what the batch does to the server: the most severe effect of its operations.
    ///
    /// ```
    /// use plesk::{Batch, Effect, customer};
    ///
    /// let mut batch = Batch::new();
    /// assert_eq!(batch.effect(), Effect::Read);
    /// let _ = batch.push(customer::Del::new(customer::Filter::id(7)));
    /// assert_eq!(batch.effect(), Effect::Delete);
    /// ```
    pub fn effect(&self) -> Effect {
        self.operations.iter().map(|operation| operation.effect()).max().unwrap_or(Effect::Read)
    }

    /// Returns whether the batch may be sent again after its response was lost: only if each of its
    /// operations may.
    ///
    /// ```
    /// use plesk::{Effect, Operation, Idempotency, customer};
    ///
    /// let by_id = customer::Del::new(customer::Filter::id(7));
    /// assert_eq!((by_id.effect(), by_id.idempotency()), (Effect::Delete, Idempotency::IdempotentDelete));
    /// let all = customer::Del::new(customer::Filter::Everything);
    /// assert_eq!((all.effect(), all.idempotency()), (Effect::DeleteEverything, Idempotency::NotIdempotent));
    /// ```
    pub fn idempotency(&self) -> Idempotency {
        self.operations.iter().map(|operation| operation.idempotency()).max().unwrap_or(Idempotency::Idempotent)
    }

    /// Returns the packet as it would be sent, but with `***` in place of every secret. For logs.
    ///
    /// It is not validated, and has no protocol version, which is a setting of the client;
    /// [`Client::dry_run`](crate::Client::dry_run) includes both.
    ///
    /// ```
    /// use plesk::{Batch, session};
    ///
    /// let mut batch = Batch::new();
    /// let _ = batch.push(session::Terminate::new("a66734b"));
    /// assert!(batch.to_xml_redacted().contains("<session-id>***</session-id>"));
    /// ```
    pub fn to_xml_redacted(&self) -> String {
        codec::encode_redacted(&self.operations, self.settings.as_ref(), None)
    }

    /// Returns the first operation whose effect satisfies `predicate`.
    #[cfg(feature = "_client")]
    pub(crate) fn find_effect(&self, predicate: impl Fn(Effect) -> bool) -> Option<(OperationPath, Effect)> {
        let mut effects = self.operations.iter().map(|operation| (operation.path(), operation.effect()));
        effects.find(|(_, effect)| predicate(*effect))
    }

    pub(crate) fn id(&self) -> BatchId {
        self.id
    }

    pub(crate) fn operations(&self) -> &[Box<dyn DynOperation>] {
        &self.operations
    }

    pub(crate) fn request_settings(&self) -> Option<&RequestSettings> {
        self.settings.as_ref()
    }
}

impl Default for Batch {
    fn default() -> Self {
        Self::new()
    }
}

/// Shows the paths of the operations, not their values.
impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paths: Vec<OperationPath> = self.operations.iter().map(|operation| operation.path()).collect();
        f.debug_tuple("Batch").field(&paths).finish()
    }
}

/// A claim to the answer of one operation of a [`Batch`]; redeemed once, with
/// [`BatchResponse::take`](crate::BatchResponse::take).
///
/// ```
/// use plesk::{Batch, Packet, CodecOptions, session};
///
/// let mut batch = Batch::new();
/// let end = batch.push(session::Terminate::new("a66734b"));
/// let packet = Packet::new(&batch, &CodecOptions::new())?;
/// let body = b"<packet><session><terminate><result><status>ok</status></result></terminate></session></packet>";
/// packet.read(body)?.take(end)??;
/// # Ok::<(), plesk::Error>(())
/// ```
#[must_use = "without its handle, the answer of an operation is lost, including its errors"]
pub struct Handle<Op> {
    pub(crate) batch: BatchId,
    pub(crate) index: usize,
    operation: PhantomData<fn() -> Op>,
}

impl<Op: Operation> fmt::Debug for Handle<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Handle({}, operation {} of its batch)", OperationPath::of::<Op>(), self.index + 1)
    }
}

/// Identifies a batch within this process, so that a handle cannot take an answer from the response to
/// a different batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BatchId(u64);

impl BatchId {
    fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}
