//! Parses the emitted source, to check that tables of tests are complete and that rules are followed everywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

/// An emitted type.
#[derive(Debug)]
pub(crate) struct Item {
    /// Its module, with `request` or `response` if it is in a submodule: `database::request`.
    pub(crate) module: String,
    pub(crate) name: String,
    pub(crate) is_enum: bool,
    /// Its attributes, except documentation: derives, `xml` and `operation`.
    pub(crate) head: String,
    /// Its fields with their types, or its variants with their contents.
    pub(crate) parts: Vec<(String, String)>,
    /// The `xml` attributes of its fields or variants, by name.
    pub(crate) attributes: BTreeMap<String, String>,
    /// All its `impl` blocks.
    pub(crate) code: String,
}

impl Item {
    pub(crate) fn path(&self) -> String {
        format!("{}::{}", self.module, self.name)
    }

    /// Returns the paths of the types in `text`, which is code in the module of this item.
    pub(crate) fn paths_in(&self, text: &str) -> Vec<String> {
        let tokens = text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
        tokens
            .filter(|token| token.contains(char::is_uppercase))
            .map(|token| match token.strip_prefix("crate::").unwrap_or(token) {
                path if path.contains("::") => path.to_owned(),
                name => format!("{}::{name}", self.module),
            })
            .collect()
    }

    /// Returns the value of `key` in its attribute `operation`, without spaces.
    pub(crate) fn operation_value(&self, key: &str) -> Option<&str> {
        let (_, items) = self.head.split_once("#[operation(")?;
        let begins = |at: &usize| *at == 0 || items[..*at].ends_with(',');
        let start = items.match_indices(&format!("{key}=")).map(|(at, _)| at).find(begins)? + key.len() + 1;
        let mut depth = 0;
        let (end, _) = items[start..].char_indices().find(|(at, c)| {
            match c {
                '(' | '{' | '<' => depth += 1,
                ')' | '}' => depth -= 1,
                '>' if !items[..start + at].ends_with('=') => depth -= 1,
                _ => {}
            }
            depth < 0 || depth == 0 && *c == ','
        })?;
        Some(&items[start..start + end])
    }

    /// Returns operator and path if it is an operation.
    pub(crate) fn operation(&self) -> Option<(String, String)> {
        let (operator, path) = self.operation_value("path")?.trim_matches('"').split_once('/')?;
        Some((operator.to_owned(), path.to_owned()))
    }

    /// Returns the types that are used in this one, and in its reply if it is an operation.
    fn uses(&self) -> Vec<String> {
        let texts = self.parts.iter().map(|(_, ty)| ty.as_str()).chain(self.operation_value("reply"));
        texts.flat_map(|text| self.paths_in(text)).collect()
    }

    /// Returns `true` if lenient reading rejects unknown content in it.
    pub(crate) fn denies_unknown(&self) -> bool {
        self.head.contains("deny_unknown")
    }
}

/// Returns the emitted modules: name and text.
fn modules() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("generated/src");
    let mut modules: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    modules.sort();
    assert!(modules.len() > 30, "{} is not the emitted crate", folder.display());
    modules
}

/// Returns all emitted types by their paths: `customer::Filter`.
pub(crate) fn emitted() -> BTreeMap<String, Item> {
    let mut items = BTreeMap::new();
    for (module, text) in modules() {
        add_items(&module, &text, &mut items);
    }
    assert!(items.len() > 850, "{} types", items.len());
    items
}

fn add_items(module: &str, text: &str, items: &mut BTreeMap<String, Item>) {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{module}: {error}"));
    add_parsed(module, file.items, items);
}

