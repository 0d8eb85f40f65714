//! Resolves the conversions that the configuration lists, from a type that one operation returns to a type that another
//! one takes.
//!
//! A conversion copies every member that both types have by name. A member with different types must be listed as left
//! out, so that somebody has looked at it. What the source has and the target lacks is found here; such a conversion is
//! lossy, and is emitted as a function that returns what it left out.

use super::gaps::incomplete_types;
use crate::config::{Config, Conversion as Entry};
use crate::error::{Error, Problem};
use crate::model::{Direction, Kind, Member, MemberKind, Model, Role, TypeId};
use crate::passes::names::Names;

/// A conversion that can be emitted.
#[derive(Clone, Debug)]
pub(crate) struct Conversion {
    pub(crate) from: TypeId,
    pub(crate) to: TypeId,
    /// The type whose module gets the conversion. A module of shared types must not refer to a module of an operator.
    pub(crate) beside: TypeId,
    /// One mapping for each member of a record `to`, for each alternative of its only list, or for each alternative of a
    /// choice `from`.
    pub(crate) mappings: Vec<MemberMapping>,
    /// The elements of the source that the target gets nothing of, or not all.
    pub(crate) left_out: Vec<String>,
}

impl Conversion {
    /// Returns `true` if the target may lack something of the source, or needs something else.
    pub(crate) fn is_lossy(&self) -> bool {
        !self.left_out.is_empty() || self.mappings.contains(&MemberMapping::Given)
    }
}

/// The conversion of one member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MemberMapping {
    /// It is absent in the target.
    Omit,
    /// It is copied.
    Copy,
    /// It is converted by another conversion.
    Convert,
    /// The caller passes it.
    Given,
}

/// Returns the list of alternatives that is the only member of a type, and the type of these alternatives.
pub(crate) fn list_of_alternatives<'m>(model: &'m Model, members: &'m [Member]) -> Option<(&'m Member, TypeId)> {
    match members {
        [only] if only.holds_many() => match only.kind {
            MemberKind::Choice(id) if model.types[id].is_choice() => Some((only, id)),
            _ => None,
        },
        _ => None,
    }
}

/// Resolves the conversions of the configuration.
///
/// # Errors
/// Returns a problem for each type that does not exist and each member that cannot be converted.
pub(crate) fn resolve(model: &Model, names: &Names, config: &Config) -> Result<Vec<Conversion>, Error> {
    let (conversions, problems) = resolve_what_fits(model, names, config);
    if problems.is_empty() { Ok(conversions) } else { Err(Error(problems)) }
}

/// As [`resolve`], but leaves out the members that have a problem.
pub(crate) fn resolve_what_fits(model: &Model, names: &Names, config: &Config) -> (Vec<Conversion>, Vec<Problem>) {
    let incomplete = incomplete_types(model);
    let mut resolver = Resolver { model, names, pairs: Vec::new(), problems: Vec::new() };
    for entry in &config.conversions {
        // The pass `fixups` reports an entry whose types do not exist.
        let from = resolver.find(entry.from, Direction::Response);
        let to = resolver.find(entry.to, Direction::Request);
        let is_complete = |(from, to): &(TypeId, TypeId)| !incomplete.contains(from) && !incomplete.contains(to);
        resolver.pairs.extend(from.zip(to).filter(is_complete).map(|pair| (pair, entry)));
    }
    let mut conversions: Vec<Conversion> = (0..resolver.pairs.len()).filter_map(|at| resolver.conversion(at)).collect();
    spread_losses(model, &mut conversions);
    resolver.check_nested(&conversions);
    resolver.check_names(&conversions);
    (conversions, resolver.problems)
}

struct Resolver<'a> {
    model: &'a Model,
    names: &'a Names,
    pairs: Vec<((TypeId, TypeId), &'a Entry)>,
    problems: Vec<Problem>,
}

