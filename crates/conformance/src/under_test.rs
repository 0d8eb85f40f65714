//! The code under test: checks a packet, reads it, and writes it back.

use plesk_protocol::{request, response};
use plesk_wire::packet;
use plesk_wire::xml::{Content, Limits, Reader, Strictness, Validator, Violations, Writer};

use crate::Direction;

/// Our verdict on a packet: the packet as we write it back, or every violation.
pub type Checked = Result<Vec<u8>, Violations>;

/// Checks `packet`, reads it, and returns it as we write it back.
///
/// # Errors
/// Every violation that the check reports.
///
/// # Panics
/// If the check accepts the packet but the strict reader or the validator refuses it. One of them is wrong then,
/// whatever libxml2 reports.
pub fn check_and_write_back(direction: Direction, packet: &[u8]) -> Checked {
    match direction {
        Direction::Request => check_as::<request::Packet>(packet),
        Direction::Response => check_as::<response::Packet>(packet),
    }
}

fn check_as<T: Content>(packet: &[u8]) -> Checked {
    packet::check::<T>(packet)?;
    Ok(write_back::<T>(packet).unwrap_or_else(|message| {
        panic!("the check accepts a packet that cannot be read: {message}\n{}", String::from_utf8_lossy(packet))
    }))
}

fn write_back<T: Content>(packet: &[u8]) -> Result<Vec<u8>, String> {
    let read = Reader::new(packet, Strictness::Strict, Limits::DEFAULT).and_then(|mut r| r.document::<T>("packet"));
    let value = read.map_err(|error| error.to_string())?;
    Validator::check("packet", &value).map_err(|violations| violations.to_string())?;
    Ok(Writer::document("packet", &value))
}
