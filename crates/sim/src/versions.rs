//! The protocol versions that packets may name.

use plesk_protocol::PROTOCOL;

/// Known versions older than [`PROTOCOL`]. The list may contain [`PROTOCOL`] itself.
const OLDER: &[&str] = &[
    "1.0.0.0", "1.4.2.0", "1.5.2.0", "1.6.0.0", "1.6.0.2", "1.6.3.0", "1.6.3.1", "1.6.3.2", "1.6.3.4", "1.6.3.5",
    "1.6.4.0", "1.6.5.0", "1.6.6.0", "1.6.7.0", "1.6.8.0", "1.6.9.0", "1.6.9.1",
];

/// Returns the accepted versions, oldest first. Packets of all of them are validated against the
/// schemas of [`PROTOCOL`], the only ones at hand.
pub(crate) fn accepted() -> impl Iterator<Item = &'static str> {
    OLDER.iter().copied().filter(|version| *version != PROTOCOL).chain([PROTOCOL])
}

/// Returns `true` if packets may name this version. The last parts may be missing if they are 0: `1.6`
/// is `1.6.0.0`.
pub(crate) fn is_accepted(version: &str) -> bool {
    accepted().any(|known| known.strip_prefix(version).is_some_and(|rest| ["", ".0", ".0.0", ".0.0.0"].contains(&rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_accepted_completes_short_versions_with_zeros() {
        for version in ["1.0.0.0", "1.6.9.1", "1.6", "1.6.5", "1", PROTOCOL] {
            assert!(is_accepted(version), "{version}");
        }
        for version in ["", ".", "1.6.", "1.6.9.", "1.6.9.1.0", "1.6.1", "2", "1.6.9.1 "] {
            assert!(!is_accepted(version), "{version}");
        }
    }
}
