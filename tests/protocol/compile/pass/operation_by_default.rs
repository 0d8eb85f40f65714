//! An operation whose filter nobody chose.
#![allow(unused)]

use plesk::reseller::{Del, Filter};

fn main() {
    let del: Del = Del::new(Filter::Everything);
}
