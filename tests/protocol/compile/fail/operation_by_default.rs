//! An operation whose filter nobody chose.
//! E0277: Default` is not implemented for `plesk::reseller::Del`
#![allow(unused)]

use plesk::reseller::{Del, Filter};

fn main() {
    let del: Del = Default::default();
}
