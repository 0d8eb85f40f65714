//! Packets without a network: a batch becomes bytes, and the bytes of an answer become a reply.

mod decode;
mod encode;
mod entry;
mod rules;
mod shape;
mod slot;

pub(crate) use decode::{Decoded, decode};
#[cfg(feature = "_client")]
pub(crate) use encode::masked_settings;
pub(crate) use encode::{encode, encode_masked, validate};
pub(crate) use entry::Entry;
pub use rules::Rules;
pub use shape::{Mismatch, Shape};
pub(crate) use slot::{Answer, Pending, Slot, State};

#[cfg(all(test, feature = "full"))]
mod tests;
