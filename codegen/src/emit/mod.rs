//! Emits Rust from a model and its names. Each file here is about one kind of item.

mod attributes;
mod builders;
mod choices;
mod conversions;
mod docs;
mod enumerations;
mod features;
mod layout;
mod members;
mod modules;
mod operations;
mod operator_docs;
mod paths;
mod settings;
mod simple_types;
mod structs;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::config::Config;
use crate::model::{Direction, Member, Model, Origin, TypeId};
use crate::passes::conversions::Conversion;
use crate::passes::features::Features;
use crate::passes::names::{self, Names, RustPath, RustType};

pub(crate) use docs::facet_facts;
pub(crate) use layout::{arrange, items_of};

/// The emitted files by name.
pub(crate) type Files = BTreeMap<String, File>;

/// An emitted file.
pub(crate) struct File {
    /// The schema files from which it is generated.
    pub(crate) sources: BTreeSet<String>,
    /// The Rust code, not yet formatted.
    pub(crate) tokens: TokenStream,
}

/// The input of the stage.
struct Emitter<'a> {
    model: &'a Model,
    names: &'a Names,
    features: &'a Features,
    conversions: &'a [Conversion],
    config: &'a Config,
    /// Pairs of types of which the first contains the second in a `Box`, because it leads back.
    recursive: BTreeSet<(TypeId, TypeId)>,
}

/// Emits all files of the crate.
pub(crate) fn emit(
    model: &Model,
    names: &Names,
    features: &Features,
    conversions: &[Conversion],
    config: &Config,
) -> Files {
    let recursive = structs::recursive_members(model);
    let emitter = Emitter { model, names, features, conversions, config, recursive };
    let mut files = Files::new();
    let modules: BTreeSet<&String> =
        names.types.iter().map(|path| &path.module).chain(emitter.simple_paths().map(|path| &path.module)).collect();
    for module in &modules {
        files.insert(format!("{module}.rs"), emitter.module(module));
    }
    files.insert("simple.rs".to_owned(), emitter.simple_types());
    files.insert("lib.rs".to_owned(), emitter.root(&modules));
    files
}

impl Emitter<'_> {
    /// Returns the paths of the simple types that are types of their own in Rust.
    fn simple_paths(&self) -> impl Iterator<Item = &RustPath> {
        self.names.simples.iter().filter_map(|name| match &name.rust {
            RustType::Enumeration(path) | RustType::Newtype(path, _) => Some(path),
            RustType::Plain(_) => None,
        })
    }

    /// Returns `true` if programs make values of the type, so that it needs a constructor and setters.
    fn is_made(&self, id: TypeId) -> bool {
        self.model.types[id].direction != Direction::Response
    }
}

/// Returns the schema's name of a type as a search alias.
fn alias(origin: &Origin, name: &Ident) -> Option<TokenStream> {
    let alias = origin.type_name.as_ref().filter(|alias| name != alias)?;
    Some(quote!(#[doc(alias = #alias)]))
}

/// Returns an identifier, which is raw if it is a keyword.
fn ident(name: &str) -> Ident {
    // `gen` is a keyword since edition 2024, which the parser does not know.
    if name != "gen" && syn::parse_str::<Ident>(name).is_ok() {
        Ident::new(name, Span::call_site())
    } else {
        format_ident!("r#{}", name)
    }
}

/// Returns the identifier that is written like `name`, which begins with `r#` if it is raw.
fn written(name: &str) -> Ident {
    ident(name.strip_prefix("r#").unwrap_or(name))
}

/// Returns the field of a member.
fn field(member: &Member) -> Ident {
    ident(&names::field_name(member))
}
