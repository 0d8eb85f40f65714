//! A type that is equal in both directions is one type; different ones go to modules of their own.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, strict};
use expected::books::{request, response};
use expected::shared::{Place, PlaceShelf, State};
use expected::{request::Ask, response::Tell};

#[test]
fn equal_types_of_both_directions_are_one_type() {
    let place = Place::new("Reading room").shelf(PlaceShelf::new(3));
    let ask = Ask::new(place.clone(), request::Book::new("3-16").state(State::Worn));
    let places = "<place><room>Reading room</room><shelf><row>3</row></shelf></place>";
    assert_round_trip("ask", &ask, &format!("<ask>{places}<book><isbn>3-16</isbn><state>worn</state></book></ask>"));
    let tell = strict::<Tell>("tell", &format!("<tell>{places}</tell>")).expect("valid");
    assert_eq!(tell.place, place);
}

#[test]
fn different_types_of_both_directions_stay_apart() {
    let tell = strict::<Tell>(
        "tell",
        "<tell><place><room>R</room></place><book><isbn>3-16</isbn><copies>2</copies></book></tell>",
    );
    let book: response::Book = tell.expect("valid").book.expect("a book");
    assert_eq!((book.isbn.as_str(), book.copies), ("3-16", 2));
}
