//! The ID and the login of owners in one filter of subscriptions.
#![allow(unused)]

use plesk::webspace::{Del, Filter};

fn main() {
    let del = Del::new(Filter::owner_ids([21, 22]));
}
