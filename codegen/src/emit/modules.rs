//! The files of the emitted crate: its root, and a module for each operator.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emitter, File, docs, ident};
use crate::model::{Kind, Role, TypeId};
use crate::passes::names::RustType;

impl Emitter<'_> {
    /// Emits the root of the crate.
    pub(super) fn root(&self, modules: &BTreeSet<&String>) -> File {
        let doc = self.root_doc();
        let modules = modules.iter().map(|name| {
            let (doc, feature) = (self.module_doc(name), self.module_gate(name));
            let name = ident(name);
            quote!(#doc #feature #[rustfmt::skip] pub mod #name;)
        });
        // Without all features, some simple types are not used.
        let partly_used = (!self.features.all.is_empty()).then(|| quote!(#[allow(dead_code)]));
        let protocol = &self.model.protocol;
        let protocol_doc = docs::comment("Protocol version of the types.");
        let require_feature = self.require_feature();
        let tokens = quote! {
            #doc
            #![allow(clippy::large_enum_variant, clippy::manual_non_exhaustive, clippy::new_without_default, clippy::should_implement_trait, clippy::too_many_arguments)]
            #require_feature
            #(#modules)*
            #partly_used
            #[rustfmt::skip]
            mod simple;
            #protocol_doc
            pub const PROTOCOL: &str = #protocol;
        };
        File { sources: BTreeSet::new(), tokens }
    }

    fn root_doc(&self) -> TokenStream {
        let title = self.config.title;
        let protocol = &self.model.protocol;
        let operations = self.model.operations.len();
        let lines = [
            format!(
                "The types of the {title}, protocol {protocol}: {operations} operations and their answers, with code"
            ),
            "that reads, writes and validates them.".to_owned(),
            String::new(),
            "The crate is generated from the XML schemas. A value is written in the order of the schema, and"
                .to_owned(),
            format!("alternatives cannot be mixed. {}", self.config.about),
            String::new(),
            "Integers that the schemas leave unbounded are 64 bits wide: a value that does not fit is a read error,"
                .to_owned(),
            "never another value. Decimal numbers and durations are kept as text.".to_owned(),
        ];
        let lines = lines.map(|line| if line.is_empty() { line } else { format!(" {line}") });
        quote!(#(#![doc = #lines])*)
    }

    fn module_doc(&self, module: &str) -> TokenStream {
        let operator = self.model.types.iter().enumerate().find_map(|(id, ty)| match &ty.role {
            Role::Operations { operator, path } if path.is_empty() && self.names.types[id].module == module => {
                Some((operator, &ty.doc))
            }
            _ => None,
        });
        let doc = match operator {
            Some((operator, doc)) => {
                let text = docs::from_schema(&format!("Operator `{operator}`. {doc}"));
                let (feature, operations) = (docs::comment(&self.feature_doc(module)), self.operator_docs(operator));
                let operations = docs::comment(&operations);
                return quote!(#text #feature #operations);
            }
            None if module == self.config.roots.0 => docs::comment("Request packets."),
            None if module == self.config.roots.1 => docs::comment("Response packets."),
            None => docs::comment("Types shared by several operators."),
        };
        let feature = docs::comment(&self.feature_doc(module));
        quote!(#doc #feature)
    }

    /// Emits a module.
    pub(super) fn module(&self, module: &str) -> File {
        let mut sources = BTreeSet::new();
        let mut parts: BTreeMap<Option<&str>, Vec<(usize, TokenStream)>> = BTreeMap::new();
        for id in 0..self.model.types.len() {
            let path = &self.names.types[id];
            if path.module == module && !self.is_standard(id) {
                sources.insert(self.model.types[id].origin.file.clone());
                parts.entry(path.submodule).or_default().push((self.rank(id), self.item(id)));
            }
        }
        for (id, simple) in self.names.simples.iter().enumerate() {
            if let RustType::Enumeration(path) | RustType::Newtype(path, _) = &simple.rust
                && path.module == module
            {
                sources.insert(self.model.simples[id].origin.file.clone());
                parts.entry(path.submodule).or_default().push((usize::MAX, self.simple_item(id)));
            }
        }
        let mut tokens = TokenStream::new();
        for (submodule, mut items) in parts {
            items.sort_by_key(|(rank, _)| *rank);
            let items: TokenStream = items.into_iter().map(|(_, item)| item).collect();
            let imports = self.imports(&items);
            tokens.extend(match submodule {
                None => quote!(#imports #items),
                Some(name) => {
                    let other = if name == "request" { "response" } else { "request" };
                    let doc = docs::comment(&format!("Types of the {name} that differ from those of the {other}."));
                    let name = ident(name);
                    quote!(#doc pub mod #name { #imports #items })
                }
            });
        }
        File { sources, tokens }
    }

    /// Returns the position of a type in its module: operations first, each with its answer, then the rest.
    fn rank(&self, id: TypeId) -> usize {
        let shared = self.model.operations.len();
        let position = |id: TypeId| self.model.operations.iter().position(|it| it.request == id || it.reply == id);
        let mut around = id;
        loop {
            if let Some(position) = position(around) {
                return position;
            }
            match &self.model.types[around].role {
                Role::Within { parent, .. } | Role::Part { parent, .. } => around = *parent,
                Role::Named => return shared,
                _ => return shared + 1,
            }
        }
    }

    fn item(&self, id: TypeId) -> TokenStream {
        let item = match &self.model.types[id].kind {
            Kind::Record(record) => self.record(id, record),
            Kind::Choice(choice) => self.choice(id, choice),
            Kind::Untyped => self.untyped(id),
        };
        let conversions = self.conversions(id);
        quote!(#item #conversions)
    }
}
