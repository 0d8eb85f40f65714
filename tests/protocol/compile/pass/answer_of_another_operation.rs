//! An answer of another operation than the handle's.
#![allow(unused)]

use plesk::{Error, Fault, Handle, Reply, customer, session};

type Ended = Result<Result<(), Fault>, Error>;

fn main() {
    let take: fn(&Reply, Handle<session::Terminate>) -> Ended = |reply, handle| reply.take(handle);
}
