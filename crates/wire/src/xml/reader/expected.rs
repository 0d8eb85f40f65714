//! The elements that are expected at a place, for the messages of a checking reader.
//!
//! They are those that the generated code tried to read there without success, so no table is needed.

use super::dyn_content::{Ask, ask};
use super::options::{Limits, Strictness};
use super::state::Reader;
use crate::xml::content::{Choice, Content};
use crate::xml::error::Result;
use crate::xml::names::split_alternatives;
use crate::xml::violations::collector::{Collector, Members};
use crate::xml::violations::issue::Reason;

impl<'x> Reader<'x> {
    /// Records that `name` was expected but does not come next.
    ///
    /// Most of these names are never shown, so they are only noted here. `a | b` is one of them.
    pub(super) fn expect(&mut self, name: &'static str) {
        let allowed_here = self.content.missing.is_none() || self.content.any_order;
        if let Some(collector) = &mut self.collector {
            match &mut collector.probe {
                Some(members) => members.elements.extend(split_alternatives(name)),
                None if allowed_here => collector.expected.push(name),
                None => {}
            }
        }
    }

    /// Records that `alternatives` (`a | b`) were expected, none of which comes next. Returns `None` for
    /// the alternative.
    pub fn expect_one_of<T>(&mut self, alternatives: &'static str) -> Result<Option<T>> {
        self.record_expected(alternatives);
        Ok(None)
    }

    /// Records that `alternatives` (`a | b`) were expected, none of which comes next.
    pub fn record_expected(&mut self, alternatives: &'static str) {
        if self.is_checking() {
            self.expect(alternatives);
        }
    }

    /// Records that a choice is read next.
    #[inline]
    pub(super) fn begin_choice<T: Choice>(&mut self, optional: bool) {
        self.set_optional(optional);
        if let Some(members) = self.collector.as_mut().and_then(|collector| collector.probe.as_mut()) {
            members.choices.push(T::alternatives());
        }
    }

    /// Clears the expected elements, because a member was read or a new pass begins.
    #[inline]
    pub(super) fn clear_expected(&mut self) {
        if let Some(collector) = &mut self.collector {
            collector.expected.clear();
        }
    }

    /// Records whether the value that is read next may be omitted.
    #[inline]
    pub(super) fn set_optional(&mut self, optional: bool) {
        if let Some(collector) = &mut self.collector {
            // In a filter, less means more objects: never advise to omit anything.
            collector.optional = optional && !self.deny_unknown;
        }
    }

    /// Marks a required member as missing at the current position, unless one is missing already.
    #[inline]
    pub(super) fn mark_missing(&mut self, name: &'static str) {
        if self.content.missing.is_none() {
            self.content.missing = Some(name);
            self.content.missing_at = self.pos;
            if let Some(collector) = &self.collector
                && !collector.is_full()
            {
                self.content.keep_expected(&collector.expected);
            }
        }
    }

    /// Takes the elements expected here, or where the missing member was expected.
    pub(super) fn take_expected(&mut self) -> Vec<&'static str> {
        let noted = match &mut self.collector {
            Some(collector) if self.content.missing.is_none() || self.content.any_order => {
                std::mem::take(&mut collector.expected)
            }
            _ => self.content.take_expected(),
        };
        let mut expected = Vec::new();
        for name in noted.into_iter().flat_map(split_alternatives) {
            if !expected.contains(&name) {
                expected.push(name);
            }
        }
        expected
    }

    /// Returns `true` if the innermost element may have a child `name`, at any place.
    pub(super) fn is_member(&mut self, name: &str) -> bool {
        let Some(ask) = self.content.ask else { return false };
        let members = self.members(ask);
        members.any || members.elements.contains(&name)
    }

    /// Returns the name of the first member of a group, which represents the group in messages.
    pub(super) fn first_member<T: Content>(&mut self) -> &'static str {
        self.members(ask::<T>).elements.first().copied().unwrap_or_default()
    }

    /// Returns the members that `ask` asks for. They are listed once.
    fn members(&mut self, ask: Ask) -> &Members {
        // Two types with the same function have the same members.
        let known = self.known.iter().position(|(of, _)| std::ptr::fn_addr_eq(*of, ask));
        let known = known.unwrap_or_else(|| {
            self.known.push((ask, list_members(ask)));
            self.known.len() - 1
        });
        &self.known[known].1
    }

    /// Returns the names of the sibling elements from `first` up to `end`.
    pub(super) fn sibling_names(&mut self, first: usize, end: usize) -> Result<Vec<&'x str>> {
        let mut names = Vec::new();
        let here = std::mem::replace(&mut self.pos, first);
        let strictness = std::mem::replace(&mut self.strictness, Strictness::Lenient);
        let result = (|| {
            while self.pos < end {
                names.push(self.tag_name());
                self.skip_element()?;
                self.seek_tag()?;
            }
            Ok(())
        })();
        (self.pos, self.strictness) = (here, strictness);
        result.map(|()| names)
    }
}

/// Lists the members that `ask` asks for, by a reading in which nothing matches.
pub(super) fn list_members(ask: Ask) -> Members {
    // Every member is asked for at the end of a document, where nothing follows.
    let Ok(reader) = Reader::new(b"", Strictness::Strict, Limits::DEFAULT) else { return Members::default() };
    let mut reader = reader.checking();
    if let Some(collector) = &mut reader.collector {
        collector.probe = Some(Members::default());
    }
    // Nothing is read, so no error is possible.
    let _ = ask(&mut reader);
    let Collector { probe, .. } = *reader.collector.take().unwrap_or_default();
    probe.unwrap_or_default()
}

/// Returns the name of the first element of a group, which represents the group in messages.
#[cold]
pub(in crate::xml) fn first_element<T: Content>() -> &'static str {
    list_members(ask::<T>).elements.first().copied().unwrap_or_default()
}

/// Explains why `found` is not allowed after its siblings `before`, in a content with `members` of
/// which `missing` is expected next.
pub(super) fn explain_unexpected(
    found: &str,
    missing: Option<&'static str>,
    before: &[&str],
    members: Members,
) -> Reason {
    let Members { elements, choices, .. } = members;
    let Some(place) = elements.iter().position(|name| *name == found) else { return Reason::Unknown(elements) };
    let occurrences = before.iter().rev().take_while(|name| **name == found).count();
    if occurrences > 0 {
        return Reason::TooMany(occurrences);
    }
    if let Some(missing) = missing {
        return Reason::TooEarly(missing);
    }
    let has = |choice: &str, element: &str| split_alternatives(choice).any(|name| name == element);
    let excludes = |other: &&&str| choices.iter().any(|choice| has(choice, other) && has(choice, found));
    if let Some(other) = before.iter().find(excludes) {
        return Reason::Excluded((*other).to_owned());
    }
    let is_later = |other: &&&str| elements.iter().position(|name| name == *other).is_some_and(|at| at > place);
    before.iter().find(is_later).map_or(Reason::Unclear, |other| Reason::TooLate((*other).to_owned()))
}
