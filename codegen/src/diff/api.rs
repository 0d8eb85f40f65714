//! What becomes of the emitted crate, and by which change.
//!
//! What differs is read from both crates' public items, so that the verdict is right whatever the reasons are. Then each
//! difference goes to the change that names the item, or else to the one that named its type anew; what is left is a
//! change of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Api, ChangeKind, Subject, Verdict, Wire};
use super::draft::{Draft, Side, Spot};
use super::surface::{Part, Parts, Surface, replace_paths};
use super::walk::Walk;
use crate::config::Config;
use crate::model::{Kind, MemberKind, Model, Role, SimpleId, TypeId};
use crate::names::{self, RustType};

/// A difference of the emitted crates.
#[derive(Clone, Debug)]
struct Difference {
    /// The type's path on each side, where it is there.
    paths: [Option<String>; 2],
    /// What of the type, unless it is the type.
    part: Option<Part>,
    verdict: Verdict,
    words: String,
}

/// What each draft of `walk` does to the emitted crate. What no draft explains is added to them.
pub(super) fn attribute(walk: &mut Walk<'_>, old: &Surface, new: &Surface, config: &Config) -> Vec<Api> {
    let renamed = renamed(walk, old, new);
    let differences = differences(old, new, &renamed);
    let claims: Vec<Claims> = walk.drafts.iter().map(|draft| Claims::of(draft, walk, [old, new], config)).collect();
    let mut apis = vec![Api::default(); walk.drafts.len()];
    let mut left = Vec::new();
    for difference in differences {
        let by_part = positions(&claims, |claims| claims.has_part(&difference));
        let by_type = || positions(&claims, |claims| claims.has_type(&difference));
        let by_name = || renamed.iter().filter(|it| difference.is_of(it)).filter_map(|it| it.cause).take(1).collect();
        let by_owner = || positions(&claims, |claims| claims.owns(&difference)).into_iter().take(1).collect();
        let ways: [&dyn Fn() -> Vec<usize>; 4] = [&|| by_part.clone(), &by_type, &by_name, &by_owner];
        let takers = ways.iter().map(|way| way()).find(|takers| !takers.is_empty()).unwrap_or_default();
        for taker in &takers {
            apis[*taker].add(&difference);
        }
        if takers.is_empty() {
            left.push(difference);
        }
    }
    for difference in left {
        let draft = Draft::new(Subject::Rust, ChangeKind::Changed, Wire::Same);
        let draft =
            difference.spots(walk, [old, new]).into_iter().fold(draft, |draft, (side, spot)| draft.at(side, spot));
        let known = walk.drafts.iter().position(|known| known.subject == Subject::Rust && known.spots == draft.spots);
        let at = known.unwrap_or_else(|| {
            walk.drafts.push(draft);
            apis.push(Api::default());
            apis.len() - 1
        });
        apis[at].add(&difference);
    }
    apis
}

fn positions(claims: &[Claims], holds: impl Fn(&Claims) -> bool) -> Vec<usize> {
    (0..claims.len()).filter(|at| holds(&claims[*at])).collect()
}

impl Api {
    fn add(&mut self, difference: &Difference) {
        self.verdict = self.verdict.max(difference.verdict);
        self.effects.push(difference.words.clone());
    }
}

/// A type that is called otherwise in Rust.
struct RenamedType {
    old: String,
    new: String,
    /// The change that did it, if one did.
    cause: Option<usize>,
}

/// The types that are the same, but not in Rust: what they were called is not there any more, and what they are called
/// was not there.
fn renamed(walk: &Walk<'_>, old: &Surface, new: &Surface) -> Vec<RenamedType> {
    let types = walk
        .types
        .iter()
        .map(|(was, is, cause)| (old.names.types[*was].to_string(), new.names.types[*is].to_string(), *cause));
    let simples = walk
        .simples
        .iter()
        .filter_map(|(was, is, cause)| Some((simple_path(old, *was)?, simple_path(new, *is)?, *cause)));
    let mut found: Vec<RenamedType> = Vec::new();
    for (was, is, cause) in types.chain(simples) {
        let gone = old.types.contains_key(&was) && !new.types.contains_key(&was);
        let came = new.types.contains_key(&is) && !old.types.contains_key(&is);
        if gone && came && !found.iter().any(|known| known.old == was || known.new == is) {
            found.push(RenamedType { old: was, new: is, cause });
        }
    }
    found
}

fn simple_path(surface: &Surface, id: SimpleId) -> Option<String> {
    match &surface.names.simples[id].rust {
        RustType::Newtype(path, _) | RustType::Enumeration(path) => Some(path.to_string()),
        RustType::Plain(_) => None,
    }
}

