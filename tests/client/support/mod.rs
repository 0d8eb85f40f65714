//! Shared helpers: both clients behind one trait, servers of raw bytes, and a transport without a network.

mod any_client;
mod fake_transport;
mod server;

pub(crate) use any_client::{AnyClient, Async, Blocking, TRACED_SUITE};
pub(crate) use fake_transport::{Attempt, FakeTransport, connect_error, no_response_error};
pub(crate) use server::{
    Server, Stream, http_response, packet, read_request, response_with, serve, serve_after_drops, serve_cut_off,
    serve_many, serve_with,
};

/// The secret key of all clients; no message may show it.
pub(crate) const KEY: &str = "c0ffee-secret-key";

/// The reply to `session/terminate`, with its operator.
pub(crate) const TERMINATED: &str = "<session><terminate><result><status>ok</status></result></terminate></session>";

/// The reply to `customer/add`, with its operator.
pub(crate) const ADDED: &str =
    "<customer><add><result><status>ok</status><id>7</id><guid>g</guid></result></add></customer>";

/// Whether a connection uses TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Http,
    Https,
}

impl Scheme {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

/// Runs each of these functions with both clients, over plain and TLS connections.
macro_rules! test_over_http_and_https {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            use crate::support::{Async, Blocking, Scheme};

            #[test]
            fn async_http() {
                super::$name::<Async>(Scheme::Http);
            }

            #[test]
            fn async_https() {
                super::$name::<Async>(Scheme::Https);
            }

            #[test]
            fn blocking_http() {
                super::$name::<Blocking>(Scheme::Http);
            }

            #[test]
            fn blocking_https() {
                super::$name::<Blocking>(Scheme::Https);
            }
        }
    )*};
}

/// Runs each of these functions with both clients.
macro_rules! test_with_both_clients {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            use crate::support::{Async, Blocking};

            #[test]
            fn asynchronous() {
                super::$name::<Async>();
            }

            #[test]
            fn blocking() {
                super::$name::<Blocking>();
            }
        }
    )*};
}

/// Checks that an error matches the pattern and that its message contains all of the texts.
macro_rules! assert_error {
    ($error:expr, $pattern:pat $(if $guard:expr)?, $($texts:literal),+ $(,)?) => {{
        let error = $error;
        let message = error.to_string();
        assert!(matches!(&error, $pattern $(if $guard)?), "{error:?}");
        $(assert!(message.contains($texts), "{:?} is not in: {message}", $texts);)+
    }};
}
