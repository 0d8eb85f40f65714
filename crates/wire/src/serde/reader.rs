//! The state of reading a tree: the members that are left of one map, and the path to it.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt;

use super::ITEMS;
use super::tree::{TOO_LARGE, Tree};
use crate::one_line::OneLine;
use crate::xml::Limits;

/// The greatest number of members of one map. No content has nearly as many elements.
const MAX_MEMBERS: usize = 1000;

/// The greatest number of characters of a name or value in an error.
const MAX_SHOWN: usize = 80;

/// The result of reading.
pub type Read<T = ()> = Result<T, TreeError>;

/// The reason why a tree does not fit a type, with the path of the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeError(String);

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A reader of the members of one map, by their names.
#[derive(Debug)]
pub struct TreeReader {
    pub(super) map: Map,
    path: Vec<(&'static str, usize)>,
    /// The number of bytes that values may still need.
    memory: usize,
}

/// What is left of a map.
#[derive(Debug, Default)]
pub(super) struct Map {
    members: Vec<Member>,
    /// The member that a choice looks at.
    pub(super) cursor: usize,
    /// The member that was taken from last.
    recent: usize,
    /// `true` while a choice looks at its first member. Its groups do not depend on the member, so they are tried once.
    pub(super) is_first: bool,
    /// The number of values that were taken.
    pub(super) taken: usize,
    /// The required members that were not found.
    pub(super) missing: Vec<Missing>,
    missing_attribute: Option<&'static str>,
    /// The members that were looked for. An entry may list alternatives: `id | login`.
    pub(super) expected: Vec<&'static str>,
}

/// A required member that was not found. It may list alternatives: `id | login`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Missing {
    names: &'static str,
    /// The member for no element at all, if that is an alternative.
    no_element: Option<&'static str>,
}

#[derive(Debug)]
struct Member {
    name: Cow<'static, str>,
    values: VecDeque<Tree>,
    is_list: bool,
    /// `true` if the member was looked up.
    is_known: bool,
    /// The number of values that were taken.
    taken: usize,
}

impl Member {
    fn is_left(&self) -> bool {
        !self.is_known || !self.values.is_empty()
    }
}

impl Map {
    /// Returns the members of the map by which the value of an element is represented.
    pub(super) fn new(members: Vec<(Cow<'static, str>, Tree)>) -> Self {
        let members = members.into_iter().map(|(name, value)| {
            let (values, is_list) = match value {
                Tree::List(items) => (items.into(), true),
                value => (VecDeque::from([value]), false),
            };
            Member { name, values, is_list, is_known: false, taken: 0 }
        });
        Self { members: members.collect(), ..Self::default() }
    }

    /// Returns the number of members, with those of which nothing is left.
    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    /// Returns `true` if something is left of the member at `at`.
    pub(super) fn is_left(&self, at: usize) -> bool {
        self.members.get(at).is_some_and(Member::is_left)
    }

    /// Returns `true` if a value is left of one of these members.
    pub(super) fn has(&self, missing: &Missing) -> bool {
        self.has_any(missing.names) || missing.no_element.is_some_and(|name| self.has_any(name))
    }

    /// Returns `true` if a value is left of one of the members that `names` lists.
    pub(super) fn has_any(&self, names: &str) -> bool {
        names.split(" | ").any(|name| self.members.iter().any(|member| member.name == name && member.is_left()))
    }

    /// Takes the next value of a member, with its number in its list, or 0 outside a list.
    fn take(&mut self, is_wanted: impl Fn(&str) -> bool) -> Option<(Tree, usize)> {
        // The items of a list are taken one by one.
        let is_wanted = |member: &Member| is_wanted(&member.name);
        if !self.members.get(self.recent).is_some_and(is_wanted) {
            self.recent = self.members.iter().position(is_wanted)?;
        }
        let member = self.members.get_mut(self.recent)?;
        member.is_known = true;
        let value = member.values.pop_front()?;
        member.taken += 1;
        self.taken += 1;
        Some((value, if member.is_list { member.taken } else { 0 }))
    }
}

impl Map {
    /// Takes the next item of a repeated choice or group.
    pub(super) fn take_item(&mut self) -> Option<(Tree, usize)> {
        self.take(|name| name == ITEMS)
    }
}

impl TreeReader {
    /// Creates a reader of the root of a tree.
    pub fn new() -> Self {
        Self { map: Map::default(), path: Vec::new(), memory: Limits::DEFAULT.memory }
    }

    /// Returns an error at the path of the reader.
    #[cold]
    pub(super) fn error(&self, problem: impl fmt::Display) -> TreeError {
        let mut path = String::new();
        for (name, index) in &self.path {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(name);
            if *index > 0 {
                path.push_str(&format!("[{index}]"));
            }
        }
        TreeError(if path.is_empty() { problem.to_string() } else { format!("{path}: {problem}") })
    }

    /// Returns the error for a type that can only be read from XML.
    #[cold]
    pub fn unsupported(&self, name: &str) -> TreeError {
        self.error(format_args!("{name} cannot be deserialized: its `Content` is written by hand"))
    }

    /// Returns the error for a value of another kind than expected.
    #[cold]
    pub(super) fn wrong_kind(&self, expected: &str, found: &Tree) -> TreeError {
        let advice = match found {
            Tree::Null | Tree::Bool(false) => "; leave the member out if there is no value",
            _ => "",
        };
        self.error(format_args!("expected {expected}, found {}{advice}", found.kind()))
    }

