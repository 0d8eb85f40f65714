//! Configures and builds clients.

mod build;
mod client_builder;
mod settings;

pub(crate) use build::ClientParts;
pub use build::{Build, BuildWith};
pub use client_builder::ClientBuilder;
