//! Emits Rust from a model and its names: one module an operator, one concern a file here.

mod builder;
mod choice;
mod conversion;
mod docs;
mod enumeration;
mod gate;
mod member;
mod operation;
mod paths;
mod record;
mod rules;
mod setting;
mod xml_attribute;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::config::Config;
use crate::model::{Direction, Kind, Model, Origin, Role, TypeId};
use crate::passes::conversions::Conversion;
use crate::passes::features::Features;
use crate::passes::names::{self, Names, RustPath, RustType};

/// The emitted files by name: their Rust, not yet formatted, and the schema files they come from.
pub(crate) type Files = BTreeMap<String, File>;

/// An emitted file.
pub(crate) struct File {
    pub(crate) sources: BTreeSet<String>,
    pub(crate) tokens: TokenStream,
}

/// What emitting needs to know throughout.
struct Emitter<'a> {
    model: &'a Model,
    names: &'a Names,
    features: &'a Features,
    conversions: &'a [Conversion],
    config: &'a Config,
    /// The types that contain themselves, where a box must break the circle.
    recursive: BTreeSet<(TypeId, TypeId)>,
}

pub(crate) fn emit(
    model: &Model,
    names: &Names,
    features: &Features,
    conversions: &[Conversion],
    config: &Config,
) -> Files {
    let emitter = Emitter { model, names, features, conversions, config, recursive: record::recursive_members(model) };
    let mut files = Files::new();
    let modules: BTreeSet<&String> =
        names.types.iter().map(|path| &path.module).chain(emitter.simple_paths().map(|path| &path.module)).collect();
    for module in &modules {
        files.insert(format!("{module}.rs"), emitter.module(module));
    }
    files.insert("simple.rs".to_owned(), emitter.rules());
    files.insert("lib.rs".to_owned(), emitter.root(&modules));
    files
}

impl Emitter<'_> {
    fn root(&self, modules: &BTreeSet<&String>) -> File {
        let title = self.config.title;
        let protocol = &self.model.protocol;
        let operations = self.model.operations.len();
        let about = [
            format!(
                "The types of the {title}, protocol {protocol}: {operations} operations, their answers, and how to"
            ),
            "read, write and validate them.".to_owned(),
            String::new(),
            "Emitted from the XML schemas: a value is written in the order of the schema, and alternatives".to_owned(),
            format!("cannot be mixed. {}", self.config.about),
            String::new(),
            "Integers that the schemas leave unbounded are 64 bits wide here: a value that does not fit is an error"
                .to_owned(),
            "of reading, never another value. Decimal numbers and durations are kept as texts.".to_owned(),
        ];
        let about = about.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
        let modules = modules.iter().map(|name| {
            let (about, gate) = (self.module_doc(name), gate::on_any(self.features.of_module(name)));
            let name = ident(name);
            quote!(#about #gate #[rustfmt::skip] pub mod #name;)
        });
        // Without all features, some rules have no user.
        let partly_used = (!self.features.all.is_empty()).then(|| quote!(#[allow(dead_code)]));
        let version = docs::comment("The version of the protocol that the types are of.");
        let some_feature = self.some_feature();
        let tokens = quote! {
            #(#![doc = #about])*
            #![allow(clippy::large_enum_variant, clippy::new_without_default, clippy::should_implement_trait, clippy::too_many_arguments)]
            #some_feature
            #(#modules)*
            #partly_used
            #[rustfmt::skip]
            mod simple;
            #version
            pub const PROTOCOL: &str = #protocol;
        };
        File { sources: BTreeSet::new(), tokens }
    }

    fn module_doc(&self, module: &str) -> TokenStream {
        let operator = self.model.types.iter().enumerate().find_map(|(id, ty)| match &ty.role {
            Role::Operations { operator, path } if path.is_empty() && self.names.types[id].module == module => {
                Some((operator, &ty.doc))
            }
            _ => None,
        });
        let about = match operator {
            Some((operator, doc)) => docs::words(&format!("Operator `{operator}`. {doc}")),
            None if module == self.config.roots.0 => docs::comment("The packet of a request."),
            None if module == self.config.roots.1 => docs::comment("The packet of an answer."),
            None => docs::comment("Types that more than one operator uses."),
        };
        let feature = docs::comment(&self.feature_doc(module));
        quote!(#about #feature)
    }

    fn module(&self, module: &str) -> File {
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
                    let about = docs::comment(&format!(
                        "Types of the {name} that differ from those of the same name on the other side."
                    ));
                    let name = ident(name);
                    quote!(#about pub mod #name { #imports #items })
                }
            });
        }
        File { sources, tokens }
    }

    /// The words on a type: the schema's, or what its role says.
    fn words(&self, id: TypeId) -> String {
        let ty = &self.model.types[id];
        if !ty.doc.is_empty() {
            return ty.doc.clone();
        }
        let answers = ty.direction == Direction::Response;
        match &ty.role {
            Role::Operators => "An operator, and what it is asked or answers.".to_owned(),
            Role::Operations { operator, .. } if answers => {
                format!("The answers of `{operator}`, in the order of the requests.")
            }
            Role::Operations { operator, .. } => format!("The requests to `{operator}`, carried out in this order."),
            Role::OperationItem { operator, .. } if answers => format!("The answer to one request to `{operator}`."),
            Role::OperationItem { operator, .. } => format!("One request to `{operator}`."),
            Role::Within { parent, element } => match &self.model.types[*parent].role {
                Role::Answer { path, .. } if self.config.outcome.is_some_and(|it| it.element == element) => {
                    format!("What a result of `{}` holds beside its status.", path.join("/"))
                }
                _ => format!("What `<{element}>` holds."),
            },
            Role::Part { .. } | Role::Shared { part: true, .. } if ty.is_choice() => {
                "One of several elements.".to_owned()
            }
            Role::Part { .. } | Role::Shared { part: true, .. } => "Elements that stand together.".to_owned(),
            Role::Shared { .. } => "What several elements hold alike.".to_owned(),
            _ => String::new(),
        }
    }

    /// Where a type stands in its module: operations first, each beside its answer, then the rest.
    fn rank(&self, id: TypeId) -> usize {
        let shared = self.model.operations.len();
        let at = |id: TypeId| self.model.operations.iter().position(|o| o.request == id || o.answer == id);
        let mut around = id;
        loop {
            if let Some(at) = at(around) {
                return at;
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
        let operation = self.model.operations.iter().find(|o| o.request == id).map(|o| self.operation(o));
        let conversions = self.conversions(id);
        quote!(#item #conversions #operation)
    }

    fn simple_paths(&self) -> impl Iterator<Item = &RustPath> {
        self.names.simples.iter().filter_map(|name| match &name.rust {
            RustType::Enumeration(path) | RustType::Newtype(path, _) => Some(path),
            RustType::Plain(_) => None,
        })
    }

    /// Whether programs make values of the type, so that it needs a constructor and setters.
    fn is_made(&self, id: TypeId) -> bool {
        self.model.types[id].direction != Direction::Response
    }
}

/// The schema's name for a type, to be found by.
fn alias(origin: &Origin, name: &Ident) -> Option<TokenStream> {
    let alias = origin.type_name.as_ref().filter(|alias| name != alias)?;
    Some(quote!(#[doc(alias = #alias)]))
}

/// An identifier, raw if it is a keyword.
fn ident(name: &str) -> Ident {
    if syn::parse_str::<Ident>(name).is_ok() {
        Ident::new(name, Span::call_site())
    } else {
        format_ident!("r#{}", name)
    }
}

fn field(member: &crate::model::Member) -> Ident {
    ident(&names::field_name(member))
}
