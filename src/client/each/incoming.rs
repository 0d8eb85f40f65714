//! Reads the outcomes of an answer that is still arriving.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use plesk_wire::packet::ErrorCode;
use plesk_wire::xml::{ReadError, ReadErrorKind};

use super::reply_reader::{Place, ReplyReader};
use crate::classify;
use crate::client::core::Core;
use crate::client::trace::Summary;
use crate::client::unpack::Unpacker;
use crate::codec::{
    DecodedResponse, Mismatch, OperationPath, Part, PartKind, Refusal, ResponseMask, ResponseScope, SlotState, Splitter,
};
use crate::error::{Error, SystemError};
use crate::packet::Packet;
use crate::transport::redirect_target;

/// The attempt that an answer arrives in.
pub(crate) struct Attempt<O> {
    pub(crate) core: Arc<Core>,
    pub(crate) packet: Arc<Packet>,
    pub(crate) mask: ResponseMask,
    /// The HTTP status of the response.
    pub(crate) status: u16,
    /// Whether an earlier attempt may have been executed.
    pub(crate) maybe_executed: bool,
    pub(crate) reply: ReplyReader<O>,
}

/// An answer that is still arriving.
pub(crate) struct Incoming<O> {
    attempt: Arc<Attempt<O>>,
    unpacker: Unpacker,
    /// What arrived and is not unpacked.
    chunk: Bytes,
    /// `true` if nothing more arrives.
    has_arrived: bool,
    stage: Stage,
    outcomes: VecDeque<O>,
    /// Whether the operation's element that is being read had a result.
    is_answered: bool,
    system: Option<SystemError>,
    answered: Vec<String>,
    skipped: u64,
    refused: (u32, Option<ErrorCode>),
}

enum Stage {
    /// No packet has begun. The position up to which the bytes were searched for one.
    Before(Vec<u8>, usize),
    Packet(Splitter),
    /// The rest of a packet is being read.
    Rest {
        is_cut: bool,
        has_reply: bool,
    },
    Done,
}

/// The next thing to do.
pub(crate) enum Work<O> {
    /// Go on.
    Again,
    /// Read this, then pass the result to [`Incoming::absorb`].
    Read(PartReading<O>),
    /// Wait for bytes, then pass them to [`Incoming::push`].
    Receive,
    /// The answer was read.
    End,
}

/// A part of a response that is still to be read.
pub(crate) struct PartReading<O> {
    attempt: Arc<Attempt<O>>,
    input: Input,
}

enum Input {
    Part(Part),
    /// A body without a packet, or what looks like it.
    Body(Vec<u8>),
}

/// A part that was read.
pub(crate) struct ReadPart<O> {
    /// `None` for a whole body.
    kind: Option<PartKind>,
    decoded: DecodedResponse,
    before: Option<String>,
    outcomes: Option<Result<Vec<O>, ReadError>>,
}

impl<O> Incoming<O> {
    /// Creates the reading of the answer in a response that begins with `head`.
    ///
    /// # Errors
    /// If the response redirects the client, or announces a body that is too large.
    pub(crate) fn new(attempt: Attempt<O>, head: &http::Response<()>) -> Result<Self, Error> {
        if let Some(target) = redirect_target(head) {
            return Err(Error::Redirect { host: None, status: attempt.status, target });
        }
        let limit = attempt.core.options.max_response_size;
        Ok(Self {
            unpacker: Unpacker::new(attempt.core.host.clone(), head.headers(), limit)?,
            chunk: Bytes::new(),
            has_arrived: false,
            stage: Stage::Before(Vec::new(), 0),
            outcomes: VecDeque::new(),
            is_answered: false,
            system: None,
            answered: Vec::new(),
            skipped: 0,
            refused: (0, None),
            attempt: Arc::new(attempt),
        })
    }

    /// Returns the next outcome that was read.
    pub(crate) fn pop(&mut self) -> Option<O> {
        self.outcomes.pop_front()
    }

    /// Returns `true` if an outcome was read that was not returned yet.
    pub(crate) fn has_outcome(&self) -> bool {
        !self.outcomes.is_empty()
    }

