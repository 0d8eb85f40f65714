//! Decodes a response packet into the replies to the requested operations.
//!
//! The server executes the operations of a packet one after the other and replies in the same order, but
//! it may distribute the replies over operator elements in its own way. So the replies are read as one
//! sequence, in one pass, and matched with the requested operations: the next reply belongs to the next
//! operation if both have the same path. Once a reply is out of sync, no further reply is matched, and
//! every reply that could belong to a different operation is ambiguous.

use std::sync::Arc;

use plesk_wire::packet::{ErrorCode, Fault, Mask, Outcome, ReplyContext};
use plesk_wire::xml::{Any, Content, ReadError, Reader, SimpleType, Visitor};

use super::ordinals::{Ordinals, index_from_second};
use super::{CodecOptions, Mismatch, OperationPath, ReplySlot, ResponseMask, SlotState};

/// A decoded response packet.
#[derive(Default)]
pub(crate) struct DecodedResponse {
    /// The protocol version of the response.
    pub(crate) version: Option<String>,
    /// The slots, in the order of the operations.
    pub(crate) slots: Vec<Box<dyn ReplySlot>>,
    /// The error of the packet as a whole.
    pub(crate) system: Option<Fault>,
    /// Text that programs on the server printed into the response.
    pub(crate) output: Option<String>,
    /// The requested and the answered operations.
    pub(crate) operations: Mismatch,
    /// The number of elements and attributes that were skipped because the schema does not define them.
    pub(crate) skipped: u64,
    /// The operations with faults.
    pub(crate) refusals: Vec<Refusal>,
}

/// The faults of one operation, for traces.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) operation: OperationPath,
    /// The number of faults.
    #[cfg(feature = "_client")]
    pub(crate) refused: u32,
    /// The code of the first one.
    #[cfg(feature = "_client")]
    pub(crate) code: Option<ErrorCode>,
}

impl Refusal {
    #[cfg_attr(not(feature = "_client"), expect(unused_variables, reason = "only clients trace them"))]
    pub(crate) fn new(operation: OperationPath, refused: u32, code: Option<ErrorCode>) -> Self {
        Self {
            operation,
            #[cfg(feature = "_client")]
            refused,
            #[cfg(feature = "_client")]
            code,
        }
    }
}

/// The server that a response comes from, and what must not be shown of it.
#[derive(Clone)]
pub(crate) struct ResponseScope {
    host: Option<Arc<str>>,
    mask: Arc<Mask>,
}

impl ResponseScope {
    /// Creates the scope of a response from `host`, if that is known.
    pub(crate) fn new(host: Option<&str>, mask: ResponseMask) -> Self {
        Self { host: host.map(Arc::from), mask: Arc::new(move |text| mask.redact(text)) }
    }

    /// Returns the context of the replies to `operation`.
    pub(crate) fn context(&self, operation: OperationPath, not_found_as_success: bool) -> ReplyContext {
        ReplyContext::new(operation.to_string(), self.host.clone(), self.mask.clone(), not_found_as_success)
    }
}

/// Decodes `body` as the response to the operations of `slots`.
///
/// # Errors
/// If `body` is not well-formed or not a packet, or, in strict mode, if the schema does not allow it.
pub(crate) fn decode(
    body: &[u8],
    slots: Vec<Box<dyn ReplySlot>>,
    options: &CodecOptions,
    scope: &ResponseScope,
) -> Result<DecodedResponse, ReadError> {
    let mut reader = Reader::new(body, options.strictness, options.limits())?;
    let mut packet = ResponsePacket::new(slots, Some(scope.clone()));
    reader.root("packet", &mut packet)?;
    Ok(packet.finish(reader.skipped()))
}

/// The state of decoding a packet. It is [`Content`] because that is what a reader reads.
#[derive(Default)]
struct ResponsePacket {
    /// Always there, except in a placeholder.
    scope: Option<ResponseScope>,
    version: Option<String>,
    slots: Vec<Box<dyn ReplySlot>>,
    /// The paths of the requested operations, without repetitions.
    requested: Vec<OperationPath>,
    /// The index of the slot whose reply is expected next.
    next: usize,
    /// Whether the last reply was a further element for the operation before it.
    joined: bool,
    /// Whether a reply arrived that did not match the next operation.
    out_of_sync: bool,
    answered: Vec<String>,
    operators: Ordinals,
    system: Option<Fault>,
    output: Option<String>,
}

impl Content for ResponsePacket {
    fn placeholder() -> Self {
        Self::default()
    }

    fn read_attributes(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        reader.opt_attribute("version", &mut self.version, &SimpleType::STRING)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        while let Some(name) = reader.peek() {
            match name {
                "system" => {
                    let outcome = reader.read_recoverable::<Outcome>("system", 0)??;
                    self.system = outcome.into_result().err().map(|fault| fault.mask(|text| self.mask(text)));
                }
                "output" => {
                    let output = reader.read_recoverable::<Any>("output", 0)??;
                    let output = output.to_text().unwrap_or_else(|| output.as_xml().into());
                    self.output = Some(self.mask(&output));
                }
                _ => match self.requested.iter().map(|path| path.operator).find(|operator| *operator == name) {
                    Some(operator) => {
                        let index = self.operators.next(operator);
                        let mut level = OperatorLevel { packet: self, operator, path: Vec::new() };
                        reader.read_children(operator, index, |reader| level.read(reader))?;
                    }
                    None => self.skip_unrequested(name.to_owned(), reader)?,
                },
            }
        }
        Ok(())
    }

