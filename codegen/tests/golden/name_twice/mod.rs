//! A name that occurs twice in one content: the configuration renames the second.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, rejection};
use expected::request::Route;

#[test]
fn elements_of_one_name_keep_their_places() {
    let route = Route::new("Kiel", "Skagen", "Bergen");
    assert_eq!((route.port.as_str(), route.destination.as_str()), ("Kiel", "Bergen"));
    assert_round_trip("route", &route, "<route><port>Kiel</port><via>Skagen</via><port>Bergen</port></route>");
}

#[test]
fn each_element_of_the_name_is_required() {
    let xml = "<route><port>Kiel</port><via>Skagen</via></route>";
    assert_eq!(rejection::<Route>("route", xml), "route: missing port");
}
