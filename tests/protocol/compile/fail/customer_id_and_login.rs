//! An ID and a login in one filter of customers.
//! E0308: expected `Id`, found `String`
#![allow(unused)]

use plesk::Id;
use plesk::customer::{Del, Filter};

fn main() {
    let del = Del::new(Filter::ids([Id::from(4711), String::from("edgar")]));
}
