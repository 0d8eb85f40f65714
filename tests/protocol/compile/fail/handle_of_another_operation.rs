//! A handle that says another operation than the one that was pushed.
//! E0308: expected `Del`, found `Terminate`
#![allow(unused)]

use plesk::{Batch, Handle, customer, session};

fn main() {
    let mut batch = Batch::new();
    let handle: Handle<customer::Del> = batch.push(session::Terminate::new("5d02"));
}
