//! A login and `all` in one filter of resellers.
#![allow(unused)]

use plesk::reseller::{Del, Filter};

fn main() {
    let del = Del::new(Filter::logins([String::from("mittler"), String::from("graf")]));
}
