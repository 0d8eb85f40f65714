//! The owner of a plan by ID and by login.
#![allow(unused)]

use plesk::service_plan::{Del, Filter, Owner};

fn main() {
    let owner = Owner::owner_id(12);
    let del = Del::new(Filter::id(31)).owner(owner);
}
