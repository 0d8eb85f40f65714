//! Assigns Rust names to everything in the model.
//!
//! No name comes from a counter. A clash that neither a rule nor a fix-up resolves is a problem that names both origins.

mod clashes;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use crate::config::{Config, Selector};
use crate::error::Problem;
use crate::model::{Direction, Kind, Member, MemberKind, Model, Primitive, Role, SimpleId, SimpleType, Type, TypeId};

/// The Rust names of a model.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    /// The path of each type, by id.
    pub(crate) types: Vec<RustPath>,
    /// The names of each simple type, by id.
    pub(crate) simples: Vec<SimpleName>,
    /// The last word of elements with integers that are IDs.
    id_word: Option<&'static str>,
}

/// The Rust type of an ID, of the runtime.
static ID: RustType = RustType::Plain("Id");

/// The name of an anonymous type that has more characters leaves out the type that it belongs to.
const MAX_INNER_NAME: usize = 20;

/// The Rust types of integers.
const INTEGERS: &[&str] = &["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];

impl Names {
    /// Returns the Rust type of the text of an element.
    pub(crate) fn of_text(&self, element: &str, simple: SimpleId) -> &RustType {
        let rust = &self.simples[simple].rust;
        let is_id = self.id_word.is_some_and(|word| element.rsplit(['-', '_']).next() == Some(word));
        match rust {
            RustType::Plain(plain) if is_id && INTEGERS.contains(plain) => &ID,
            _ => rust,
        }
    }
}

/// The Rust path of an emitted type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RustPath {
    pub(crate) module: String,
    /// `request` or `response`, if both directions have a type of this name.
    pub(crate) submodule: Option<&'static str>,
    pub(crate) name: String,
}

impl fmt::Display for RustPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let segments = [Some(self.module.as_str()), self.submodule, Some(self.name.as_str())];
        f.write_str(&segments.into_iter().flatten().collect::<Vec<_>>().join("::"))
    }
}

/// The names for a simple type.
#[derive(Clone, Debug)]
pub(crate) struct SimpleName {
    /// The static with its facets.
    pub(crate) rule: String,
    /// Its Rust type.
    pub(crate) rust: RustType,
}

/// The Rust type of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RustType {
    /// A type of Rust or of the runtime: `String`, `u32`, `Date`.
    Plain(&'static str),
    /// A newtype around a plain type.
    Newtype(RustPath, &'static str),
    /// An open enumeration.
    Enumeration(RustPath),
}

/// Assigns all names. Also returns a problem for every clash and every name that Rust does not allow.
pub(crate) fn assign(model: &Model, config: &Config) -> (Names, Vec<Problem>) {
    let mut types: Vec<RustPath> = (0..model.types.len()).map(|id| type_path(model, config, id)).collect();
    split_directions(model, &mut types);
    let mut simples: Vec<SimpleName> =
        (0..model.simples.len()).map(|id| simple_name(model, config, id, &types)).collect();
    disambiguate_rules(model, &mut simples);
    let names = Names { types, simples, id_word: config.ids.map(|ids| ids.word) };
    let problems = clashes::find_all(model, config, &names);
    (names, problems)
}

fn type_path(model: &Model, config: &Config, id: TypeId) -> RustPath {
    let ty = &model.types[id];
    let root = |direction| if direction == Direction::Response { config.roots.1 } else { config.roots.0 };
    let path =
        |module: String, rule: String| RustPath { module, submodule: None, name: ty.renamed.clone().unwrap_or(rule) };
    match &ty.role {
        Role::Named => {
            let module = module_of(&ty.origin.file, config);
            let name = shorten(&ty.origin.path, &module, config);
            path(module, name)
        }
        Role::Root(name) => path(root(ty.direction).to_owned(), name.to_upper_camel_case()),
        Role::Shared { module, name, .. } => RustPath { module: module.clone(), submodule: None, name: name.clone() },
        Role::Operators => path(root(ty.direction).to_owned(), "Operator".to_owned()),
        Role::Operations { operator, path: elements } | Role::OperationItem { operator, path: elements } => {
            let side = if ty.is_choice() { side(ty.direction) } else { plural_side(ty.direction) };
            path(operator.to_snake_case(), elements.join("-").to_upper_camel_case() + side)
        }
        Role::Request { operator, path: elements } => {
            path(operator.to_snake_case(), elements.join("-").to_upper_camel_case())
        }
        Role::Reply { operator, path: elements } => {
            path(operator.to_snake_case(), format!("{}Reply", elements.join("-").to_upper_camel_case()))
        }
        Role::Within { parent, .. } | Role::Part { parent, .. } => {
            let name = shorten_parts(&name_parts(model, config, id));
            RustPath { name, ..type_path(model, config, *parent) }
        }
    }
}

/// Returns the parts of the name of a type: for an anonymous type or a part of one, the type or operation that it
/// belongs to, and the elements from there.
fn name_parts(model: &Model, config: &Config, id: TypeId) -> Vec<String> {
    let ty = &model.types[id];
    let (parent, own) = match &ty.role {
        Role::Within { parent, element } => (*parent, Some(element)),
        Role::Part { parent, prefix } => (*parent, prefix.as_ref()),
        _ => return vec![type_path(model, config, id).name],
    };
    let generic = if ty.is_choice() { "Choice" } else { "Group" };
    // A name in upper camel case is the whole name; any other replaces that of the element.
    if let Some(whole) = ty.renamed.as_ref().filter(|name| name.starts_with(char::is_uppercase)) {
        return vec![whole.clone()];
    }
    let own = ty.renamed.as_ref().or(own);
    let own_part = own.map_or(generic.to_owned(), |own| own.to_upper_camel_case());
    let is_outcome = |element: &str| config.outcome.is_some_and(|outcome| outcome.element == element);
    match (&model.types[parent].role, &ty.role) {
        // A root element says nothing.
        (Role::Root(_), _) if own.is_some() => vec![own_part],
        // A result is one part with its operation.
        (Role::Reply { path, .. }, Role::Within { element, .. }) if is_outcome(element) => {
            vec![path.join("-").to_upper_camel_case() + &own_part]
        }
        (Role::Within { element, .. }, _) if config.wrappers.contains(&element.as_str()) => {
            let mut parts = name_parts(model, config, parent);
            parts.pop();
            parts.push(own_part);
            parts
        }
        _ => {
            let mut parts = name_parts(model, config, parent);
            parts.push(own_part);
            parts
        }
    }
}

/// Joins the parts of a name. As long as it is too long, its first part is left out, but for the last one. The name
/// depends on nothing else, so that an addition to the schemas renames no other type.
fn shorten_parts(parts: &[String]) -> String {
    let names = (0..parts.len()).map(|first| parts[first..].concat());
    let fits = |name: &String| name.len() <= MAX_INNER_NAME;
    let last = parts.len().saturating_sub(2);
    names.enumerate().find(|(first, name)| *first == last || fits(name)).map(|(_, name)| name).unwrap_or_default()
}

/// Returns the module of a type.
pub(crate) fn module_of_type(model: &Model, config: &Config, id: TypeId) -> String {
    type_path(model, config, id).module
}

fn side(direction: Direction) -> &'static str {
    if direction == Direction::Response { "Response" } else { "Request" }
}

