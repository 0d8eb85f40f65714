//! Reads the public items of an emitted crate.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Attribute, Fields, FnArg, ImplItem, Item, ReturnType, Visibility};

use super::tokens::{text, with_absolute_paths};
use crate::config::Config;
use crate::emit::{emit, items_of};
use crate::error::{Error, Problem};
use crate::model::{Model, SimpleId};
use crate::passes::conversions;
use crate::passes::features::Features;
use crate::passes::names::{self, Names, RustType};

/// The public items of a crate.
#[derive(Debug)]
pub(in crate::diff) struct PublicApi {
    /// The types by path, with their items.
    pub(in crate::diff) types: BTreeMap<String, TypeItems>,
    /// The modules that each Cargo feature enables, including those that are always there.
    pub(super) features: BTreeMap<String, BTreeSet<String>>,
    pub(in crate::diff) names: Names,
}

/// The items of a type, each with its text: the type of a field, the signature of a function.
pub(super) type TypeItems = BTreeMap<ApiItem, String>;

/// A public item of a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::diff) enum ApiItem {
    /// The kind of the type: `struct` or `enum`.
    Kind,
    /// A public field.
    Field(String),
    /// A variant.
    Variant(String),
    /// A function, with its arguments and result.
    Function(String),
    /// A trait that the type implements.
    Trait(String),
    /// An associated type of a trait.
    AssociatedType(String),
    /// An associated constant of a trait.
    Constant(String),
    /// The attribute `#[must_use]`.
    MustUse,
}

impl PublicApi {
    /// Emits a model and reads the public items of the result. Also returns the problems of conversions: the configuration
    /// of one version need not fit another one, and what fits is compared.
    ///
    /// # Errors
    /// If the types cannot be named.
    pub(in crate::diff) fn of(model: &Model, config: &Config) -> Result<(Self, Vec<Problem>), Error> {
        let (names, problems) = names::assign(model, config);
        if !problems.is_empty() {
            return Err(Error(problems));
        }
        let (conversions, problems) = conversions::resolve_what_fits(model, &names, config);
        let features = Features::of(model, &names, config);
        let mut types = BTreeMap::new();
        for (file, emitted) in emit(model, &names, &features, &conversions, config) {
            let module = file.trim_end_matches(".rs");
            if matches!(module, "lib" | "simple") {
                continue;
            }
            let tree: syn::File = syn::parse2(emitted.tokens).map_err(|e| {
                let message = format!("the emitted Rust does not parse, which is a bug of the generator: {e}");
                Problem::new(&file, "", message)
            })?;
            read_items(&tree.items, module, &mut types);
        }
        // An `impl` for a foreign type, such as `From<Name> for String`, is reported with our type.
        types.retain(|_, items| items.contains_key(&ApiItem::Kind));
        let known: BTreeSet<String> = types.keys().cloned().collect();
        for (path, items) in &mut types {
            let module = path.rsplit_once("::").map_or("", |(module, _)| module);
            items.values_mut().for_each(|text| *text = with_absolute_paths(text, module, &known));
        }
        let modules: BTreeSet<&String> = names.types.iter().map(|path| &path.module).collect();
        let enabled = features.all.iter().map(|feature| {
            let is_on = |name: &String| *name == feature.name || feature.implies.contains(name);
            let is_enabled = |module: &&&String| {
                let gates = features.of_module(module);
                gates.is_empty() || gates.iter().any(is_on)
            };
            (feature.name.clone(), modules.iter().filter(is_enabled).map(|module| (*module).clone()).collect())
        });
        Ok((Self { types, features: enabled.collect(), names }, problems))
    }

    /// Returns the path of a simple type, if it is a type of its own in Rust.
    pub(in crate::diff) fn simple_path(&self, id: SimpleId) -> Option<String> {
        match &self.names.simples[id].rust {
            RustType::Newtype(path, _) | RustType::Enumeration(path) => Some(path.to_string()),
            RustType::Plain(_) => None,
        }
    }
}

