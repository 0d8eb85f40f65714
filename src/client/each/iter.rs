//! The outcomes of an answer as an iterator, for the blocking client.

use std::fmt;
use std::iter::FusedIterator;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use bytes::Bytes;
use plesk_wire::packet::Fault;

use super::incoming::Work;
use super::{Incoming, ReplyReader, WaitingTime, body_error, split};
use crate::client::blocking::{Inner, run_within};
use crate::client::delivery::{Delivery, Next};
use crate::client::permits::Permit;
use crate::client::reading::{ReadResponse, retry_after};
use crate::client::unpack::reading_timeout;
use crate::error::Error;
use crate::packet::Packet;
use crate::transport::{BlockingBody, Bounds, Whole};

/// The outcomes of one operation as they arrive, from
/// [`send_each`](crate::blocking::Client::send_each).
///
/// An item is what [`send`](crate::blocking::Client::send) would return for one object: an error of the packet, or inside it the data or the
/// fault of one object, hence `outcome??`.
///
/// - An answer that breaks off is an error after the outcomes that arrived whole. After an error, nothing follows.
/// - The packet is sent again, as the [`RetryPolicy`](crate::RetryPolicy) allows, only until the first outcome was
///   returned.
/// - The client's timeout limits the time of waiting for the server, from sending the packet to the end of the answer. The
///   time that the caller takes between two outcomes does not count.
/// - [`max_response_size`](crate::ClientBuilder::max_response_size) limits the whole answer, and
///   [`max_response_memory`](crate::ClientBuilder::max_response_memory) each result.
/// - The answer takes one of the [`max_in_flight`](crate::ClientBuilder::max_in_flight) requests until it ends or is dropped.
///   To drop it earlier closes the connection; the server may have executed the operation.
/// - A client with an [inspection hook](crate::ClientBuilder::inspect) receives the whole answer first.
#[must_use = "the operation is sent when the first outcome is asked for"]
pub struct OutcomeIter<T, B = T>(Driver<Result<T, Fault<B>>>);

impl<T, B> OutcomeIter<T, B> {
    pub(in crate::client) fn new(client: Arc<Inner>, packet: Packet, reply: ReplyReader<Result<T, Fault<B>>>) -> Self {
        let delivery = Delivery::new(client.core.clone(), packet);
        Self(Driver { client, delivery, reply, state: State::Unsent })
    }
}

impl<T: Send + 'static, B: Send + 'static> Iterator for OutcomeIter<T, B> {
    type Item = Result<Result<T, Fault<B>>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

impl<T: Send + 'static, B: Send + 'static> FusedIterator for OutcomeIter<T, B> {}

/// Shows nothing of the answer.
impl<T, B> fmt::Debug for OutcomeIter<T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutcomeIter").finish_non_exhaustive()
    }
}

struct Driver<O> {
    client: Arc<Inner>,
    delivery: Delivery<Packet>,
    reply: ReplyReader<O>,
    state: State<O>,
}

enum State<O> {
    Unsent,
    Open(Box<Open<O>>),
    Done,
}

/// An answer that is arriving.
struct Open<O> {
    incoming: Incoming<O>,
    body: Box<dyn BlockingBody>,
    host: String,
    time: WaitingTime,
    has_ended: bool,
    _permit: Permit,
}

impl<O: Send + 'static> Driver<O> {
    fn next(&mut self) -> Option<Result<O, Error>> {
        loop {
            let result = match &mut self.state {
                State::Done => return None,
                State::Unsent => {
                    let span = self.delivery.span();
                    span.in_scope(|| self.open()).map(|open| self.state = State::Open(Box::new(open)))
                }
                State::Open(open) => {
                    if let Some(outcome) = open.incoming.pop() {
                        return Some(Ok(outcome));
                    }
                    if open.has_ended {
                        self.delivery.record_received(open.incoming.received());
                        open.incoming.summarize(|summary| self.delivery.finish_with(Ok(summary)));
                        self.state = State::Done;
                        return None;
                    }
                    self.delivery.span().in_scope(|| open.fill()).map_err(|error| self.delivery.describe(error))
                }
            };
            if let Err(error) = result {
                self.state = State::Done;
                self.delivery.finish_with(Err(&error));
                return Some(Err(error));
            }
        }
    }

    /// Sends the packet, until an answer begins or no further attempt may be made.
    fn open(&mut self) -> Result<Open<O>, Error> {
        loop {
            let Some(permit) = self.client.permits.acquire(self.delivery.remaining()) else {
                return Err(self.delivery.deadline_exceeded());
            };
            let (request, bounds) = self.delivery.next_request()?;
            let read = self.attempt(request, bounds, permit);
            match self.delivery.on_read(read) {
                Next::Done(result) => return result,
                Next::RetryAfter(pause) => thread::sleep(pause),
            }
        }
    }

    fn attempt(&self, request: http::Request<Bytes>, bounds: Bounds, permit: Permit) -> ReadResponse<Open<O>> {
        let Inner { core, transport, .. } = &*self.client;
        let time = WaitingTime::until(self.delivery.deadline());
        let response = if core.inspector.is_some() {
            let response = transport.exchange(request, bounds);
            run_within(WaitingTime::until(self.delivery.deadline()).left, self.delivery.inspection(&response));
            response.map(|response| response.map(|body| Box::new(Whole::new(body)) as Box<dyn BlockingBody>))
        } else {
            transport.open(request, bounds)
        };
        let (head, body) = match response {
            Ok(response) => split(response),
            Err(error) => return ReadResponse::failed(self.delivery.describe(body_error(error, &time.deadline()))),
        };
        let time = WaitingTime::until(self.delivery.deadline());
        let open = self.delivery.incoming(&head, self.reply).and_then(|incoming| {
            let host = core.host.clone();
            let mut open = Open { incoming, body, host, time, has_ended: false, _permit: permit };
            open.fill()?;
            Ok(open)
        });
        ReadResponse {
            status: Some(head.status().as_u16()),
            received_bytes: open.as_ref().ok().map(|open| open.incoming.received()),
            retry_after: retry_after(head.headers()),
            result: open.map_err(|error| self.delivery.describe(error)),
        }
    }
}

impl<O: Send + 'static> Open<O> {
    /// Reads until there is an outcome, or until the answer ends.
    fn fill(&mut self) -> Result<(), Error> {
        let deadline = self.time.deadline();
        while !self.incoming.has_outcome() && !self.has_ended {
            let left = deadline.at.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(reading_timeout(self.host.clone(), deadline.after));
            }
            match self.incoming.work()? {
                Work::Again => {}
                Work::Receive => {
                    let chunk = self.body.chunk(left).map_err(|error| body_error(error, &deadline))?;
                    self.incoming.push(chunk);
                }
                Work::Read(part) => {
                    let read = match part.takes_long() {
                        false => Some(part.read()),
                        true => run_within(left, || part.read()),
                    };
                    self.incoming.absorb(read.ok_or_else(|| reading_timeout(self.host.clone(), deadline.after))??)?;
                }
                Work::End => self.has_ended = true,
            }
        }
        self.time = WaitingTime::until(deadline);
        Ok(())
    }
}

/// Reports an answer that was not read to its end.
impl<O> Drop for Driver<O> {
    fn drop(&mut self) {
        if matches!(self.state, State::Open(_)) {
            self.delivery.abandon();
        }
    }
}
