//! Finds names that clash or that Rust does not allow.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;

use super::{Names, RustPath, RustType, field_name, match_all_name, plural_name, selector, value_name, variant_name};
use crate::config::Config;
use crate::error::{Problem, SpanHint};
use crate::model::{Direction, Kind, MemberKind, Model, Origin, SimpleType, Type};
use crate::passes::gaps::incomplete_types;
use crate::runtime;

/// The names of the Rust prelude that emitted code uses. No emitted type may have one of them.
const PRELUDE: &[&str] = &["Box", "From", "Into", "IntoIterator", "Option", "Result", "String", "Vec"];

/// The files of the emitted crate that are not modules of types, and the crates of the standard library.
const RESERVED_MODULES: &[&str] = &["alloc", "core", "lib", "simple", "std"];

/// Returns a problem for every clash and every name that Rust does not allow.
pub(super) fn find_all(model: &Model, config: &Config, names: &Names) -> Vec<Problem> {
    let mut problems = find_type_clashes(model, names);
    problems.extend(find_rule_clashes(model, names));
    let complete = model.types.iter().filter(|ty| !ty.is_incomplete);
    problems.extend(complete.flat_map(|ty| find_member_clashes(ty, model, config)));
    for (simple, name) in model.simples.iter().zip(&names.simples) {
        if matches!(name.rust, RustType::Enumeration(_)) {
            problems.extend(find_value_clashes(simple));
        }
    }
    problems
}

fn find_type_clashes(model: &Model, names: &Names) -> Vec<Problem> {
    let mut owners: BTreeMap<&RustPath, (&Origin, bool)> = BTreeMap::new();
    let mut problems = Vec::new();
    let incomplete = incomplete_types(model);
    let types =
        names.types.iter().enumerate().map(|(id, path)| (path, &model.types[id].origin, !incomplete.contains(&id)));
    let simples = names.simples.iter().enumerate().filter_map(|(id, name)| match &name.rust {
        RustType::Enumeration(path) | RustType::Newtype(path, _) => Some((path, &model.simples[id].origin, true)),
        RustType::Plain(_) => None,
    });
    for (path, origin, is_complete) in types.chain(simples) {
        let mut problem = |message, advice: &str| {
            problems.push(Problem::new(&origin.file, &origin.path, message).advice(advice));
        };
        let add_rename = "add an entry to `renames`";
        let name = &path.name;
        if runtime::PACKET.iter().chain(runtime::XML).chain(PRELUDE).any(|reserved| reserved == name) {
            problem(format!("would be named `{name}`, which the emitted code uses"), add_rename);
        }
        if RESERVED_MODULES.contains(&path.module.as_str()) || !is_identifier(&path.module) {
            let message = format!("its module would be named `{}`, which is reserved", path.module);
            problem(message, "list the file with another module in `modules` of the configuration");
        } else if !path.module.is_ascii() {
            let message = format!("its module would be named `{}`, which Rust finds no file for", path.module);
            problem(message, "list the file with a module of ASCII letters in `modules` of the configuration");
        }
        if !is_identifier(name) {
            problem(format!("would be named `{name}`, which Rust does not allow"), add_rename);
        }
        // Two types would be one if they were equal, which is not known of incomplete ones.
        let other = owners.insert(path, (origin, is_complete));
        if let Some((other, _)) = other.filter(|(other, is_other_complete)| {
            let are_named = origin.type_name.is_some() && other.type_name.is_some() && origin.path != other.path;
            are_named || (is_complete && *is_other_complete)
        }) {
            let message = format!("would be named `{path}`, like {other}");
            let clash = Problem::new(&origin.file, &origin.path, message).advice(add_rename);
            problems.push(clash.related(&other.file, &other.path, SpanHint::Construct(0), "already has that name"));
        }
    }
    problems
}

fn find_rule_clashes(model: &Model, names: &Names) -> Vec<Problem> {
    let mut owners: BTreeMap<&str, &SimpleType> = BTreeMap::new();
    let mut problems = Vec::new();
    for (simple, name) in model.simples.iter().zip(&names.simples) {
        if let Some(other) = owners.insert(&name.rule, simple) {
            let message = format!("its rule would be named `{}`, like that of {}", name.rule, other.origin);
            let problem = Problem::new(&simple.origin.file, &simple.origin.path, message);
            let problem = problem.advice("rename one of the types in the schema");
            problems.push(problem.related(
                &other.origin.file,
                &other.origin.path,
                SpanHint::Construct(0),
                "already has that name",
            ));
        }
    }
    problems
}