/// Adds the public types among `items` and in their modules, with the items of each.
fn read_items(items: &[Item], module: &str, types: &mut BTreeMap<String, TypeItems>) {
    let path = |name: &dyn ToString| format!("{module}::{}", name.to_string());
    for item in items {
        match item {
            Item::Mod(inner) => {
                if let Some((_, content)) = &inner.content {
                    read_items(content, &path(&inner.ident), types);
                }
            }
            Item::Struct(item) if is_public(&item.vis) => {
                let items = types.entry(path(&item.ident)).or_default();
                items.insert(ApiItem::Kind, "struct".to_owned());
                read_attributes(&item.attrs, items);
                read_fields(&item.fields, items);
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let items = types.entry(path(&item.ident)).or_default();
                items.insert(ApiItem::Kind, "enum".to_owned());
                read_attributes(&item.attrs, items);
                for variant in &item.variants {
                    items.insert(ApiItem::Variant(variant.ident.to_string()), text(&variant.fields));
                }
            }
            Item::Impl(item) => {
                let name = text(&item.self_ty);
                let items = types.entry(if name.contains("::") { name } else { path(&name) }).or_default();
                match &item.trait_ {
                    Some((name, _)) => {
                        items.insert(ApiItem::Trait(text(name)), String::new());
                    }
                    None => read_functions(&item.items, items),
                }
            }
            _ => {}
        }
    }
}

fn read_attributes(attributes: &[Attribute], items: &mut TypeItems) {
    for attribute in attributes {
        if attribute.path().is_ident("must_use") {
            items.insert(ApiItem::MustUse, String::new());
        } else if attribute.path().is_ident("derive")
            && let Ok(list) = attribute.meta.require_list()
        {
            let names = list.tokens.to_string();
            items.extend(names.split(',').map(|name| (ApiItem::Trait(name.trim().to_owned()), String::new())));
        } else if attribute.path().is_ident("operation")
            && let Ok(list) = attribute.meta.require_list()
        {
            read_operation(&items_of(list.tokens.clone()), items);
        } else if attribute.path().is_ident("non_exhaustive") {
            items.entry(ApiItem::Kind).and_modify(|kind| kind.push_str(", non-exhaustive"));
        }
    }
}

fn read_fields(fields: &Fields, items: &mut TypeItems) {
    for field in fields.iter().filter(|field| is_public(&field.vis)) {
        if let Some(name) = &field.ident {
            items.insert(ApiItem::Field(name.to_string()), text(&field.ty));
        }
    }
}

/// Adds the public functions of an `impl`.
fn read_functions(functions: &[ImplItem], items: &mut TypeItems) {
    for item in functions {
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
        let signature = format!("{generics}({}){result}", arguments.join(", "));
        items.insert(ApiItem::Function(function.sig.ident.to_string()), signature);
    }
}

/// Adds the associated types and constants of an operation, which follow from the items of its attribute.
fn read_operation(attribute: &[String], items: &mut TypeItems) {
    let value = |key: &str| {
        attribute
            .iter()
            .find_map(|item| item.split_once(" = ").filter(|(name, _)| *name == key))
            .map(|(_, value)| value)
    };
    let has = |key: &str| attribute.iter().any(|item| item == key || item.starts_with(&format!("{key}(")));
    let reply = value("reply").unwrap_or_default();
    let answer = value("answer").map_or_else(|| answer_to(reply, has("complete")), str::to_owned);
    items.insert(ApiItem::AssociatedType("Reply".to_owned()), reply.to_owned());
    items.insert(ApiItem::AssociatedType("Answer".to_owned()), answer);
    for (constant, key) in [("PATH", "path"), ("EFFECT", "effect"), ("IDEMPOTENCY", "idempotency")] {
        if let Some(value) = value(key) {
            items.insert(ApiItem::Constant(constant.to_owned()), value.to_owned());
        }
    }
    for (constant, key) in [("REPEATS", "repeats"), ("MAY_BE_EMPTY", "may_be_empty")] {
        if has(key) {
            items.insert(ApiItem::Constant(constant.to_owned()), "true".to_owned());
        }
    }
}

/// Returns the answer that the derive makes of a reply.
fn answer_to(reply: &str, is_complete: bool) -> String {
    let argument = |name: &str| reply.strip_prefix(name)?.strip_prefix('<')?.strip_suffix('>');
    if let Some(body) = argument("SingleReply") {
        let data = body.strip_prefix("Option<").and_then(|data| data.strip_suffix('>'));
        format!("Result<{}, Fault<{body}>>", data.filter(|_| is_complete).unwrap_or(body))
    } else if let Some(arguments) = argument("EachReply") {
        let body = arguments.rsplit_once(", ").map_or(arguments, |(body, _)| body);
        format!("Outcomes<{body}>")
    } else {
        reply.to_owned()
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
