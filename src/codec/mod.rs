//! Packets without a network: a batch becomes bytes, and the bytes of an answer become a reply.

mod decode;
mod encode;
mod entry;
mod shape;
mod slot;

pub(crate) use decode::{Decoded, decode};
pub(crate) use encode::{encode, encode_masked, validate};
pub(crate) use entry::Entry;
pub use shape::{Exchange, Shape};
pub(crate) use slot::{Answer, Slot, State};

use plesk_wire::xml::{Limits, Strictness};

/// How packets are written, checked and read.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    /// The attribute `version` of the packet.
    pub(crate) version: Option<String>,
    /// Whether requests may hold values that an enumeration of the schema does not list.
    pub(crate) allow_unlisted_values: bool,
    /// How answers are held against the schema.
    pub(crate) reading: Strictness,
    /// The size of the largest answer to read, in bytes.
    pub(crate) max_response_size: usize,
}

impl Rules {
    /// What the reader refuses.
    fn limits(&self) -> Limits {
        let mut limits = Limits::DEFAULT;
        limits.size = self.max_response_size;
        limits
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            version: None,
            allow_unlisted_values: false,
            reading: Strictness::Lenient,
            max_response_size: Limits::DEFAULT.size,
        }
    }
}

#[cfg(all(test, feature = "full"))]
mod tests;
