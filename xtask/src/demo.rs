//! `cargo xtask demo`: runs the main use cases from end to end, without a network.

use crate::cargo::cargo;
use crate::regenerate;

/// Regenerates, then builds and runs the example `demo`.
pub(crate) fn demo() -> Result<bool, String> {
    if !regenerate::regenerate(&regenerate::Arguments::default())? {
        return Ok(false);
    }
    cargo(&["run", "--quiet", "--example", "demo"], &[])
}
