//! An operation as a struct literal without its filter.
#![allow(unused)]

use plesk::service_plan::{Del, Filter};

fn main() {
    let del = Del::new(Filter::Everything);
}
