//! What a model lacks because of problems in the schema files.
//!
//! The passes look for problems in all of the model, so that one run finds them all. A problem that may only follow from
//! something that is missing is not reported.

use std::collections::{BTreeMap, HashSet};

use crate::error::Problem;
use crate::load::{Unread, contains_quoted};
use crate::model::{Direction, Model, Role, Type, TypeId};

/// The parts of the schema files that a model lacks.
#[derive(Debug, Default)]
pub(crate) struct Gaps {
    /// The parts that could not be read.
    pub(crate) unread: Unread,
    /// The texts of the files, by name.
    pub(crate) texts: BTreeMap<String, String>,
}

impl Gaps {
    /// Returns `true` if an entry of the configuration that matches nothing may match something that is missing.
    pub(crate) fn may_match(&self, model: &Model, entry: &Problem) -> bool {
        let is_whole = self.unread.is_empty() && model.types.iter().all(|ty| !ty.is_incomplete);
        if is_whole {
            return false;
        }
        let construct = entry.construct.as_str();
        // A name that is in no file is in no missing part of one either.
        let names = construct.split(['/', '#', '=', '(', ')', ' ', '>']).filter(|name| is_name(name));
        let is_unknown = |name: &str| !self.texts.values().any(|text| contains_quoted(text, name));
        if names.clone().any(is_unknown) && !names.clone().any(|name| self.unread.may_declare(name)) {
            return false;
        }
        match entry.file.rsplit(' ').next().unwrap_or_default() {
            "operations" | "left_out" | "nested" | "replies_only" => {
                let operator = construct.split(' ').next().unwrap_or_default();
                [Direction::Request, Direction::Response].into_iter().any(|side| may_lack(model, side, operator))
            }
            _ => construct.split(" -> ").any(|path| !is_complete_within(model, path)),
        }
    }
}

/// Returns `true` for what is not the number of a member and not a part of an arrow.
fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Returns `true` if the declaration at the start of `path` is in the model, with all of its content.
fn is_complete_within(model: &Model, path: &str) -> bool {
    let root = path.split(['/', '#', '=']).next().unwrap_or_default();
    let is_within = |ty: &&Type| ty.origin.path.split('/').next() == Some(root);
    let mut within = model.types.iter().filter(is_within).peekable();
    within.peek().is_some() && within.all(|ty| !ty.is_incomplete)
}

/// Returns `true` if the operator, or an operation in it, may be missing on one side.
pub(crate) fn may_lack(model: &Model, side: Direction, operator: &str) -> bool {
    let is_container = |ty: &&Type| match &ty.role {
        Role::Root(_) | Role::Operators => true,
        Role::Operations { operator: other, .. } | Role::OperationItem { operator: other, .. } => other == operator,
        _ => false,
    };
    let is_of_side = |ty: &&Type| ty.direction == side || ty.direction == Direction::Both;
    let mut containers = model.types.iter().filter(is_container).filter(is_of_side).peekable();
    containers.peek().is_none() || containers.any(|ty| ty.is_incomplete)
}

/// Returns the types that contain, at any depth, something that is missing.
pub(crate) fn incomplete_types(model: &Model) -> HashSet<TypeId> {
    let mut incomplete: HashSet<TypeId> = (0..model.types.len()).filter(|id| model.types[*id].is_incomplete).collect();
    if incomplete.is_empty() {
        return incomplete;
    }
    let mut holders: Vec<Vec<TypeId>> = vec![Vec::new(); model.types.len()];
    for (id, ty) in model.types.iter().enumerate() {
        ty.members().iter().filter_map(|member| member.ty()).for_each(|inner| holders[inner].push(id));
    }
    let mut queue: Vec<TypeId> = incomplete.iter().copied().collect();
    while let Some(id) = queue.pop() {
        queue.extend(holders[id].iter().filter(|holder| incomplete.insert(**holder)));
    }
    incomplete
}
