//! The reference: what libxml2, with which the server validates, says about a packet.

pub(crate) use plesk_conformance::Direction;
pub(crate) use plesk_conformance::libxml2::assert_verdict as assert_libxml2;

/// Whether libxml2 finds each of `packets` valid; `None` if xmllint is not installed.
pub(crate) fn libxml2_verdicts(direction: Direction, packets: &[impl AsRef<[u8]>]) -> Option<Vec<bool>> {
    let verdicts = plesk_conformance::libxml2::verdicts(direction, packets)?;
    Some(verdicts.into_iter().map(|verdict| verdict.valid).collect())
}

/// What libxml2 says of each of `packets`: line and words.
pub(crate) fn libxml2_words(direction: Direction, packets: &[impl AsRef<[u8]>]) -> Option<Vec<Vec<(u32, String)>>> {
    let verdicts = plesk_conformance::libxml2::verdicts(direction, packets)?;
    let words = |message: &String| {
        let (place, said) = message.split_once("Schemas validity error : ")?;
        let line = place.split(':').next()?.parse().ok()?;
        Some((line, said.to_owned()))
    };
    Some(verdicts.iter().map(|verdict| verdict.messages.iter().filter_map(words).collect()).collect())
}
