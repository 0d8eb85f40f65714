//! Checks a packet that somebody else wrote, as a server would.

use plesk::request;

/// Returns a line for each violation: the line in the packet, the path, and what to do; or `valid`.
pub(crate) fn check(packet: &str) -> String {
    match plesk::check::<request::Packet>(packet.as_bytes()) {
        Ok(()) => "valid".to_owned(),
        Err(violations) => violations.to_string(),
    }
}
