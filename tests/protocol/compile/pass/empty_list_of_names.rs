//! An empty list, which would mean everything.
#![allow(unused)]

use plesk::webspace::{Del, Filter};

fn main() {
    let del = Del::new(Filter::names(["see.example"]));
}
