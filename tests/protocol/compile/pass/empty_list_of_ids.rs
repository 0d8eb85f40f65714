//! An empty list, which would select everything.
#![allow(unused)]

use plesk::customer::{Del, Filter};

fn main() {
    let del = Del::new(Filter::ids([4711]));
}
