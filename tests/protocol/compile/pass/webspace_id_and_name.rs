//! An ID and a name in one filter of subscriptions.
#![allow(unused)]

use plesk::Id;
use plesk::webspace::{Del, Filter};

fn main() {
    let del = Del::new(Filter::ids([Id::from(88), Id::from(89)]));
}
