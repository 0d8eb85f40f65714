//! A simulated Plesk server for tests of XML API clients.
//!
//! The server runs inside the test, on a free port of 127.0.0.1, over HTTPS with a self-signed
//! certificate. It keeps its objects in memory, and in a file if asked. A test starts it, adds objects, points a client at it,
//! and then inspects what the client did:
//!
//! ```
//! use plesk_sim::Sim;
//!
//! // Start a server. It stops when `sim` is dropped.
//! let sim = Sim::start()?;
//!
//! // Add the objects that the test needs.
//! let customer = sim.state().add_customer("jo").id;
//!
//! // Here, run your client against `sim.url()`. It must trust `sim.certificate_pem()`, and
//! // authenticate with `sim.login()` and `sim.password()`, or with `sim.secret_key()`.
//!
//! // Inspect the objects, and the requests and responses as they crossed the socket.
//! assert!(sim.state().customers.contains_key(&customer));
//! assert!(sim.exchanges().is_empty());
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! Each start has new IDs, credentials and a new certificate, so a test cannot rely on fixed ones. For a
//! server without TLS, with fixed credentials or with a state file, see [`Sim::builder`]. [`Sim::inject`]
//! makes requests fail; the README has a whole test of that.
//!
//! # What it does
//!
//! The server authenticates each request, validates the packet against the schemas, and carries out its
//! operations. Values that `add` and `set` store are returned by `get`. A subscription gets the settings
//! of its plan until it has settings of its own. Deleting an account deletes everything that it owns.
//!
//! [`coverage`] lists all operations of the protocol. Each has an answer: "modeled" operations read and change
//! the state; "plausible" ones answer consistently, but nothing behind them is simulated.
//!
//! Some objects cannot be added through the protocol: applications, additional services, and extensions that
//! respond to calls. Add them through [`State`].
//!
//! # Limits
//!
//! - Resellers and customers see and change only their own objects, but their permissions do not matter.
//! - Packets of older protocol versions are accepted, but validated against the newest schemas.
//! - Limits bind only if [`State::enforce_limits`] is set. Permissions are stored but not enforced. The names of
//!   both are not checked.
//! - Files are not kept: an upload is answered with a path, and nothing is installed from it.

mod authentication;
mod clock;
mod environment;
mod failure;
mod http;
mod journal;
mod operations;
mod operators;
mod packet;
mod panel;
mod random;
mod refusal;
mod seed;
mod shared;
mod sim;
mod state;
mod versions;

pub use failure::{Failure, Phase};
pub use http::recorder::Exchange;
pub use operators::coverage::{Coverage, OperationCoverage, coverage};
pub use panel::StateGuard;
pub use sim::{Builder, Sim};
pub use state::{
    ADMINISTRATOR_ID, Account, AdminAlias, ApplicationList, Certificate, CustomButton, Database, DatabaseUser,
    DbServer, Dns, DnsRecord, DnsZone, Event, EventLog, Extension, FtpUser, Hosting, IpDetails, Locale, LogRotation,
    MailAccount, MasterServer, PhpHandler, ProtectedDir, ProtectedDirUser, ResellerPlan, ResellerSettings, SecretKey,
    ServerDescription, Service, ServicePlan, Session, Settings, Site, SiteAlias, Space, State, Subscription, Table,
    VirtualDir,
};

/// Compiles the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
