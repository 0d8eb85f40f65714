//! The asynchronous client, on tokio.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use plesk_wire::packet::{Fault, Operation, OutcomeBody, Outcomes};
use tokio::sync::Semaphore;
use tracing::Instrument;

use super::builder::{Build, BuildWith, ClientBuilder, ClientParts};
use super::core::Core;
use super::delivery::{Delivery, Next};
use super::each::ReplyReader;
use super::each::stream::OutcomeStream;
use super::message::Message;
use super::raw::{RawPacket, RawResponse};
use super::reading::{ReadResponse, Reading, resume};
use super::upload::{File, Form, Uploaded};
use crate::batch::Batch;
use crate::batch_response::BatchResponse;
use crate::error::Error;
use crate::transport::{Reqwest, Settings, Transport};
#[cfg(feature = "server")]
use crate::version::ProtocolVersion;

/// A client for the XML API of one Plesk server. It runs on tokio;
/// [`blocking::Client`](crate::blocking::Client) has the same methods and needs no async runtime.
///
/// Cloning is cheap. All clones share their connections, their settings and the limit of requests in
/// flight. It is safe to drop the future of a request: the client stays usable, but the server may still
/// execute a packet that it received.
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
/// Each packet is a `tracing` span named `packet`, at level DEBUG, with the fields `host`, `operators`,
/// `operations`, `sent_bytes`, `status`, `received_bytes`, `retries` and `milliseconds`. One event reports
/// the result: how many results were `refused`, and how many elements and attributes were `skipped` because the
/// schema does not define them; or the kind of `error`. Other events report each retry, and each operation that was
/// refused, with its first error code. Bodies, values and credentials are never traced;
/// see [`ClientBuilder::inspect`] for bodies.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

pub(super) struct Inner {
    pub(super) core: Arc<Core>,
    pub(super) transport: Box<dyn Transport>,
    pub(super) permits: Arc<Semaphore>,
}

impl Client {
    /// Creates a builder for a client of the panel at `url`: a host, for example `panel.example`, which means
    /// `https://panel.example:8443`; scheme, host and port; or the whole URL of the API.
    pub fn builder(url: impl AsRef<str>) -> ClientBuilder<Self> {
        ClientBuilder::new(url.as_ref())
    }

