//! The blocking client, for programs without an async runtime. It needs the feature `blocking`.
//!
//! ```no_run
//! # fn example(pem: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
//! use plesk::{blocking::Client, session};
//!
//! let client = Client::builder("https://panel.example:8443")
//!     .secret_key(std::env::var("PLESK_KEY")?)
//!     .root_certificate(pem)
//!     .build()?;
//! client.send(session::Terminate::new("a66734b"))??;
//! # Ok(())
//! # }
//! ```

use std::fmt;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use plesk_wire::packet::{Fault, Operation, OutcomeBody, Outcomes};

use super::builder::{Build, BuildWith, ClientBuilder, ClientParts};
use super::core::Core;
use super::delivery::{Delivery, Next};
use super::each::ReplyReader;
use super::message::Message;
use super::permits::Permits;
use super::raw::{RawPacket, RawResponse};
use super::reading::{ReadResponse, Reading, resume};
use super::upload::{File, Form, Uploaded};
use crate::batch::Batch;
use crate::batch_response::BatchResponse;
use crate::error::Error;
use crate::transport::{BlockingTransport, Settings, Ureq};
#[cfg(feature = "server")]
use crate::version::ProtocolVersion;

pub use super::each::iter::OutcomeIter;

/// A client for the XML API of one Plesk server that blocks the calling thread. Settings, answers,
/// errors, retries and traces are those of the asynchronous [`Client`](crate::Client).
///
/// Cloning is cheap. All clones share their connections, their settings and the limit of requests in
/// flight.
///
/// ```
/// # let sim = plesk_sim::Sim::start()?;
/// # let builder = plesk::blocking::Client::builder(sim.url()).root_certificate(sim.certificate_pem());
/// # let client = builder.secret_key(sim.secret_key()).build()?;
/// use plesk::session;
///
/// assert!(client.send(session::Get::new())?.is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Client(Arc<Inner>);

