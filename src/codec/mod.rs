//! Packets without a network: a batch becomes bytes, and the bytes of an answer become a reply.

mod decode;
mod encode;
mod entry;
mod rules;
mod shape;
mod slot;

pub(crate) use decode::{Decoded, decode};
#[cfg(feature = "_client")]
pub(crate) use encode::redacted_settings;
pub(crate) use encode::{encode, encode_redacted, validate};
pub(crate) use entry::DynOperation;
pub use rules::CodecOptions;
pub use shape::{Mismatch, OperationPath};
pub(crate) use slot::{Answer, Pending, ReplySlot, State};

#[cfg(all(test, feature = "full"))]
mod tests;