impl Resolver<'_> {
    fn problem(&mut self, entry: &Entry, message: impl Into<String>) {
        self.problems.push(Problem::new("configuration, conversions", entry.to_string(), message));
    }

    /// Returns the type of this path that `side` sends; rather one that only this side sends.
    fn find(&self, path: &str, side: Direction) -> Option<TypeId> {
        let position = |direction: Direction| {
            self.model.types.iter().position(|ty| ty.origin.path == path && ty.direction == direction)
        };
        position(side).or_else(|| position(Direction::Both))
    }

    /// Reports conversions within others that need something from the caller.
    fn check_nested(&mut self, conversions: &[Conversion]) {
        for at in 0..self.pairs.len() {
            let (pair, entry) = self.pairs[at];
            let needs =
                conversions.iter().any(|it| (it.from, it.to) == pair && it.mappings.contains(&MemberMapping::Given));
            let is_nested = conversions.iter().any(|it| nested_pairs(self.model, it).contains(&pair));
            if needs && is_nested {
                self.problem(entry, "another conversion uses it, so no element can be `given`");
            }
        }
    }

    /// Reports lossy conversions to the same type, whose functions would have one name.
    fn check_names(&mut self, conversions: &[Conversion]) {
        for at in 0..self.pairs.len() {
            let (pair, entry) = self.pairs[at];
            let is_lossy =
                |pair: (TypeId, TypeId)| conversions.iter().any(|it| (it.from, it.to) == pair && it.is_lossy());
            let same_target = |other: &((TypeId, TypeId), &Entry)| other.0.1 == pair.1 && is_lossy(other.0);
            if is_lossy(pair) && self.pairs[..at].iter().any(same_target) {
                self.problem(entry, "there is another conversion to this type that leaves something out");
            }
        }
    }

    fn conversion(&mut self, at: usize) -> Option<Conversion> {
        let ((from, to), entry) = self.pairs[at];
        let model = self.model;
        let alternatives = list_of_alternatives(model, model.types[to].members()).map(|(_, list)| list);
        let targets = model.types[alternatives.unwrap_or(to)].members();
        for left_out in entry.without {
            let has = |members: &[Member]| members.iter().any(|member| member.name == *left_out);
            if !has(model.types[from].members()) || !has(targets) {
                self.problem(entry, format!("<{left_out}> is not in both types; remove it from `without`"));
            }
        }
        for given in entry.given {
            let is_required = |member: &Member| member.name == *given && !member.occurs.is_optional();
            if !model.types[to].members().iter().any(is_required) {
                self.problem(entry, format!("<{given}> is not required in the target; remove it from `given`"));
            }
        }
        let mappings: Vec<MemberMapping> = match (&model.types[from].kind, &model.types[to].kind) {
            (Kind::Record(source), Kind::Record(_)) if alternatives.is_some() => {
                targets.iter().map(|alternative| self.alternative(entry, &source.members, alternative)).collect()
            }
            (Kind::Record(source), Kind::Record(target)) if target.attributes.is_empty() && target.text.is_none() => {
                let mappings = target.members.iter().filter(|member| !member.is_silent());
                mappings.map(|member| self.member(entry, &source.members, member)).collect()
            }
            (Kind::Choice(source), Kind::Choice(target)) => {
                source.alternatives.iter().map(|branch| self.branch(entry, branch, &target.alternatives)).collect()
            }
            _ => {
                self.problem(entry, "the types must both be choices, or both be sequences of elements");
                return None;
            }
        };
        let beside = if self.is_shared(to) { from } else { to };
        let left_out = self.left_out(from, targets, &mappings);
        Some(Conversion { from, to, beside, mappings, left_out })
    }

    /// Returns the elements of the source that are not copied or converted, or that lose secrets.
    fn left_out(&self, from: TypeId, targets: &[Member], mappings: &[MemberMapping]) -> Vec<String> {
        let ty = &self.model.types[from];
        if ty.is_choice() {
            return Vec::new(); // each alternative has a counterpart
        }
        let targets = || targets.iter().filter(|member| !member.is_silent()).zip(mappings);
        let arrives = |source: &Member| {
            targets().any(|(target, mapping)| {
                target.name == source.name && matches!(mapping, MemberMapping::Copy | MemberMapping::Convert)
            })
        };
        let attributes = match &ty.kind {
            Kind::Record(record) => record.attributes.iter().map(|attribute| attribute.name.clone()).collect(),
            _ => Vec::new(),
        };
        let members = ty.members().iter().filter(|member| !member.is_silent());
        let lost = members.filter(|member| !arrives(member) || drops_secrets(self.model, member));
        let names = lost.flat_map(|member| element_names(self.model, member));
        attributes.into_iter().chain(names).collect()
    }

    /// Returns the mapping from a member of the source to the alternative of the same name in a list.
    fn alternative(&mut self, entry: &Entry, from: &[Member], to: &Member) -> MemberMapping {
        let source = from.iter().find(|member| member.name == to.name && !member.is_silent());
        let Some(source) = source.filter(|_| !entry.without.contains(&to.name.as_str())) else {
            return MemberMapping::Omit;
        };
        self.step(source, to).filter(|_| !source.holds_many() && !to.holds_many()).unwrap_or_else(|| {
            self.problem(entry, format!("<{}> has different types; list it in `without`", to.name));
            MemberMapping::Omit
        })
    }

    /// Returns `true` if the module of the type is not the module of an operator.
    fn is_shared(&self, id: TypeId) -> bool {
        let module = &self.names.types[id].module;
        let mut types = self.model.types.iter().zip(&self.names.types);
        !types.any(|(ty, path)| matches!(ty.role, Role::Operations { .. }) && path.module == *module)
    }

    /// Returns the mapping from the member of `from` with the same name to the member `to`.
    fn member(&mut self, entry: &Entry, from: &[Member], to: &Member) -> MemberMapping {
        let source = from.iter().find(|member| member.name == to.name && !member.is_silent());
        let source = source.filter(|_| !entry.without.contains(&to.name.as_str()));
        let may_be_absent = to.occurs.is_optional();
        if entry.given.contains(&to.name.as_str()) {
            return MemberMapping::Given;
        }
        match source {
            None if may_be_absent => MemberMapping::Omit,
            None => {
                self.problem(
                    entry,
                    format!("<{}> is required in the target, but has no source; list it in `given`", to.name),
                );
                MemberMapping::Omit
            }
            Some(source) => {
                let fits = source.holds_many() == to.holds_many() && (may_be_absent || !source.occurs.is_optional());
                self.step(source, to).filter(|_| fits).unwrap_or_else(|| {
                    self.problem(entry, format!("<{}> has different types; list it in `without`", to.name));
                    MemberMapping::Omit
                })
            }
        }
    }

    /// Returns the mapping from an alternative to the one with the same name.
    fn branch(&mut self, entry: &Entry, from: &Member, to: &[Member]) -> MemberMapping {
        let target = to.iter().find(|branch| branch.name == from.name && branch.holds_many() == from.holds_many());
        target.and_then(|target| self.step(from, target)).unwrap_or_else(|| {
            self.problem(entry, format!("the alternative <{}> has no counterpart in the target", from.name));
            MemberMapping::Omit
        })
    }

    /// Returns the mapping from one member to the other, if their types allow one.
    fn step(&self, from: &Member, to: &Member) -> Option<MemberMapping> {
        match (&from.kind, &to.kind) {
            (
                MemberKind::Text { simple: a, nillable: a_nillable, secret: a_secret },
                MemberKind::Text { simple: b, nillable: b_nillable, secret: b_secret },
            ) => {
                let rust = |member: &Member, id: usize| self.names.of_text(&member.name, id);
                let same = rust(from, *a) == rust(to, *b) && a_nillable == b_nillable && a_secret == b_secret;
                same.then_some(MemberMapping::Copy)
            }
            (MemberKind::Flag, MemberKind::Flag) => Some(MemberMapping::Copy),
            (MemberKind::Untyped(a), MemberKind::Untyped(b)) if a == b => Some(MemberMapping::Copy),
            _ => match (from.ty()?, to.ty()?) {
                (a, b) if a == b => Some(MemberMapping::Copy),
                pair => self.pairs.iter().any(|(listed, _)| *listed == pair).then_some(MemberMapping::Convert),
            },
        }
    }
}

