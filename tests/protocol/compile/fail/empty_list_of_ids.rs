//! An empty list, which would select everything.
//! E0277: `[_; 0]` is not a list of one or more `plesk::Id`
#![allow(unused)]

use plesk::customer::{Del, Filter};

fn main() {
    let del = Del::new(Filter::ids([]));
}