/// All that differs in the public items.
fn differences(old: &Surface, new: &Surface, renamed: &[RenamedType]) -> Vec<Difference> {
    let heirs: BTreeMap<&str, &str> = renamed.iter().map(|it| (it.old.as_str(), it.new.as_str())).collect();
    let mut found = Vec::new();
    for (was, is) in &heirs {
        let paths = [Some((*was).to_owned()), Some((*is).to_owned())];
        found.push(Difference { paths, part: None, verdict: Verdict::Major, words: format!("`{was}` becomes `{is}`") });
    }
    for (path, parts) in &old.types {
        let heir = heirs.get(path.as_str()).copied().unwrap_or(path);
        match new.types.get(heir) {
            Some(now) => compare(path, parts, heir, now, &heirs, &mut found),
            None => found.push(Difference {
                paths: [Some(path.clone()), None],
                part: None,
                verdict: Verdict::Major,
                words: format!("removes `{path}`"),
            }),
        }
    }
    for path in new.types.keys() {
        if !old.types.contains_key(path) && !heirs.values().any(|heir| heir == path) {
            found.push(Difference {
                paths: [None, Some(path.clone())],
                part: None,
                verdict: Verdict::Minor,
                words: format!("adds `{path}`"),
            });
        }
    }
    found.extend(features(old, new));
    found
}

/// What differs in a type.
fn compare(was: &str, old: &Parts, is: &str, new: &Parts, heirs: &BTreeMap<&str, &str>, found: &mut Vec<Difference>) {
    let mut note = |part: &Part, verdict, words| {
        let paths = [Some(was.to_owned()), Some(is.to_owned())];
        found.push(Difference { paths, part: Some(part.clone()), verdict, words });
    };
    for (part, text) in old {
        // What a type is called now is told of that type.
        let text = replace_paths(text, |path| heirs.get(path).map(|heir| (*heir).to_owned()));
        match new.get(part) {
            None if matches!(part, Part::MustUse | Part::Constant(_)) => note(part, Verdict::Patch, gone(was, part)),
            None => note(part, Verdict::Major, gone(was, part)),
            Some(now) if text == *now => {}
            Some(now) => {
                let verdict = if matches!(part, Part::Constant(_)) { Verdict::Patch } else { Verdict::Major };
                note(part, verdict, changed(is, part, &text, now));
            }
        }
    }
    for (part, text) in new.iter().filter(|(part, _)| !old.contains_key(part)) {
        let verdict = if matches!(part, Part::Constant(_)) { Verdict::Patch } else { Verdict::Minor };
        note(part, verdict, came(is, part, text));
    }
}

fn gone(path: &str, part: &Part) -> String {
    match part {
        Part::Trait(name) => format!("`{path}` is not `{name}` any more"),
        Part::MustUse => format!("`{path}` may go unused"),
        _ => format!("removes {}", named(path, part)),
    }
}

fn came(path: &str, part: &Part, text: &str) -> String {
    match part {
        Part::Trait(name) => format!("`{path}` is `{name}`"),
        Part::MustUse => format!("`{path}` must not go unused"),
        Part::Field(_) => format!("adds {}: `{text}`", named(path, part)),
        _ => format!("adds {}", named(path, part)),
    }
}

fn changed(path: &str, part: &Part, old: &str, new: &str) -> String {
    let path = named(path, part);
    match part {
        Part::Kind => format!("{path} was {old}, is {new}"),
        _ => format!("{path}: `{old}` becomes `{new}`"),
    }
}

/// A part of a type, in words.
fn named(path: &str, part: &Part) -> String {
    let short = path.rsplit("::").next().unwrap_or(path);
    match part {
        Part::Field(name) => format!("the field `{short}::{name}`"),
        Part::Variant(name) => format!("the variant `{short}::{name}`"),
        Part::Function(name) => format!("`{short}::{name}()`"),
        Part::Associated(name) | Part::Constant(name) => format!("`{short}::{name}`"),
        Part::Trait(_) | Part::Kind | Part::MustUse => format!("`{short}`"),
    }
}