/// Returns the pairs of types that a conversion converts by other conversions, with the element of each.
fn nested(model: &Model, conversion: &Conversion) -> Vec<(String, (TypeId, TypeId))> {
    let (from, to) = (model.types[conversion.from].members(), model.types[conversion.to].members());
    let lists = list_of_alternatives(model, to).map(|(_, list)| model.types[list].members());
    let is_choice = model.types[conversion.from].is_choice();
    let mapped = if is_choice { from } else { lists.unwrap_or(to) };
    let others = if is_choice { to } else { from };
    let mapped = mapped.iter().filter(|member| !member.is_silent()).zip(&conversion.mappings);
    let converted = mapped.filter(|(_, mapping)| **mapping == MemberMapping::Convert);
    let pair = |(member, _): (&Member, _)| {
        let other = others.iter().find(|other| other.name == member.name)?.ty()?;
        let (from, to) = if is_choice { (member.ty()?, other) } else { (other, member.ty()?) };
        Some((member.name.clone(), (from, to)))
    };
    converted.filter_map(pair).collect()
}

/// Returns the types of the conversions that a conversion uses.
pub(crate) fn nested_pairs(model: &Model, conversion: &Conversion) -> Vec<(TypeId, TypeId)> {
    nested(model, conversion).into_iter().map(|(_, pair)| pair).collect()
}

/// Adds to `left_out` the elements whose own conversion leaves something out.
fn spread_losses(model: &Model, conversions: &mut [Conversion]) {
    loop {
        let lossy: Vec<(TypeId, TypeId)> =
            conversions.iter().filter(|it| it.is_lossy()).map(|it| (it.from, it.to)).collect();
        let mut changed = false;
        for conversion in conversions.iter_mut() {
            for (element, pair) in nested(model, conversion) {
                if lossy.contains(&pair) && !conversion.left_out.contains(&element) {
                    conversion.left_out.push(element);
                    changed = true;
                }
            }
        }
        if !changed {
            return;
        }
    }
}

/// Returns the name of the member's element, or those of its elements if it is a choice or a group.
fn element_names(model: &Model, member: &Member) -> Vec<String> {
    match member.kind {
        MemberKind::Choice(id) | MemberKind::Group(id) => {
            model.types[id].members().iter().flat_map(|inner| element_names(model, inner)).collect()
        }
        _ => vec![member.name.clone()],
    }
}

/// Returns `true` if the member is a list of settings: of these, secrets are not copied.
pub(crate) fn drops_secrets(model: &Model, member: &Member) -> bool {
    let Some(id) = member.ty().filter(|_| member.holds_many()) else { return false };
    matches!(&model.types[id].kind, Kind::Record(record) if record.shown.is_some())
}
