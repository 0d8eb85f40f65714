//! A small protocol with something of everything, and edits of it.

use plesk_codegen::config::{Config, OperationClass};
use plesk_codegen::model::{Class, Model, Target};
use plesk_codegen::{Schemas, read};

use crate::common::Directory;
use crate::common::config::packets;

const FILES: [(&str, &str); 3] = [
    ("request.xsd", include_str!("base/request.xsd")),
    ("response.xsd", include_str!("base/response.xsd")),
    ("shared.xsd", include_str!("base/shared.xsd")),
];

const fn does(operator: &'static str, operation: &'static str, class: Class) -> OperationClass {
    OperationClass { operator, operation, class, target: Target::StableId(&["id"]) }
}

/// Every operation that the base or an edit of it has.
const OPERATIONS: &[OperationClass] = &[
    does("lamp", "add", Class::Create),
    does("lamp", "list", Class::Read),
    does("lamp", "lists", Class::Read),
    does("lamp", "count", Class::Read),
    does("buoy", "sink", Class::Delete),
    does("buoys", "sink", Class::Delete),
    does("gull", "feed", Class::Create),
];

pub(crate) fn config() -> Config {
    Config { operations: OPERATIONS.to_vec(), ..packets() }
}

/// What an edit replaces: in which file, what, and by what. A text that stands there several times is replaced
/// everywhere.
pub(crate) type Edit = (&'static str, &'static str, &'static str);

/// The schemas with these edits, in a directory of their own.
pub(crate) fn schemas(edits: &[Edit]) -> Directory {
    let directory = Directory::new();
    for (name, text) in FILES {
        let mut text = text.to_owned();
        for (_, from, to) in edits.iter().filter(|(file, _, _)| *file == name) {
            assert!(text.contains(from), "{name} has no {from}");
            text = text.replace(from, to);
        }
        directory.write(name, &text);
    }
    directory
}

pub(crate) fn entries(directory: &Directory) -> Schemas<'_> {
    Schemas { directory: directory.path(), protocol: "1", request: "request.xsd", response: "response.xsd" }
}

/// The model of the schemas.
pub(crate) fn model(directory: &Directory) -> Model {
    read(&entries(directory), &config()).expect("schemas that can be read").model
}
