//! A name that stands twice in one content: the configuration names the second.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{refused, same};
use expected::request::Route;

#[test]
fn each_has_its_place() {
    let route = Route::new("Kiel", "Skagen", "Bergen");
    assert_eq!((route.port.as_str(), route.destination.as_str()), ("Kiel", "Bergen"));
    same("route", &route, "<route><port>Kiel</port><via>Skagen</via><port>Bergen</port></route>");
}

#[test]
fn both_are_required() {
    let xml = "<route><port>Kiel</port><via>Skagen</via></route>";
    assert_eq!(refused::<Route>("route", xml), "route: missing port");
}
