//! Stops a bump at a safe point after Ctrl-C.

use std::sync::atomic::{AtomicBool, Ordering};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Defers Ctrl-C to the next call of [`check`].
///
/// Whoever interrupts a bump expects an unchanged workspace, so it must not end between two steps.
pub(super) fn defer() -> Result<(), String> {
    ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::SeqCst)).map_err(|e| e.to_string())
}

/// Returns an error if the program was interrupted.
pub(super) fn check() -> Result<(), String> {
    if INTERRUPTED.load(Ordering::SeqCst) { Err("interrupted".to_owned()) } else { Ok(()) }
}
