//! A handle of a different type than the operation that was pushed.
//! E0308: expected `Del`, found `Terminate`
#![allow(unused)]

use plesk::{Batch, Handle, customer, session};

fn main() {
    let mut batch = Batch::new();
    let handle: Handle<customer::Del> = batch.push(session::Terminate::new("5d02"));
}