pub(super) struct Inner {
    pub(super) core: Arc<Core>,
    pub(super) transport: Box<dyn BlockingTransport>,
    pub(super) permits: Permits,
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
    /// `Result` if the operation has one result, hence `client.send(…)??`, or [`Outcomes`] if it has a
    /// result for each object that it acts on.
    ///
    /// ```
    /// # let sim = plesk_sim::Sim::start()?;
    /// # let builder = plesk::blocking::Client::builder(sim.url()).root_certificate(sim.certificate_pem());
    /// # let client = builder.secret_key(sim.secret_key()).build()?;
    /// use plesk::customer;
    ///
    /// let add = customer::Add::new(customer::AddGenInfo::new("Jo Doe", "jo", "correct horse"));
    /// let id = client.send(add)??.id;
    /// for outcome in client.send(customer::Del::new(customer::Filter::id(id)))? {
    ///     println!("deleted {:?}", outcome?.id);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`send_batch`](Self::send_batch) and [`BatchResponse::take`].
    pub fn send<Op: Operation + 'static>(&self, operation: Op) -> Result<Op::Answer, Error> {
        let mut batch = Batch::new();
        let handle = batch.push(operation);
        self.send_batch(batch)?.take(handle)
    }

    /// Sends an operation with one result, and returns its data. A fault is an error, so one `?` is enough.
    ///
    /// ```no_run
    /// # fn example(client: plesk::blocking::Client) -> Result<(), plesk::Error> {
    /// use plesk::shortcuts;
    ///
    /// let site = client.send_ok(shortcuts::site("example.com"))?;
    /// println!("site {}", site.id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Fault`] if the server refused the operation, and those of [`send`](Self::send).
    pub fn send_ok<Op, T, B>(&self, operation: Op) -> Result<T, Error>
    where
        Op: Operation<Answer = Result<T, Fault<B>>> + 'static,
    {
        Ok(self.send(operation)??)
    }

    /// Sends one operation and returns the outcomes as they arrive, in memory that does not grow with their number.
    ///
    /// The operation is validated at once, and sent when the first outcome is asked for. See [`OutcomeIter`] for errors and
    /// limits.
    ///
    /// ```
    /// # let sim = plesk_sim::Sim::start()?;
    /// # let builder = plesk::blocking::Client::builder(sim.url()).root_certificate(sim.certificate_pem());
    /// # let client = builder.secret_key(sim.secret_key()).build()?;
    /// use plesk::customer;
    ///
    /// let everybody = customer::Get::new(customer::Filter::Everything, customer::Dataset::new().gen_info());
    /// for outcome in client.send_each(everybody)? {
    ///     println!("{:?}", outcome??.id);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Forbidden`] and [`Error::Invalid`].
    pub fn send_each<Op, T, B>(&self, operation: Op) -> Result<OutcomeIter<T, B>, Error>
    where
        Op: Operation<Answer = Outcomes<T, B>> + 'static,
        T: Send + 'static,
        B: OutcomeBody<T> + Send + 'static,
    {
        let mut batch = Batch::new();
        let _ = batch.push(operation);
        let packet = self.0.core.prepare(&batch)?;
        Ok(OutcomeIter::new(self.0.clone(), packet, ReplyReader::of::<Op>()))
    }

    /// Sends several operations as one packet.
    ///
    /// ```
    /// # let sim = plesk_sim::Sim::start()?;
    /// # let builder = plesk::blocking::Client::builder(sim.url()).root_certificate(sim.certificate_pem());
    /// # let client = builder.secret_key(sim.secret_key()).build()?;
    /// use plesk::{Batch, customer, session};
    ///
    /// let mut batch = Batch::new();
    /// let add = batch.push(customer::Add::new(customer::AddGenInfo::new("Jo Doe", "jo", "correct horse")));
    /// let list = batch.push(session::Get::new());
    /// let response = client.send_batch(batch)?;
    /// println!("customer {}", response.take(add)??.id);
    /// assert!(response.take(list)?.is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// - [`Error::EmptyBatch`], [`Error::Forbidden`] and [`Error::Invalid`] before anything is sent.
    /// - [`Error::System`] if the server refused the packet as a whole, and [`Error::Mismatch`] if it
    ///   answered none of the operations. If it answered some of them, the response has their answers,
    ///   and [`BatchResponse::take`] returns the error for the others.
    /// - Errors of the network and unreadable responses: see [`Error`].
    pub fn send_batch(&self, batch: Batch) -> Result<BatchResponse, Error> {
        let packet = self.0.core.prepare(&batch)?;
        // While the server works, only the bytes and the slots for replies are kept.
        drop(batch);
        self.deliver(packet)
    }

    /// Sends your own XML as a packet. It is validated first, unless it is
    /// [`unchecked`](RawPacket::unchecked).
    ///
    /// ```
    /// # let sim = plesk_sim::Sim::start()?;
    /// # let builder = plesk::blocking::Client::builder(sim.url()).root_certificate(sim.certificate_pem());
    /// # let client = builder.secret_key(sim.secret_key()).build()?;
    /// let response = client.send_raw("<packet><session><get/></session></packet>")?;
    /// assert!(response.xml().contains("<status>ok</status>"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// - [`Error::Invalid`] and [`Error::Forbidden`] before anything is sent.
    /// - [`Error::System`] if the server refused the packet as a whole.
    /// - Errors of the network and responses that are not packets: see [`Error`].
    ///
    /// The results of the operations are in the response.
    pub fn send_raw(&self, packet: impl Into<RawPacket>) -> Result<RawResponse, Error> {
        let packet = packet.into();
        packet.check()?;
        self.0.core.check_raw(|| packet.known_effect())?;
        self.deliver(packet)
    }

    /// Uploads files. The credentials must be the administrator's. Returns the temporary path of each file
    /// on the server, for operations that take one.
    ///
    /// A file that is larger than PHP on the server allows (`upload_max_filesize`) is a fault with
    /// error 1023.
    ///
    /// ```no_run
    /// # fn example(client: plesk::blocking::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use plesk::File;
    ///
    /// let package = File::new("app.zip", std::fs::read("app.zip")?);
    /// for uploaded in client.upload(&[package])? {
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
    pub fn upload(&self, files: &[File]) -> Result<Outcomes<Uploaded>, Error> {
        let form = Form::new(files)?;
        self.0.core.check_raw(|| Some(form.effect()))?;
        self.deliver(form)
    }

    /// Returns what [`send_batch`](Self::send_batch) would send: the exact packet, but with `***` in place
    /// of every secret.
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
    /// # let sim = plesk_sim::Sim::start()?;
    /// # let builder = plesk::blocking::Client::builder(sim.url()).root_certificate(sim.certificate_pem());
    /// # let client = builder.secret_key(sim.secret_key()).build()?;
    /// let newest = client.protocols()?.into_iter().max();
    /// assert_eq!(newest.map(String::from).as_deref(), Some(plesk::PROTOCOL));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`send`](Self::send), and [`Error::Fault`] if the server refuses to list its versions.
    #[cfg(feature = "server")]
    pub fn protocols(&self) -> Result<Vec<ProtocolVersion>, Error> {
        let listed = self.send(plesk_protocol::server::GetProtos::new())??;
        Ok(ProtocolVersion::parse_sorted(listed.protos.proto))
    }

    fn deliver<M: Message>(&self, message: M) -> Result<M::Response, Error> {
        let Inner { core, transport, permits } = &*self.0;
        let mut delivery = Delivery::new(core.clone(), message);
        let result = delivery.span().in_scope(|| {
            loop {
                let Some(permit) = permits.acquire(delivery.remaining()) else {
                    break Err(delivery.deadline_exceeded());
                };
                let (request, bounds) = match delivery.next_request() {
                    Ok(next) => next,
                    Err(error) => break Err(error),
                };
                let response = transport.exchange(request, bounds);
                drop(permit);
                let read = read(delivery.reading(response));
                match delivery.on_read(read) {
                    Next::Done(result) => break result,
                    Next::RetryAfter(pause) => thread::sleep(pause),
                }
            }
        });
        delivery.finish(&result);
        result
    }
}

