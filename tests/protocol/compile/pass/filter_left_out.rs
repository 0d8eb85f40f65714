//! An operation without its filter.
#![allow(unused)]

use plesk::customer::{Del, Filter};

fn main() {
    let del = Del::new(Filter::Everything);
}
