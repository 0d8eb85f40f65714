//! A choice is an enum: an element is its value, a sequence a struct of its own.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, lenient, rejection, violations};
use expected::request::{Card, Payment, Voucher};

#[test]
fn each_alternative_is_written_and_read() {
    assert_round_trip("payment", &Payment::cash("12.50"), "<payment><cash>12.50</cash></payment>");
    let voucher = Payment::Voucher(Voucher::new("XY"));
    assert_round_trip("payment", &voucher, "<payment><voucher><code>XY</code></voucher></payment>");
    let card = Payment::Card(Card::new("4711").card_holder("Jo"));
    let xml = "<payment><card-number>4711</card-number><card-holder>Jo</card-holder></payment>";
    assert_round_trip("payment", &card, xml);
}

#[test]
fn mixed_alternatives_are_rejected() {
    let mixed = "<payment><cash>1</cash><voucher><code>XY</code></voucher></payment>";
    assert_eq!(rejection::<Payment>("payment", mixed), "payment: unexpected voucher");
    let holder_first = "<payment><card-holder>Jo</card-holder><card-number>1</card-number></payment>";
    assert_eq!(rejection::<Payment>("payment", holder_first), "payment: missing card-number");
    assert_eq!(rejection::<Payment>("payment", "<payment/>"), "payment: missing cash | voucher | card-number");
}

#[test]
fn lenient_reader_finds_the_alternative_among_unknown_elements() {
    let xml = "<payment><bonus/><card-holder>Jo</card-holder><x>1</x><card-number>1</card-number><y/></payment>";
    assert_eq!(lenient("payment", xml), Ok(Payment::Card(Card::new("1").card_holder("Jo"))));
}

#[test]
fn values_are_validated() {
    assert_eq!(violations("payment", &Payment::cash("ten")), ["payment/cash type"]);
}
