//! The direction of a packet.

use crate::model;

/// The direction of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the client to the server.
    Request,
    /// From the server to the client.
    Response,
}

impl Direction {
    /// Both directions.
    pub const BOTH: [Self; 2] = [Self::Request, Self::Response];

    /// Returns `true` if the model's direction is this one or both.
    pub fn is_of(self, direction: model::Direction) -> bool {
        match direction {
            model::Direction::Request => self == Self::Request,
            model::Direction::Response => self == Self::Response,
            model::Direction::Both => true,
        }
    }
}