/// What features no longer bring, or are no longer there.
fn features(old: &Surface, new: &Surface) -> Vec<Difference> {
    let mut found = Vec::new();
    let modules: BTreeSet<&String> = new.features.values().flatten().collect();
    let mut note = |module: &str, verdict, words| {
        let paths = [Some(format!("{module}::")), None];
        found.push(Difference { paths, part: None, verdict, words });
    };
    for (feature, brought) in &old.features {
        match new.features.get(feature) {
            None => note(&feature.replace('-', "_"), Verdict::Major, format!("removes the feature `{feature}`")),
            Some(now) => {
                for module in brought.iter().filter(|module| !now.contains(*module) && modules.contains(module)) {
                    let words = format!("the feature `{feature}` no longer brings the module `{module}`");
                    note(&feature.replace('-', "_"), Verdict::Major, words);
                }
            }
        }
    }
    for feature in new.features.keys().filter(|feature| !old.features.contains_key(*feature)) {
        note(&feature.replace('-', "_"), Verdict::Minor, format!("adds the feature `{feature}`"));
    }
    found
}

impl Difference {
    fn is_of(&self, renamed: &RenamedType) -> bool {
        self.paths[0].as_deref() == Some(&renamed.old) && self.paths[1].as_deref() == Some(&renamed.new)
    }

    /// The types of the models that it is about.
    fn spots(&self, walk: &Walk<'_>, surfaces: [&Surface; 2]) -> Vec<(Side, Spot)> {
        let sides = [(Side::Old, walk.old), (Side::New, walk.new)];
        let mut spots = Vec::new();
        for (((side, _), surface), path) in sides.into_iter().zip(surfaces).zip(&self.paths) {
            let Some(path) = path else { continue };
            let simples =
                || (0..surface.names.simples.len()).find(|id| simple_path(surface, *id).as_ref() == Some(path));
            let ty = surface.names.types.iter().position(|name| name.to_string() == *path);
            spots.extend(ty.map(Spot::Type).or_else(|| Some(Spot::Simple(simples()?, None))).map(|spot| (side, spot)));
        }
        spots
    }
}

/// The items of the emitted crates that a draft answers for.
#[derive(Debug, Default)]
struct Claims {
    /// Parts of types: the type's path, and the name of a field, variant or function.
    parts: [BTreeSet<(String, String)>; 2],
    /// Types with all their parts.
    types: [BTreeSet<String>; 2],
    /// Types that it stands in.
    owners: [BTreeSet<String>; 2],
}

impl Claims {
    fn of(draft: &Draft, walk: &Walk<'_>, surfaces: [&Surface; 2], config: &Config) -> Self {
        let mut claims = Self::default();
        for (side, spot) in &draft.spots {
            let at = *side as usize;
            let model = [walk.old, walk.new][at];
            let taken = Claimed { model, surface: surfaces[at], config };
            let other = surfaces[1 - at];
            taken.spot(spot, other, &mut claims.parts[at], &mut claims.types[at], &mut claims.owners[at]);
        }
        claims
    }

    fn has_part(&self, difference: &Difference) -> bool {
        let Some(part) = &difference.part else { return false };
        (0..2).any(|at| {
            let Some(path) = &difference.paths[at] else { return false };
            let has = |name: &str| self.parts[at].contains(&(path.clone(), name.to_owned()));
            match part {
                Part::Function(name) if name == "new" => {
                    has(name) || argument_names(&difference.words).iter().any(|name| has(name))
                }
                Part::Field(name) | Part::Variant(name) | Part::Function(name) => has(name),
                _ => false,
            }
        })
    }

    fn has_type(&self, difference: &Difference) -> bool {
        (0..2).any(|at| difference.paths[at].as_ref().is_some_and(|path| self.types[at].contains(path)))
    }

    fn owns(&self, difference: &Difference) -> bool {
        (0..2).any(|at| difference.paths[at].as_ref().is_some_and(|path| self.owners[at].contains(path)))
    }
}

/// The names of arguments that differ in a change of a function, as its words have it: those on one side only, those of
/// another type, and those in another order.
fn argument_names(words: &str) -> Vec<String> {
    let mut sides = words.split('`').filter(|text| text.contains(" -> Self"));
    let (Some(old), Some(new)) = (sides.next(), sides.next()) else { return Vec::new() };
    let arguments = |text: &str| -> Vec<String> {
        let inner = text.trim_start_matches('(').rsplit_once(") -> ").map_or("", |(inner, _)| inner);
        inner.split(", ").map(str::to_owned).collect()
    };
    let (old, new) = (arguments(old), arguments(new));
    let common = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|it| those.contains(it)).cloned().collect()
    };
    let moved = common(&old, &new) != common(&new, &old);
    let alone = old.iter().chain(&new).filter(|it| moved || !(old.contains(it) && new.contains(it)));
    alone.filter_map(|it| Some(it.split_once(": ")?.0.to_owned())).collect()
}