/// Adds the types and `impl` blocks of a module, and those of its submodules.
fn add_parsed(module: &str, parsed: Vec<syn::Item>, items: &mut BTreeMap<String, Item>) {
    let mut implementations = Vec::new();
    for item in parsed {
        match item {
            syn::Item::Mod(inner) => {
                let (_, content) = inner.content.unwrap_or_default();
                add_parsed(&format!("{module}::{}", inner.ident), content, items);
            }
            syn::Item::Struct(item) => {
                let fields = item.fields.iter().map(|field| {
                    let name = field.ident.as_ref().map_or_else(String::new, ToString::to_string);
                    (name, without_spaces(&field.ty), xml(&field.attrs))
                });
                add_type(module, &item.ident, &item.attrs, false, fields.collect(), items);
            }
            syn::Item::Enum(item) => {
                let variants = item.variants.iter().map(|variant| {
                    let types: Vec<_> = variant.fields.iter().map(|field| without_spaces(&field.ty)).collect();
                    (variant.ident.to_string(), types.join(","), xml(&variant.attrs))
                });
                add_type(module, &item.ident, &item.attrs, true, variants.collect(), items);
            }
            syn::Item::Impl(block) => {
                let name = without_spaces(&block.self_ty);
                let file = syn::File {
                    shebang: None,
                    attrs: Vec::new(),
                    items: vec![syn::Item::Impl(block)],
                    frontmatter: None,
                };
                implementations.push((name, prettyplease::unparse(&file)));
            }
            _ => {}
        }
    }
    for (name, block) in implementations {
        if let Some(item) = items.get_mut(&format!("{module}::{name}")) {
            item.code.push_str(&block);
        }
    }
}

/// Adds a type with its parts: name, type and `xml` attribute of each.
fn add_type(
    module: &str,
    name: &syn::Ident,
    attributes: &[syn::Attribute],
    is_enum: bool,
    parts: Vec<(String, String, String)>,
    items: &mut BTreeMap<String, Item>,
) {
    let item = Item {
        module: module.to_owned(),
        name: name.to_string(),
        is_enum,
        head: attributes.iter().filter(|it| !it.path().is_ident("doc")).map(without_spaces).collect(),
        parts: parts.iter().map(|(name, ty, _)| (name.clone(), ty.clone())).collect(),
        attributes: parts.into_iter().map(|(name, _, xml)| (name, xml)).collect(),
        code: String::new(),
    };
    items.insert(item.path(), item);
}

/// Returns the tokens as text without spaces: `NonEmpty<common::Id>`.
fn without_spaces(tokens: &impl quote::ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(' ', "")
}

/// Returns the `xml` attribute among `attributes`: `#[xml(text="id",type=simple::ID)]`.
fn xml(attributes: &[syn::Attribute]) -> String {
    attributes.iter().filter(|attribute| attribute.path().is_ident("xml")).map(without_spaces).collect()
}

/// Returns the types that are reachable from `roots`. Types for which `within` returns `false` are skipped.
pub(crate) fn reachable(
    items: &BTreeMap<String, Item>,
    roots: impl IntoIterator<Item = String>,
    within: impl Fn(&Item) -> bool,
) -> BTreeSet<String> {
    let mut queue: Vec<String> = roots.into_iter().collect();
    let mut found = BTreeSet::new();
    while let Some(path) = queue.pop() {
        if let Some(item) = items.get(&path).filter(|item| within(item))
            && found.insert(path)
        {
            queue.extend(item.uses());
        }
    }
    found
}

#[test]
fn emitted_source_is_parsed() {
    let items = emitted();
    let operations: BTreeSet<_> = items.values().filter_map(Item::operation).collect();
    assert!(operations.contains(&("mail".to_owned(), "update/add".to_owned())), "{operations:?}");
    let filter = &items["reseller::Filter"];
    let variants: Vec<_> = filter.parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(variants, ["EverythingByEmptyFilter", "Id", "Login", "Guid", "Everything", "ExternalId"]);
    assert_eq!(filter.parts[1].1, "NonEmpty<Id>");
    assert!(filter.is_enum && filter.denies_unknown());
    let del = &items["webspace::Del"];
    assert_eq!(del.parts, [("filter".to_owned(), "Filter".to_owned())]);
    assert!(!del.is_enum && del.operation() == Some(("webspace".to_owned(), "del".to_owned())));
    assert_eq!(del.operation_value("reply"), Some("EachReply<common::Matched,0>"));
    assert_eq!(del.operation_value("effect"), Some("matchfilter{Filter::Everything=>DeleteEverything,_=>Delete}"));
    let within = reachable(&items, ["session::Get".to_owned()], |_| true);
    assert!(
        ["session::GetResult", "session::Session", "session::UserType"].iter().all(|path| within.contains(*path)),
        "{within:?}"
    );
    assert!(items["database::request::DbServer"].parts.iter().any(|(name, _)| name == "address"));
}
