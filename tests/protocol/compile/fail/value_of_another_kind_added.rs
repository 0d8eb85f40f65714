//! A value of a different type, added to a list later.
//! E0308: expected `Id`, found `String`
#![allow(unused)]

use plesk::NonEmpty;
use plesk::Id;
use plesk::customer::{Del, Filter};

fn main() {
    let mut values = NonEmpty::one(Id::from(4711));
    values.push(String::from("edgar"));
    let del = Del::new(Filter::Id(values));
}