fn plural_side(direction: Direction) -> &'static str {
    if direction == Direction::Response { "Responses" } else { "Requests" }
}

/// Returns the module for the types of a file.
pub(crate) fn module_of(file: &str, config: &Config) -> String {
    let stem = file.trim_end_matches(".xsd");
    let listed = config.modules.iter().find(|(listed, _)| *listed == stem);
    listed.map_or(stem, |(_, module)| module).to_snake_case()
}

/// Returns the schema name of a type without a prefix that repeats the module and without suffixes that carry no
/// information.
fn shorten(name: &str, module: &str, config: &Config) -> String {
    let prefixes =
        config.prefixes.iter().find(|(listed, _)| *listed == module).map_or(&[][..], |(_, prefixes)| prefixes);
    let mut short = name;
    for noise in config.noise {
        short = short.strip_suffix(noise).filter(|rest| !rest.is_empty()).unwrap_or(short);
    }
    for prefix in prefixes {
        let rest = short
            .strip_prefix(prefix)
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase() || c == '-' || c == '_'));
        if let Some(rest) = rest {
            short = rest;
            break;
        }
    }
    short.to_upper_camel_case()
}

fn simple_name(model: &Model, config: &Config, id: SimpleId, types: &[RustPath]) -> SimpleName {
    let simple = &model.simples[id];
    let rule = simple.origin.path.replace("xs:", "xs-").replace(['/', '@'], "-").to_shouty_snake_case();
    let plain = if simple.keeps_text() { "String" } else { plain_type(&simple.primitive) };
    let newtype = config.newtypes.iter().find(|(name, _)| simple.origin.type_name.as_deref() == Some(name));
    let holder = model.types.iter().position(|ty| has_value_of(ty, id));
    let is_id =
        config.ids.is_some_and(|ids| simple.origin.type_name.as_deref().is_some_and(|name| ids.types.contains(&name)));
    let rust = match (newtype, holder) {
        (Some((_, name)), _) => {
            let module = module_of(&simple.origin.file, config);
            RustType::Newtype(RustPath { module, submodule: None, name: (*name).to_owned() }, plain)
        }
        (None, Some(holder)) if plain == "String" && simple.enumeration().is_some() => {
            RustType::Enumeration(enumeration_path(model, config, simple, holder, &types[holder]))
        }
        _ if is_id => ID.clone(),
        _ => RustType::Plain(plain),
    };
    SimpleName { rule, rust }
}

/// Returns `true` if `ty` has a field or variant of the simple type.
fn has_value_of(ty: &Type, id: SimpleId) -> bool {
    let in_record = match &ty.kind {
        Kind::Record(record) => record.text == Some(id) || record.attributes.iter().any(|a| a.simple == id),
        _ => false,
    };
    in_record || ty.members().iter().any(|m| matches!(m.kind, MemberKind::Text { simple, .. } if simple == id))
}

