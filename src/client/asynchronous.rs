//! The asynchronous client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use plesk_wire::packet::{Operation, Outcomes};
use tokio::sync::Semaphore;
use tracing::Instrument;

use super::builder::{Build, BuildWith, ClientBuilder, ClientParts};
use super::core::Core;
use super::delivery::{Delivery, Message, Next};
use super::raw::{RawPacket, RawResponse};
use super::upload::{File, Form, Uploaded};
use crate::batch::Batch;
use crate::batch_response::BatchResponse;
use crate::error::Error;
use crate::transport::{Reqwest, Settings, Transport};
#[cfg(feature = "server")]
use crate::version::ProtocolVersion;

/// A client of the XML API of one Plesk server. It runs on tokio;
/// [`blocking::Client`](crate::blocking::Client) is the same without a runtime.
///
/// Cloning is cheap, and all clones share their connections, their settings and the limit of requests
/// in flight. Dropping a future that sends leaves the client intact; the server may still carry out a
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
/// `operations`, `sent_bytes`, `status`, `received_bytes`, `retries` and `milliseconds`. An event at
/// its end tells what came of it: how many elements and attributes were `skipped` because the schema
/// does not know them, or the kind of `error`; another tells of each attempt that is made again. No
/// body, value or credential is ever traced; see [`ClientBuilder::inspect`] for bodies.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    core: Core,
    transport: Box<dyn Transport>,
    permits: Semaphore,
}

impl Client {
    /// Begins to build a client for the panel at `url`: scheme, host and port, for example
    /// `https://panel.example:8443`, or the whole URL of the API.
    pub fn builder(url: impl AsRef<str>) -> ClientBuilder<Self> {
        ClientBuilder::new(url.as_ref())
    }

    /// Sends one operation.
    ///
    /// The outer result is that of the packet, the answer holds that of the operation: a `Result`
    /// where the server answers once, hence `client.send(…).await??`, or [`Outcomes`], where it answers
    /// for each object that it met.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = plesk_sim::Sim::start()?;
    /// # let builder = plesk::Client::builder(sim.url()).root_certificate(sim.certificate_pem());
    /// # let client = builder.secret_key(sim.secret_key()).build()?;
    /// use plesk::customer;
    ///
    /// let add = customer::Add::new(customer::AddGenInfo::new("Jo Doe", "jo", "correct horse"));
    /// let id = client.send(add).await??.id;
    /// for outcome in client.send(customer::Del::new(customer::Filter::id(id))).await? {
    ///     println!("{:?} is gone", outcome?.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
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
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = plesk_sim::Sim::start()?;
    /// # let builder = plesk::Client::builder(sim.url()).root_certificate(sim.certificate_pem());
    /// # let client = builder.secret_key(sim.secret_key()).build()?;
    /// use plesk::{Batch, customer, session};
    ///
    /// let mut batch = Batch::new();
    /// let add = batch.push(customer::Add::new(customer::AddGenInfo::new("Jo Doe", "jo", "correct horse")));
    /// let list = batch.push(session::Get::new());
    /// let reply = client.send_batch(batch).await?;
    /// println!("customer {}", reply.take(add)??.id);
    /// assert!(reply.take(list)?.is_ok());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// - [`Error::EmptyBatch`], [`Error::Forbidden`] and [`Error::Invalid`] before anything is sent;
    /// - [`Error::System`] if the server refused the packet as a whole, and [`Error::Mismatch`] if it
    ///   answered none of its operations. Where it answered some, the reply holds their answers,
    ///   and the error comes from [`Reply::take`] for the others;
    /// - all that can happen on the way to the server and back: see [`Error`].
    pub async fn send_batch(&self, batch: Batch) -> Result<BatchResponse, Error> {
        let packet = self.0.core.prepare(&batch)?;
        // What is kept while the server works is bytes and places for answers, not the operations.
        drop(batch);
        self.deliver(packet).await
    }

    /// Sends a packet of your own making, which is checked first unless it is
    /// [`unchecked`](RawPacket::unchecked).
    ///
    /// ```no_run
    /// # async fn example(client: plesk::Client) -> Result<(), plesk::Error> {
    /// let reply = client.send_raw("<packet><session><get/></session></packet>").await?;
    /// println!("{}", reply.xml());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Invalid`] and [`Error::Forbidden`] before anything is sent;
    /// [`Error::System`] if the server refused the packet as a whole; and all that can happen on the
    /// way. What came of single operations is in the reply.
    pub async fn send_raw(&self, packet: impl Into<RawPacket>) -> Result<RawResponse, Error> {
        let packet = packet.into();
        self.0.core.check_raw(packet.stated_effect())?;
        packet.check()?;
        self.deliver(packet).await
    }

