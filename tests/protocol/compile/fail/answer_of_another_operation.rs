//! The answer of a different operation than that of the handle.
//! E0308: expected `Result<Result<(), Fault>, Error>`, found `Result<Outcomes<Matched>, Error>`
#![allow(unused)]

use plesk::{Error, Fault, Handle, BatchResponse, customer, session};

type Ended = Result<Result<(), Fault>, Error>;

fn main() {
    let take: fn(&BatchResponse, Handle<customer::Del>) -> Ended = |response, handle| response.take(handle);
}
