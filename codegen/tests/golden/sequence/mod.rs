//! A sequence is a struct, its fields in the order of the schema.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, encode, lenient, rejection, rejection_by_all, violations};
use expected::request::{Address, Line, Order};

fn order() -> Order {
    Order::new("A-7", true, [Line::new("rope", 3), Line::new("tar & pitch", 1)])
        .address(Address::new("Quay 1", "Kiel"))
        .gift_note("fragile")
}

const XML: &str = "<order><number>A-7</number><paid>true</paid><gift-note>fragile</gift-note>\
    <line><article>rope</article><count>3</count></line>\
    <line><article>tar &amp; pitch</article><count>1</count></line>\
    <address><street>Quay 1</street><town>Kiel</town></address></order>";

#[test]
fn fields_are_written_in_schema_order() {
    assert_round_trip("order", &order(), XML);
    let short = Order::new("B", false, [Line::new("oar", 2)]);
    let xml = "<order><number>B</number><paid>false</paid><line><article>oar</article><count>2</count></line></order>";
    assert_round_trip("order", &short, xml);
}

#[test]
fn other_order_is_read_by_a_lenient_reader_only() {
    let mixed = "<order><line><article>oar</article><count>2</count></line><paid>0</paid><number>B</number></order>";
    assert_eq!(rejection::<Order>("order", mixed), "order: unexpected line, due number");
    let order = lenient::<Order>("order", mixed).expect("readable");
    assert_eq!((order.number.as_str(), order.line.len()), ("B", 1));
}

#[test]
fn unknown_elements_are_skipped_by_a_lenient_reader_only() {
    let newer = XML.replace("<paid>", "<rebate><of>3</of></rebate><paid>").replace("</order>", "<tax/></order>");
    assert_eq!(lenient::<Order>("order", &newer), Ok(order()));
    assert_eq!(rejection::<Order>("order", &newer), "order: unexpected rebate, due paid");
}

#[test]
fn missing_element_is_rejected_by_all_readers() {
    let xml = "<order><number>B</number><line><article>oar</article></line></order>";
    assert_eq!(rejection_by_all::<Order>("order", xml), "order/line[1]: missing count");
}

#[test]
fn validation_reports_each_place() {
    let mut order = order();
    assert_eq!(violations("order", &order), [""; 0]);
    order.line[1].article = "a\u{1}b".to_owned();
    assert_eq!(violations("order", &order), ["order/line[2]/article character"]);
    order.line.clear();
    assert_eq!(violations("order", &order), ["order/line occurrence"]);
    assert!(!encode("order", &order).contains("<line>"));
}
