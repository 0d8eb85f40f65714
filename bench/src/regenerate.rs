//! The time of `cargo xtask regenerate`, without that of reading its own program and of writing files.

use std::path::Path;
use std::time::Instant;

use plesk_codegen::Schemas;
use plesk_conformance::Direction;
use plesk_conformance::protocol::{entry_point, schema_directory};
use plesk_protocol::PROTOCOL;

/// Returns the time of a generation that writes nothing, in seconds.
///
/// # Errors
/// The problems of the schemas, or that the emitted crate is not up to date.
pub fn time() -> Result<f64, String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src");
    let directory = schema_directory();
    let [request, response] = [Direction::Request, Direction::Response].map(entry_point);
    let schemas = Schemas { directory: &directory, protocol: PROTOCOL, request, response };
    let config = plesk_codegen::plesk::config(PROTOCOL);
    let start = Instant::now();
    let summary = plesk_codegen::generate(&schemas, &config, &source, true).map_err(|error| error.to_string())?;
    let time = start.elapsed().as_secs_f64();
    if summary.changes.is_empty() { Ok(time) } else { Err("the emitted crate is not up to date".to_owned()) }
}
