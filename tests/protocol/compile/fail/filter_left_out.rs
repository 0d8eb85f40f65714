//! An operation without its filter.
//! E0061: argument #1 of type `plesk::customer::Filter` is missing
#![allow(unused)]

use plesk::customer::{Del, Filter};

fn main() {
    let del = Del::new();
}
