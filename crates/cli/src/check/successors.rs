//! Names of earlier protocol versions, with their successors or the version that dropped them.

use std::sync::LazyLock;

use serde::Deserialize;

/// The names, as data.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    operator: Vec<Former>,
    operation: Vec<Former>,
    element: Vec<Former>,
}

/// A name of an earlier version.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Former {
    name: String,
    /// The names to use now.
    #[serde(default, rename = "use")]
    successors: Vec<String>,
    /// The last version with the name; `None` if it is older than all published ones.
    last: Option<String>,
    note: Option<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("successors.toml")).expect("the embedded table is valid"));

/// Returns the former operator `name`.
pub(super) fn operator(name: &str) -> Option<&'static Former> {
    TABLE.operator.iter().find(|former| former.name == name)
}

/// Returns the former operation `name` of `operator`.
pub(super) fn operation(operator: &str, name: &str) -> Option<&'static Former> {
    let path = format!("{operator}/{name}");
    TABLE.operation.iter().find(|former| former.name == path)
}

/// Returns the former element `name`, if one of its successors is among `expected`, or if it has none.
pub(super) fn element(name: &str, expected: &[&str]) -> Option<&'static Former> {
    let is_here = |former: &&Former| {
        former.successors.is_empty() || former.successors.iter().any(|successor| expected.contains(&successor.as_str()))
    };
    TABLE.element.iter().filter(|former| former.name == name).find(is_here)
}

impl Former {
    /// Returns what to do, as the end of a sentence. Of the successors, those that are `expected` are named.
    pub(super) fn advice(&self, expected: &[&str]) -> String {
        let successors: Vec<String> = (self.successors.iter())
            .filter(|successor| expected.is_empty() || expected.contains(&successor.as_str()))
            .map(|successor| format!("<{successor}>"))
            .collect();
        let mut parts = Vec::new();
        if !successors.is_empty() {
            parts.push(format!("use {}", successors.join(" or ")));
        }
        if let Some(last) = &self.last {
            parts.push(format!("it is gone; protocol {last} was the last that had it"));
        }
        parts.extend(self.note.clone());
        parts.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::TABLE;

    #[test]
    fn former_names_do_not_exist_and_successors_do() {
        let index = plesk_model::index();
        let is_operator = |name: &str| index.operators.iter().any(|operator| operator.name == name);
        let is_operation = |name: &str| {
            let (operator, path) = name.split_once('/').expect("an operator and an operation");
            let operator = index.operators.iter().find(|it| it.name == operator).expect("an operator");
            operator.operations.iter().any(|operation| operation.path == path)
        };
        for former in &TABLE.operator {
            assert!(!is_operator(&former.name), "{}", former.name);
            assert!(former.successors.iter().all(|successor| is_operator(successor)), "{}", former.name);
            assert!(!former.successors.is_empty() || former.last.is_some(), "{}", former.name);
        }
        for former in &TABLE.operation {
            assert!(!is_operation(&former.name), "{}", former.name);
            assert!(former.successors.iter().all(|successor| is_operation(successor)), "{}", former.name);
        }
        for former in &TABLE.element {
            assert!(!former.successors.is_empty() || former.last.is_some(), "{}", former.name);
        }
    }
}
