//! Resolves the conversions that the configuration lists, from a type that one operation returns to a type that another
//! one takes.
//!
//! A conversion copies every member that both types have by name. A member with different types must be listed as left
//! out, so that somebody has looked at it.

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
    /// The elements that the configuration leaves out.
    pub(crate) without: &'static [&'static str],
    /// One mapping for each member of a record `to`, or for each alternative of a choice `from`.
    pub(crate) mappings: Vec<MemberMapping>,
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
}

/// Resolves the conversions of the configuration.
///
/// # Errors
/// Returns a problem for each type that does not exist and each member that cannot be converted.
pub(crate) fn resolve(model: &Model, names: &Names, config: &Config) -> Result<Vec<Conversion>, Error> {
    let incomplete = incomplete_types(model);
    let mut resolver = Resolver { model, names, pairs: Vec::new(), problems: Vec::new() };
    for entry in &config.conversions {
        // The pass `fixups` reports an entry whose types do not exist.
        let from = resolver.find(entry.from, Direction::Request);
        let to = resolver.find(entry.to, Direction::Response);
        let is_complete = |(from, to): &(TypeId, TypeId)| !incomplete.contains(from) && !incomplete.contains(to);
        resolver.pairs.extend(from.zip(to).filter(is_complete).map(|pair| (pair, entry)));
    }
    let conversions = (0..resolver.pairs.len()).filter_map(|at| resolver.conversion(at)).collect();
    if resolver.problems.is_empty() { Ok(conversions) } else { Err(Error(resolver.problems)) }
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

    /// Returns the type of this path that is not sent by the side `other` alone.
    fn find(&self, path: &str, other: Direction) -> Option<TypeId> {
        self.model.types.iter().position(|ty| ty.origin.path == path && ty.direction != other)
    }

    fn conversion(&mut self, at: usize) -> Option<Conversion> {
        let ((from, to), entry) = self.pairs[at];
        let model = self.model;
        for left_out in entry.without {
            let has = |id: TypeId| model.types[id].members().iter().any(|member| member.name == *left_out);
            if !has(from) || !has(to) {
                self.problem(entry, format!("<{left_out}> is not in both types; remove it from `without`"));
            }
        }
        let mappings = match (&model.types[from].kind, &model.types[to].kind) {
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
        Some(Conversion { from, to, beside, without: entry.without, mappings })
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
        match source {
            None if may_be_absent => MemberMapping::Omit,
            None => {
                self.problem(entry, format!("<{}> is required in the target, but has no source", to.name));
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
