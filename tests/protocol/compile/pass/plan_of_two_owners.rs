//! The owner of a plan by id and by login.
#![allow(unused)]

use plesk::service_plan::{Del, DelOwner, Filter};

fn main() {
    let owner = DelOwner::owner_id(12);
    let del = Del::new(Filter::id(31)).owner(owner);
}
