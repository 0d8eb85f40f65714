//! Checking raw packets.

use crate::xml::{self, Content, Limits, Violations};

/// Checks a raw packet as a server does before it acts on one: `P` is `request::Packet` or
/// `response::Packet`.
///
/// All that is wrong is said at once, with lines, paths and what to do about it:
/// `line 6: packet/webspace/add/gen_setup/owner-id: '' is not an integer; leave the element out if
/// it has no value`. The verdict is that of the server, which validates with libxml2; what is not
/// accepted here on purpose is listed at [`xml::check`].
///
/// # Errors
/// Everything that is wrong with the packet.
pub fn check<P: Content>(packet: &[u8]) -> Result<(), Violations> {
    xml::check::<P>("packet", packet, Limits::DEFAULT)
}
