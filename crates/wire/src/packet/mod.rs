//! The vocabulary of Plesk's packets: what every operation has in common.

mod code;
mod effect;
pub mod http;
mod many;
mod operation;
mod outcome;
mod secret;

pub use code::ErrorCode;
pub use effect::{Effect, Retry};
pub use many::{Many, NotSingle};
pub use operation::{Incomplete, Operation};
#[doc(hidden)]
pub use outcome::reading_gone_as_done;
pub use outcome::{Fault, Outcome, Status};
pub use secret::Secret;
