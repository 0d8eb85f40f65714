//! A repeated alternative is a list that cannot be empty.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, lenient, rejection, violations};
use expected::request::{Copy, Recall};
use plesk_wire::xml::NonEmpty;

#[test]
fn alternative_has_constructors_for_one_and_several() {
    assert_round_trip("recall", &Recall::isbn("3-16"), "<recall><isbn>3-16</isbn></recall>");
    assert_round_trip(
        "recall",
        &Recall::isbns(["3-16", "0-19"]),
        "<recall><isbn>3-16</isbn><isbn>0-19</isbn></recall>",
    );
    let found = NonEmpty::try_from(vec![Copy::new("a"), Copy::new("b")]).expect("two");
    let xml = "<recall><copy><barcode>a</barcode></copy><copy><barcode>b</barcode></copy></recall>";
    assert_round_trip("recall", &Recall::copies(found), xml);
    assert_round_trip("recall", &Recall::Shelf(7), "<recall><shelf>7</shelf></recall>");
}

#[test]
fn mixed_alternatives_are_rejected() {
    let mixed = "<recall><isbn>1</isbn><shelf>7</shelf></recall>";
    assert_eq!(rejection::<Recall>("recall", mixed), "recall: unexpected shelf");
}

#[test]
fn unknown_element_does_not_end_the_list() {
    let xml = "<recall><isbn>1</isbn><new>x</new><isbn>2</isbn></recall>";
    assert_eq!(lenient("recall", xml), Ok(Recall::isbns(["1", "2"])));
}

#[test]
fn list_beyond_its_bound_is_a_violation() {
    let copies = Recall::copies([Copy::new("a"), Copy::new("b"), Copy::new("c"), Copy::new("d")]);
    assert_eq!(violations("recall", &copies), ["recall/copy occurrence"]);
    let xml = "<recall>".to_owned() + &"<copy><barcode>a</barcode></copy>".repeat(4) + "</recall>";
    assert_eq!(rejection::<Recall>("recall", &xml), "recall: unexpected copy");
}
