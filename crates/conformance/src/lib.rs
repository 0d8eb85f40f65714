//! Packets made from the model of the schemas, and our verdicts on them held against libxml2's.
//!
//! Everything here is generic over the [`model`]: what the schemas gain, the packets gain.
//!
//! - [`run`](mod@run) is `cargo xtask conformance`
//! - [`specimen`] makes valid packets: the smallest and the fullest of each operation, and random ones
//! - [`mutation`] changes them
//! - [`coverage`] counts what they reach of the model
//! - [`reference`](mod@reference) asks libxml2, with which the server validates
//! - [`verdict`] asks us
//! - [`divergence`] lists where the two differ on purpose
//! - [`foreign`] does a part of this with any other schemas
//! - [`canonical`] brings packets into one form, to compare them without the codec

pub mod canonical;
pub mod coverage;
pub mod divergence;
pub mod document;
pub mod foreign;
mod free_content;
pub mod mutation;
pub mod protocol;
pub mod reference;
pub mod resolve;
pub mod run;
mod shrink;
pub mod specimen;
pub mod tree;
pub mod value;
pub mod verdict;

use plesk_codegen::model;

/// The direction of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the client.
    Request,
    /// From the server.
    Answer,
}

impl Direction {
    /// Both of them.
    pub const BOTH: [Self; 2] = [Self::Request, Self::Answer];

    /// Whether the model's direction is, or includes, this one.
    pub fn is_of(self, direction: model::Direction) -> bool {
        match direction {
            model::Direction::Request => self == Self::Request,
            model::Direction::Response => self == Self::Answer,
            model::Direction::Both => true,
        }
    }
}
