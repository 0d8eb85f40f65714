//! What the packets are read from.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use plesk_wire::xml::Limits;

/// The bytes of `file`, or of the standard input if it is `-`: no more than it takes to see that they
/// are too many.
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
