//! Mistakes in enums.
#![allow(dead_code)]

use plesk_wire::xml::{Choice, Content, NonEmpty};

#[derive(Choice)]
enum Key {
    Id(u64), //~ missing `#[xml(…)]`: a variant is one of `text`
    #[xml(text = "login")]
    Login, //~ needs a payload, such as `Login(T)`
    #[xml(text = "guid")]
    Guids(Vec<String>), //~ must be a value or `NonEmpty`
    #[xml(flag = "all")]
    All(bool), //~ has no payload
}

#[derive(Choice)]
enum Filter {
    #[xml(text = "id")]
    Id(NonEmpty<u64>),
    #[xml(element = "id")] //~ another variant has the element `id`
    Ids(Ids),
}

#[derive(Choice)]
struct Ids { //~ `Choice` is for enums; a struct derives `Content`
    id: u64,
}

#[derive(Content)]
enum NoChoice { //~ the trait bound `NoChoice: Choice` is not satisfied
    A,
}
