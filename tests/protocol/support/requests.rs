//! Requests: what is written, and the verdict on raw packets.

use plesk::{Batch, ReadError, Violations, request};
use plesk_wire::xml::{Content, Limits, Reader, Strictness, Validator, Writer};

use super::{Direction, Packed, assert_libxml2, exchange};

/// Reads a whole packet.
pub(crate) fn read<T: Content>(xml: impl AsRef<[u8]>, strictness: Strictness) -> Result<T, ReadError> {
    Reader::new(xml.as_ref(), strictness, Limits::DEFAULT)?.document("packet")
}

/// Why a packet is refused.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Its structure is wrong.
    Structure(ReadError),
    /// Its values are wrong.
    Values(Violations),
}

/// Our verdict on a raw packet: the strict reading, and the validation of what was read.
pub(crate) fn verdict<T: Content>(xml: impl AsRef<[u8]>) -> Result<T, Refusal> {
    let packet = read(xml, Strictness::Strict).map_err(Refusal::Structure)?;
    Validator::check("packet", &packet).map_err(Refusal::Values)?;
    Ok(packet)
}

/// What every packet begins with.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// The bytes of a packet, without the XML declaration.
pub(crate) fn written(packet: &request::Packet) -> String {
    let bytes = String::from_utf8(Writer::document("packet", packet)).unwrap();
    bytes.strip_prefix(DECLARATION).expect("a declaration").to_owned()
}

/// Checks that a client sends `operation` as `xml` after the XML declaration, and that this is a
/// valid packet that reads as the same operation again.
#[track_caller]
pub(crate) fn assert_sent<Op: Packed>(operation: Op, xml: &str) {
    let (sent, _) = exchange(operation.clone(), "");
    assert_eq!(sent, format!("{DECLARATION}{xml}"));
    assert_packet(&operation.into_packet(), xml);
}

/// Checks that `batch`, which holds no secret, is sent as `xml` after the XML declaration.
#[track_caller]
pub(crate) fn assert_batch(batch: &Batch, xml: &str) {
    assert_eq!(batch.to_xml_redacted(), format!("{DECLARATION}{xml}"));
    assert!(verdict::<request::Packet>(xml).is_ok());
    assert_libxml2(Direction::Request, xml, true);
}

/// Checks that `packet` is written as `xml` after the XML declaration, and that this is valid and
/// reads as the same packet again.
#[track_caller]
pub(crate) fn assert_packet(packet: &request::Packet, xml: &str) {
    assert_eq!(written(packet), xml);
    assert_eq!(&verdict::<request::Packet>(xml).expect("a valid packet"), packet);
    assert_libxml2(Direction::Request, xml, true);
}

/// Checks that the raw request `xml` is refused for its structure, by us and by libxml2, and gives
/// our error.
#[track_caller]
pub(crate) fn assert_refused(xml: &str) -> ReadError {
    assert_libxml2(Direction::Request, xml, false);
    match verdict::<request::Packet>(xml) {
        Err(Refusal::Structure(error)) => error,
        other => panic!("not refused for its structure: {other:?}"),
    }
}
