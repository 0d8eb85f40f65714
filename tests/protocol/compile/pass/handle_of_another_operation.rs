//! A handle of a different type than the operation that was pushed.
#![allow(unused)]

use plesk::{Batch, Handle, customer, session};

fn main() {
    let mut batch = Batch::new();
    let handle: Handle<session::Terminate> = batch.push(session::Terminate::new("5d02"));
}
