//! Reads files and standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use plesk_wire::xml::Limits;

/// Reads `file`, or standard input if it is `-`.
///
/// It stops one byte after the size limit. That byte is enough for the check to refuse the packet as too large.
pub(crate) fn read(file: &Path) -> io::Result<Vec<u8>> {
    let limit = Limits::DEFAULT.size as u64 + 1;
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(file)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
