//! The base of results, which the runtime crate has by hand: it must be what the schema says.

use super::Lowerer;
use super::particle::{Element, Term};
use crate::error::Problem;
use crate::model::{Occurs, Origin, Primitive};

impl Lowerer<'_> {
    /// Holds the base type of results against the convention.
    pub(super) fn check_outcome_base(&mut self) {
        let Some(convention) = self.config.outcome else { return };
        let Some(declared) = self.declarations.complex.get(convention.base).copied() else { return };
        let base = convention.base.to_owned();
        let origin = Origin { file: declared.file.to_owned(), path: base.clone(), type_name: Some(base) };
        let content = self.content(declared.node, declared.file, &origin);
        let items = match content.particle.map(|particle| particle.term) {
            Some(Term::Sequence(items)) => items,
            _ => Vec::new(),
        };
        let found: Vec<String> = items
            .iter()
            .map(|item| match &item.term {
                Term::Element(element) => self.shown(element, item.occurs),
                _ => "a group".to_owned(),
            })
            .collect();
        let agreed: Vec<String> = convention.members.iter().map(|member| member.to_string()).collect();
        if found != agreed {
            let message = format!(
                "is the base of results, which the runtime crate has as: {}; here it is: {}",
                agreed.join(", "),
                found.join(", ")
            );
            let advice = "let it be as the runtime crate has it, or change that";
            self.report(Problem::new(declared.file, convention.base, message).consequence().advice(advice));
        }
    }

    /// A member as the convention would name it.
    fn shown(&mut self, element: &Element<'_>, occurs: Occurs) -> String {
        let name = element.node.name.as_deref().unwrap_or_default();
        let simple = element.node.type_.as_ref().and_then(|ty| self.simple_named(ty));
        let built_in = match simple.map(|id| &self.model.simples[id].primitive) {
            Some(Primitive::BuiltIn(name)) => name.as_str(),
            _ => "no simple type",
        };
        let optional = if occurs == (Occurs { min: 0, max: Some(1) }) { "?" } else { "" };
        format!("{name}{optional} ({built_in})")
    }
}
