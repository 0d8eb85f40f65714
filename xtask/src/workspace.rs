//! Paths of the workspace, and as users see them.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The value of `--root`.
static ROOT: OnceLock<PathBuf> = OnceLock::new();

/// Sets the root of the workspace. Must be called before anything uses it.
pub(crate) fn set_root(root: PathBuf) {
    // `main` calls this once, so the value is never set already.
    let _ = ROOT.set(root);
}

/// Returns the root of the workspace: the value of `--root`, or the workspace that this program was built in.
pub(crate) fn root() -> PathBuf {
    let built_in = || Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned();
    ROOT.get().cloned().unwrap_or_else(built_in)
}

/// Returns a path relative to the root of the workspace, if it is in there.
pub(crate) fn relative_to_root(path: &Path) -> PathBuf {
    path.strip_prefix(root()).unwrap_or(path).to_owned()
}

/// Returns a path relative to the current directory, if it is in there.
pub(crate) fn relative_to_current(path: &Path) -> PathBuf {
    let current = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(current).unwrap_or(path).to_owned()
}
