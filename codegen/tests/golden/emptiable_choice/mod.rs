//! A choice that may be empty: a selector has a variant for that, any other choice is an `Option`.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, lenient, rejection, rejection_by_all};
use expected::request::{ContainerFilter, Crane, CraneChoice, Discharge};

#[test]
fn empty_selector_is_a_named_variant() {
    let everything = Discharge::new(ContainerFilter::EverythingOnBoard, Crane::new());
    assert_round_trip("discharge", &everything, "<discharge><containers/><crane/></discharge>");
    let flag = Discharge::new(ContainerFilter::Everything, Crane::new());
    assert_round_trip("discharge", &flag, "<discharge><containers><whole-ship/></containers><crane/></discharge>");
}

#[test]
fn list_of_a_selector_is_not_empty() {
    let some = Discharge::new(ContainerFilter::numbers(["C1", "C2"]), Crane::new().choice(CraneChoice::name("Emma")));
    let xml = "<discharge><containers><number>C1</number><number>C2</number></containers>\
        <crane><name>Emma</name></crane></discharge>";
    assert_round_trip("discharge", &some, xml);
    let one = Discharge::new(ContainerFilter::owner("Jo"), Crane::new().choice(CraneChoice::Number(3)));
    let xml = "<discharge><containers><owner>Jo</owner></containers><crane><number>3</number></crane></discharge>";
    assert_round_trip("discharge", &one, xml);
}

#[test]
fn mixed_alternatives_are_rejected() {
    let mixed = "<discharge><containers><number>1</number><owner>Jo</owner></containers><crane/></discharge>";
    assert_eq!(rejection::<Discharge>("discharge", mixed), "discharge/containers: unexpected owner");
}

#[test]
fn white_space_is_read_as_the_empty_variant() {
    let xml = "<discharge><containers> </containers><crane/></discharge>";
    let found = lenient::<Discharge>("discharge", xml).expect("readable");
    assert_eq!(found.containers, ContainerFilter::EverythingOnBoard);
}

/// A filter with only unknown elements must not be read as the one that selects everything.
#[test]
fn unknown_content_is_rejected_even_by_a_lenient_reader() {
    let xml = "<discharge><containers><colour>red</colour></containers><crane/></discharge>";
    assert_eq!(rejection_by_all::<Discharge>("discharge", xml), "discharge/containers: unexpected colour");
}
