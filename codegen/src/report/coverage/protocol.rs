//! Lists the operators and operations of the protocol, with totals.

use std::collections::BTreeMap;

use super::markdown::{code, table};
use super::sources::Sources;
use super::uses::SimpleTypeUses;
use crate::model::{Kind, Operation};
use crate::passes::features::Features;
use crate::passes::names::RustType;

impl Sources<'_> {
    /// Returns a table with the number of constructs of each kind.
    pub(super) fn totals(&self, uses: &SimpleTypeUses) -> String {
        let mut facets: BTreeMap<&str, usize> = BTreeMap::new();
        for facet in uses.simples().flat_map(|id| &self.model.simples[id].facets) {
            *facets.entry(facet.name()).or_default() += 1;
        }
        let records = self.model.types.iter().filter(|ty| ty.record().is_some()).count();
        let choices = self.model.types.iter().filter(|ty| matches!(ty.kind, Kind::Choice(_))).count();
        let mut operators: Vec<&str> = self.model.operations.iter().map(|operation| &*operation.operator).collect();
        operators.dedup();
        let is_enumeration = |id: &usize| matches!(self.names.simples[*id].rust, RustType::Enumeration(_));
        let mut rows = vec![
            ("operators".to_owned(), operators.len()),
            ("operations".to_owned(), self.model.operations.len()),
            ("types with content".to_owned(), self.model.types.len()),
            ("… with members".to_owned(), records),
            ("… with alternatives".to_owned(), choices),
            ("simple types".to_owned(), uses.simples().count()),
            ("… with an enumeration".to_owned(), uses.simples().filter(is_enumeration).count()),
        ];
        rows.extend(facets.into_iter().map(|(name, count)| (format!("facets `{name}`, all checked"), count)));
        let rows = rows.into_iter().map(|(what, count)| vec![what, count.to_string()]).collect();
        table(&["Item", "Count"], rows)
    }

    /// Returns a table for each operator.
    pub(super) fn operations(&self, features: &Features) -> String {
        let mut text = String::new();
        if !self.model.operations.is_empty() {
            text.push_str(
                "## Operations\n\nThe class is what an operation does. The selector is the type that chooses the objects it acts \
                 on. An answer\nis one result, a list of results, or plain: content without a status.\n",
            );
        }
        for operations in self.model.operations.chunk_by(|a, b| a.operator == b.operator) {
            let operator = &operations[0].operator;
            text.push_str(&format!("\n### {operator}\n\n"));
            if let Some(feature) = features.of_operator(operator).filter(|feature| !feature.implies.is_empty()) {
                text.push_str(&format!("The feature also enables {}.\n\n", code(feature.implies.join("`, `"))));
            }
            let rows = operations.iter().map(|operation| {
                vec![
                    code(operation.path.join("/")),
                    code(&self.names.types[operation.request]),
                    operation.class.map_or_else(String::new, |class| format!("{class:?}")),
                    self.answer(operation).to_owned(),
                    self.selectors(operation),
                ]
            });
            text.push_str(&table(&["Operation", "Request", "Class", "Answer", "Selector"], rows.collect()));
        }
        text
    }

    /// Returns the form of an operation's answer.
    fn answer(&self, operation: &Operation) -> &'static str {
        match self.model.result_of(operation.reply) {
            Some((result, _)) if result.occurs.is_list() => "list",
            Some((result, _)) if !result.occurs.is_optional() => "one",
            _ => "plain",
        }
    }

    /// Returns the selectors of an operation, at any depth of its request.
    fn selectors(&self, operation: &Operation) -> String {
        let (mut stack, mut seen, mut found) = (vec![operation.request], Vec::new(), Vec::new());
        while let Some(id) = stack.pop() {
            let ty = &self.model.types[id];
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            if ty.is_selector() {
                found.push(code(&self.names.types[id]));
            } else {
                stack.extend(ty.members().iter().rev().filter_map(|member| member.ty()));
            }
        }
        found.join(", ")
    }

    /// Lists what the configuration leaves out of the crate, and replies that no request leads to.
    pub(super) fn left_out(&self) -> String {
        let used_entries = |part: &str| -> Vec<Vec<String>> {
            let used = self.model.used.iter().filter(|(used, _)| *used == part);
            used.map(|(_, entry)| vec![code(entry)]).collect()
        };
        let left_out = "The schemas have these, but the configuration leaves them out.";
        let replies_only = "The schemas have these, but no request for them.";
        let lists = [
            ("Left out", left_out, "Operator and operation", "left_out"),
            ("Replies without a request", replies_only, "Operator and element", "replies_only"),
        ];
        let lists = lists.map(|(title, reason, head, part)| match table(&[head], used_entries(part)) {
            list if list.is_empty() => list,
            list => format!("## {title}\n\n{reason}\n\n{list}\n"),
        });
        lists.concat()
    }
}
