//! The network side: HTTP, TLS, and a record of what crossed the socket.

pub(crate) mod recorder;
pub(crate) mod server;
pub(crate) mod tls;
