//! An operation by default, and with it its filter.
#![allow(unused)]

use plesk::reseller::{Del, Filter};

fn main() {
    let del: Del = Del::new(Filter::Everything);
}
