//! A small protocol that has one of each construct, and edits of it.

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

const fn class(operator: &'static str, operation: &'static str, class: Class) -> OperationClass {
    OperationClass { operator, operation, class, target: Target::StableId(&["id"]) }
}

/// Every operation of the base and of its edits.
const OPERATIONS: &[OperationClass] = &[
    class("lamp", "add", Class::Create),
    class("lamp", "list", Class::Read),
    class("lamp", "lists", Class::Read),
    class("lamp", "count", Class::Read),
    class("buoy", "sink", Class::Delete),
    class("buoys", "sink", Class::Delete),
    class("gull", "feed", Class::Create),
];

pub(crate) fn config() -> Config {
    Config { operations: OPERATIONS.to_vec(), ..packets() }
}

/// A replacement: the file, the old text and the new one. All occurrences are replaced.
pub(crate) type Edit = (&'static str, &'static str, &'static str);

/// Returns the schemas with these edits, in a directory of their own.
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

/// Returns the entry points of the schemas.
pub(crate) fn entry_points(directory: &Directory) -> Schemas<'_> {
    Schemas { directory: directory.path(), protocol: "1", request: "request.xsd", response: "response.xsd" }
}

/// Reads the model of the schemas.
pub(crate) fn model(directory: &Directory) -> Model {
    read(&entry_points(directory), &config()).expect("readable schemas").model
}
