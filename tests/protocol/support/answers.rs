//! Answers: reading them as a client does.

use plesk::{Error, ReadError, response};
use plesk_wire::xml::{Strictness, Writer};

use super::{Direction, Packed, assert_libxml2, exchange, read, verdict};

/// The answer in `xml`, which the schema allows: it reads strictly and leniently as the same, what
/// was read is written as a packet that reads as the same again, and a client takes it so.
#[track_caller]
pub(crate) fn answer<Op: Packed>(xml: &str) -> Op::Answer {
    let mut replies = Op::replies(valid(xml));
    assert_eq!(replies.len(), 1, "one reply");
    let answer = Op::answer(replies.remove(0)).expect("a complete answer");
    assert_eq!(taken::<Op>(xml), answer);
    answer
}

/// What a client, which reads leniently, makes of the answer in `xml`.
#[track_caller]
fn taken<Op: Packed>(xml: &str) -> Op::Answer {
    let (_, outcome) = exchange(Op::sample(), xml);
    outcome.expect("an answer")
}

/// The answer packet in `xml`, which the schema allows.
#[track_caller]
pub(crate) fn valid(xml: &str) -> response::Packet {
    let packet: response::Packet = verdict(xml).expect("a valid answer");
    assert_libxml2(Direction::Response, xml, true);
    assert_eq!(read::<response::Packet>(xml, Strictness::Lenient).as_ref(), Ok(&packet));
    let again = Writer::document("packet", &packet);
    assert_eq!(read::<response::Packet>(again, Strictness::Strict).as_ref(), Ok(&packet));
    packet
}

/// The answer in `xml`, which the schema does not allow, but which servers are known to send, or
/// newer ones may: the strict reading refuses it, a client takes it.
#[track_caller]
pub(crate) fn lenient_answer<Op: Packed>(xml: &str) -> Op::Answer {
    assert_libxml2(Direction::Response, xml, false);
    assert!(verdict::<response::Packet>(xml).is_err(), "the schema allows {xml}");
    taken::<Op>(xml)
}

/// Why a client cannot read the answer in `xml`.
#[track_caller]
pub(crate) fn unreadable<Op: Packed>(xml: &str) -> ReadError {
    assert!(verdict::<response::Packet>(xml).is_err(), "the schema allows {xml}");
    match exchange(Op::sample(), xml) {
        (_, Err(Error::Unreadable { source, .. })) => source,
        (_, outcome) => panic!("not unreadable: {outcome:?}"),
    }
}
