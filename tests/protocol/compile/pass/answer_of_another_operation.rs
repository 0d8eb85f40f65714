//! The answer of a different operation than that of the handle.
#![allow(unused)]

use plesk::{Error, Fault, Handle, BatchResponse, customer, session};

type Ended = Result<Result<(), Fault>, Error>;

fn main() {
    let take: fn(&BatchResponse, Handle<session::Terminate>) -> Ended = |response, handle| response.take(handle);
}
