//! The vocabulary of Plesk's packets: what all operations have in common.

mod check;
mod code;
mod context;
mod effect;
pub mod http;
mod id;
mod operation;
mod outcome;
mod outcomes;
mod replies;
mod secret;
#[cfg(feature = "serde")]
mod serde;

pub use check::check;
pub use code::ErrorCode;
pub use context::{Mask, ReplyContext};
pub use effect::{Effect, Idempotency};
pub use id::Id;
pub use operation::Operation;
pub use outcome::{Fault, Outcome, OutcomeBody, Status};
pub use outcomes::{NotSingle, Outcomes};
pub use plesk_wire_derive::Operation;
pub use replies::{EachReply, SingleReply};
pub use secret::Secret;
