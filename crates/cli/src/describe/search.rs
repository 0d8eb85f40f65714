//! Finds operations by words in their names, documentation and elements.

use std::cmp::Reverse;
use std::io::{self, Write};

use plesk_model::{Operator, TypeId, index, operator};
use serde_json::json;

use super::did_you_mean;
use super::page::write_rows;
use crate::output;
use crate::schema::{Described, Known, elements};
use crate::status::Status;

/// Elements deeper than this are not searched: they say little about the operation.
const DEPTH: usize = 4;

/// Lists the operations that have all words, the best matches first.
pub(super) fn search(out: &mut impl Write, words: &str, as_json: bool) -> io::Result<Status> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let mut found: Vec<(u32, String, String)> = Vec::new();
    for summary in index().operators {
        let Some(operator) = operator(&summary.name) else { continue };
        for operation in &operator.operations {
            let described = Described { operator: &operator, operation };
            let name = described.name();
            let mut names = Vec::new();
            collect_names(&operator, operation.request, DEPTH, &mut names);
            let ratings: Option<Vec<u32>> =
                words.iter().map(|word| rate(word, &name, &operation.doc, &operator.doc, &names)).collect();
            if let Some(ratings) = ratings {
                let summary = operation.doc.split("\n\n").next().unwrap_or_default().replace('\n', " ");
                found.push((ratings.iter().sum(), name, summary));
            }
        }
    }
    found.sort_by_key(|(rating, ..)| Reverse(*rating));
    if found.is_empty() {
        let similar: String = words.iter().map(|word| did_you_mean(word)).collect();
        output::error(&format!("nothing found{similar}"));
        return Ok(Status::Refused);
    }
    if as_json {
        for (_, name, doc) in &found {
            writeln!(out, "{}", json!({ "operation": name, "doc": doc }))?;
        }
    } else {
        write_rows(out, found.iter().map(|(_, name, doc)| (name.clone(), doc.as_str())).collect())?;
    }
    Ok(Status::Success)
}

/// Returns how well a word fits; `None` if it is nowhere.
fn rate(word: &str, name: &str, doc: &str, operator_doc: &str, elements: &[String]) -> Option<u32> {
    // `mailbox` is in `mail` too: what the protocol calls a thing is often shorter.
    let is_in = |text: &str| text.to_lowercase().contains(word);
    match () {
        () if is_in(name) => Some(4),
        () if is_in(doc) => Some(3),
        () if elements.iter().any(|element| is_in(element)) => Some(2),
        () if is_in(operator_doc) => Some(1),
        () => None,
    }
}

fn collect_names(operator: &Operator, id: TypeId, depth: usize, names: &mut Vec<String>) {
    if depth == 0 {
        return;
    }
    for found in elements(operator, id) {
        names.push(found.particle.name.clone());
        if let Known::Type(inner) = found.content() {
            collect_names(operator, inner, depth - 1, names);
        }
    }
}
