//! Conversions from what an operation returns to what another one takes, as the configuration lists them.
//!
//! A conversion takes over every member that both types have by name. One that does not fit must be listed as left out,
//! so that somebody has looked at it.

use crate::config::{Config, Conversion as Entry};
use crate::error::{Error, Problem};
use crate::model::{Direction, Kind, Member, MemberKind, Model, Role, TypeId};
use crate::passes::names::Names;

/// A conversion that is possible.
#[derive(Clone, Debug)]
pub(crate) struct Conversion {
    pub(crate) from: TypeId,
    pub(crate) to: TypeId,
    /// Beside which of the two it is emitted: not in a module of shared types, which knows no operator's own.
    pub(crate) beside: TypeId,
    /// The elements that the configuration leaves out.
    pub(crate) without: &'static [&'static str],
    /// For each member of a record `to`, or each alternative of a choice `from`: how it is taken over.
    pub(crate) mappings: Vec<MemberMapping>,
}

/// How a member is taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MemberMapping {
    /// It is absent in what is made.
    Omit,
    /// As it is.
    Copy,
    /// By another conversion.
    Convert,
}

/// The conversions of the configuration.
pub(crate) fn resolve(model: &Model, names: &Names, config: &Config) -> Result<Vec<Conversion>, Error> {
    let mut resolver = Resolver { model, names, pairs: Vec::new(), problems: Vec::new() };
    for entry in &config.conversions {
        let from = resolver.find(entry, entry.from, Direction::Request);
        let to = resolver.find(entry, entry.to, Direction::Response);
        resolver.pairs.extend(from.zip(to).map(|pair| (pair, entry)));
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

    /// The type of that path which not only the other side sends.
    fn find(&mut self, entry: &Entry, path: &str, other: Direction) -> Option<TypeId> {
        let is_it = |id: &TypeId| {
            let ty = &self.model.types[*id];
            ty.origin.path == path && ty.direction != other
        };
        let found = (0..self.model.types.len()).find(is_it);
        if found.is_none() {
            self.problem(entry, format!("there is no type {path}; remove or correct the entry"));
        }
        found
    }

    fn conversion(&mut self, at: usize) -> Option<Conversion> {
        let ((from, to), entry) = self.pairs[at];
        let model = self.model;
        for left_out in entry.without {
            let has = |id: TypeId| model.types[id].members().iter().any(|member| member.name == *left_out);
            if !has(from) || !has(to) {
                self.problem(entry, format!("only one of the types has <{left_out}>; remove it from `without`"));
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
                self.problem(entry, "both types must be choices, or both sequences of elements");
                return None;
            }
        };
        let beside = if self.is_shared(to) { from } else { to };
        Some(Conversion { from, to, beside, without: entry.without, mappings })
    }

    /// Whether the type stands in a module that is no operator's.
    fn is_shared(&self, id: TypeId) -> bool {
        let module = &self.names.types[id].module;
        let mut types = self.model.types.iter().zip(&self.names.types);
        !types.any(|(ty, path)| matches!(ty.role, Role::Operations { .. }) && path.module == *module)
    }

    /// How `to` is made of the member of `from` that has its name.
    fn member(&mut self, entry: &Entry, from: &[Member], to: &Member) -> MemberMapping {
        let source = from.iter().find(|member| member.name == to.name && !member.is_silent());
        let source = source.filter(|_| !entry.without.contains(&to.name.as_str()));
        let may_be_absent = to.occurs.is_optional();
        match source {
            None if may_be_absent => MemberMapping::Omit,
            None => {
                self.problem(entry, format!("<{}> is required, and nothing says what to put there", to.name));
                MemberMapping::Omit
            }
            Some(source) => {
                let fits = source.holds_many() == to.holds_many() && (may_be_absent || !source.occurs.is_optional());
                self.step(source, to).filter(|_| fits).unwrap_or_else(|| {
                    self.problem(entry, format!("<{}> is of another type in each; list it in `without`", to.name));
                    MemberMapping::Omit
                })
            }
        }
    }

    /// How an alternative becomes the one of the same name.
    fn branch(&mut self, entry: &Entry, from: &Member, to: &[Member]) -> MemberMapping {
        let target = to.iter().find(|branch| branch.name == from.name && branch.holds_many() == from.holds_many());
        target.and_then(|target| self.step(from, target)).unwrap_or_else(|| {
            self.problem(entry, format!("the alternative <{}> has no equal in what is made", from.name));
            MemberMapping::Omit
        })
    }

    /// How a value of the one becomes a value of the other, if it can.
    fn step(&self, from: &Member, to: &Member) -> Option<MemberMapping> {
        match (&from.kind, &to.kind) {
            (
                MemberKind::Text { simple: a, nillable: a_nillable, secret: a_secret },
                MemberKind::Text { simple: b, nillable: b_nillable, secret: b_secret },
            ) => {
                let rust = |id: usize| &self.names.simples[id].rust;
                let same = rust(*a) == rust(*b) && a_nillable == b_nillable && a_secret == b_secret;
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
