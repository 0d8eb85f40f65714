//! The reference implementation: libxml2, which the server validates with.

pub(crate) use plesk_conformance::Direction;
pub(crate) use plesk_conformance::libxml2::assert_verdict as assert_libxml2;

/// Returns whether libxml2 accepts each of `packets`; `None` if xmllint is not installed.
pub(crate) fn libxml2_verdicts(direction: Direction, packets: &[impl AsRef<[u8]>]) -> Option<Vec<bool>> {
    let verdicts = plesk_conformance::libxml2::verdicts(direction, packets)?;
    Some(verdicts.into_iter().map(|verdict| verdict.valid).collect())
}

/// Returns the messages of libxml2 for each of `packets`, with their lines; `None` if xmllint is not installed.
pub(crate) fn libxml2_messages(direction: Direction, packets: &[impl AsRef<[u8]>]) -> Option<Vec<Vec<(u32, String)>>> {
    let verdicts = plesk_conformance::libxml2::verdicts(direction, packets)?;
    let parse = |message: &String| {
        let (location, message) = message.split_once("Schemas validity error : ")?;
        let line = location.split(':').next()?.parse().ok()?;
        Some((line, message.to_owned()))
    };
    Some(verdicts.iter().map(|verdict| verdict.messages.iter().filter_map(parse).collect()).collect())
}
