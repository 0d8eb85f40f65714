//! Base content, then own content; an optional part is a group or optional fields.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, lenient, rejection, rejection_by_all};
use expected::request::{Book, Catalogue, Journal, JournalVolume, Map, Sheet};

#[test]
fn base_content_comes_first() {
    let catalogue = Catalogue::new(Book::new("B1", "Knots", "3-16").shelf("A"))
        .journal(Journal::new("J1", "Tides").volume(JournalVolume::new(4, 1999)))
        .map(Map::new("M1", "Fjords").region("north"))
        .sheet(Sheet::new("S1", "Inset"));
    let xml = "<catalogue><book signature=\"B1\"><title>Knots</title><shelf>A</shelf><isbn>3-16</isbn></book>\
        <journal signature=\"J1\"><title>Tides</title><volume-number>4</volume-number>\
        <volume-year>1999</volume-year></journal>\
        <map signature=\"M1\"><title>Fjords</title><region>north</region></map>\
        <sheet signature=\"S1\"><title>Inset</title></sheet></catalogue>";
    assert_round_trip("catalogue", &catalogue, xml);
}

fn journal(content: &str) -> String {
    let book = "<book signature=\"B\"><title>K</title><isbn>3</isbn></book>";
    format!("<catalogue>{book}<journal signature=\"J\"><title>T</title>{content}</journal></catalogue>")
}

#[test]
fn optional_part_is_complete_or_absent() {
    let without = lenient::<Catalogue>("catalogue", &journal("")).expect("readable");
    assert_eq!(without.journal.expect("a journal").volume, None);
    let half = journal("<volume-number>4</volume-number>");
    let error = "catalogue/journal: missing volume-year";
    assert_eq!(rejection_by_all::<Catalogue>("catalogue", &half), error);
}

#[test]
fn lenient_reader_finds_the_part_among_unknown_elements() {
    let xml = journal("<volume-year>1999</volume-year><new/><volume-number>4</volume-number><x/>");
    let found = lenient::<Catalogue>("catalogue", &xml).expect("readable");
    assert_eq!(found.journal.expect("a journal").volume, Some(JournalVolume::new(4, 1999)));
}

#[test]
fn own_content_before_base_content_is_rejected() {
    let xml = "<catalogue><book signature=\"B\"><isbn>3</isbn><title>K</title></book></catalogue>";
    assert_eq!(rejection::<Catalogue>("catalogue", xml), "catalogue/book: unexpected isbn, due title");
}
