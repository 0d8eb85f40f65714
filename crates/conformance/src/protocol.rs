//! The schemas of the current protocol version.

use std::path::{Path, PathBuf};

use plesk_codegen::error::Error;
pub use plesk_codegen::samples::{OutcomeMember, Protocol};
use plesk_codegen::{Schemas, plesk};

use crate::Direction;

/// The entry points of the schemas, for request and response packets.
pub(crate) const ENTRY_POINTS: [&str; 2] = ["agent_input.xsd", "agent_output.xsd"];

/// Reads the schemas of the current protocol version, from which the crate under test was generated.
///
/// # Errors
/// Every problem of the schemas.
pub fn current() -> Result<Protocol, Error> {
    let directory = schema_directory();
    let [request, response] = ENTRY_POINTS;
    let schemas = Schemas { directory: &directory, protocol: plesk_protocol::PROTOCOL, request, response };
    Protocol::read(&schemas, plesk::config(plesk_protocol::PROTOCOL))
}

/// Returns the directory of the current schema files.
pub fn schema_directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas").join(plesk_protocol::PROTOCOL)
}

/// Returns the entry point for packets of one direction.
pub fn entry_point(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => ENTRY_POINTS[0],
        Direction::Response => ENTRY_POINTS[1],
    }
}
