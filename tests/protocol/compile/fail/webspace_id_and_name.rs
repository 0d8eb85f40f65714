//! An ID and a name in one filter of subscriptions.
//! E0308: expected `Id`, found `String`
#![allow(unused)]

use plesk::Id;
use plesk::webspace::{Del, Filter};

fn main() {
    let del = Del::new(Filter::ids([Id::from(88), String::from("see.example")]));
}
