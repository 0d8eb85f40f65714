//! Transports: send an HTTP request, receive an HTTP response.
//!
//! A transport makes one attempt and does not know about packets. The client decides before and after it
//! what may be sent again and what a response means, so that all transports behave alike. Implement
//! [`Transport`] to bring your own.

#[cfg(feature = "blocking")]
mod answer_after_write_error;
mod api;
mod body;
#[cfg(feature = "blocking")]
mod connect_error;
mod credentials;
mod endpoint;
mod no_proxy;
mod proxy;
#[cfg(feature = "async")]
mod reqwest_transport;
mod settings;
mod tls;
mod transport_error;
#[cfg(feature = "blocking")]
mod ureq_transport;

pub use bytes::Bytes;
pub use http;

#[cfg(feature = "blocking")]
pub use api::BlockingTransport;
pub use api::Bounds;
#[cfg(feature = "async")]
pub use api::{BoxFuture, Transport};
pub(crate) use body::redirect_target;
pub(crate) use credentials::Credentials;
pub(crate) use endpoint::Endpoint;
pub(crate) use proxy::ProxySetting;
#[cfg(feature = "async")]
pub(crate) use reqwest_transport::Reqwest;
pub use settings::Settings;
pub(crate) use tls::Trust;
#[cfg(feature = "blocking")]
pub(crate) use ureq_transport::Ureq;
