//! What all tests of the clients share.

mod server;
mod subject;

pub(crate) use server::{Server, Stream, http, packet, read_request, serve, serve_after_drops, serve_many, serve_with};
pub(crate) use subject::{Async, Blocking, Subject, TRACED_SUITE};

/// The key of all clients here; no message may show it.
pub(crate) const KEY: &str = "c0ffee-secret-key";

/// The answer to the end of a session, without its packet.
pub(crate) const TERMINATED: &str = "<session><terminate><result><status>ok</status></result></terminate></session>";

/// How bytes travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Plain,
    Tls,
}

/// Runs each of these functions with both clients, over plain and TLS connections.
macro_rules! suite {
    ($($name:ident),* $(,)?) => {$(
        mod $name {
            use crate::support::{Async, Blocking, Way};

            #[test]
            fn asynchronous_plain() {
                super::$name::<Async>(Way::Plain);
            }

            #[test]
            fn asynchronous_tls() {
                super::$name::<Async>(Way::Tls);
            }

            #[test]
            fn blocking_plain() {
                super::$name::<Blocking>(Way::Plain);
            }

            #[test]
            fn blocking_tls() {
                super::$name::<Blocking>(Way::Tls);
            }
        }
    )*};
}

/// Runs each of these functions with both clients.
macro_rules! both {
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

/// Checks that an error is of the kind of the pattern and that its message holds all of the words.
macro_rules! assert_error {
    ($error:expr, $pattern:pat $(if $guard:expr)?, $($words:literal),+ $(,)?) => {{
        let error = $error;
        let message = error.to_string();
        assert!(matches!(&error, $pattern $(if $guard)?), "{error:?}");
        $(assert!(message.contains($words), "{:?} is not in: {message}", $words);)+
    }};
}
