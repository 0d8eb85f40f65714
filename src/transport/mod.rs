//! Transports: send an HTTP request, receive an HTTP response.
//!
//! A transport makes one attempt and does not know about packets. The client decides before and after it
//! what may be sent again and what a response means, so that all transports behave alike. Implement
//! [`Transport`] to bring your own.

#[cfg(feature = "blocking")]
mod answer_after_write_error;
mod api;
#[cfg(feature = "blocking")]
mod connect_error;
mod credentials;
mod endpoint;
mod no_proxy;
mod proxy;
mod received;
#[cfg(feature = "async")]
mod reqwest_transport;
mod settings;
#[cfg(feature = "blocking")]
mod time_limit;
mod tls;
mod transport_error;
#[cfg(feature = "blocking")]
mod ureq_transport;

pub use bytes::Bytes;
pub use http;

pub use api::Bounds;
pub(crate) use api::Whole;
#[cfg(feature = "blocking")]
pub use api::{BlockingBody, BlockingTransport};
#[cfg(feature = "async")]
pub use api::{Body, BoxFuture, Transport};

pub(crate) use credentials::Credentials;
pub(crate) use endpoint::Endpoint;
pub(crate) use proxy::ProxySetting;
pub(crate) use received::{announced_length, redirect_target};
#[cfg(feature = "async")]
pub(crate) use reqwest_transport::Reqwest;
pub use settings::Settings;
pub(crate) use tls::Trust;
#[cfg(feature = "blocking")]
pub(crate) use ureq_transport::Ureq;
