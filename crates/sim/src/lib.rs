//! A simulated Plesk to test XML API clients against: in memory, on a loopback port, over HTTPS
//! with a certificate of its own.
//!
//! ```
//! use plesk_sim::Sim;
//!
//! let sim = Sim::start()?;
//! let customer = sim.state().add_customer("jo").id;
//!
//! // Point a client at sim.url(), let it trust sim.certificate_pem() and authenticate with
//! // sim.login() and sim.password(), or with sim.secret_key(). Then see what it did:
//! assert!(sim.state().customers.contains_key(&customer));
//! assert!(sim.exchanges().is_empty());
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! It authenticates, refuses what the schemas do not allow, and then does what was asked: what a
//! packet deletes is gone for the next one. IDs, credentials and the certificate are new at each
//! start.
//!
//! It models the operators `customer`, `reseller`, `service-plan`, `session` and `webspace`, and
//! `create_session` and `get_protos` of `server`. A packet that asks for anything else is refused as
//! a whole, with error 1023 and the name of what is missing.
//!
//! What `add` and `set` store, `get` returns; a subscription takes over what its plan gives, until
//! it has settings of its own; whoever is deleted takes along what they own. What no operation here
//! makes (IP addresses, reseller plans, add-on plans, applications, additional services, database
//! servers) is seeded through [`State`].
//!
//! What it does not do: only the administrator may use the API; older protocol versions are
//! accepted but held against the newest schemas; limits and permissions are kept, but bind nobody,
//! and any name will do for one.

mod authentication;
mod clock;
mod operators;
mod packet;
mod plesk;
mod random;
mod recorder;
mod refusal;
mod server;
mod sim;
mod state;
mod tls;

pub use recorder::Exchange;
pub use sim::{Builder, Sim};
pub use state::{
    ADMINISTRATOR_ID, Account, ApplicationList, DbServer, Hosting, ResellerPlan, ResellerSettings, ServicePlan,
    Session, Settings, State, Subscription,
};
