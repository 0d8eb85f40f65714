//! An answer of another operation than the handle's.
#![allow(unused)]

use plesk::{Error, Fault, Handle, BatchResponse, customer, session};

type Ended = Result<Result<(), Fault>, Error>;

fn main() {
    let take: fn(&BatchResponse, Handle<session::Terminate>) -> Ended = |reply, handle| reply.take(handle);
}
