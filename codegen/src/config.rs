//! What a generation is told beside the schemas: all that is one protocol's own.

use std::fmt;

use crate::model::{Class, Target, Untyped};

/// What is one protocol's own. [`plesk::config`](crate::plesk::config) is Plesk's.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The protocol's name, for documentation: `Plesk XML API`.
    pub title: &'static str,
    /// What to say of the emitted crate beside what it holds, such as which crate programs use.
    pub about: &'static str,
    /// The crate that emitted code is written in.
    pub runtime: &'static str,
    /// The root element whose repeated choice lists the operators, if the protocol has operators.
    pub packet: Option<&'static str>,
    /// The convention of results, if the protocol has it.
    pub outcome: Option<OutcomeConvention>,
    /// Which module the types of a file go to, by the file's name without `.xsd`; others go to a
    /// module of the file's own name.
    pub modules: Vec<(&'static str, &'static str)>,
    /// The entry points' modules: of the request and of the response.
    pub roots: (&'static str, &'static str),
    /// What type names begin with that their module says already.
    pub prefixes: Vec<(&'static str, &'static [&'static str])>,
    /// What type names end with that says nothing in Rust.
    pub noise: &'static [&'static str],
    /// What the element of a request is called whose type must be a selector.
    pub filter: Option<&'static str>,
    /// The alternatives of selectors that name an object by what is its own for good, so that repeating a request
    /// never meets another one.
    pub stable_keys: &'static [&'static str],
    /// Types, by their path, that choose the objects an operation touches.
    pub selectors: Vec<Selector>,
    /// How elements without a type are used, by their path.
    pub untyped: Vec<(&'static str, Untyped)>,
    /// Elements, by path or name, whose text must not be shown.
    pub secrets: Vec<&'static str>,
    /// Types that pair a name with a value which only some of the names allow to be shown.
    pub settings: Vec<Setting>,
    /// Content models, by the path of their type, that do not say which of two places an element is for. It goes to
    /// the first one, so that a wildcard may find nothing left.
    pub ambiguous: Vec<&'static str>,
    /// Simple types that are types of their own in Rust, with their names.
    pub newtypes: Vec<(&'static str, &'static str)>,
    /// Names that no rule finds.
    pub renames: Vec<Rename>,
    /// Elements that hold operations instead of being one: the operator, and the element, nested
    /// ones with slashes.
    pub nested: Vec<(&'static str, &'static str)>,
    /// Answers that no request asks for: the operator, and the element, nested ones with slashes.
    pub answers_only: Vec<(&'static str, &'static str)>,
    /// What each operation does.
    pub operations: Vec<OperationClass>,
    /// What an operation returns and another one takes.
    pub conversions: Vec<Conversion>,
    /// Operators and operations of the schemas that are not generated yet.
    pub left_out: Vec<LeftOut>,
    /// Whether each operator is emitted behind a Cargo feature of its own.
    pub features: bool,
    /// The path to the emitted crate from its modules; without one it is `crate`.
    pub root: Option<&'static str>,
}

impl Config {
    /// The entry by which an operator, or one of its operations, is left out, if it is.
    pub(crate) fn leaves_out(&self, operator: &str, operation: Option<&str>) -> Option<String> {
        let name = operation.map_or_else(|| operator.to_owned(), |operation| format!("{operator} {operation}"));
        self.left_out.iter().flat_map(LeftOut::entries).find(|entry| *entry == name)
    }

    /// All entries about places of the schemas: the part of the configuration, and the place.
    pub(crate) fn entries(&self) -> Vec<(&'static str, String)> {
        let pair = |(operator, path): &(&str, &str)| format!("{operator} {path}");
        let mut entries = Vec::new();
        entries.extend(self.renames.iter().map(|rename| ("renames", rename.path.to_owned())));
        entries.extend(self.operations.iter().map(|class| ("operations", class.to_string())));
        entries.extend(self.left_out.iter().flat_map(LeftOut::entries).map(|entry| ("left_out", entry)));
        entries.extend(self.nested.iter().map(|place| ("nested", pair(place))));
        entries.extend(self.answers_only.iter().map(|place| ("answers_only", pair(place))));
        entries.extend(self.selectors.iter().map(|selector| ("selectors", selector.path.to_owned())));
        entries.extend(self.untyped.iter().map(|(path, _)| ("untyped", (*path).to_owned())));
        entries.extend(self.secrets.iter().map(|secret| ("secrets", (*secret).to_owned())));
        entries.extend(self.settings.iter().map(|setting| ("settings", setting.path.to_owned())));
        entries.extend(self.ambiguous.iter().map(|path| ("ambiguous", (*path).to_owned())));
        entries.extend(self.newtypes.iter().map(|(name, _)| ("newtypes", (*name).to_owned())));
        entries
    }
}

