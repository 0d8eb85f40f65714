//! The public items of the emitted crate, read from what is emitted: nothing here supposes what the generator makes of a
//! schema.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Fields, FnArg, ImplItem, Item, ReturnType, Visibility};

use crate::config::Config;
use crate::emit::emit;
use crate::error::Error;
use crate::model::{Model, SimpleId};
use crate::passes::conversions;
use crate::passes::features::Features;
use crate::passes::names::{self, Names, RustType};

/// The public items of a crate.
#[derive(Debug)]
pub(super) struct Surface {
    /// The types by their paths, with their parts.
    pub(super) types: BTreeMap<String, Parts>,
    /// The modules that each Cargo feature brings, those that are always there included.
    pub(super) features: BTreeMap<String, BTreeSet<String>>,
    pub(super) names: Names,
}

/// The parts of a type: what each is, by what it is called.
pub(super) type Parts = BTreeMap<Part, String>;

/// A part of a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// What it is: `struct`, `enum`.
    Kind,
    /// A public field.
    Field(String),
    /// An alternative.
    Variant(String),
    /// A function, with its arguments.
    Function(String),
    /// A trait that it has.
    Trait(String),
    /// A type that a trait has for it.
    Associated(String),
    /// A constant that a trait has for it.
    Constant(String),
    /// That its value must be used.
    MustUse,
}

impl Surface {
    /// What is emitted of a model.
    ///
    /// # Errors
    /// If its types cannot be named.
    pub(super) fn of(model: &Model, config: &Config) -> Result<Self, Error> {
        let names = names::assign(model, config)?;
        let conversions = conversions::resolve(model, &names, config)?;
        let features = Features::of(model, &names, config);
        let mut types = BTreeMap::new();
        for (file, emitted) in emit(model, &names, &features, &conversions, config) {
            let module = file.trim_end_matches(".rs");
            if matches!(module, "lib" | "simple") {
                continue;
            }
            let tree: syn::File = syn::parse2(emitted.tokens).map_err(|e| {
                let message = format!("the emitted Rust does not parse, a bug of the generator: {e}");
                crate::error::Problem::new(&file, "", message)
            })?;
            items(&tree.items, module, &mut types);
        }
        // What is implemented for types of Rust's own, such as `From` a newtype for `String`, comes and goes with ours.
        types.retain(|_, parts| parts.contains_key(&Part::Kind));
        let known: BTreeSet<String> = types.keys().cloned().collect();
        for (path, parts) in &mut types {
            let module = path.rsplit_once("::").map_or("", |(module, _)| module);
            parts.values_mut().for_each(|text| *text = absolute(text, module, &known));
        }
        let modules: BTreeSet<&String> = names.types.iter().map(|path| &path.module).collect();
        let brought = features.all.iter().map(|feature| {
            let with = |name: &String| *name == feature.name || feature.implies.contains(name);
            let there = |module: &&&String| {
                let gates = features.of_module(module);
                gates.is_empty() || gates.iter().any(with)
            };
            (feature.name.clone(), modules.iter().filter(there).map(|module| (*module).clone()).collect())
        });
        Ok(Self { types, features: brought.collect(), names })
    }
}

impl Surface {
    /// What a simple type is called, if it is a type of its own in Rust.
    pub(super) fn simple_path(&self, id: SimpleId) -> Option<String> {
        match &self.names.simples[id].rust {
            RustType::Newtype(path, _) | RustType::Enumeration(path) => Some(path.to_string()),
            RustType::Plain(_) => None,
        }
    }
}

/// Notes the public types among `items`, and their parts.
fn items(items: &[Item], module: &str, types: &mut BTreeMap<String, Parts>) {
    let path = |name: &dyn ToString| format!("{module}::{}", name.to_string());
    for item in items {
        match item {
            Item::Mod(inner) => {
                if let Some((_, content)) = &inner.content {
                    self::items(content, &path(&inner.ident), types);
                }
            }
            Item::Struct(item) if is_public(&item.vis) => {
                let parts = types.entry(path(&item.ident)).or_default();
                parts.insert(Part::Kind, "struct".to_owned());
                attributes(&item.attrs, parts);
                fields(&item.fields, parts);
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let parts = types.entry(path(&item.ident)).or_default();
                parts.insert(Part::Kind, "enum".to_owned());
                attributes(&item.attrs, parts);
                for variant in &item.variants {
                    parts.insert(Part::Variant(variant.ident.to_string()), text(&variant.fields));
                }
            }
            Item::Impl(item) => {
                let name = text(&item.self_ty);
                let parts = types.entry(if name.contains("::") { name } else { path(&name) }).or_default();
                match &item.trait_ {
                    Some((name, _)) => {
                        let name = text(name);
                        if name == "Operation" {
                            operation(&item.items, parts);
                        }
                        parts.insert(Part::Trait(name), String::new());
                    }
                    None => functions(&item.items, parts),
                }
            }
            _ => {}
        }
    }
}

