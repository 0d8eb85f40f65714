//! The protocol versions that packets may name.

use plesk_protocol::PROTOCOL;

/// Known versions older than [`PROTOCOL`]. The list may contain [`PROTOCOL`] itself.
const OLDER: &[&str] =
    &["1.6.3.0", "1.6.3.1", "1.6.3.4", "1.6.3.5", "1.6.5.0", "1.6.6.0", "1.6.7.0", "1.6.8.0", "1.6.9.0", "1.6.9.1"];

/// Returns the accepted versions, oldest first. Packets of all of them are validated against the
/// schemas of [`PROTOCOL`], the only ones at hand.
pub(crate) fn accepted() -> impl Iterator<Item = &'static str> {
    OLDER.iter().copied().filter(|version| *version != PROTOCOL).chain([PROTOCOL])
}
