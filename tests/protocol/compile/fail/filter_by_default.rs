//! A filter by default.
//! E0277: Default` is not implemented for `plesk::customer::Filter`
#![allow(unused)]

use plesk::customer::{Del, Filter};

fn main() {
    let filter: Filter = Default::default();
    let del = Del::new(filter);
}
