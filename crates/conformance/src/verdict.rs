//! Our verdict on a packet.

use plesk_protocol::{request, response};
use plesk_wire::packet;
use plesk_wire::xml::{Content, Limits, Reader, Strictness, Validator, Violations, Writer};

use crate::Direction;

/// Checks `packet`, and returns it as it is written back once it was read.
///
/// # Errors
/// All that is wrong with it.
///
/// # Panics
/// If what is valid cannot be read: then one of the two is wrong, whatever libxml2 says.
pub fn check(direction: Direction, packet: &[u8]) -> Result<Vec<u8>, Violations> {
    match direction {
        Direction::Request => both::<request::Packet>(packet),
        Direction::Answer => both::<response::Packet>(packet),
    }
}

fn both<T: Content>(packet: &[u8]) -> Result<Vec<u8>, Violations> {
    packet::check::<T>(packet)?;
    Ok(read::<T>(packet).unwrap_or_else(|problem| {
        panic!("a valid packet cannot be read: {problem}\n{}", String::from_utf8_lossy(packet))
    }))
}

fn read<T: Content>(packet: &[u8]) -> Result<Vec<u8>, String> {
    let read = Reader::new(packet, Strictness::Strict, Limits::DEFAULT).and_then(|mut r| r.document::<T>("packet"));
    let value = read.map_err(|error| error.to_string())?;
    Validator::check("packet", &value).map_err(|violations| violations.to_string())?;
    Ok(Writer::document("packet", &value))
}
