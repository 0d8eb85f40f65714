//! An operation as a struct literal without its filter.
//! E0639: cannot create non-exhaustive struct
#![allow(unused)]

use plesk::service_plan::{Del, Filter};

fn main() {
    let del = Del { owner: None };
}
