//! A union is a text that one of its members accepts; a list is a text of items.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, violations};
use expected::request::Mooring;

#[test]
fn union_accepts_the_values_of_its_members() {
    assert_round_trip("mooring", &Mooring::new("2024-05-01"), "<mooring><until>2024-05-01</until></mooring>");
    for (until, fits) in [("tide", true), ("notice", true), ("2023-02-29", false), ("Tide", false), ("", false)] {
        assert_eq!(violations("mooring", &Mooring::new(until)).is_empty(), fits, "{until}");
    }
}

#[test]
fn list_validates_each_item() {
    let mooring = Mooring::new("tide").bollards("1 2\t255");
    assert_round_trip("mooring", &mooring, "<mooring><until>tide</until><bollards>1 2\t255</bollards></mooring>");
    assert_eq!(violations("mooring", &mooring), [""; 0]);
    for (bollards, rule) in [("1 2 3 4", "maxLength"), ("1 256", "maxInclusive"), ("1,2", "type")] {
        let found = violations("mooring", &Mooring::new("tide").bollards(bollards));
        assert_eq!(found, [format!("mooring/bollards {rule}")]);
    }
}
