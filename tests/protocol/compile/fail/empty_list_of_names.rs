//! An empty list, which would select everything.
//! E0277: `[_; 0]` is not a list of one or more `String`
#![allow(unused)]

use plesk::webspace::{Del, Filter};

fn main() {
    let del = Del::new(Filter::names([]));
}
