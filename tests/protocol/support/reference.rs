//! The reference: what libxml2, with which the server validates, says about a packet.

pub(crate) use plesk_conformance::Direction;
pub(crate) use plesk_conformance::reference::assert_verdict as assert_libxml2;

/// Whether libxml2 finds each of `packets` valid; `None` if xmllint is not installed.
pub(crate) fn libxml2_verdicts(direction: Direction, packets: &[impl AsRef<[u8]>]) -> Option<Vec<bool>> {
    let verdicts = plesk_conformance::reference::verdicts(direction, packets)?;
    Some(verdicts.into_iter().map(|verdict| verdict.valid).collect())
}
