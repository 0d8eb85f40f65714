//! A filter by default.
#![allow(unused)]

use plesk::customer::{Del, Filter};

fn main() {
    let filter: Filter = Filter::Everything;
    let del = Del::new(filter);
}
