//! A document of another domain, an order of goods: attributes, a type that contains itself, a choice, dates, decimals,
//! enumerations, fixed values, attribute groups. It has nothing in common with the protocol of Plesk.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, lenient, rejection, rejection_by_all, violations};
use expected::goods::{Colour, Currency, Item, ItemParts};
use expected::order::{Address, Customer, Order, OrderChoice};
use plesk_wire::xml::{Date, DateTime};

fn placed() -> DateTime {
    "2024-02-29T08:30:00Z".parse().expect("a moment")
}

fn chair() -> Item {
    Item::new("chair-7", "chair", 4, "49.90").colour("dark blue")
}

/// A table with six chairs, to be picked up.
fn order() -> Order {
    let leg = Item::new("leg", "leg", 4, "0");
    let table = Item::new("table", "table", 1, "120").parts(ItemParts::new([leg])).note(["heavy", "oak"]);
    let customer = Customer::new("c1", "Jo Doe").language("en-GB");
    Order::new("AB-0001", "EUR", placed(), customer, OrderChoice::pick_up("north"), [table, chair()])
}

const XML: &str = "<order number=\"AB-0001\" currency=\"EUR\"><placed>2024-02-29T08:30:00Z</placed>\
    <customer id=\"c1\" language=\"en-GB\">Jo Doe</customer><pick-up>north</pick-up>\
    <item sku=\"table\"><name>table</name><quantity>1</quantity><price>120</price>\
    <parts><item sku=\"leg\"><name>leg</name><quantity>4</quantity><price>0</price></item></parts>\
    <note>heavy</note><note>oak</note></item>\
    <item sku=\"chair-7\"><name>chair</name><quantity>4</quantity><price>49.90</price><colour>dark blue</colour></item>\
    </order>";

#[test]
fn order_is_written_in_schema_order_and_read_again() {
    assert_round_trip("order", &order(), XML);
    assert_eq!(violations("order", &order()), [""; 0]);
    let due: Date = "2024-03-01".parse().expect("a day");
    let address = OrderChoice::Address(Address::new("1 High Street", "Ryde").country("GB"));
    let whole = Order { choice: address, ..order() }.season("2024").format("1.00").due(due).discount(10).terms("net");
    let from = "<pick-up>north</pick-up>";
    let to = "<address><street>1 High Street</street><town>Ryde</town><country>GB</country></address>";
    let xml = XML
        .replace("currency=\"EUR\"", "season=\"2024\" currency=\"EUR\" format=\"1.00\"")
        .replace("</placed>", "</placed><due>2024-03-01</due>")
        .replace(from, to)
        .replace("</order>", "<discount>10</discount><terms>net</terms></order>");
    assert_round_trip("order", &whole, &xml);
    assert_eq!(violations("order", &whole), [""; 0]);
    // `xs:all` is read in any order.
    let turned = "<address><country>GB</country><town>Ryde</town><street>1 High Street</street></address>";
    assert_eq!(lenient("order", &xml.replace(to, turned)), Ok(whole));
}

#[test]
fn violations_name_their_places() {
    let mut bad = order().season("0000").format("2").discount(101).terms("gross");
    bad.number = "AB-1".to_owned();
    bad.customer.id = "1c".to_owned();
    bad.currency = Currency::Other("GBP".to_owned());
    bad.item[0].sku = "a b".to_owned();
    bad.item[1].price = "-0.505".to_owned();
    bad.item[1].colour = Some(Colour::Other("pink".to_owned()));
    bad.item[0].parts = Some(ItemParts::new([Item { quantity: 0, ..chair() }]));
    bad.item[0].note = vec![String::new(); 4];
    let mut found = violations("order", &bad);
    found.sort();
    let expected = [
        "order/currency enumeration",
        "order/customer/id pattern",
        "order/discount maxInclusive",
        "order/format maxInclusive",
        "order/item[1]/note occurrence",
        "order/item[1]/parts/item[1]/quantity minInclusive",
        "order/item[1]/sku pattern",
        "order/item[2]/colour enumeration",
        "order/item[2]/price minInclusive",
        "order/number pattern",
        "order/season pattern",
        "order/terms enumeration",
    ];
    assert_eq!(found, expected);
}

#[test]
fn invalid_order_is_rejected() {
    let refused_with = |from: &str, to: &str| {
        assert!(XML.contains(from), "{from}");
        rejection::<Order>("order", &XML.replacen(from, to, 1))
    };
    assert_eq!(refused_with(" number=\"AB-0001\"", ""), "order: missing attribute number");
    assert_eq!(refused_with("<pick-up>north</pick-up>", ""), "order: missing address | pick-up");
    let both = "<pick-up>north</pick-up><pick-up>south</pick-up>";
    assert_eq!(refused_with("<pick-up>north</pick-up>", both), "order: unexpected pick-up, due item");
    assert_eq!(refused_with("2024-02-29T", "2023-02-29T"), "order/placed: bad value '2023-02-29T08:30:00Z'");
    assert_eq!(
        refused_with("<quantity>4</quantity>", "<quantity/>"),
        "order/item[1]/parts/item[1]/quantity: bad value ''"
    );
    let xml = XML.replace("<quantity>1<", "<quantity>many<");
    assert_eq!(rejection_by_all::<Order>("order", &xml), "order/item[1]/quantity: bad value 'many'");
}

#[test]
fn lenient_reader_reads_a_newer_order() {
    let newer = XML
        .replace("<order ", "<order weight=\"3\" ")
        .replace("<placed>", "<channel>web</channel><placed>")
        .replace("currency=\"EUR\"", "currency=\"GBP\"");
    assert_eq!(rejection::<Order>("order", &newer), "order: unexpected attribute weight");
    let mut expected = order();
    expected.currency = Currency::Other("GBP".to_owned());
    assert_eq!(lenient("order", &newer), Ok(expected));
    // An empty element has its default, or its fixed value.
    let empty = XML.replace("</order>", "<discount/><terms/></order>");
    same_value(&empty, &order().discount(0).terms("net"));
}

#[track_caller]
fn same_value(xml: &str, order: &Order) {
    assert_eq!(crate::support::strict::<Order>("order", xml).as_ref(), Ok(order));
    assert_eq!(lenient::<Order>("order", xml).as_ref(), Ok(order));
}
