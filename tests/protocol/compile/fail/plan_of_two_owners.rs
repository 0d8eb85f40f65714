//! The owner of a plan by id and by login.
//! E0308: expected `DelOwner`, found `(DelOwner, DelOwner)`
#![allow(unused)]

use plesk::service_plan::{Del, DelOwner, Filter};

fn main() {
    let owner = (DelOwner::owner_id(12), DelOwner::owner_login("mittler"));
    let del = Del::new(Filter::id(31)).owner(owner);
}
