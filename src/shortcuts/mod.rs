//! Requests that nearly every program makes: the one object of a name, suspending and resuming, a login link.
//!
//! Each of them is an operation like any other, or makes one. It can be sent by either client, alone or in a batch.
//! [`Client::find_or_create_customer`](crate::Client::find_or_create_customer) takes several steps, so it is a method.
//!
//! ```no_run
//! # async fn example(client: plesk::Client) -> Result<(), plesk::Error> {
//! use plesk::shortcuts;
//!
//! let site = client.send(shortcuts::site("example.com")).await??;
//! println!("site {} of {:?}", site.id, site.info.cr_date);
//! client.send(shortcuts::suspend_customer("jo")).await??;
//! # Ok(())
//! # }
//! ```

#[cfg(all(feature = "customer", feature = "_client"))]
mod find_or_create;
mod one;

#[cfg(all(feature = "customer", feature = "_client"))]
pub use find_or_create::FoundCustomer;
pub use one::{Found, FoundObject, One, Select, Whole};

/// Returns the request for the site with this domain name, with its general data. Mail, DNS and subdomains need
/// its ID.
#[cfg(feature = "site")]
pub fn site(name: impl Into<String>) -> One<plesk_protocol::site::Get, Found> {
    use plesk_protocol::site::{Dataset, Filter, Get};
    One::of(Get::new(Filter::name(name), Dataset::new().gen_info()))
}

/// Returns the request for the subscription with this name, its main domain, with its general data.
#[cfg(feature = "webspace")]
pub fn webspace(name: impl Into<String>) -> One<plesk_protocol::webspace::Get, Found> {
    use plesk_protocol::webspace::{Dataset, Filter, Get};
    One::of(Get::new(Filter::name(name), Dataset::new().gen_info()))
}

/// Returns the request for the customer with this login, with the general data.
#[cfg(feature = "customer")]
pub fn customer(login: impl Into<String>) -> One<plesk_protocol::customer::Get, Found> {
    use plesk_protocol::customer::{Dataset, Filter, Get};
    One::of(Get::new(Filter::login(login), Dataset::new().gen_info()))
}

/// The status of an active account.
#[cfg(feature = "customer")]
const ACTIVE: i64 = 0;

/// The status of an account that the administrator suspended.
#[cfg(feature = "customer")]
const SUSPENDED: i64 = 16;

/// Returns the request that suspends the customer with this login, and with it the customer's subscriptions.
#[cfg(feature = "customer")]
pub fn suspend_customer(login: impl Into<String>) -> One<plesk_protocol::customer::Set> {
    set_status(login.into(), SUSPENDED)
}

/// Returns the request that makes the suspended customer with this login active again.
#[cfg(feature = "customer")]
pub fn resume_customer(login: impl Into<String>) -> One<plesk_protocol::customer::Set> {
    set_status(login.into(), ACTIVE)
}

#[cfg(feature = "customer")]
fn set_status(login: String, status: i64) -> One<plesk_protocol::customer::Set> {
    use plesk_protocol::customer::{Filter, Set, SetGenInfo, SetValues};
    One::new(Set::new(Filter::login(login), SetValues::new().gen_info(SetGenInfo::new().status(status))))
}

/// Returns the request for a session of the user with this login, who connects from `address`. [`login_link`] makes a link
/// of its answer.
#[cfg(all(feature = "server", feature = "_client"))]
pub fn session(login: impl Into<String>, address: std::net::IpAddr) -> plesk_protocol::server::CreateSession {
    use base64::Engine;
    use plesk_protocol::server::{CreateSession, SessionData};

    let address = base64::prelude::BASE64_STANDARD.encode(address.to_string());
    CreateSession::new(login).data(SessionData::new(address, ""))
}

/// Returns the link that opens the panel at `url` as the user of `session`, once. Keep it as secret as a password.
///
/// ```no_run
/// # async fn example(client: plesk::Client, visitor: std::net::IpAddr) -> Result<(), plesk::Error> {
/// use plesk::shortcuts;
///
/// let session = client.send(shortcuts::session("jo", visitor)).await??;
/// let link = shortcuts::login_link("https://panel.example:8443", &session);
/// println!("Location: {}", link.expose());
/// # Ok(())
/// # }
/// ```
#[cfg(feature = "server")]
pub fn login_link(url: &str, session: &plesk_protocol::server::CreateSessionResult) -> plesk_wire::packet::Secret {
    let url = url.trim_end_matches('/');
    format!("{url}/enterprise/rsession_init.php?PLESKSESSID={}", session.id.expose()).into()
}
