//! Reads responses as a client does.

use plesk::{Error, ReadError, response};
use plesk_wire::xml::{Strictness, Writer};

use super::{Direction, Packed, assert_libxml2, exchange, read, verdict};

/// Returns the answer in the response `xml`, which must be valid. Checks that strict and lenient reading agree, that it
/// survives a round trip, and that a client returns the same answer.
#[track_caller]
pub(crate) fn answer<Op: Packed>(xml: &str) -> Op::Answer {
    let mut replies = Op::replies(valid(xml));
    assert_eq!(replies.len(), 1, "one reply");
    let answer = Op::answer(replies.remove(0));
    assert_eq!(client_answer::<Op>(xml), answer);
    answer
}

/// Returns the answer that a client, which reads leniently, returns for the response `xml`.
#[track_caller]
fn client_answer<Op: Packed>(xml: &str) -> Op::Answer {
    let (_, result) = exchange(Op::sample(), xml);
    result.expect("an answer")
}

/// Reads the response `xml`, which must be valid.
#[track_caller]
pub(crate) fn valid(xml: &str) -> response::Packet {
    let packet: response::Packet = verdict(xml).expect("a valid response");
    assert_libxml2(Direction::Response, xml, true);
    assert_eq!(read::<response::Packet>(xml, Strictness::Lenient).as_ref(), Ok(&packet));
    let again = Writer::document("packet", &packet);
    assert_eq!(read::<response::Packet>(again, Strictness::Strict).as_ref(), Ok(&packet));
    packet
}

/// Returns the answer in the response `xml`, which must be invalid: some servers are known to send it, or newer ones may.
/// Strict reading rejects it, a client accepts it.
#[track_caller]
pub(crate) fn lenient_answer<Op: Packed>(xml: &str) -> Op::Answer {
    assert_libxml2(Direction::Response, xml, false);
    assert!(verdict::<response::Packet>(xml).is_err(), "the schema allows {xml}");
    client_answer::<Op>(xml)
}

/// Returns the error of a client that cannot read the reply in `xml`.
#[track_caller]
pub(crate) fn unreadable<Op: Packed>(xml: &str) -> ReadError {
    assert!(verdict::<response::Packet>(xml).is_err(), "the schema allows {xml}");
    match exchange(Op::sample(), xml) {
        (_, Err(Error::Unreadable { source, .. })) => source,
        (_, result) => panic!("not unreadable: {result:?}"),
    }
}