    /// Sends one operation.
    ///
    /// The outer `Result` is that of the packet; the answer inside it is that of the operation. It is another
    /// `Result` if the operation has one result, hence `client.send(…).await??`, or [`Outcomes`] if it has
    /// a result for each object that it acts on.
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
    ///     println!("deleted {:?}", outcome?.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of [`send_batch`](Self::send_batch) and [`BatchResponse::take`].
    pub async fn send<Op: Operation + 'static>(&self, operation: Op) -> Result<Op::Answer, Error> {
        let mut batch = Batch::new();
        let handle = batch.push(operation);
        self.send_batch(batch).await?.take(handle)
    }

    /// Sends an operation with one result, and returns its data. A fault is an error, so one `?` is enough.
    ///
    /// ```no_run
    /// # async fn example(client: plesk::Client) -> Result<(), plesk::Error> {
    /// use plesk::shortcuts;
    ///
    /// let site = client.send_ok(shortcuts::site("example.com")).await?;
    /// println!("site {}", site.id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Fault`] if the server refused the operation, and those of [`send`](Self::send).
    pub async fn send_ok<Op, T, B>(&self, operation: Op) -> Result<T, Error>
    where
        Op: Operation<Answer = Result<T, Fault<B>>> + 'static,
    {
        Ok(self.send(operation).await??)
    }

    /// Sends one operation and returns the outcomes as they arrive, in memory that does not grow with their number.
    ///
    /// The operation is validated at once, and sent when the first outcome is asked for. See [`OutcomeStream`] for errors
    /// and limits.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sim = plesk_sim::Sim::start()?;
    /// # let builder = plesk::Client::builder(sim.url()).root_certificate(sim.certificate_pem());
    /// # let client = builder.secret_key(sim.secret_key()).build()?;
    /// use plesk::customer;
    ///
    /// let everybody = customer::Get::new(customer::Filter::Everything, customer::Dataset::new().gen_info());
    /// let mut customers = client.send_each(everybody)?;
    /// while let Some(outcome) = customers.next().await {
    ///     println!("{:?}", outcome??.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Forbidden`] and [`Error::Invalid`].
    pub fn send_each<Op, T, B>(&self, operation: Op) -> Result<OutcomeStream<T, B>, Error>
    where
        Op: Operation<Answer = Outcomes<T, B>> + 'static,
        T: Send + 'static,
        B: OutcomeBody<T> + Send + 'static,
    {
        let mut batch = Batch::new();
        let _ = batch.push(operation);
        let packet = self.0.core.prepare(&batch)?;
        Ok(OutcomeStream::new(self.0.clone(), packet, ReplyReader::of::<Op>()))
    }

    /// Sends several operations as one packet.
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
    /// let response = client.send_batch(batch).await?;
    /// println!("customer {}", response.take(add)??.id);
    /// assert!(response.take(list)?.is_ok());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// - [`Error::EmptyBatch`], [`Error::Forbidden`] and [`Error::Invalid`] before anything is sent.
    /// - [`Error::System`] if the server refused the packet as a whole, and [`Error::Mismatch`] if it
    ///   answered none of the operations. If it answered some of them, the response has their answers,
    ///   and [`BatchResponse::take`] returns the error for the others.
    /// - Errors of the network and unreadable responses: see [`Error`].
    pub async fn send_batch(&self, batch: Batch) -> Result<BatchResponse, Error> {
        let packet = self.0.core.prepare(&batch)?;
        // While the server works, only the bytes and the slots for replies are kept.
        drop(batch);
        self.deliver(packet).await
    }

    /// Sends your own XML as a packet. It is validated first, unless it is
    /// [`unchecked`](RawPacket::unchecked).
    ///
    /// ```no_run
    /// # async fn example(client: plesk::Client) -> Result<(), plesk::Error> {
    /// let response = client.send_raw("<packet><session><get/></session></packet>").await?;
    /// println!("{}", response.xml());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// - [`Error::Invalid`] and [`Error::Forbidden`] before anything is sent.
    /// - [`Error::System`] if the server refused the packet as a whole.
    /// - Errors of the network and responses that are not packets: see [`Error`].
    ///
    /// The results of the operations are in the response.
    pub async fn send_raw(&self, packet: impl Into<RawPacket>) -> Result<RawResponse, Error> {
        let packet = packet.into();
        packet.check()?;
        self.0.core.check_raw(|| packet.known_effect())?;
        self.deliver(packet).await
    }

    /// Uploads files. The credentials must be the administrator's. Returns the temporary path of each file
    /// on the server, for operations that take one.
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
    ///     println!("uploaded to {}", uploaded?.file); // for an operation such as aps/import-package
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// - [`Error::EmptyBatch`] if there is no file, and [`Error::Forbidden`] before anything is sent.
    /// - [`Error::System`] if the server refused the upload as a whole.
    /// - Errors of the network and unreadable responses: see [`Error`].
    ///
    /// An upload is sent again only if no connection could be made.
    pub async fn upload(&self, files: &[File]) -> Result<Outcomes<Uploaded>, Error> {
        let form = Form::new(files)?;
        self.0.core.check_raw(|| Some(form.effect()))?;
        self.deliver(form).await
    }

    /// Returns what [`send_batch`](Self::send_batch) would send: the exact packet, but with `***` in place
    /// of every secret.
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
    /// [`Error::EmptyBatch`], [`Error::Forbidden`] and [`Error::Invalid`], as when sending it.
    pub fn dry_run(&self, batch: &Batch) -> Result<String, Error> {
        self.0.core.dry_run(batch)
    }

    /// Returns the protocol versions that the server supports, oldest first. It asks with
    /// `server/get_protos`.
    ///
    /// The server uses the newest for packets that do not name a version. Entries of the server's list that
    /// are not versions are left out.
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
    /// Those of [`send`](Self::send), and [`Error::Fault`] if the server refuses to list its versions.
    #[cfg(feature = "server")]
    pub async fn protocols(&self) -> Result<Vec<ProtocolVersion>, Error> {
        let listed = self.send(plesk_protocol::server::GetProtos::new()).await??;
        Ok(ProtocolVersion::parse_sorted(listed.protos.proto))
    }

    async fn deliver<M: Message>(&self, message: M) -> Result<M::Response, Error> {
        let Inner { core, transport, permits } = &*self.0;
        let mut delivery = Delivery::new(core.clone(), message);
        let span = delivery.span();
        let attempts = async {
            loop {
                // The inner result is an error only if the semaphore is closed, which never happens.
                let permit = match delivery.remaining() {
                    Some(remaining) => match tokio::time::timeout(remaining, permits.acquire()).await {
                        Ok(permit) => permit,
                        Err(_) => break Err(delivery.deadline_exceeded()),
                    },
                    None => permits.acquire().await,
                };
                let (request, bounds) = match delivery.next_request() {
                    Ok(next) => next,
                    Err(error) => break Err(error),
                };
                let response = transport.exchange(request, bounds).await;
                drop(permit);
                let read = read(delivery.reading(response)).await;
                match delivery.on_read(read) {
                    Next::Done(result) => break result,
                    // Even a zero sleep takes a millisecond, because the timer rounds up.
                    Next::RetryAfter(Duration::ZERO) => {}
                    Next::RetryAfter(pause) => tokio::time::sleep(pause).await,
                }
            }
        };
        let result = attempts.instrument(span).await;
        delivery.finish(&result);
        result
    }
}

/// Reads a response: a large one on a thread for blocking work, until the time is up.
async fn read<M: Message>(reading: Reading<M>) -> ReadResponse<M::Response> {
    if !reading.takes_long() {
        return reading.run();
    }
    let (late, remaining) = (reading.late(), reading.remaining());
    run_within(remaining, reading.into_task()).await.unwrap_or_else(|| late.into_read())
}

/// Runs `task` on a thread for blocking work. Returns `None` if it takes longer than `limit`, or if the runtime shuts down.
pub(super) async fn run_within<T: Send + 'static>(
    limit: Duration,
    task: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    match tokio::time::timeout(limit, tokio::task::spawn_blocking(task)).await {
        Ok(Ok(value)) => Some(value),
        Ok(Err(error)) => error.try_into_panic().map_or(None, |panic| resume(panic)),
        Err(_) => None,
    }
}

impl Build for Client {
    fn build(settings: Settings, parts: ClientParts) -> Result<Self, Error> {
        Ok(Self::build_with(Reqwest::new(settings)?, parts))
    }
}

impl<T: Transport> BuildWith<T> for Client {
    fn build_with(transport: T, ClientParts { core, max_in_flight }: ClientParts) -> Self {
        let permits = Arc::new(Semaphore::new(max_in_flight.min(Semaphore::MAX_PERMITS)));
        Self(Arc::new(Inner { core: Arc::new(core), transport: Box::new(transport), permits }))
    }
}

/// Shows the server and the settings, never the credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.core.fmt(f)
    }
}