/// Reads a response: a large one on a thread of its own, until the time is up.
fn read<M: Message>(reading: Reading<M>) -> ReadResponse<M::Response> {
    if !reading.takes_long() {
        return reading.run();
    }
    let (late, remaining) = (reading.late(), reading.remaining());
    run_within(remaining, reading.into_task()).unwrap_or_else(|| late.into_read())
}

/// Runs `task` on a thread of its own. Returns `None` if it takes longer than `limit`.
pub(super) fn run_within<T: Send + 'static>(limit: Duration, task: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = mpsc::sync_channel(1);
    // Shared, so that this thread can run the task if the system has no thread for it.
    let task = Arc::new(Mutex::new(Some(task)));
    let run = move |task: &Mutex<Option<_>>| task.lock().unwrap_or_else(PoisonError::into_inner).take().map(run_task);
    let shared = task.clone();
    let spawned = thread::Builder::new().name("plesk-read".to_owned()).spawn(move || {
        if let Some(value) = run(&shared) {
            // Nobody receives it if the time is up.
            let _ = sender.send(value);
        }
    });
    let Ok(thread) = spawned else {
        return run(&task);
    };
    match receiver.recv_timeout(limit) {
        Ok(value) => Some(value),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => match thread.join() {
            Ok(()) => None,
            Err(panic) => resume(panic),
        },
    }
}

fn run_task<T>(task: impl FnOnce() -> T) -> T {
    task()
}

impl Build for Client {
    fn build(settings: Settings, parts: ClientParts) -> Result<Self, Error> {
        Ok(Self::build_with(Ureq::new(settings)?, parts))
    }
}

impl<T: BlockingTransport> BuildWith<T> for Client {
    fn build_with(transport: T, ClientParts { core, max_in_flight }: ClientParts) -> Self {
        let permits = Permits::new(max_in_flight);
        Self(Arc::new(Inner { core: Arc::new(core), transport: Box::new(transport), permits }))
    }
}

/// Shows the server and the settings, never the credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.core.fmt(f)
    }
}
