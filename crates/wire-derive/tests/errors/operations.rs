//! Mistakes in operations.
#![allow(dead_code)]

use plesk_wire::packet::{EachReply, Operation, SingleReply};
use plesk_wire::xml::{Choice, Content, NonEmpty};

#[derive(Content, Operation)]
#[operation(path = "site/remove", reply = SingleReply)]
struct WithoutEffect {} //~ missing `#[operation(effect = …)]`

#[derive(Content, Operation)]
#[operation(path = "remove", reply = SingleReply, effect = Delete)] //~ the path must be `operator/operation`
struct WithoutOperator {}

#[derive(Content, Operation)]
#[operation(path = "site/remove", reply = SingleReply, effect = Remove)] //~ item named `Remove` found for enum `Effect`
struct UnknownEffect {}

#[derive(Content, Operation)]
#[operation(path = "site/remove", reply = EachReply, effect = match filter { Filter::Name(_) => Delete })] //~ non-exhaustive patterns
struct NotAllValues {
    #[xml(element = "filter")]
    filter: Filter,
}

#[derive(Choice, Content)]
enum Filter {
    #[xml(empty)]
    Everything,
    #[xml(text = "name")]
    Name(NonEmpty<String>),
}
