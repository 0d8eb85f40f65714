//! The outcomes of an answer as a stream, for the asynchronous client.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_core::{FusedStream, Stream};
use plesk_wire::packet::Fault;
use tokio::sync::OwnedSemaphorePermit;
use tracing::Instrument;

use super::incoming::Work;
use super::{Incoming, ReplyReader, WaitingTime, body_error, split};
use crate::client::asynchronous::{Inner, run_within};
use crate::client::delivery::{Delivery, Next};
use crate::client::reading::{ReadResponse, retry_after};
use crate::client::unpack::reading_timeout;
use crate::error::Error;
use crate::packet::Packet;
use crate::transport::{Body, Bounds, Whole};

/// The outcomes of one operation as they arrive, from [`send_each`](crate::Client::send_each): a [`Stream`], with the
/// method [`next`](Self::next).
///
/// An item is what [`send`](crate::Client::send) would return for one object: an error of the packet, or inside it the data or the
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
pub struct OutcomeStream<T, B = T>(State<Result<T, Fault<B>>>);

/// What a stream does at the moment.
enum State<O> {
    /// Nothing, until it is polled.
    Idle(Box<Driver<O>>),
    /// It waits for the next outcome.
    Busy(NextItem<O>),
    Done,
}

type NextItem<O> = Pin<Box<dyn Future<Output = (Box<Driver<O>>, Option<Result<O, Error>>)> + Send>>;

impl<T, B> OutcomeStream<T, B> {
    pub(in crate::client) fn new(client: Arc<Inner>, packet: Packet, reply: ReplyReader<Result<T, Fault<B>>>) -> Self {
        let delivery = Delivery::new(client.core.clone(), packet);
        Self(State::Idle(Box::new(Driver { client, delivery, reply, progress: Progress::Unsent })))
    }
}

impl<T: Send + 'static, B: Send + 'static> OutcomeStream<T, B> {
    /// Waits for the next outcome; `None` is the end of the answer.
    ///
    /// It is safe to drop the future: no outcome is lost.
    ///
    /// # Errors
    /// If the packet could not be sent, or the answer not be read to its end. Nothing follows.
    #[expect(clippy::should_implement_trait, reason = "it is that of streams, for callers without an extension trait")]
    pub fn next(&mut self) -> impl Future<Output = Option<Result<Result<T, Fault<B>>, Error>>> + Send {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
    }
}

impl<T: Send + 'static, B: Send + 'static> Stream for OutcomeStream<T, B> {
    type Item = Result<Result<T, Fault<B>>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut next = match std::mem::replace(&mut self.0, State::Done) {
            State::Done => return Poll::Ready(None),
            State::Busy(next) => next,
            State::Idle(mut driver) => {
                if let Some(outcome) = driver.pop() {
                    self.0 = State::Idle(driver);
                    return Poll::Ready(Some(Ok(outcome)));
                }
                let span = driver.delivery.span();
                Box::pin(
                    async move {
                        let item = driver.next().await;
                        (driver, item)
                    }
                    .instrument(span),
                )
            }
        };
        match next.as_mut().poll(context) {
            Poll::Pending => {
                self.0 = State::Busy(next);
                Poll::Pending
            }
            Poll::Ready((driver, item)) => {
                if matches!(item, Some(Ok(_))) {
                    self.0 = State::Idle(driver);
                }
                Poll::Ready(item)
            }
        }
    }
}

impl<T: Send + 'static, B: Send + 'static> FusedStream for OutcomeStream<T, B> {
    fn is_terminated(&self) -> bool {
        matches!(self.0, State::Done)
    }
}

/// Shows nothing of the answer.
impl<T, B> fmt::Debug for OutcomeStream<T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutcomeStream").finish_non_exhaustive()
    }
}

struct Driver<O> {
    client: Arc<Inner>,
    delivery: Delivery<Packet>,
    reply: ReplyReader<O>,
    progress: Progress<O>,
}

enum Progress<O> {
    Unsent,
    Open(Box<Open<O>>),
    Done,
}

/// An answer that is arriving.
struct Open<O> {
    incoming: Incoming<O>,
    body: Box<dyn Body>,
    host: String,
    time: WaitingTime,
    has_ended: bool,
    _permit: OwnedSemaphorePermit,
}

impl<O> Driver<O> {
    /// Returns the next outcome that was read.
    fn pop(&mut self) -> Option<O> {
        match &mut self.progress {
            Progress::Open(open) => open.incoming.pop(),
            _ => None,
        }
    }
}

