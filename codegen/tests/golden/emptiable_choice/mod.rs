//! A choice that may be empty: a selector says so loudly, any other choice is optional.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{lenient, refused, refused_by_all, same};
use expected::request::{ContainerFilter, Crane, CraneChoice, Discharge};

#[test]
fn emptiness_has_a_loud_name() {
    let everything = Discharge::new(ContainerFilter::EverythingOnBoard, Crane::new());
    same("discharge", &everything, "<discharge><containers/><crane/></discharge>");
    let flag = Discharge::new(ContainerFilter::Everything, Crane::new());
    same("discharge", &flag, "<discharge><containers><whole-ship/></containers><crane/></discharge>");
}

#[test]
fn chosen_objects_are_never_none() {
    let some = Discharge::new(ContainerFilter::numbers(["C1", "C2"]), Crane::new().choice(CraneChoice::name("Emma")));
    let xml = "<discharge><containers><number>C1</number><number>C2</number></containers>\
        <crane><name>Emma</name></crane></discharge>";
    same("discharge", &some, xml);
    let one = Discharge::new(ContainerFilter::owner("Jo"), Crane::new().choice(CraneChoice::Number(3)));
    let xml = "<discharge><containers><owner>Jo</owner></containers><crane><number>3</number></crane></discharge>";
    same("discharge", &one, xml);
}

#[test]
fn alternatives_do_not_mix() {
    let mixed = "<discharge><containers><number>1</number><owner>Jo</owner></containers><crane/></discharge>";
    assert_eq!(refused::<Discharge>("discharge", mixed), "discharge/containers: unexpected owner");
}

#[test]
fn white_space_leaves_it_empty() {
    let xml = "<discharge><containers> </containers><crane/></discharge>";
    let found = lenient::<Discharge>("discharge", xml).expect("readable");
    assert_eq!(found.containers, ContainerFilter::EverythingOnBoard);
}

/// A filter in which a reader knows nothing must not become the one that chooses everything.
#[test]
fn what_is_unknown_is_refused_even_by_a_lenient_reader() {
    let xml = "<discharge><containers><colour>red</colour></containers><crane/></discharge>";
    assert_eq!(refused_by_all::<Discharge>("discharge", xml), "discharge/containers: unexpected colour");
}
