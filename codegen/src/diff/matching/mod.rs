//! Finds the counterpart of a construct in the other version: by name, and by structure if the name changed.

mod names;
mod order;
mod pairing;
mod structure;

pub(super) use names::are_similar;
pub(super) use order::moved;
pub(super) use pairing::{Pair, pair};
pub(super) use structure::{model_group, same_type_structure};