/// What of one crate a draft answers for.
struct Claimed<'a> {
    model: &'a Model,
    surface: &'a Surface,
    config: &'a Config,
}

impl Claimed<'_> {
    fn path(&self, id: TypeId) -> String {
        self.surface.names.types[id].to_string()
    }

    fn spot(
        &self,
        spot: &Spot,
        other: &Surface,
        parts: &mut BTreeSet<(String, String)>,
        types: &mut BTreeSet<String>,
        owners: &mut BTreeSet<String>,
    ) {
        match spot {
            Spot::Member(id, name, _) => {
                parts.extend(self.member(*id, name));
                owners.insert(self.path(*id));
            }
            Spot::Type(id) => _ = owners.insert(self.path(*id)),
            Spot::Whole(id) => types.extend(self.alone(*id, other)),
            Spot::Simple(id, value) => {
                let Some(path) = simple_path(self.surface, *id) else { return };
                match value {
                    Some(value) => {
                        parts.insert((path.clone(), names::value_name(&self.model.simples[*id], value)));
                        owners.insert(path);
                    }
                    None => _ = types.insert(path),
                }
            }
            Spot::Operation(at) => {
                let operation = &self.model.operations[*at];
                types.extend([self.path(operation.request), self.path(operation.answer)]);
                types.extend(self.alone(operation.request, other));
                types.extend(self.alone(operation.answer, other));
                for (id, ty) in self.model.types.iter().enumerate() {
                    let Role::OperationItem { operator, path } = &ty.role else { continue };
                    let rest = operation.path.strip_prefix(&path[..]).filter(|_| *operator == operation.operator);
                    if let Some(name) = rest.and_then(<[String]>::first) {
                        parts.extend(self.member(id, name));
                    }
                }
                // What holds nested operations comes and goes with them.
                for (id, ty) in self.model.types.iter().enumerate() {
                    if let Role::Operations { operator, path } | Role::OperationItem { operator, path } = &ty.role
                        && *operator == operation.operator
                        && !path.is_empty()
                        && operation.path.starts_with(path)
                        && !other.types.contains_key(&self.path(id))
                    {
                        types.insert(self.path(id));
                    }
                }
            }
            Spot::Operator(name) => {
                for (id, ty) in self.model.types.iter().enumerate() {
                    match &ty.role {
                        Role::Operators => parts.extend(self.member(id, name)),
                        Role::Operations { operator, path } if path.is_empty() && operator == name => {
                            let module = self.surface.names.types[id].module.clone() + "::";
                            types.extend(self.surface.types.keys().filter(|path| path.starts_with(&module)).cloned());
                            types.extend(self.alone(id, other));
                            types.insert(module);
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    /// What a member is called in its type, and in those that hold a list of its type's alternatives.
    fn member(&self, id: TypeId, name: &str) -> Vec<(String, String)> {
        let ty = &self.model.types[id];
        let loud = names::loud_name(names::selector(ty, self.config), name);
        let attribute = heck::ToSnakeCase::to_snake_case(name);
        let called: BTreeSet<String> = (ty.members().iter().filter(|member| member.name == name))
            .flat_map(|it| [names::field_name(it), names::plural_name(it), names::variant_name(it)])
            .chain(loud.map(str::to_owned))
            .chain([attribute])
            .collect();
        let holders = self.model.types.iter().enumerate().filter(|(_, holder)| {
            matches!(&holder.kind, Kind::Record(record)
                if record.members.iter().any(|it| matches!(it.kind, MemberKind::Choice(held) if held == id)))
        });
        let holders: Vec<TypeId> = holders.map(|(id, _)| id).chain([id]).collect();
        let each = |holder: TypeId| called.iter().map(move |name| (self.path(holder), name.clone()));
        holders.into_iter().flat_map(each).collect()
    }

    /// The types in the content of `start`, itself included, that the other crate does not have.
    fn alone(&self, start: TypeId, other: &Surface) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut queue = vec![start];
        while let Some(id) = queue.pop() {
            if !seen.insert(id) {
                continue;
            }
            let ty = &self.model.types[id];
            found.insert(self.path(id));
            queue.extend(ty.members().iter().filter_map(|member| member.ty()));
            let simples = ty.members().iter().filter_map(|member| match member.kind {
                MemberKind::Leaf { simple, .. } => Some(simple),
                _ => None,
            });
            let attributes = ty.record().map_or(&[][..], |record| &record.attributes).iter().map(|it| it.simple);
            found.extend(simples.chain(attributes).filter_map(|simple| simple_path(self.surface, simple)));
        }
        found.retain(|path| !other.types.contains_key(path));
        found
    }
}