    /// Counts `size` bytes of memory.
    pub(super) fn charge(&mut self, size: usize) -> Read {
        match self.memory.checked_sub(size) {
            Some(rest) => {
                self.memory = rest;
                Ok(())
            }
            None => Err(self.error(TOO_LARGE)),
        }
    }

    /// Reads what the member `name` contains. The path is only restored on success; an error ends everything.
    pub(super) fn within<T>(
        &mut self,
        name: &'static str,
        index: usize,
        read: impl FnOnce(&mut Self) -> Read<T>,
    ) -> Read<T> {
        self.path.push((name, index));
        let value = read(self)?;
        self.path.pop();
        Ok(value)
    }

    /// Reads the members of a map, all of which must be read.
    pub(super) fn within_map<T>(
        &mut self,
        members: Vec<(Cow<'static, str>, Tree)>,
        read: impl FnOnce(&mut Self) -> Read<T>,
    ) -> Read<T> {
        self.check_names(&members)?;
        let outer = std::mem::replace(&mut self.map, Map::new(members));
        let value = read(self)?;
        self.check_end()?;
        self.map = outer;
        Ok(value)
    }

    /// Takes the next value of the member `name`.
    pub(super) fn take(&mut self, name: &'static str) -> Option<(Tree, usize)> {
        self.expect(name);
        self.map.take(|known| known == name)
    }

    /// Takes the value of the attribute `name`.
    pub(super) fn take_attribute(&mut self, name: &'static str) -> Option<Tree> {
        self.map.take(|known| known.strip_prefix('@') == Some(name)).map(|(value, _)| value)
    }

    /// Notes names for messages about unknown members.
    pub(super) fn expect(&mut self, names: &'static str) {
        if self.map.expected.last() != Some(&names) {
            self.map.expected.push(names);
        }
    }

    pub(super) fn mark_missing(&mut self, name: &'static str) {
        self.mark_missing_choice(name, None);
    }

    /// Notes that a required choice is missing. `no_element` is the member for no element, if that is an alternative.
    pub(super) fn mark_missing_choice(&mut self, names: &'static str, no_element: Option<&'static str>) {
        self.map.missing.push(Missing { names, no_element });
    }

    pub(super) fn mark_missing_attribute(&mut self, name: &'static str) {
        // The names of attributes have no prefix in the derived code.
        self.map.missing_attribute.get_or_insert(name);
    }

    /// Returns the name of the member that a choice looks at.
    pub fn name(&self) -> &str {
        self.map.members.get(self.map.cursor).map_or("", |member| &member.name)
    }

    /// Refuses too many members, and two of the same name.
    fn check_names(&self, members: &[(Cow<'static, str>, Tree)]) -> Read {
        if members.len() > MAX_MEMBERS {
            return Err(self.error(format_args!("refused: more than {MAX_MEMBERS} members")));
        }
        let mut names: Vec<&str> = members.iter().map(|(name, _)| &**name).collect();
        names.sort_unstable();
        match names.windows(2).find(|pair| pair.first() == pair.last()) {
            Some(pair) => Err(self.error(format_args!("the member `{}` is given twice", shown(pair[0])))),
            None => Ok(()),
        }
    }

    /// Refuses members that were not read, and missing ones.
    fn check_end(&self) -> Read {
        let Map { members, missing, missing_attribute, expected, .. } = &self.map;
        let is_expected = |name: &str| expected.iter().any(|names| names.split(" | ").any(|known| known == name));
        let left: Vec<&Member> = members.iter().filter(|member| member.is_left()).collect();
        if let Some(unknown) = left.iter().find(|member| !member.is_known && !is_expected(&member.name)) {
            return Err(self.unknown(&unknown.name));
        }
        if let Some(Missing { names, no_element }) = missing.first() {
            let names = names.split(" | ").chain(no_element.as_slice().iter().copied());
            return Err(self.error(format_args!("{} is missing", one_of(names))));
        }
        if let Some(missing) = missing_attribute {
            return Err(self.error(format_args!("`@{missing}` is missing")));
        }
        match left.first() {
            None => Ok(()),
            Some(Member { name, is_known: true, .. }) => {
                Err(self.error(format_args!("the member `{}` has more values than the protocol allows", shown(name))))
            }
            Some(Member { name, .. }) => {
                Err(self.error(format_args!("the member `{}` does not go with the other members", shown(name))))
            }
        }
    }

    #[cold]
    fn unknown(&self, name: &str) -> TreeError {
        let mut expected: Vec<&str> = self.map.expected.iter().flat_map(|names| names.split(" | ")).collect();
        let mut seen = Vec::new();
        // Without `any element`.
        expected.retain(|name| {
            let is_new = !name.contains(' ') && !seen.contains(name);
            seen.push(*name);
            is_new
        });
        let name = shown(name);
        if expected.is_empty() {
            return self.error(format_args!("unknown member `{name}`; expected none"));
        }
        self.error(format_args!("unknown member `{name}`; expected {}", one_of(expected.into_iter())))
    }
}

impl Default for TreeReader {
    fn default() -> Self {
        Self::new()
    }
}

/// Returns a text of the input for a message: one line, not too long.
pub(super) fn shown(text: &str) -> String {
    let short: String = text.chars().take(MAX_SHOWN).collect();
    OneLine(&short).to_string()
}

/// `a`, `b` or `c`
fn one_of<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => names.concat(),
    }
}
