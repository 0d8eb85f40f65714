//! The configuration of a generation: everything about one protocol that its schemas do not state.

use std::fmt;

use crate::model::{Class, Target, Untyped};

/// The configuration for one protocol. [`plesk::config`](crate::plesk::config) is the one for Plesk.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The protocol's name, for documentation: `Plesk XML API`.
    pub title: &'static str,
    /// A further sentence for the documentation of the emitted crate, such as which crate programs use instead.
    pub about: &'static str,
    /// The crate whose types and traits the emitted code uses.
    pub runtime: &'static str,
    /// The root element whose repeated choice lists the operators, if the protocol has operators.
    pub packet: Option<&'static str>,
    /// The convention for results, if the protocol has one.
    pub outcome: Option<OutcomeConvention>,
    /// The module for the types of a file, by the file's name without `.xsd`. The module of any other file has the name
    /// of the file.
    pub modules: Vec<(&'static str, &'static str)>,
    /// The modules of the two entry points, first for requests, then for responses.
    pub roots: (&'static str, &'static str),
    /// Prefixes of type names that only repeat the name of the module. They are removed.
    pub prefixes: Vec<(&'static str, &'static [&'static str])>,
    /// The crate that sends the emitted types, which examples use; `None` if there is none.
    pub client: Option<&'static str>,
    /// Suffixes of type names that carry no information in Rust. They are removed.
    pub noise: &'static [&'static str],
    /// Elements that only wrap others. The names of types within leave them out.
    pub wrappers: &'static [&'static str],
    /// The name of the elements in requests whose types must be selectors.
    pub filter: Option<&'static str>,
    /// The alternatives of selectors that are stable keys: no other object can ever have the same value, so a repeated
    /// request cannot match a different object.
    pub stable_keys: &'static [&'static str],
    /// The selectors, by the path of their type.
    pub selectors: Vec<Selector>,
    /// The representation of elements that have no type in the schemas, by path.
    pub untyped: Vec<(&'static str, Untyped)>,
    /// Elements, by path or name, whose text is a secret. It is redacted in debug output and messages.
    pub secrets: Vec<&'static str>,
    /// Types that pair a name with a value, where the name decides whether the value is a secret.
    pub settings: Vec<Setting>,
    /// Content models, by the path of their type, that are known to be ambiguous: two particles can match the same
    /// element. The first one takes it, so a wildcard after it may find nothing left.
    pub ambiguous: Vec<&'static str>,
    /// The convention for the IDs of objects, if all of them have one Rust type.
    pub ids: Option<IdConvention>,
    /// Simple types that become newtypes, with the Rust name.
    pub newtypes: Vec<(&'static str, &'static str)>,
    /// Names of elements that are abbreviations, with underscores for hyphens, and the names of their fields.
    pub abbreviations: &'static [(&'static str, &'static str)],
    /// Rust names that override the naming rules.
    pub renames: Vec<Rename>,
    /// Elements of an operator that contain operations instead of being one: the operator, and the path of the element,
    /// separated by slashes.
    pub nested: Vec<(&'static str, &'static str)>,
    /// Replies without a request: the operator, and the path of the element, separated by slashes.
    pub replies_only: Vec<(&'static str, &'static str)>,
    /// The class and the target of each operation.
    pub operations: Vec<OperationClass>,
    /// Conversions to emit, from a type that one operation returns to a type that another one takes.
    pub conversions: Vec<Conversion>,
    /// Values for the texts of example packets, by the path of the element or by its name alone. A value that the type
    /// does not allow is not used.
    pub examples: &'static [(&'static str, &'static str)],
    /// Operators and operations of the schemas that are not generated yet.
    pub left_out: Vec<LeftOut>,
    /// The entries that a layer removes although no layer below has them: the part of the configuration, and the entry.
    pub absent: Vec<(&'static str, &'static str)>,
    /// `true` to emit each operator behind a Cargo feature of its own.
    pub features: bool,
    /// The Rust path of the emitted crate, as its own modules refer to it; `None` for `crate`.
    pub root: Option<&'static str>,
}

impl Config {
    /// Returns the entry that leaves out the operator, or one of its operations.
    pub(crate) fn leaves_out(&self, operator: &str, operation: Option<&str>) -> Option<String> {
        let name = operation.map_or_else(|| operator.to_owned(), |operation| format!("{operator} {operation}"));
        self.left_out.iter().flat_map(LeftOut::entries).find(|entry| *entry == name)
    }

    /// Removes these entries: the part of the configuration, and the entry as text. One that is not there is added to
    /// `absent`.
    pub(crate) fn remove(&mut self, lacked: &[(&'static str, &'static str)]) {
        for (part, entry) in lacked {
            let is = |text: String| text == *entry;
            let before = self.entries().len();
            match *part {
                "renames" => self.renames.retain(|it| it.path != *entry),
                "operations" => self.operations.retain(|it| !is(it.to_string())),
                "nested" => self.nested.retain(|it| !is(pair(it))),
                "replies_only" => self.replies_only.retain(|it| !is(pair(it))),
                "selectors" => self.selectors.retain(|it| it.path != *entry),
                "untyped" => self.untyped.retain(|(path, _)| path != entry),
                "secrets" => self.secrets.retain(|it| it != entry),
                "settings" => self.settings.retain(|it| it.path != *entry),
                "ambiguous" => self.ambiguous.retain(|it| it != entry),
                "newtypes" => self.newtypes.retain(|(name, _)| name != entry),
                "conversions" => self.conversions.retain(|it| !is(it.to_string())),
                _ => {}
            }
            if self.entries().len() == before {
                self.absent.push((part, entry));
            }
        }
    }

