//! Types without the traits that the attributes ask for, which the compiler finds.
#![allow(dead_code)]

use plesk_wire::xml::{Content, SimpleType};

#[derive(Content)]
struct Site {
    #[xml(element = "name")]
    name: String, //~ String: Content` is not satisfied
    #[xml(text = "owner", type = SimpleType::STRING)]
    owner: Owner, //~ the trait bound `Owner: Scalar` is not satisfied
    #[xml(choice)]
    key: Option<Owner>, //~ the trait bound `Owner: Choice` is not satisfied
}

#[derive(Content)]
struct Owner {
    #[xml(text = "login")]
    login: String,
}
