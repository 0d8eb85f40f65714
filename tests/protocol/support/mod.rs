//! Shared helpers, and tables that tests check for completeness.

mod answers;
mod exchange;
mod operations;
mod outcomes;
pub(crate) mod reference;
mod requests;
mod samples;
mod source;
mod tree;

pub(crate) use answers::*;
pub(crate) use exchange::*;
pub(crate) use operations::*;
pub(crate) use outcomes::*;
pub(crate) use reference::*;
pub(crate) use requests::*;
pub(crate) use samples::*;
pub(crate) use source::*;
pub(crate) use tree::*;
