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
//! println!("site {:?}", site.id);
//! client.send(shortcuts::suspend_customer("jo")).await??;
//! # Ok(())
//! # }
//! ```

#[cfg(all(feature = "customer", feature = "_client"))]
mod find_or_create;

#[cfg(all(feature = "customer", feature = "_client"))]
pub use find_or_create::FoundCustomer;

use plesk_wire::packet::{Effect, ErrorCode, Fault, Idempotency, Operation, Outcome, OutcomeBody, Outcomes};
use plesk_wire::xml::{Any, Content, ContentKind, ReadError, Reader, Visitor};

/// An operation that must act on exactly one object. Its answer is the result for this object.
///
/// A [`Fault`] says so if nothing matched ([`is_not_found`](Fault::is_not_found)), or several objects did.
///
/// ```
/// use plesk::{customer, shortcuts::One};
///
/// let del = One(customer::Del::new(customer::Filter::login("jo")));
/// # let _ = del;
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct One<Op>(pub Op);

impl<Op: Content> Content for One<Op> {
    const KIND: ContentKind = Op::KIND;
    const DENY_UNKNOWN: bool = Op::DENY_UNKNOWN;

    fn placeholder() -> Self {
        Self(Op::placeholder())
    }

    fn read_attributes(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        self.0.read_attributes(r)
    }

    fn recover(&mut self, error: ReadError, r: &Reader<'_>) -> Result<(), ReadError> {
        self.0.recover(error, r)
    }

    fn read(&mut self, r: &mut Reader<'_>) -> Result<(), ReadError> {
        self.0.read(r)
    }

    fn read_raw(&mut self, element: Any) {
        self.0.read_raw(element);
    }

    fn visit_attributes<V: Visitor>(&self, v: &mut V) {
        self.0.visit_attributes(v);
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        self.0.visit(v);
    }
}

impl<Op, T, B> Operation for One<Op>
where
    Op: Operation<Answer = Outcomes<T, B>>,
    T: Send + 'static,
    B: OutcomeBody<T> + Send + 'static,
{
    const OPERATOR: &'static str = Op::OPERATOR;
    const PATH: &'static [&'static str] = Op::PATH;
    const REPEATS: bool = Op::REPEATS;
    const TARGETS: &'static [&'static str] = Op::TARGETS;
    const EFFECT: Effect = Op::EFFECT;
    const IDEMPOTENCY: Idempotency = Op::IDEMPOTENCY;
    const MAY_BE_EMPTY: bool = Op::MAY_BE_EMPTY;
    type Reply = Op::Reply;
    type Answer = Result<T, Fault>;

    fn effect(&self) -> Effect {
        self.0.effect()
    }

    fn idempotency(&self) -> Idempotency {
        self.0.idempotency()
    }

    fn answer(reply: Self::Reply) -> Self::Answer {
        match Op::answer(reply).into_single() {
            Ok(result) => result.map_err(Fault::erase),
            Err(not_single) => Err(not_one(not_single.0.len())),
        }
    }

    fn nothing() -> Option<Self::Reply> {
        Op::nothing()
    }

    fn not_found_as_success(reply: &mut Self::Reply) {
        Op::not_found_as_success(reply);
    }

    fn join(reply: &mut Self::Reply, further: Self::Reply) {
        Op::join(reply, further);
    }
}

/// Returns the fault for a number of results other than one.
fn not_one(found: usize) -> Fault {
    match found {
        0 => fault(ErrorCode::NOT_FOUND, "nothing matches the filter".to_owned()),
        many => invalid(format!("{many} objects match the filter, and one was expected; select it by ID")),
    }
}

/// Returns a fault for an answer that does not say what was asked.
fn invalid(text: String) -> Fault {
    fault(ErrorCode::INVALID_VALUE, text)
}

fn fault(code: ErrorCode, text: String) -> Fault {
    match Outcome::error(code, text, ()).into_result() {
        Err(fault) => fault,
        Ok(()) => unreachable!("an error"),
    }
}

/// Returns the request for the site with this domain name, with its general data. Mail, DNS and subdomains need its ID.
#[cfg(feature = "site")]
pub fn site(name: impl Into<String>) -> One<plesk_protocol::site::Get> {
    use plesk_protocol::site::{Dataset, Filter, Get};
    One(Get::new(Filter::name(name), Dataset::new().gen_info()))
}

/// Returns the request for the subscription with this name, its main domain, with its general data.
#[cfg(feature = "webspace")]
pub fn webspace(name: impl Into<String>) -> One<plesk_protocol::webspace::Get> {
    use plesk_protocol::webspace::{Dataset, Filter, Get};
    One(Get::new(Filter::name(name), Dataset::new().gen_info()))
}

/// Returns the request for the customer with this login, with the general data.
#[cfg(feature = "customer")]
pub fn customer(login: impl Into<String>) -> One<plesk_protocol::customer::Get> {
    use plesk_protocol::customer::{Dataset, Filter, Get};
    One(Get::new(Filter::login(login), Dataset::new().gen_info()))
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
    One(Set::new(Filter::login(login), SetValues::new().gen_info(SetGenInfo::new().status(status))))
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
