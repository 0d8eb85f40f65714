//! An operation by default, and with it its filter.
//! E0277: Default` is not implemented for `plesk::reseller::Del`
#![allow(unused)]

use plesk::reseller::{Del, Filter};

fn main() {
    let del: Del = Default::default();
}