/// What is left out of an operator.
#[derive(Clone, Copy, Debug)]
pub struct LeftOut {
    /// The operator.
    pub operator: &'static str,
    /// Its operations; all of it, if none is named.
    pub operations: &'static [&'static str],
}

impl LeftOut {
    /// The entry for the whole operator, or those for its operations.
    fn entries(&self) -> Vec<String> {
        if self.operations.is_empty() {
            return vec![self.operator.to_owned()];
        }
        self.operations.iter().map(|operation| format!("{} {operation}", self.operator)).collect()
    }
}

/// The convention that answers carry results which begin alike.
#[derive(Clone, Copy, Debug)]
pub struct OutcomeConvention {
    /// The type that results have or extend.
    pub base: &'static str,
    /// The elements of the base type, as the runtime crate has them.
    pub members: &'static [OutcomeMember],
    /// What the element of a result is called.
    pub element: &'static str,
    /// The element of a result that repeats what the request asked for, so that it says nothing of an object.
    pub echo: &'static str,
}

/// An element of the base type of results.
#[derive(Clone, Copy, Debug)]
pub struct OutcomeMember {
    /// Its name.
    pub name: &'static str,
    /// The built-in type at the bottom of its type.
    pub built_in: &'static str,
    /// Whether it may be absent.
    pub optional: bool,
}

impl fmt::Display for OutcomeMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{} ({})", self.name, if self.optional { "?" } else { "" }, self.built_in)
    }
}

/// What says which objects an operation touches, and whose emptiness or absence means more than one would think.
#[derive(Clone, Copy, Debug)]
pub struct Selector {
    /// The path of the type: a choice, or a sequence of lists, which then is a choice by the first one that is there.
    /// Or of an element that may be absent, `type/(element)`.
    pub path: &'static str,
    /// The variant for no choice at all, if that is allowed, and what it touches.
    pub empty: Option<(&'static str, &'static str)>,
    /// Alternatives that mean everything too: the element, and the variant's name.
    pub everything: &'static [(&'static str, &'static str)],
}

/// A name that no rule finds.
#[derive(Clone, Copy, Debug)]
pub struct Rename {
    /// The path of the type; or of a member and which of its name it is in its type, `type/member#1`;
    /// or of a type and one of its listed values, `type=value`. The file is not part of it.
    pub path: &'static str,
    /// The Rust name.
    pub name: &'static str,
}

/// A type that pairs a name with a value, such as a property.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The path of the type.
    pub path: &'static str,
    /// The element that holds the name.
    pub name: &'static str,
    /// The element that holds the value.
    pub value: &'static str,
    /// The names whose values may be shown; all others may be secrets.
    pub shown: &'static [&'static str],
}

/// What an operation returns, and what another one takes that has members of the same names.
#[derive(Clone, Copy, Debug)]
pub struct Conversion {
    /// The path of the type that is returned.
    pub from: &'static str,
    /// The path of the type that is taken.
    pub to: &'static str,
    /// The elements that both have and that are not taken over.
    pub without: &'static [&'static str],
}

impl fmt::Display for Conversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {}", self.from, self.to)
    }
}

/// What an operation does.
#[derive(Clone, Copy, Debug)]
pub struct OperationClass {
    /// The operator.
    pub operator: &'static str,
    /// The operation, nested ones with slashes.
    pub operation: &'static str,
    /// What it does.
    pub class: Class,
    /// To what it does that.
    pub target: Target,
}

impl fmt::Display for OperationClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.operator, self.operation)
    }
}
