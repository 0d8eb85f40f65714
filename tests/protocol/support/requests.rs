//! Checks written requests and raw packets.

use plesk::{Batch, ReadError, Violations, request};
use plesk_wire::xml::{Content, Limits, Reader, Strictness, Validator, Writer};

use super::{Direction, Packed, assert_libxml2, exchange};

/// Reads a whole packet.
pub(crate) fn read<T: Content>(xml: impl AsRef<[u8]>, strictness: Strictness) -> Result<T, ReadError> {
    Reader::new(xml.as_ref(), strictness, Limits::DEFAULT)?.document("packet")
}

/// Why a packet is rejected.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Its structure is wrong.
    Structure(ReadError),
    /// Its values are wrong.
    Values(Violations),
}

/// Returns our verdict on a raw packet: the packet if strict reading and validation accept it.
pub(crate) fn verdict<T: Content>(xml: impl AsRef<[u8]>) -> Result<T, Refusal> {
    let packet = read(xml, Strictness::Strict).map_err(Refusal::Structure)?;
    Validator::check("packet", &packet).map_err(Refusal::Values)?;
    Ok(packet)
}

/// The start of every packet.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Returns a written packet without the XML declaration.
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

/// Checks that `batch`, which must have no secrets, is sent as `xml` after the XML declaration.
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

/// Checks that we and libxml2 reject the structure of the raw request `xml`, and returns our error.
#[track_caller]
pub(crate) fn assert_rejected(xml: &str) -> ReadError {
    assert_libxml2(Direction::Request, xml, false);
    match verdict::<request::Packet>(xml) {
        Err(Refusal::Structure(error)) => error,
        other => panic!("not rejected for its structure: {other:?}"),
    }
}