impl<O: Send + 'static> Driver<O> {
    async fn next(&mut self) -> Option<Result<O, Error>> {
        loop {
            let result = match &mut self.progress {
                Progress::Done => return None,
                Progress::Unsent => self.open().await.map(|open| self.progress = Progress::Open(Box::new(open))),
                Progress::Open(open) => {
                    if let Some(outcome) = open.incoming.pop() {
                        return Some(Ok(outcome));
                    }
                    if open.has_ended {
                        self.delivery.record_received(open.incoming.received());
                        open.incoming.summarize(|summary| self.delivery.finish_with(Ok(summary)));
                        self.progress = Progress::Done;
                        return None;
                    }
                    open.fill().await.map_err(|error| self.delivery.describe(error))
                }
            };
            if let Err(error) = result {
                self.progress = Progress::Done;
                self.delivery.finish_with(Err(&error));
                return Some(Err(error));
            }
        }
    }

    /// Sends the packet, until an answer begins or no further attempt may be made.
    async fn open(&mut self) -> Result<Open<O>, Error> {
        loop {
            let acquire = self.client.permits.clone().acquire_owned();
            let permit = match self.delivery.remaining() {
                Some(remaining) => tokio::time::timeout(remaining, acquire).await.ok(),
                None => Some(acquire.await),
            };
            // The inner result is an error only if the semaphore is closed, which never happens.
            let Some(Ok(permit)) = permit else {
                return Err(self.delivery.deadline_exceeded());
            };
            let (request, bounds) = self.delivery.next_request()?;
            let read = self.attempt(request, bounds, permit).await;
            match self.delivery.on_read(read) {
                Next::Done(result) => return result,
                // Even a zero sleep takes a millisecond, because the timer rounds up.
                Next::RetryAfter(Duration::ZERO) => {}
                Next::RetryAfter(pause) => tokio::time::sleep(pause).await,
            }
        }
    }

    async fn attempt(
        &mut self,
        request: http::Request<Bytes>,
        bounds: Bounds,
        permit: OwnedSemaphorePermit,
    ) -> ReadResponse<Open<O>> {
        let Inner { core, transport, .. } = &*self.client;
        let time = WaitingTime::until(self.delivery.deadline());
        let response = if core.inspector.is_some() {
            let response = transport.exchange(request, bounds).await;
            let left = WaitingTime::until(self.delivery.deadline()).left;
            run_within(left, self.delivery.inspection(&response)).await;
            response.map(|response| response.map(|body| Box::new(Whole::new(body)) as Box<dyn Body>))
        } else {
            transport.open(request, bounds).await
        };
        let (head, body) = match response {
            Ok(response) => split(response),
            Err(error) => return ReadResponse::failed(self.delivery.describe(body_error(error, &time.deadline()))),
        };
        let time = WaitingTime::until(self.delivery.deadline());
        let open = match self.delivery.incoming(&head, self.reply) {
            Ok(incoming) => {
                let host = core.host.clone();
                let mut open = Open { incoming, body, host, time, has_ended: false, _permit: permit };
                open.fill().await.map(|()| open)
            }
            Err(error) => Err(error),
        };
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
    async fn fill(&mut self) -> Result<(), Error> {
        /// Other tasks of the runtime wait no longer than this.
        const TURN: Duration = Duration::from_millis(5);
        let deadline = self.time.deadline();
        let mut turn = Instant::now();
        while !self.incoming.has_outcome() && !self.has_ended {
            let left = deadline.at.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(reading_timeout(self.host.clone(), deadline.after));
            }
            match self.incoming.work()? {
                Work::Again => {}
                Work::Receive => {
                    let chunk = self.body.chunk(left).await.map_err(|error| body_error(error, &deadline))?;
                    self.incoming.push(chunk);
                }
                Work::Read(part) => {
                    let read = match part.takes_long() {
                        false => Some(part.read()),
                        true => run_within(left, || part.read()).await,
                    };
                    self.incoming.absorb(read.ok_or_else(|| reading_timeout(self.host.clone(), deadline.after))??)?;
                }
                Work::End => self.has_ended = true,
            }
            if turn.elapsed() > TURN {
                tokio::task::yield_now().await;
                turn = Instant::now();
            }
        }
        self.time = WaitingTime::until(deadline);
        Ok(())
    }
}

/// Reports an answer that was not read to its end.
impl<O> Drop for Driver<O> {
    fn drop(&mut self) {
        if matches!(self.progress, Progress::Open(_)) {
            self.delivery.abandon();
        }
    }
}
