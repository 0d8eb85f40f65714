//! The emitted source, for questions about all of it: is a table of the tests complete, does a rule hold everywhere?

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
    /// Its fields, each with its type; or its variants, each with what it holds.
    pub(crate) parts: Vec<(String, String)>,
    /// All its `impl` blocks.
    pub(crate) code: String,
}

impl Item {
    pub(crate) fn path(&self) -> String {
        format!("{}::{}", self.module, self.name)
    }

    /// The paths of the types in `text`, which stands in the module of this item.
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

    /// The first string literal after `label`, and all up to the end of the list that it stands in.
    fn constant(&self, label: &str) -> Option<String> {
        let (_, rest) = self.code.split_once(label)?;
        let (value, _) = rest.split_once(';')?;
        let literals: Vec<_> = value.split('"').skip(1).step_by(2).collect();
        Some(literals.join("/"))
    }

    /// Operator and path, if it is an operation.
    pub(crate) fn operation(&self) -> Option<(String, String)> {
        Some((
            self.constant("const OPERATOR: &'static str =")?,
            self.constant("const PATH: &'static [&'static str] =")?,
        ))
    }

    /// The types that stand directly in this one, and in the answer if it is an operation.
    fn uses(&self) -> Vec<String> {
        let reply = self.code.split_once("type Reply =").and_then(|(_, rest)| rest.split_once(';'));
        let texts = self.parts.iter().map(|(_, ty)| ty.as_str()).chain(reply.map(|(reply, _)| reply));
        texts.flat_map(|text| self.paths_in(text)).collect()
    }

    /// Whether a lenient reader refuses in it what it does not know.
    pub(crate) fn is_exact(&self) -> bool {
        self.code.contains("const DENY_UNKNOWN: bool = true;")
    }
}

/// The emitted modules: name and text.
fn modules() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("generated/src");
    let mut modules: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    modules.sort();
    assert!(modules.len() > 30, "{} holds the emitted crate", folder.display());
    modules
}

/// All emitted types, by their paths: `customer::Filter`.
pub(crate) fn emitted() -> BTreeMap<String, Item> {
    let mut items = BTreeMap::new();
    for (module, text) in modules() {
        add_items(&module, &text, &mut items);
    }
    assert!(items.len() > 850, "{} types", items.len());
    items
}

fn add_items(module: &str, text: &str, items: &mut BTreeMap<String, Item>) {
    // An item ends with a line of its own.
    let lines = text.lines().filter(|line| !line.trim().starts_with("//"));
    let text: String = lines
        .map(|line| match line.strip_suffix(" {}").filter(|head| head.starts_with("pub struct")) {
            Some(head) => format!("{head} {{\n}}\n"),
            None => format!("{line}\n"),
        })
        .collect();
    let mut implementations = Vec::new();
    for block in text.split("\n}\n") {
        let Some((head, body)) = block.split_once(" {\n") else { continue };
        let head = head.lines().last().unwrap_or_default();
        let words: Vec<_> = head.split_whitespace().collect();
        match words[..] {
            ["pub", "mod", name] => {
                let inner: String =
                    body.lines().map(|line| format!("{}\n", line.strip_prefix("    ").unwrap_or(line))).collect();
                add_items(&format!("{module}::{name}"), &format!("{inner}\n"), items);
            }
            ["pub", kind @ ("struct" | "enum"), name] => {
                let (module, name, is_enum) = (module.to_owned(), name.to_owned(), kind == "enum");
                let parts = parts(body, is_enum);
                let item = Item { module, name, is_enum, parts, code: String::new() };
                items.insert(item.path(), item);
            }
            ["impl", name] | ["impl", .., "for", name] => implementations.push((name.to_owned(), block.to_owned())),
            _ => {}
        }
    }
    for (name, block) in implementations {
        if let Some(item) = items.get_mut(&format!("{module}::{name}")) {
            item.code.push_str(&block);
        }
    }
}

/// The fields of a struct or the variants of an enum.
fn parts(body: &str, is_enum: bool) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in body.lines().filter_map(|line| line.strip_prefix("    ")) {
        let starts = !line.starts_with([' ', ')', '>', '#']);
        if starts {
            let line = line.trim_start_matches("pub ").trim_end_matches(',');
            let (name, ty) = line.split_once(if is_enum { '(' } else { ':' }).unwrap_or((line, ""));
            parts.push((name.to_owned(), ty.to_owned()));
        } else if let Some((_, ty)) = parts.last_mut() {
            ty.push_str(line.trim());
        }
    }
    for (_, ty) in &mut parts {
        *ty = ty.trim().trim_end_matches([',', ')']).to_owned();
    }
    parts
}

/// `roots` and all that stands in them, whatever deep; what `within` denies is passed by.
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
fn the_source_is_understood() {
    let items = emitted();
    let operations: BTreeSet<_> = items.values().filter_map(Item::operation).collect();
    assert!(operations.contains(&("mail".to_owned(), "update/add".to_owned())), "{operations:?}");
    let filter = &items["reseller::Filter"];
    let variants: Vec<_> = filter.parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(variants, ["EverythingByEmptyFilter", "Id", "Login", "Guid", "Everything", "ExternalId"]);
    assert_eq!(filter.parts[1].1, "NonEmpty<common::Id>");
    assert!(filter.is_enum && filter.is_exact());
    let del = &items["webspace::Del"];
    assert_eq!(del.parts, [("filter".to_owned(), "Filter".to_owned())]);
    assert!(!del.is_enum && del.operation() == Some(("webspace".to_owned(), "del".to_owned())));
    let within = reachable(&items, ["session::Get".to_owned()], |_| true);
    assert!(
        ["session::GetResult", "session::Session", "session::Kind"].iter().all(|path| within.contains(*path)),
        "{within:?}"
    );
    assert!(items["database::request::DbServer"].parts.iter().any(|(name, _)| name == "address"));
}