fn attributes(attributes: &[Attribute], parts: &mut Parts) {
    for attribute in attributes {
        if attribute.path().is_ident("must_use") {
            parts.insert(Part::MustUse, String::new());
        } else if attribute.path().is_ident("derive")
            && let Ok(list) = attribute.meta.require_list()
        {
            let names = list.tokens.to_string();
            parts.extend(names.split(',').map(|name| (Part::Trait(name.trim().to_owned()), String::new())));
        } else if attribute.path().is_ident("non_exhaustive") {
            parts.entry(Part::Kind).and_modify(|kind| kind.push_str(", non-exhaustive"));
        }
    }
}

fn fields(fields: &Fields, parts: &mut Parts) {
    for field in fields.iter().filter(|field| is_public(&field.vis)) {
        if let Some(name) = &field.ident {
            parts.insert(Part::Field(name.to_string()), text(&field.ty));
        }
    }
}

/// The public functions of a type, each with its arguments and result.
fn functions(items: &[ImplItem], parts: &mut Parts) {
    for item in items {
        let ImplItem::Fn(function) = item else { continue };
        if !is_public(&function.vis) {
            continue;
        }
        let arguments: Vec<String> = (function.sig.inputs.iter())
            .map(|argument| match argument {
                FnArg::Receiver(_) => "self".to_owned(),
                FnArg::Typed(typed) => format!("{}: {}", text(&typed.pat), text(&typed.ty)),
            })
            .collect();
        let result = match &function.sig.output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, ty) => format!(" -> {}", text(ty)),
        };
        let generics = text(&function.sig.generics);
        let text = format!("{generics}({}){result}", arguments.join(", "));
        parts.insert(Part::Function(function.sig.ident.to_string()), text);
    }
}

/// What an operation has beside its type.
fn operation(items: &[ImplItem], parts: &mut Parts) {
    for item in items {
        match item {
            ImplItem::Type(item) => _ = parts.insert(Part::Associated(item.ident.to_string()), text(&item.ty)),
            ImplItem::Const(item) => _ = parts.insert(Part::Constant(item.ident.to_string()), text(&item.expr)),
            _ => {}
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Tokens as people write them.
fn text(tokens: &impl ToTokens) -> String {
    let mut text = String::new();
    write(tokens.to_token_stream(), &mut text);
    text
}

fn write(tokens: TokenStream, text: &mut String) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let [open, close] = match group.delimiter() {
                    proc_macro2::Delimiter::Parenthesis => ["(", ")"],
                    proc_macro2::Delimiter::Brace => ["{", "}"],
                    proc_macro2::Delimiter::Bracket => ["[", "]"],
                    proc_macro2::Delimiter::None => ["", ""],
                };
                text.push_str(open);
                write(group.stream(), text);
                text.push_str(close);
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                ',' => text.push_str(", "),
                sign => text.push(sign),
            },
            word => {
                if text.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
            }
        }
    }
}

/// The text with the names of known types as seen from the crate, for a text that stands in `module`.
fn absolute(text: &str, module: &str, known: &BTreeSet<String>) -> String {
    replace_paths(text, |path| {
        let around = |module: &str| Some(format!("{module}::{path}")).filter(|path| known.contains(path));
        let outer = module.rsplit_once("::").map(|(outer, _)| outer);
        let above = path.strip_prefix("super::").map(|path| format!("{}::{path}", outer.unwrap_or_default()));
        let below = path.strip_prefix("crate::").map(str::to_owned);
        around(module).or_else(|| around(outer?)).or(above.or(below).filter(|path| known.contains(path)))
    })
}

/// The text with its paths replaced by what `to` says, where it says something.
pub(super) fn replace_paths(text: &str, to: impl Fn(&str) -> Option<String>) -> String {
    let in_path = |c: char| c.is_alphanumeric() || c == '_' || c == '#';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if !in_path(first) {
            out.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let mut end = 0;
        loop {
            end += rest[end..].find(|c: char| !in_path(c)).unwrap_or(rest.len() - end);
            // A single colon is that of an argument.
            match rest[end..].strip_prefix("::") {
                Some(further) if further.starts_with(in_path) => end += 2,
                _ => break,
            }
        }
        let (path, after) = rest.split_at(end);
        out.push_str(&to(path).unwrap_or_else(|| path.to_owned()));
        rest = after;
    }
    out
}