    /// Adds bytes that arrived; `None` is the end of the body.
    pub(crate) fn push(&mut self, chunk: Option<Bytes>) {
        match chunk {
            Some(chunk) => self.chunk = chunk,
            None => self.has_arrived = true,
        }
    }

    /// Returns the number of bytes that were unpacked.
    pub(crate) fn received(&self) -> usize {
        self.unpacker.unpacked()
    }

    /// Calls `report` with what was read.
    pub(crate) fn summarize(&self, report: impl FnOnce(Summary<'_>)) {
        let (refused, code) = self.refused;
        let refusals = (refused > 0).then(|| Refusal::new(self.path(), refused, code));
        report(Summary { refusals: refusals.as_slice(), skipped: self.skipped });
    }

    fn path(&self) -> OperationPath {
        self.attempt.reply.path
    }

    /// Does a little work. The amount does not depend on the size of the answer.
    ///
    /// # Errors
    /// If the answer cannot be read.
    pub(crate) fn work(&mut self) -> Result<Work<O>, Error> {
        if let Stage::Packet(splitter) = &mut self.stage {
            let part = splitter.next_part();
            if splitter.replies() > 1 && !self.attempt.reply.repeats {
                // As for a whole response: it is not certain which of them answers the operation.
                self.answered.extend([self.path().to_string(), self.path().to_string()]);
                return Err(self.mismatch());
            }
            if let Some(mut part) = part {
                if part.kind == PartKind::End && std::mem::take(&mut self.is_answered) {
                    // Only an element without results has a meaning of its own.
                    part.kind = PartKind::Between;
                    if !part.has_content {
                        return Ok(Work::Again);
                    }
                }
                return Ok(self.reading(Input::Part(part)));
            }
        }
        if !self.chunk.is_empty() || self.unpacker.has_more() {
            let unpacked = self.unpacker.unpack(&mut self.chunk)?;
            self.feed(&unpacked);
            return Ok(Work::Again);
        }
        match (&mut self.stage, self.has_arrived) {
            (Stage::Done, true) => Ok(Work::End),
            (_, true) => self.finish(),
            (_, false) => Ok(Work::Receive),
        }
    }

    fn feed(&mut self, bytes: &[u8]) {
        match &mut self.stage {
            Stage::Before(body, searched) => {
                body.extend_from_slice(bytes);
                if let Some(start) = classify::find_packet(body, searched) {
                    let mut splitter = Splitter::new(self.attempt.reply.path);
                    splitter.push(&body[start..]);
                    self.stage = Stage::Packet(splitter);
                }
            }
            Stage::Packet(splitter) => splitter.push(bytes),
            Stage::Rest { .. } | Stage::Done => {}
        }
    }

    /// Continues at the end of the body.
    fn finish(&mut self) -> Result<Work<O>, Error> {
        let rest = self.unpacker.finish()?;
        if !rest.is_empty() {
            self.feed(&rest);
            return Ok(Work::Again);
        }
        match std::mem::replace(&mut self.stage, Stage::Done) {
            Stage::Before(body, _) => Ok(self.reading(Input::Body(body))),
            Stage::Packet(splitter) if splitter.is_foreign() => Ok(self.reading(Input::Body(splitter.into_rest()))),
            Stage::Packet(splitter) => {
                self.stage = Stage::Rest { is_cut: !splitter.is_closed(), has_reply: splitter.replies() > 0 };
                Ok(splitter.finish().map_or(Work::Again, |part| self.reading(Input::Part(part))))
            }
            // The reader refuses a packet that breaks off, so this is not reached.
            Stage::Rest { is_cut: true, .. } => Err(Error::Truncated {
                host: self.attempt.core.host.clone(),
                received: self.received(),
                source: "the packet is not complete".into(),
            }),
            Stage::Rest { has_reply: false, .. } => Err(self.missing_reply()),
            Stage::Rest { .. } | Stage::Done => Ok(Work::End),
        }
    }

    fn reading(&self, input: Input) -> Work<O> {
        Work::Read(PartReading { attempt: self.attempt.clone(), input })
    }

    /// Processes a part that was read.
    ///
    /// # Errors
    /// If it is no part of an answer.
    pub(crate) fn absorb(&mut self, part: ReadPart<O>) -> Result<(), Error> {
        let ReadPart { kind, decoded, before, outcomes } = part;
        let DecodedResponse { system, output, operations, skipped, refusals, .. } = decoded;
        if kind == Some(PartKind::Between) {
            return Ok(());
        }
        self.skipped += skipped;
        for Refusal { refused, code, .. } in refusals {
            self.refused = (self.refused.0 + refused, self.refused.1.or(code));
        }
        if let Some(fault) = system {
            self.system = Some(SystemError::new(fault, output.or(before)));
        }
        match (kind, outcomes) {
            // An element that the schema does not define is no result.
            (Some(PartKind::Result), Some(Err(error))) if is_empty_reply(&error) => {}
            (_, Some(outcomes)) => {
                self.outcomes.extend(outcomes.map_err(|source| Error::Unreadable { host: None, source })?);
                self.is_answered = kind == Some(PartKind::Result);
            }
            (_, None) => {
                // For a message, which shows only a few.
                const KEPT: usize = 64;
                let room = KEPT.saturating_sub(self.answered.len());
                self.answered.extend(operations.answered().iter().take(room).cloned());
                if kind.is_none() {
                    return Err(self.missing_reply());
                }
            }
        }
        Ok(())
    }

    /// Returns the error that explains why the operation has no reply.
    fn missing_reply(&self) -> Error {
        self.system.clone().map_or_else(|| self.mismatch(), Error::System)
    }

    fn mismatch(&self) -> Error {
        Error::Mismatch(Mismatch::new(vec![self.path()], self.answered.clone()))
    }
}

impl<O> PartReading<O> {
    /// Returns `true` if reading may take long enough to disturb other tasks.
    pub(crate) fn takes_long(&self) -> bool {
        /// This is read within a few milliseconds.
        const SHORT: usize = 128 << 10;
        match &self.input {
            Input::Part(part) => part.document.len() > SHORT,
            Input::Body(body) => body.len() > SHORT,
        }
    }

