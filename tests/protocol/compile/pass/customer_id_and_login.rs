//! An ID and a login in one filter of customers.
#![allow(unused)]

use plesk::Id;
use plesk::customer::{Del, Filter};

fn main() {
    let del = Del::new(Filter::ids([Id::from(4711), Id::from(4712)]));
}
