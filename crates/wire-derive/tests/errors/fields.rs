//! Mistakes in structs that the derive finds.
#![allow(dead_code)]

use plesk_wire::xml::{Content, Raw};

#[derive(Content)]
struct Site {
    name: String, //~ missing `#[xml(…)]`: a field is one of `text`
    #[xml(elemet = "owner")] //~ unknown attribute `elemet`
    owner: Owner,
    #[xml(text = "note", element = "note")] //~ cannot be both `text` and `element`
    note: String,
    #[xml(flag = "suspended")]
    suspended: String, //~ with `flag` must be `bool`
    #[xml(element = "alias", min = 3, max = 2)] //~ `min = 3` is greater than `max = 2`
    aliases: Vec<Owner>,
    #[xml(text = "kind")] //~ `text` needs `type = …`
    kind: Kind,
    #[xml(wildcard)]
    other: Raw, //~ with `wildcard` must be `Vec<Raw>`
}

#[derive(Content)]
struct Owner {
    #[xml(text = "login", text = "name")] //~ `text` is given twice
    login: String,
}

#[derive(Content)]
struct Kind {
    #[xml(text_content)]
    text: String,
    #[xml(element = "owner")]
    owner: Owner, //~ no other members but attributes
}

#[derive(Content)]
struct Borrowed<'a> { //~ cannot borrow; remove the lifetime
    #[xml(text = "name")]
    name: &'a str,
}

#[derive(Content)]
union Bits { //~ not for unions
    bits: u32,
}
