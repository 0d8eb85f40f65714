//! The client: packets over HTTP to one server.

mod builder;
mod verdict;

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use plesk_wire::packet::Operation;
use tracing::{Instrument, Span, debug, debug_span, field};

pub use builder::ClientBuilder;

use crate::batch::Batch;
use crate::codec::{self, Decoded, Rules, Slot};
use crate::error::Error;
use crate::reply::Reply;
use crate::transport::Http;

/// A client of the XML API of one Plesk server.
///
/// Cloning is cheap, and all clones share their connections. A client needs a tokio runtime to run
/// in. Dropping a future that sends leaves the client intact; the server may still carry out a
/// packet that it got.
///
/// ```no_run
/// # async fn example(pem: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
/// use plesk::{Client, customer};
///
/// let client = Client::builder("https://panel.example:8443")
///     .secret_key(std::env::var("PLESK_KEY")?)
///     .root_certificate(pem)
///     .build()?;
/// let added = client.send(customer::Add::new(customer::AddGenInfo::new("Jo Doe", "jo", "correct horse"))).await??;
/// println!("customer {:?}", added.id);
/// # Ok(())
/// # }
/// ```
///
/// # Traces
/// Each packet is a `tracing` span named `packet`, at level DEBUG, with `host`, `operators`,
/// `operations`, `sent_bytes`, `status`, `received_bytes` and `milliseconds`. An event at its end
/// tells what came of it: how many elements and attributes were `skipped` because the schema does
/// not know them, or the kind of `error`. No body, value or credential is ever traced.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    http: Http,
    rules: Rules,
}

/// A batch that may be sent, and the slots for its answers.
struct Prepared {
    packet: Vec<u8>,
    slots: Vec<Box<dyn Slot>>,
}

impl Client {
    /// Begins to build a client for the panel at `url`: scheme, host and port, for example
    /// `https://panel.example:8443`, or the whole URL of the API.
    pub fn builder(url: impl AsRef<str>) -> ClientBuilder {
        ClientBuilder::new(url.as_ref())
    }

    fn new(http: Http, rules: Rules) -> Self {
        Self(Arc::new(Inner { http, rules }))
    }

    /// Sends one operation.
    ///
    /// The outer result is that of the packet, the answer holds that of the operation: a `Result`
    /// where the server answers once, hence `client.send(…).await??`, or [`Many`](crate::Many),
    /// where it answers for each object that it met.
    ///
    /// # Errors
    /// As [`send_batch`](Self::send_batch) and [`Reply::take`].
    pub async fn send<Op: Operation + 'static>(&self, operation: Op) -> Result<Op::Answer, Error> {
        let mut batch = Batch::new();
        let handle = batch.push(operation);
        self.send_batch(batch).await?.take(handle)
    }

    /// Sends many operations as one packet.
    ///
    /// # Errors
    /// - [`Error::EmptyBatch`] and [`Error::Invalid`] before anything is sent;
    /// - [`Error::System`] if the server refused the packet as a whole, and [`Error::Mismatch`] if it
    ///   answered none of its operations. Where it answered some, the reply holds their answers,
    ///   and the error comes from [`Reply::take`] for the others;
    /// - all that can happen on the way to the server and back: see [`Error`].
    pub async fn send_batch(&self, batch: Batch) -> Result<Reply, Error> {
        let prepared = self.prepare(&batch)?;
        // What is kept while the server works is bytes and slots, not the operations.
        let id = batch.id();
        drop(batch);
        let (span, started) = (self.span(&prepared), Instant::now());
        let answered = self.exchange(prepared, &span).instrument(span.clone()).await;
        let outcome = answered.and_then(|decoded| Reply::new(id, decoded));
        span.record("milliseconds", u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX));
        span.in_scope(|| match &outcome {
            Ok(reply) => debug!(skipped = reply.skipped(), "answered"),
            Err(error) => debug!(error = error.kind(), code = error.code().map(|code| code.0), "failed"),
        });
        outcome
    }

    /// Checks a batch and writes it.
    fn prepare(&self, batch: &Batch) -> Result<Prepared, Error> {
        if batch.is_empty() {
            return Err(Error::EmptyBatch);
        }
        let rules = &self.0.rules;
        codec::validate(batch.entries(), rules).map_err(Error::Invalid)?;
        let packet = codec::encode(batch.entries(), rules);
        Ok(Prepared { packet, slots: batch.entries().iter().map(|entry| entry.slot()).collect() })
    }

    async fn exchange(&self, Prepared { packet, slots }: Prepared, span: &Span) -> Result<Decoded, Error> {
        let response = self.0.http.exchange(packet).await?;
        span.record("status", response.status);
        span.record("received_bytes", response.body.len());
        verdict::verdict(response, slots, &self.0.rules)
    }

    fn span(&self, Prepared { packet, slots }: &Prepared) -> Span {
        let span = debug_span!(
            "packet",
            host = field::Empty,
            operators = field::Empty,
            operations = slots.len(),
            sent_bytes = packet.len(),
            status = field::Empty,
            received_bytes = field::Empty,
            milliseconds = field::Empty,
        );
        if !span.is_disabled() {
            let mut operators: Vec<&str> = slots.iter().map(|slot| slot.shape().operator).collect();
            operators.sort_unstable();
            operators.dedup();
            span.record("host", self.0.http.host());
            span.record("operators", operators.join(","));
        }
        span
    }
}

/// Shows the server, never the credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("host", &self.0.http.host())
            .field("rules", &self.0.rules)
            .finish_non_exhaustive()
    }
}
