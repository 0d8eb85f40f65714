//! Our verdict on a packet.

use plesk_protocol::{request, response};
use plesk_wire::xml::{Content, Limits, Reader, Strictness, Validator, Writer};

use crate::Direction;

/// Holds `packet` against the schema: reads it strictly into the emitted types and validates what was read. Returns it
/// as it is written back.
///
/// # Errors
/// What is wrong with it, in words.
pub fn check(direction: Direction, packet: &[u8]) -> Result<Vec<u8>, String> {
    match direction {
        Direction::Request => round::<request::Packet>(packet),
        Direction::Answer => round::<response::Packet>(packet),
    }
}

fn round<T: Content>(packet: &[u8]) -> Result<Vec<u8>, String> {
    let read = Reader::new(packet, Strictness::Strict, Limits::DEFAULT).and_then(|mut r| r.document::<T>("packet"));
    let value = read.map_err(|error| error.to_string())?;
    Validator::check("packet", &value).map_err(|violations| violations.to_string())?;
    Ok(Writer::document("packet", &value))
}
