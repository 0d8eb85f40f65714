//! A value of a different type, added to a list later.
#![allow(unused)]

use plesk::NonEmpty;
use plesk::Id;
use plesk::customer::{Del, Filter};

fn main() {
    let mut values = NonEmpty::one(Id::from(4711));
    values.push(Id::from(4712));
    let del = Del::new(Filter::Id(values));
}
