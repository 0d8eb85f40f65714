//! The state of the simulated Plesk: accounts, plans, subscriptions and sessions.

mod account;
mod extension;
mod objects;
mod ownership;
mod plan;
mod server;
mod session;
mod settings;
mod subscription;
mod table;

pub use self::account::{ADMINISTRATOR_ID, Account, ResellerSettings};
pub use self::extension::Extension;
pub use self::objects::State;
pub use self::plan::{ResellerPlan, ServicePlan};
pub use self::server::DbServer;
pub use self::session::Session;
pub use self::settings::{ApplicationList, Settings};
pub use self::subscription::{Hosting, Subscription};
pub use self::table::Table;
pub(crate) use self::table::{IndexKey, Record};