    /// Returns all entries that refer to something in the schemas: the part of the configuration, and the entry as text.
    pub(crate) fn entries(&self) -> Vec<(&'static str, String)> {
        let mut entries = Vec::new();
        entries.extend(self.abbreviations.iter().map(|(element, _)| ("abbreviations", (*element).to_owned())));
        entries.extend(self.renames.iter().map(|rename| ("renames", rename.path.to_owned())));
        entries.extend(self.operations.iter().map(|class| ("operations", class.to_string())));
        entries.extend(self.left_out.iter().flat_map(LeftOut::entries).map(|entry| ("left_out", entry)));
        entries.extend(self.nested.iter().map(|place| ("nested", pair(place))));
        entries.extend(self.replies_only.iter().map(|place| ("replies_only", pair(place))));
        entries.extend(self.selectors.iter().map(|selector| ("selectors", selector.path.to_owned())));
        entries.extend(self.untyped.iter().map(|(path, _)| ("untyped", (*path).to_owned())));
        entries.extend(self.secrets.iter().map(|secret| ("secrets", (*secret).to_owned())));
        entries.extend(self.settings.iter().map(|setting| ("settings", setting.path.to_owned())));
        entries.extend(self.ambiguous.iter().map(|path| ("ambiguous", (*path).to_owned())));
        entries.extend(self.newtypes.iter().map(|(name, _)| ("newtypes", (*name).to_owned())));
        entries.extend(self.conversions.iter().map(|conversion| ("conversions", conversion.to_string())));
        entries
    }
}

/// Returns an entry for an element of an operator as text.
fn pair((operator, path): &(&str, &str)) -> String {
    format!("{operator} {path}")
}

/// An operator, or some of its operations, that are not generated.
#[derive(Clone, Copy, Debug)]
pub struct LeftOut {
    /// The operator.
    pub operator: &'static str,
    /// The operations to leave out; empty to leave out the whole operator.
    pub operations: &'static [&'static str],
}

impl LeftOut {
    /// Returns one entry for the whole operator, or one for each operation.
    fn entries(&self) -> Vec<String> {
        if self.operations.is_empty() {
            return vec![self.operator.to_owned()];
        }
        self.operations.iter().map(|operation| format!("{} {operation}", self.operator)).collect()
    }
}

/// The convention for the IDs of objects: an integer that is one has the Rust type `Id`.
#[derive(Clone, Copy, Debug)]
pub struct IdConvention {
    /// The simple types whose values are IDs.
    pub types: &'static [&'static str],
    /// An integer of any type is an ID if this is the name of its element, or its last word: `id`, `owner-id`.
    pub word: &'static str,
}

/// The convention that every result extends one base type.
#[derive(Clone, Copy, Debug)]
pub struct OutcomeConvention {
    /// The base type of results.
    pub base: &'static str,
    /// The elements of the base type, as the runtime crate reads them.
    pub members: &'static [OutcomeMember],
    /// The name of the element of a result.
    pub element: &'static str,
    /// The element of a result that only repeats a criterion of the request, so its presence does not prove that an
    /// object was found.
    pub echo: &'static str,
}

/// An element of the base type of results.
#[derive(Clone, Copy, Debug)]
pub struct OutcomeMember {
    /// Its name.
    pub name: &'static str,
    /// The built-in type at the bottom of its type.
    pub built_in: &'static str,
    /// `true` if it may be absent.
    pub optional: bool,
}

impl fmt::Display for OutcomeMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{} ({})", self.name, if self.optional { "?" } else { "" }, self.built_in)
    }
}

/// A part of a request that chooses the objects to act on. If it is empty or absent, it may choose far more than it
/// seems to, so that case gets a name.
#[derive(Clone, Copy, Debug)]
pub struct Selector {
    /// The path of the type: a choice, or a sequence of lists, which is read as a choice by the first list that is
    /// present. Or `type/(element)` for an optional element.
    pub path: &'static str,
    /// The variant for the empty or absent selector, if the schema allows that, and a description of its scope.
    pub empty: Option<(&'static str, &'static str)>,
    /// Alternatives that choose everything as well: the element, and the name of the variant.
    pub everything: &'static [(&'static str, &'static str)],
}

/// A Rust name that overrides the naming rules.
#[derive(Clone, Copy, Debug)]
pub struct Rename {
    /// The path of a type, without the file. Or `type/member#1`, the first member of that name in a type. Or
    /// `type=value`, a listed value of a simple type.
    pub path: &'static str,
    /// The Rust name.
    pub name: &'static str,
}

/// A type that pairs a name with a value, such as a property.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The path of the type.
    pub path: &'static str,
    /// The element with the name.
    pub name: &'static str,
    /// The element with the value.
    pub value: &'static str,
    /// The names whose values may be shown. All other values are redacted.
    pub shown: &'static [&'static str],
}

/// A conversion from a type that one operation returns to a type that another one takes. It copies the members that
/// have the same names.
#[derive(Clone, Copy, Debug)]
pub struct Conversion {
    /// The path of the source type.
    pub from: &'static str,
    /// The path of the target type.
    pub to: &'static str,
    /// The elements of both types that are not copied.
    pub without: &'static [&'static str],
    /// The required elements of the target that the caller passes.
    pub given: &'static [&'static str],
}

impl fmt::Display for Conversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {}", self.from, self.to)
    }
}

/// The class and the target of an operation.
#[derive(Clone, Copy, Debug)]
pub struct OperationClass {
    /// The operator.
    pub operator: &'static str,
    /// The path of the operation, separated by slashes.
    pub operation: &'static str,
    /// The kind of the operation.
    pub class: Class,
    /// The objects that it acts on.
    pub target: Target,
}

impl fmt::Display for OperationClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.operator, self.operation)
    }
}
