//! A list made at run time, which may be empty.
//! E0277: a `Vec` becomes a list with `NonEmpty::try_from(vec)?`
#![allow(unused)]

use plesk::NonEmpty;
use plesk::customer::{Del, Filter};

fn main() {
    let ids: Vec<u64> = vec![4711];
    let del = Del::new(Filter::ids(ids));
}
