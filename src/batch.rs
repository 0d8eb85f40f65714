//! Many operations in one packet.

use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU64, Ordering};

use plesk_protocol::request::RequestSettings;
use plesk_wire::packet::{Effect, Idempotency, Operation};

use crate::codec::{self, DynOperation, OperationPath};

/// Operations to be sent as one packet, in the order in which they were pushed.
///
/// The server carries them out one after the other. There is no transaction: when one fails, the
/// earlier ones stay done and the later ones are still carried out.
///
/// ```
/// use plesk::{Batch, customer, session};
///
/// let mut batch = Batch::new();
/// let gone = batch.push(customer::Del::new(customer::Filter::id(7)));
/// let ended = batch.push(session::Terminate::new("a66734b"));
/// assert_eq!(batch.len(), 2);
/// # let _ = (gone, ended);
/// ```
///
/// [`Client::send_batch`](crate::Client::send_batch) sends it; each handle then takes its answer
/// out of the [`BatchResponse`](crate::BatchResponse).
pub struct Batch {
    id: BatchId,
    pub(crate) settings: Option<RequestSettings>,
    entries: Vec<Box<dyn DynOperation>>,
}

impl Batch {
    /// A batch without operations.
    pub fn new() -> Self {
        Self { id: BatchId::fresh(), settings: None, entries: Vec::new() }
    }

    /// Adds an operation at the end. Its handle gets its answer from the reply.
    pub fn push<Op: Operation + 'static>(&mut self, operation: Op) -> Handle<Op> {
        self.entries.push(Box::new(operation));
        Handle { batch: self.id, index: self.entries.len() - 1, operation: PhantomData }
    }

    /// Sets `<request-settings>`: free-form settings of the packet, of which the protocol names none.
    ///
    /// They are sent as they are. Previews show `***` for their values, as it is not known what they mean.
    pub fn set_request_settings(&mut self, settings: RequestSettings) {
        self.settings = Some(settings);
    }

    /// How many operations there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no operation. An empty batch cannot be sent.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What the batch does to the server: the effect of its gravest operation.
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
        self.entries.iter().map(|entry| entry.effect()).max().unwrap_or(Effect::Read)
    }

    /// Whether the batch may be sent again when its answer was lost: only if each of its operations
    /// may.
    pub fn idempotency(&self) -> Idempotency {
        self.entries.iter().map(|entry| entry.idempotency()).max().unwrap_or(Idempotency::Idempotent)
    }

    /// The packet as it would be sent, but with `***` in place of every secret, and without a
    /// protocol version, which is the client's. For logs; it is not validated. A client previews it
    /// with [`dry_run`](crate::Client::dry_run).
    ///
    /// ```
    /// use plesk::{Batch, session};
    ///
    /// let mut batch = Batch::new();
    /// let _ = batch.push(session::Terminate::new("a66734b"));
    /// assert!(batch.to_xml_redacted().contains("<session-id>***</session-id>"));
    /// ```
    pub fn to_xml_redacted(&self) -> String {
        codec::encode_redacted(self, None)
    }

    /// The first operation whose effect is such a one.
    #[cfg(feature = "_client")]
    pub(crate) fn first_with(&self, is_such: impl Fn(Effect) -> bool) -> Option<(OperationPath, Effect)> {
        self.entries.iter().map(|entry| (entry.shape(), entry.effect())).find(|(_, effect)| is_such(*effect))
    }

    pub(crate) fn id(&self) -> BatchId {
        self.id
    }

    pub(crate) fn entries(&self) -> &[Box<dyn DynOperation>] {
        &self.entries
    }
}

impl Default for Batch {
    fn default() -> Self {
        Self::new()
    }
}

/// Shows which operations there are, not what they hold.
impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shapes: Vec<OperationPath> = self.entries.iter().map(|entry| entry.shape()).collect();
        f.debug_tuple("Batch").field(&shapes).finish()
    }
}

/// The claim to the answer of one operation of a [`Batch`], redeemed once with
/// [`Reply::take`](crate::BatchResponse::take).
///
/// ```
/// use plesk::{Batch, Packet, CodecOptions, session};
///
/// let mut batch = Batch::new();
/// let end = batch.push(session::Terminate::new("a66734b"));
/// let packet = Packet::new(&batch, &CodecOptions::new())?;
/// let answer = b"<packet><session><terminate><result><status>ok</status></result></terminate></session></packet>";
/// packet.read(answer)?.take(end)??;
/// # Ok::<(), plesk::Error>(())
/// ```
#[must_use = "without its handle, an operation's outcome is lost; failures too"]
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

/// Tells the batches of this process apart, so that no handle takes what another batch was
/// answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BatchId(u64);

impl BatchId {
    fn fresh() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self(LAST.fetch_add(1, Ordering::Relaxed))
    }
}
