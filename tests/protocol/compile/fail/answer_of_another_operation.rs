//! An answer of another operation than the handle's.
//! E0308: expected `Result<Result<(), Fault>, Error>`, found `Result<Many<Matched>, Error>`
#![allow(unused)]

use plesk::{Error, Fault, Handle, Reply, customer, session};

type Ended = Result<Result<(), Fault>, Error>;

fn main() {
    let take: fn(&Reply, Handle<customer::Del>) -> Ended = |reply, handle| reply.take(handle);
}
