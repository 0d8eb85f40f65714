//! `cargo xtask demo`: the main job, end to end, on embedded parts.

use crate::{regenerate, run};

/// Regenerates, then builds and starts the demo as a program of its own.
pub(crate) fn demo() -> Result<bool, String> {
    if !regenerate::regenerate(&regenerate::Arguments::default())? {
        return Ok(false);
    }
    run::cargo(&["run", "--quiet", "--example", "demo"], &[])
}
