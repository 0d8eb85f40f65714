//! Encodes operations as a packet and decodes the response packet, without a network.

mod decode;
mod dyn_operation;
mod encode;
mod mismatch;
mod operation_path;
mod options;
mod ordinals;
#[cfg(feature = "_client")]
mod read_request;
mod reply_slot;
mod secrets;
#[cfg(feature = "_client")]
mod splitter;

pub(crate) use decode::{DecodedResponse, Refusal, ResponseScope, decode};
pub(crate) use dyn_operation::DynOperation;
#[cfg(feature = "_client")]
pub(crate) use encode::redact_settings;
pub(crate) use encode::{encode, encode_redacted, validate};
pub use mismatch::Mismatch;
pub use operation_path::OperationPath;
pub use options::CodecOptions;
#[cfg(feature = "_client")]
pub(crate) use read_request::{read_effect, read_request};
pub(crate) use reply_slot::{Pending, ReadAnswer, ReplySlot, SlotState};
pub(crate) use secrets::{RequestSecrets, ResponseMask};
#[cfg(feature = "_client")]
pub(crate) use splitter::{Part, PartKind, Splitter};

#[cfg(all(test, feature = "full"))]
mod tests;
