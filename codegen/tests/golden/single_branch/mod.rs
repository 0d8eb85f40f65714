//! A choice of one alternative is that alternative; a selector stays an enum.

#[rustfmt::skip]
#[path = "expected/lib.rs"]
mod expected;

use crate::support::{assert_round_trip, rejection};
use expected::request::{BooksFilter, Borrower, Loan};

#[test]
fn single_alternative_is_a_field_and_a_selector_stays_an_enum() {
    let loan = Loan::new(Borrower::new("L-1"), BooksFilter::isbns(["1", "2"]));
    let xml = "<loan><borrower><card>L-1</card></borrower><books><isbn>1</isbn><isbn>2</isbn></books></loan>";
    assert_round_trip("loan", &loan, xml);
    assert!(matches!(loan.books, BooksFilter::Isbn(isbns) if isbns.len() == 2));
}

#[test]
fn empty_content_is_rejected() {
    let xml = "<loan><borrower/><books><isbn>1</isbn></books></loan>";
    assert_eq!(rejection::<Loan>("loan", xml), "loan/borrower: missing card");
    let xml = "<loan><borrower><card>1</card></borrower><books/></loan>";
    assert_eq!(rejection::<Loan>("loan", xml), "loan/books: missing isbn");
}
