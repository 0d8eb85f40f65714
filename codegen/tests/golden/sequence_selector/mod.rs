//! A filter that is a sequence of optional lists: an enum by the list that comes first.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, rejection, rejection_by_all};
use expected::buoy::Remove;
use expected::request::{BuoyFilter, BuoyFilterIds};
use plesk_wire::packet::{Effect, Operation};

#[test]
fn all_filters_of_the_schema_can_be_created() {
    let remove = |filter| Remove::new(filter);
    assert_round_trip("remove", &remove(BuoyFilter::Everything), "<remove><filter/></remove>");
    let names = "<remove><filter><name>A</name><name>B</name></filter></remove>";
    assert_round_trip("remove", &remove(BuoyFilter::names(["A", "B"])), names);
    let ids = BuoyFilterIds::new([1_u32, 2]);
    assert_round_trip(
        "remove",
        &remove(BuoyFilter::Ids(ids.clone())),
        "<remove><filter><id>1</id><id>2</id></filter></remove>",
    );
    let both = "<remove><filter><id>1</id><id>2</id><name>A</name></filter></remove>";
    assert_round_trip("remove", &remove(BuoyFilter::Ids(ids.name(["A"]))), both);
}

#[test]
fn lists_in_another_order_are_rejected() {
    let turned = "<remove><filter><name>A</name><id>1</id></filter></remove>";
    assert_eq!(rejection::<Remove>("remove", turned), "remove/filter: unexpected id");
    let unknown = "<remove><filter><colour>red</colour></filter></remove>";
    assert_eq!(rejection_by_all::<Remove>("remove", unknown), "remove/filter: unexpected colour");
}

#[test]
fn only_the_empty_filter_means_everything() {
    assert_eq!(Remove::new(BuoyFilter::Everything).effect(), Effect::DeleteEverything);
    assert_eq!(Remove::new(BuoyFilter::name("A")).effect(), Effect::Delete);
    assert_eq!(Remove::new(BuoyFilter::Ids(BuoyFilterIds::new([1_u32]))).effect(), Effect::Delete);
}