/// Returns the clashes among the fields, variants and methods of a type.
fn find_member_clashes(ty: &Type, model: &Model, config: &Config) -> Vec<Problem> {
    let mut taken = TakenNames { origin: &ty.origin, seen: BTreeMap::new(), taken: Vec::new(), problems: Vec::new() };
    let is_sent = ty.direction != Direction::Response;
    match &ty.kind {
        Kind::Untyped => {}
        Kind::Choice(choice) => {
            let selector = selector(ty, config);
            for name in selector.and_then(|selector| selector.empty).iter().map(|(name, _)| *name) {
                taken.take(name.to_owned(), "variants", "(nothing)");
            }
            for branch in &choice.alternatives {
                let match_all = match_all_name(selector, &branch.name).map(str::to_owned);
                taken.take(match_all.unwrap_or_else(|| variant_name(branch)), "variants", &branch.name);
            }
            taken.seen.clear();
            for branch in choice.alternatives.iter().filter(|_| is_sent) {
                let name = field_name(branch);
                if branch.holds_many() {
                    taken.take(plural_name(branch), "constructors", &branch.name);
                }
                taken.take(name, "constructors", &branch.name);
            }
        }
        Kind::Record(record) => {
            let members = &record.members;
            let attributes =
                record.attributes.iter().map(|attribute| (attribute.name.to_snake_case(), &*attribute.name));
            for (name, attribute) in attributes.chain(record.text.map(|_| ("value".to_owned(), "(text)"))) {
                taken.take(name, "fields", attribute);
            }
            for member in members {
                taken.take(field_name(member), "fields", &member.name);
            }
            // A setter has the name of its field. A list of alternatives has one method for each variant instead.
            for choice in members.iter().filter(|member| member.occurs.is_list() && is_sent) {
                if let MemberKind::Choice(id) = choice.kind {
                    taken.seen.remove(&field_name(choice));
                    for branch in model.types[id].members() {
                        taken.take(field_name(branch), "methods", &branch.name);
                    }
                }
            }
            if is_sent && taken.seen.contains_key("new") {
                taken.take("new".to_owned(), "methods", "new");
            }
        }
    }
    taken.problems
}

/// The names that the members of a type use.
struct TakenNames<'a> {
    origin: &'a Origin,
    /// Each name, and the index of its member in `taken`.
    seen: BTreeMap<String, usize>,
    /// The members so far, by schema name.
    taken: Vec<String>,
    problems: Vec<Problem>,
}

impl TakenNames<'_> {
    fn take(&mut self, name: String, what: &str, member: &str) {
        let Origin { file, path, .. } = self.origin;
        self.taken.push(member.to_owned());
        let nth = |at: usize| self.taken[..at].iter().filter(|other| **other == self.taken[at]).count();
        let at = self.taken.len() - 1;
        let path_of = |member: &str| format!("{path}/{member}");
        let problem = if !is_identifier(&name) {
            Problem::new(file, path, format!("<{member}> would be named `{name}`, which Rust does not allow"))
        } else if let Some(other) = self.seen.get(&name) {
            let first = path_of(&self.taken[*other]);
            Problem::new(file, path, format!("two {what} would be named `{name}`")).label("second").related(
                file,
                &first,
                SpanHint::Construct(nth(*other)),
                "first",
            )
        } else {
            self.seen.insert(name, at);
            return;
        };
        let advice = format!("add an entry like `{path}/{member}#1` to `renames`");
        self.problems.push(problem.shown_at(file, &path_of(member)).at(SpanHint::Construct(nth(at))).advice(advice));
    }
}

fn find_value_clashes(simple: &SimpleType) -> Vec<Problem> {
    let mut seen = BTreeSet::from(["Other".to_owned()]);
    let mut problems = Vec::new();
    let Origin { file, path, .. } = &simple.origin;
    for value in simple.enumeration().unwrap_or_default() {
        let name = value_name(simple, value);
        let allowed = is_identifier(&name);
        if !allowed || !seen.insert(name.clone()) {
            let why = if allowed { "like another value" } else { "which Rust does not allow" };
            let message = format!("the value '{value}' would be named `{name}`, {why}");
            let problem = Problem::new(file, path, message).advice(format!("add `{path}={value}` to `renames`"));
            problems.push(problem.at(SpanHint::Facet("enumeration", value.clone())));
        }
    }
    problems
}

/// Returns `true` if `name` is a plain or raw identifier.
fn is_identifier(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok() || syn::parse_str::<syn::Ident>(&format!("r#{name}")).is_ok()
}
