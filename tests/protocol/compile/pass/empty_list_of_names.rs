//! An empty list, which would select everything.
#![allow(unused)]

use plesk::webspace::{Del, Filter};

fn main() {
    let del = Del::new(Filter::names(["see.example"]));
}