    /// Reads the part.
    ///
    /// # Errors
    /// If it is not XML or exceeds a limit, or, in strict mode, if the schema does not allow it.
    pub(crate) fn read(self) -> Result<ReadPart<O>, Error> {
        let Attempt { core, packet, mask, status, maybe_executed, reply } = &*self.attempt;
        let scope = ResponseScope::new(Some(&core.host), mask.clone());
        let name = reply.path.path.last().copied().unwrap_or_default();
        let decode = |document: &[u8]| packet.decode(document, &scope, *maybe_executed);
        let (kind, place, decoded, before) = match &self.input {
            Input::Body(body) => {
                let read = classify::read_body(Some(*status), body, mask, decode)?;
                (None, Place { lines: (1, 1), number: 1, reply: (name, 1) }, read.packet, read.before)
            }
            Input::Part(part) => {
                let place = Place { lines: part.lines, number: part.number, reply: (name, part.reply) };
                let decoded = match decode(&part.document) {
                    Err(error) if part.kind == PartKind::Between && is_empty_reply(&error) => {
                        DecodedResponse::default()
                    }
                    decoded => decoded.map_err(|error| classify::read_error(place.of_whole(error)))?,
                };
                (Some(part.kind), place, decoded, None)
            }
        };
        let mut decoded = decoded;
        let outcomes = match decoded.slots.pop() {
            Some(slot) if slot.state() == SlotState::Ambiguous => return Err(Error::Mismatch(decoded.operations)),
            Some(slot) if slot.state() == SlotState::Filled => (reply.take)(slot, &place),
            _ => None,
        };
        Ok(ReadPart { kind, decoded, before, outcomes })
    }
}

/// Returns `true` if the error is that the operation's element has no result.
fn is_empty_reply(error: &ReadError) -> bool {
    matches!(error.kind(), ReadErrorKind::Missing(_)) && !error.path().contains("/result")
}
