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
//! Of the operations it models the operators `customer` and `session`, and `del` of
//! `service-plan`, `reseller` and `webspace`. A packet that asks for anything else is refused as a
//! whole, with error 1023 and the name of what is missing.
//!
//! What it does not do: only the administrator may use the API; older protocol versions are
//! accepted but held against the newest schemas; IP addresses and limits do not exist.

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
