//! A login and `all` in one filter of resellers.
//! E0308: expected `String`, found `Filter`
#![allow(unused)]

use plesk::reseller::{Del, Filter};

fn main() {
    let del = Del::new(Filter::logins([String::from("mittler"), Filter::Everything]));
}
