//! An answer of another operation than the handle's.
//! E0308: expected `Result<Result<(), Fault>, Error>`, found `Result<Outcomes<Matched>, Error>`
#![allow(unused)]

use plesk::{Error, Fault, Handle, BatchResponse, customer, session};

type Ended = Result<Result<(), Fault>, Error>;

fn main() {
    let take: fn(&BatchResponse, Handle<customer::Del>) -> Ended = |reply, handle| reply.take(handle);
}
