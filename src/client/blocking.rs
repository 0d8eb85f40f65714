//! The blocking client, for programs without a runtime. It takes the feature `blocking`.
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
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use plesk_wire::packet::{Operation, Outcomes};

use super::builder::{Build, BuildWith, ClientBuilder, ClientParts};
use super::core::Core;
use super::delivery::{Delivery, Message, Next};
use super::raw::{RawPacket, RawResponse};
use super::upload::{File, Form, Uploaded};
use crate::batch::Batch;
use crate::batch_response::BatchResponse;
use crate::error::Error;
use crate::transport::{Settings, Ureq};
#[cfg(feature = "server")]
use crate::version::ProtocolVersion;

pub use crate::transport::BlockingTransport as Transport;

/// A client of the XML API of one Plesk server that blocks the thread it is called on. Everything else
/// is as in the asynchronous [`Client`](crate::Client): settings, answers, errors, retries, traces.
///
/// Cloning is cheap, and all clones share their connections, their settings and the limit of requests
/// in flight.
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

struct Inner {
    core: Core,
    transport: Box<dyn Transport>,
    permits: Permits,
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
    /// where the server answers once, hence `client.send(…)??`, or [`Outcomes`], where it answers for
    /// each object that it met.
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
    ///     println!("{:?} is gone", outcome?.id);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`send_batch`](Self::send_batch) and [`Reply::take`].
    pub fn send<Op: Operation + 'static>(&self, operation: Op) -> Result<Op::Answer, Error> {
        let mut batch = Batch::new();
        let handle = batch.push(operation);
        self.send_batch(batch)?.take(handle)
    }

    /// Sends many operations as one packet.
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
    /// let reply = client.send_batch(batch)?;
    /// println!("customer {}", reply.take(add)??.id);
    /// assert!(reply.take(list)?.is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// - [`Error::EmptyBatch`], [`Error::Forbidden`] and [`Error::Invalid`] before anything is sent;
    /// - [`Error::System`] if the server refused the packet as a whole, and [`Error::Mismatch`] if it
    ///   answered none of its operations. Where it answered some, the reply holds their answers,
    ///   and the error comes from [`Reply::take`] for the others;
    /// - all that can happen on the way to the server and back: see [`Error`].
    pub fn send_batch(&self, batch: Batch) -> Result<BatchResponse, Error> {
        let packet = self.0.core.prepare(&batch)?;
        // What is kept while the server works is bytes and places for answers, not the operations.
        drop(batch);
        self.deliver(packet)
    }

    /// Sends a packet of your own making, which is checked first unless it is
    /// [`unchecked`](RawPacket::unchecked).
    ///
    /// ```
    /// # let sim = plesk_sim::Sim::start()?;
    /// # let builder = plesk::blocking::Client::builder(sim.url()).root_certificate(sim.certificate_pem());
    /// # let client = builder.secret_key(sim.secret_key()).build()?;
    /// let reply = client.send_raw("<packet><session><get/></session></packet>")?;
    /// assert!(reply.xml().contains("<status>ok</status>"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Invalid`] and [`Error::Forbidden`] before anything is sent;
    /// [`Error::System`] if the server refused the packet as a whole; and all that can happen on the
    /// way. What came of single operations is in the reply.
    pub fn send_raw(&self, packet: impl Into<RawPacket>) -> Result<RawResponse, Error> {
        let packet = packet.into();
        self.0.core.check_raw(packet.stated_effect())?;
        packet.check()?;
        self.deliver(packet)
    }

    /// Uploads files, as the administrator. The answer says for each where the server has put it: a
    /// temporary path, for the operations that take one.
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
    ///     println!("it is at {}", uploaded?.file); // for an operation such as aps/import-package
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// All that can happen on the way, and [`Error::System`] if the server refused the files as a
    /// whole. An upload is sent again only if no connection could be made.
    pub fn upload(&self, files: &[File]) -> Result<Outcomes<Uploaded>, Error> {
        let form = Form::of(files)?;
        self.0.core.check_raw(Some(form.effect()))?;
        self.deliver(form)
    }

    /// What [`send_batch`](Self::send_batch) would send: the exact packet, but with `***` in place of
    /// every secret.
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
    /// # let sim = plesk_sim::Sim::start()?;
    /// # let builder = plesk::blocking::Client::builder(sim.url()).root_certificate(sim.certificate_pem());
    /// # let client = builder.secret_key(sim.secret_key()).build()?;
    /// let newest = client.protocols()?.into_iter().max();
    /// assert_eq!(newest.map(String::from).as_deref(), Some(plesk::PROTOCOL));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`send`](Self::send), and [`Error::Fault`] if the server refuses to list them.
    #[cfg(feature = "server")]
    pub fn protocols(&self) -> Result<Vec<ProtocolVersion>, Error> {
        let listed = self.send(plesk_protocol::server::GetProtos::new())??;
        Ok(ProtocolVersion::in_order(listed.map_or_else(Vec::new, |listed| listed.protos.proto)))
    }

    fn deliver<M: Message>(&self, message: M) -> Result<M::Answer, Error> {
        let Inner { core, transport, permits } = &*self.0;
        let mut delivery = Delivery::new(core, message);
        let outcome = delivery.span().in_scope(|| {
            loop {
                let Some(permit) = permits.acquire(delivery.left()) else { break Err(delivery.too_late()) };
                let (request, bounds) = match delivery.request() {
                    Ok(next) => next,
                    Err(error) => break Err(error),
                };
                let response = transport.exchange(request, bounds);
                drop(permit);
                match delivery.after(response) {
                    Next::Done(outcome) => break outcome,
                    Next::Again(pause) => thread::sleep(pause),
                }
            }
        });
        delivery.finish(&outcome);
        outcome
    }
}

impl Build for Client {
    fn build(settings: Settings, ready: ClientParts) -> Result<Self, Error> {
        Ok(Self::build_with(Ureq::new(settings)?, ready))
    }
}

impl<T: Transport> BuildWith<T> for Client {
    fn build_with(transport: T, ClientParts { core, max_in_flight }: ClientParts) -> Self {
        let permits = Permits { free: Mutex::new(max_in_flight), freed: Condvar::new() };
        Self(Arc::new(Inner { core, transport: Box::new(transport), permits }))
    }
}

/// Shows the server and the settings, never the credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.core.fmt(f)
    }
}

/// How many more requests may be made at once.
struct Permits {
    free: Mutex<usize>,
    freed: Condvar,
}

impl Permits {
    /// Waits until a request may be made, for so long at most.
    fn acquire(&self, longest: Option<Duration>) -> Option<Permit<'_>> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let none = |free: &mut usize| *free == 0;
        let mut free = match longest {
            Some(longest) => {
                self.freed.wait_timeout_while(free, longest, none).unwrap_or_else(PoisonError::into_inner).0
            }
            None => self.freed.wait_while(free, none).unwrap_or_else(PoisonError::into_inner),
        };
        *free = free.checked_sub(1)?;
        Some(Permit(self))
    }
}

/// Gives its place back when dropped, after a panic too.
struct Permit<'a>(&'a Permits);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}
