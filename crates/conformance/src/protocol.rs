//! The schemas of the current protocol version.

use std::fs;
use std::path::{Path, PathBuf};

use plesk_codegen::config::Config;
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
    Protocol::read(&schemas, config())
}

/// Returns the configuration of the current protocol version: the layer that the manifest names, or that of the version.
fn config() -> Config {
    let path = schema_directory().join("../manifest.toml");
    let manifest = fs::read_to_string(path).unwrap_or_default();
    let section = format!("[protocol.\"{}\"]\n", plesk_protocol::PROTOCOL);
    let entry = manifest.split_once(&section).map_or("", |(_, rest)| rest.split("\n\n").next().unwrap_or_default());
    let layer = entry.lines().find_map(|line| line.strip_prefix("layer = \"")?.strip_suffix('"'));
    layer.and_then(plesk::config_with_layer).unwrap_or_else(|| plesk::config(plesk_protocol::PROTOCOL))
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
