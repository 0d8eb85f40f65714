//! `COVERAGE.md`: what of the protocol the emitted crate has, and what it represents loosely.

mod loose;
mod markdown;
mod places;

use std::collections::BTreeMap;

use crate::config::Config;
use crate::model::{Facet, Kind, Model, Operation};
use crate::passes::features::Features;
use crate::passes::names::{Names, RustType};
use loose::Loose;
use markdown::{code, table};
use places::Places;

/// What the document is made from.
#[derive(Clone, Copy)]
struct Source<'a> {
    model: &'a Model,
    names: &'a Names,
}

/// The document, without a header.
pub(crate) fn document(model: &Model, names: &Names, features: &Features, config: &Config) -> String {
    let source = Source { model, names };
    let places = Places::of(model);
    let sections = [
        format!("# Coverage of the {}, protocol {}", config.title, model.protocol),
        source.totals(&places),
        source.operations(features),
        source.left_out(),
        Loose { source, places: &places }.sections(),
        loose::secrets(model),
    ];
    let sections: Vec<&str> = sections.iter().map(|section| section.trim_end()).filter(|s| !s.is_empty()).collect();
    sections.join("\n\n") + "\n"
}

impl Source<'_> {
    fn totals(&self, places: &Places) -> String {
        let mut facets: BTreeMap<&str, usize> = BTreeMap::new();
        for facet in places.simples().flat_map(|id| &self.model.simples[id].facets) {
            *facets.entry(facet_name(facet)).or_default() += 1;
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
            ("… of members".to_owned(), records),
            ("… of alternatives".to_owned(), choices),
            ("simple types".to_owned(), places.simples().count()),
            ("… that list their values".to_owned(), places.simples().filter(is_enumeration).count()),
        ];
        rows.extend(facets.into_iter().map(|(name, count)| (format!("facets `{name}`, all checked"), count)));
        let rows = rows.into_iter().map(|(what, count)| vec![what, count.to_string()]).collect();
        table(&["What", "How many"], rows)
    }

    /// A table for each operator.
    fn operations(&self, features: &Features) -> String {
        let mut text = String::new();
        if !self.model.operations.is_empty() {
            text.push_str(
                "## Operations\n\nThe class says what an operation does; the selector is the type that chooses what it \
                 touches. An answer\nis one result, a list of them, or plain: content without a status.\n",
            );
        }
        for operations in self.model.operations.chunk_by(|a, b| a.operator == b.operator) {
            let operator = &operations[0].operator;
            text.push_str(&format!("\n### {operator}\n\n"));
            if let Some(feature) = features.of_operator(operator).filter(|feature| !feature.implies.is_empty()) {
                text.push_str(&format!("The feature brings {} too.\n\n", code(feature.implies.join("`, `"))));
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

    /// The kind of answer that an operation gives.
    fn answer(&self, operation: &Operation) -> &'static str {
        match self.model.result_of(operation.answer) {
            Some((result, _)) if result.occurs.is_list() => "list",
            Some((result, _)) if !result.occurs.is_optional() => "one",
            _ => "plain",
        }
    }

    /// The types that choose what an operation touches, wherever in its request they stand.
    fn selectors(&self, operation: &Operation) -> String {
        let (mut queue, mut seen, mut found) = (vec![operation.request], Vec::new(), Vec::new());
        while let Some(id) = queue.pop() {
            let ty = &self.model.types[id];
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            if ty.is_selector() {
                found.push(code(&self.names.types[id]));
            } else {
                queue.extend(ty.members().iter().rev().filter_map(|member| member.ty()));
            }
        }
        found.join(", ")
    }

    /// What the configuration keeps out of the crate, and what the schemas have no use for.
    fn left_out(&self) -> String {
        let noted = |part: &str| -> Vec<Vec<String>> {
            let used = self.model.used.iter().filter(|(used, _)| *used == part);
            used.map(|(_, entry)| vec![code(entry)]).collect()
        };
        let left_out = "The schemas have these, and the configuration leaves them out.";
        let answers_only = "The schemas have these, but no request that asks for them.";
        let lists = [
            ("Left out", left_out, "Operator and operation", "left_out"),
            ("Answers without a request", answers_only, "Operator and element", "answers_only"),
        ];
        let lists = lists.map(|(title, why, head, part)| match table(&[head], noted(part)) {
            list if list.is_empty() => list,
            list => format!("## {title}\n\n{why}\n\n{list}\n"),
        });
        lists.concat()
    }
}

fn facet_name(facet: &Facet) -> &'static str {
    match facet {
        Facet::Length(_) => "length",
        Facet::MinLength(_) => "minLength",
        Facet::MaxLength(_) => "maxLength",
        Facet::MinInclusive(_) => "minInclusive",
        Facet::MaxInclusive(_) => "maxInclusive",
        Facet::MinExclusive(_) => "minExclusive",
        Facet::MaxExclusive(_) => "maxExclusive",
        Facet::TotalDigits(_) => "totalDigits",
        Facet::FractionDigits(_) => "fractionDigits",
        Facet::Pattern(_) => "pattern",
        Facet::Enumeration(_) => "enumeration",
    }
}