    fn visit<V: Visitor>(&self, _visitor: &mut V) {}
}

/// The operator that is being read, or the element of a nested operation in it.
struct OperatorLevel<'a> {
    packet: &'a mut ResponsePacket,
    operator: &'static str,
    path: Vec<&'static str>,
}

impl OperatorLevel<'_> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        let mut ordinals = Ordinals::default();
        let depth = self.path.len();
        while let Some(name) = reader.peek() {
            let is_requested = |requested: &&OperationPath| {
                requested.operator == self.operator
                    && requested.path.starts_with(&self.path)
                    && requested.path.get(depth) == Some(&name)
            };
            let Some(requested) = self.packet.requested.iter().find(is_requested).copied() else {
                let path = [&[self.operator], &*self.path, &[name]].concat().join("/");
                self.packet.skip_unrequested(path, reader)?;
                continue;
            };
            let name = requested.path[depth];
            let index = index_from_second(ordinals.next(name));
            if requested.path.len() == depth + 1 {
                self.packet.read_reply(requested, index, reader)?;
            } else {
                self.path.push(name);
                reader.read_children(name, index, |reader| self.read(reader))?;
                self.path.pop();
            }
        }
        Ok(())
    }
}

impl ResponsePacket {
    fn new(slots: Vec<Box<dyn ReplySlot>>, scope: Option<ResponseScope>) -> Self {
        let mut requested: Vec<OperationPath> = Vec::new();
        for slot in &slots {
            if !requested.contains(&slot.path()) {
                requested.push(slot.path());
            }
        }
        Self { slots, scope, requested, ..Self::default() }
    }

    /// Returns a text of the server without secrets.
    fn mask(&self, text: &str) -> String {
        self.scope.as_ref().map_or_else(|| text.to_owned(), |scope| (scope.mask)(text))
    }

    /// Skips an element that does not answer any of the requested operations.
    fn skip_unrequested(&mut self, path: String, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        /// Longer names are cut off in messages.
        const SHOWN: usize = 80;
        let path = self.mask(&path.chars().take(SHOWN).collect::<String>());
        self.record_answered(path);
        reader.skip_unknown()
    }

    /// Records the path of an answered operation, for messages. The number is bounded: as many as were
    /// requested, and some more.
    fn record_answered(&mut self, path: String) {
        if self.answered.len() < self.slots.len() + 64 {
            self.answered.push(path);
        }
    }

    /// Reads the reply to an operation that was requested.
    fn read_reply(&mut self, path: OperationPath, index: usize, reader: &mut Reader<'_>) -> Result<(), ReadError> {
        let Some(name) = path.path.last() else { return reader.skip_unknown() };
        let slot = self.match_slot(path);
        self.record_answered(path.to_string());
        match (slot.and_then(|index| self.slots.get_mut(index)), &self.scope) {
            (Some(slot), Some(scope)) => slot.read(reader, name, index, scope),
            _ => reader.skip_unknown(),
        }
    }

    /// Returns the index of the slot that the next reply belongs to, unless that is ambiguous.
    fn match_slot(&mut self, path: OperationPath) -> Option<usize> {
        let has_path = |index: usize| self.slots.get(index).is_some_and(|slot| slot.path() == path);
        if self.out_of_sync {
            return None;
        }
        if has_path(self.next) {
            self.next += 1;
            self.joined = false;
            return Some(self.next - 1);
        }
        // A further element for the previous operation. But if the one before that has the same path, it is
        // ambiguous how many elements belong to each of them.
        let previous = self.next.checked_sub(1)?;
        let is_alone = previous.checked_sub(1).is_none_or(|earlier| !has_path(earlier));
        if has_path(previous) && is_alone && self.slots[previous].repeats() {
            self.joined = true;
            return Some(previous);
        }
        self.out_of_sync = true;
        self.slots[..self.next].iter_mut().filter(|slot| slot.path() == path).for_each(|slot| slot.mark_ambiguous());
        None
    }

    /// Marks replies ambiguous where some are missing.
    ///
    /// - If consecutive operations have the same path and one of them has no reply, any of them may be the
    ///   one without. This does not apply if the server reported that it gave up: it does so in order.
    /// - If the last reply was joined to the one before it, it may be the reply to a later operation with
    ///   the same path.
    fn mark_gaps_ambiguous(&mut self) {
        if self.system.is_some() {
            return;
        }
        let (answered, unanswered) = self.slots.split_at_mut(self.next);
        if let (true, Some(last)) = (self.joined, answered.last_mut())
            && unanswered.iter().any(|slot| slot.path() == last.path())
        {
            last.mark_ambiguous();
        }
        for run in self.slots.chunk_by_mut(|one, next| one.path() == next.path()) {
            if run.iter().any(|slot| slot.state() == SlotState::Empty) {
                run.iter_mut().filter(|slot| slot.state() == SlotState::Filled).for_each(|slot| slot.mark_ambiguous());
            }
        }
    }

    fn finish(mut self, skipped: u64) -> DecodedResponse {
        self.mark_gaps_ambiguous();
        self.slots.iter_mut().for_each(|slot| slot.finish());
        let refusals = self.slots.iter().filter_map(|slot| {
            let (refused, code) = slot.refused();
            (refused > 0).then(|| Refusal::new(slot.path(), refused, code))
        });
        let refusals = refusals.collect();
        let requested = self.slots.iter().map(|slot| slot.path()).collect();
        let operations = Mismatch::new(requested, self.answered);
        let Self { version, slots, system, output, .. } = self;
        DecodedResponse { version, slots, system, output, operations, skipped, refusals }
    }
}
