//! Describes the operations as data, for programs that show or build packets without the emitted types.
//!
//! There is one file for each operator, which contains everything that its operations use, and a list of all operations.
//! A program that is asked for one operator reads one file.

mod errors;
mod examples;
mod operators;
mod types;

use std::path::Path;

use plesk_model::Index;
use serde::Serialize;

use crate::config::Config;
use crate::model::Model;
use crate::passes::names::Names;
use crate::samples::Protocol;
use crate::write::{Texts, json, rust};

/// Returns the files of the crate at `directory` that describe the operators.
pub(crate) fn files(model: &Model, names: &Names, config: &Config, directory: &Path) -> Texts {
    let protocol = Protocol::new(model.clone(), config.clone());
    let operators = operators::describe(&protocol, names);
    let index =
        Index { protocol: model.protocol.clone(), operators: operators.iter().map(operators::summarize).collect() };
    let data = directory.join("data");
    let mut texts = Texts::new();
    for operator in &operators {
        let text = document(
            &[("name", value(&operator.name)), ("module", value(&operator.module)), ("doc", value(&operator.doc))],
            &[
                ("operations", lines(&operator.operations)),
                ("types", lines(&operator.types)),
                ("simple_types", lines(&operator.simple_types)),
            ],
        );
        texts.insert(data.join(format!("{}.json", operator.name)), json(&text, &model.protocol));
    }
    let text = document(&[("protocol", value(&index.protocol))], &[("operators", lines(&index.operators))]);
    texts.insert(data.join("index.json"), json(&text, &model.protocol));
    let names: Vec<&str> = operators.iter().map(|operator| operator.name.as_str()).collect();
    texts.insert(directory.join("src/data.rs"), rust(&embedding(&names), &model.protocol));
    texts
}

/// Returns the members of a JSON object, with one line for each item of a list, so that a change is easy to read.
fn document(members: &[(&str, String)], lists: &[(&str, Vec<String>)]) -> String {
    let members = members.iter().map(|(name, value)| format!("\"{name}\":{value}"));
    let lists = lists.iter().map(|(name, items)| match items.is_empty() {
        true => format!("\"{name}\":[]"),
        false => format!("\"{name}\":[\n{}\n]", items.join(",\n")),
    });
    members.chain(lists).collect::<Vec<_>>().join(",\n")
}

fn lines<T: Serialize>(items: &[T]) -> Vec<String> {
    items.iter().map(value).collect()
}

fn value<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("names are strings, and nothing else can fail")
}

/// Returns the Rust file that embeds the others.
fn embedding(operators: &[&str]) -> String {
    let arms: String = operators
        .iter()
        .map(|name| format!("        \"{name}\" => include_str!(\"../data/{name}.json\"),\n"))
        .collect();
    format!(
        "//! The emitted description of each operator, as text.\n\n\
         /// The list of operators.\n\
         pub(crate) const INDEX: &str = include_str!(\"../data/index.json\");\n\n\
         /// Returns the description of an operator.\n\
         pub(crate) fn operator(name: &str) -> Option<&'static str> {{\n    Some(match name {{\n{arms}        \
         _ => return None,\n    }})\n}}\n"
    )
}