/// Returns the path of an enumeration. `holder` is the first type that uses it, and `path` is the path of that type.
fn enumeration_path(model: &Model, config: &Config, simple: &SimpleType, holder: TypeId, path: &RustPath) -> RustPath {
    let module = module_of(&simple.origin.file, config);
    if let Some(name) = &simple.renamed {
        return RustPath { module, submodule: None, name: name.clone() };
    }
    match &simple.origin.type_name {
        Some(name) => RustPath { name: shorten(name, &module, config), module, submodule: None },
        None => {
            let element = simple.origin.path.rsplit('/').next().unwrap_or_default();
            let mut parts = name_parts(model, config, holder);
            parts.push(element.trim_start_matches('@').to_upper_camel_case());
            RustPath { name: shorten_parts(&parts), ..path.clone() }
        }
    }
}

/// Prefixes the names of rules with their files, if types of the same name are declared in several files.
fn disambiguate_rules(model: &Model, simples: &mut [SimpleName]) {
    let mut by_rule: BTreeMap<String, Vec<SimpleId>> = BTreeMap::new();
    for (id, name) in simples.iter().enumerate() {
        by_rule.entry(name.rule.clone()).or_default().push(id);
    }
    for (rule, ids) in by_rule.into_iter().filter(|(_, ids)| ids.len() > 1) {
        for id in ids {
            let stem = model.simples[id].origin.file.trim_end_matches(".xsd").to_shouty_snake_case();
            simples[id].rule = format!("{stem}_{rule}");
        }
    }
}

/// Returns the Rust type for a built-in type, as documented in ARCHITECTURE.md.
fn plain_type(primitive: &Primitive) -> &'static str {
    let Primitive::BuiltIn(name) = primitive else { return "String" };
    match name.as_str() {
        "boolean" => "bool",
        "integer" | "long" | "nonPositiveInteger" | "negativeInteger" => "i64",
        "nonNegativeInteger" | "positiveInteger" | "unsignedLong" => "u64",
        "int" => "i32",
        "short" => "i16",
        "byte" => "i8",
        "unsignedInt" => "u32",
        "unsignedShort" => "u16",
        "unsignedByte" => "u8",
        "float" => "f32",
        "double" => "f64",
        "date" => "Date",
        "dateTime" => "DateTime",
        _ => "String",
    }
}

/// Moves types into submodules, if a request and a response have different types of the same name.
fn split_directions(model: &Model, types: &mut [RustPath]) {
    let mut by_path: BTreeMap<RustPath, Vec<TypeId>> = BTreeMap::new();
    for (id, path) in types.iter().enumerate() {
        by_path.entry(path.clone()).or_default().push(id);
    }
    for ids in by_path.values().filter(|ids| ids.len() == 2) {
        let directions: BTreeSet<Direction> = ids.iter().map(|id| model.types[*id].direction).collect();
        if directions == BTreeSet::from([Direction::Request, Direction::Response]) {
            for id in ids {
                let direction = model.types[*id].direction;
                types[*id].submodule = Some(if direction == Direction::Request { "request" } else { "response" });
            }
        }
    }
}

/// Returns the Rust name of a member: `ipV4-address` becomes `ip_v4_address`.
pub(crate) fn field_name(member: &Member) -> String {
    member.renamed.as_ref().unwrap_or(&member.name).to_snake_case()
}

/// Returns the plural of the Rust name of a member: `ip-address` becomes `ip_addresses`.
pub(crate) fn plural_name(member: &Member) -> String {
    let name = field_name(member);
    let vowel_before_y = ["ay", "ey", "oy", "uy"].iter().any(|end| name.ends_with(end));
    match name.strip_suffix('y') {
        Some(stem) if !vowel_before_y => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|end| name.ends_with(end)) => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

/// Returns the Rust name of an alternative: `owner-id` becomes `OwnerId`.
pub(crate) fn variant_name(member: &Member) -> String {
    member.renamed.as_ref().unwrap_or(&member.name).to_upper_camel_case()
}

/// Returns the match-all name of a selector for the alternative `element`.
pub(crate) fn match_all_name(selector: Option<&Selector>, element: &str) -> Option<&'static str> {
    selector?.everything.iter().find(|(listed, _)| *listed == element).map(|(_, name)| *name)
}

/// Returns the entry of the configuration if `ty` is a selector.
pub(crate) fn selector<'a>(ty: &Type, config: &'a Config) -> Option<&'a Selector> {
    config.selectors.iter().find(|selector| selector.path == ty.origin.path)
}

/// Returns the Rust name of a listed value.
pub(crate) fn value_name(simple: &SimpleType, value: &str) -> String {
    if let Some((_, name)) = simple.renamed_values.iter().find(|(renamed, _)| renamed == value) {
        return name.clone();
    }
    let name = value.to_upper_camel_case();
    match name.chars().next() {
        None if value.is_empty() => "Empty".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("N{name}"),
        _ => name,
    }
}
