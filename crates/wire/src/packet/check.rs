//! The check of raw packets.

use crate::xml::{self, Content, Limits, Violations};

/// Checks a raw packet as a server does before it acts on one. `P` is `request::Packet` or
/// `response::Packet`.
///
/// All violations are returned at once, each with its line, its path and advice:
/// `line 6: packet/webspace/add/gen_setup/owner-id: '' is not an integer; leave the element out if it
/// has no value`. The result is that of the server, which validates with libxml2. [`xml::check`] lists
/// the few things that are refused on purpose.
///
/// # Errors
/// All violations of the packet.
pub fn check<P: Content>(packet: &[u8]) -> Result<(), Violations> {
    xml::check::<P>("packet", packet, Limits::DEFAULT)
}