    /// Uploads files, as the administrator. The answer says for each where the server has put it: a
    /// temporary path, for the operations that take one.
    ///
    /// A file that is larger than PHP on the server allows (`upload_max_filesize`) is a fault with
    /// error 1023.
    ///
    /// ```no_run
    /// # async fn example(client: plesk::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use plesk::File;
    ///
    /// let package = File::new("app.zip", std::fs::read("app.zip")?);
    /// for uploaded in client.upload(&[package]).await? {
    ///     println!("it is at {}", uploaded?.file); // for an operation such as aps/import-package
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// All that can happen on the way, and [`Error::System`] if the server refused the files as a
    /// whole. An upload is sent again only if no connection could be made.
    pub async fn upload(&self, files: &[File]) -> Result<Outcomes<Uploaded>, Error> {
        let form = Form::of(files)?;
        self.0.core.check_raw(Some(form.effect()))?;
        self.deliver(form).await
    }

    /// What [`send_batch`](Self::send_batch) would send: the exact packet, but with `***` in place of
    /// every secret.
    ///
    /// ```
    /// use plesk::{Batch, Client, customer};
    ///
    /// let client = Client::builder("https://panel.example:8443").secret_key("no-such-key").build()?;
    /// let mut batch = Batch::new();
    /// let _ = batch.push(customer::Del::new(customer::Filter::id(7)));
    /// assert!(client.dry_run(&batch)?.ends_with("<del><filter><id>7</id></filter></del></customer></packet>"));
    /// # Ok::<(), plesk::Error>(())
    /// ```
    ///
    /// # Errors
    /// As sending it has before anything is sent.
    pub fn dry_run(&self, batch: &Batch) -> Result<String, Error> {
        self.0.core.dry_run(batch)
    }

    /// The versions of the protocol that the server takes, the oldest first. A packet that names none is
    /// of the newest.
    ///
    /// What a server lists and does not write as a version is left out.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = plesk_sim::Sim::start()?;
    /// # let builder = plesk::Client::builder(sim.url()).root_certificate(sim.certificate_pem());
    /// # let client = builder.secret_key(sim.secret_key()).build()?;
    /// let newest = client.protocols().await?.into_iter().max();
    /// assert_eq!(newest.map(String::from).as_deref(), Some(plesk::PROTOCOL));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`send`](Self::send), and [`Error::Fault`] if the server refuses to list them.
    #[cfg(feature = "server")]
    pub async fn protocols(&self) -> Result<Vec<ProtocolVersion>, Error> {
        let listed = self.send(plesk_protocol::server::GetProtos::new()).await??;
        Ok(ProtocolVersion::in_order(listed.map_or_else(Vec::new, |listed| listed.protos.proto)))
    }

    async fn deliver<M: Message>(&self, message: M) -> Result<M::Answer, Error> {
        let Inner { core, transport, permits } = &*self.0;
        let mut delivery = Delivery::new(core, message);
        let span = delivery.span();
        let attempts = async {
            loop {
                // An error of the permits would say that they are closed, which they never are.
                let permit = match delivery.left() {
                    Some(left) => match tokio::time::timeout(left, permits.acquire()).await {
                        Ok(permit) => permit,
                        Err(_) => break Err(delivery.too_late()),
                    },
                    None => permits.acquire().await,
                };
                let (request, bounds) = match delivery.request() {
                    Ok(next) => next,
                    Err(error) => break Err(error),
                };
                let response = transport.exchange(request, bounds).await;
                drop(permit);
                match delivery.after(response) {
                    Next::Done(outcome) => break outcome,
                    // A timer rounds up to a millisecond.
                    Next::Again(Duration::ZERO) => {}
                    Next::Again(pause) => tokio::time::sleep(pause).await,
                }
            }
        };
        let outcome = attempts.instrument(span).await;
        delivery.finish(&outcome);
        outcome
    }
}

impl Build for Client {
    fn build(settings: Settings, ready: ClientParts) -> Result<Self, Error> {
        Ok(Self::build_with(Reqwest::new(settings)?, ready))
    }
}

impl<T: Transport> BuildWith<T> for Client {
    fn build_with(transport: T, ClientParts { core, max_in_flight }: ClientParts) -> Self {
        let permits = Semaphore::new(max_in_flight.min(Semaphore::MAX_PERMITS));
        Self(Arc::new(Inner { core, transport: Box::new(transport), permits }))
    }
}

/// Shows the server and the settings, never the credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.core.fmt(f)
    }
}
