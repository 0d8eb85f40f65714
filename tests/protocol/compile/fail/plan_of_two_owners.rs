//! The owner of a plan by ID and by login.
//! E0277: the trait bound `Option<Owner>: From<(Owner, Owner)>` is not satisfied
#![allow(unused)]

use plesk::service_plan::{Del, Filter, Owner};

fn main() {
    let owner = (Owner::owner_id(12), Owner::owner_login("mittler"));
    let del = Del::new(Filter::id(31)).owner(owner);
}
