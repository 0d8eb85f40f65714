//! What may stand at a place of a document that is checked.
//!
//! It is known without a table: it is what the emitted code asked for there, in vain.

use super::erased::Erased;
use super::error::Result;
use super::issue::{Why, names};
use super::scope::Scope;
use super::{Reader, Strictness};

impl<'x> Reader<'x> {
    /// Takes note that `name` was asked for and does not stand here.
    #[cold]
    pub(super) fn note_asked(&mut self, name: &'static str) {
        let may_stand = self.scope.missing.is_none() || self.scope.any_order;
        if let Some(notes) = &mut self.notes {
            match &mut notes.listing {
                Some((listed, _)) => listed.push(name),
                None if may_stand && !notes.asked.contains(&name) => notes.asked.push(name),
                None => {}
            }
        }
    }

    /// None of `alternatives`, which stand between bars, is the element that stands here.
    pub fn expect_one_of<T>(&mut self, alternatives: &'static str) -> Result<Option<T>> {
        self.record_expected(alternatives);
        Ok(None)
    }

    /// Takes note that `alternatives`, which stand between bars, were asked for and do not stand here.
    pub fn record_expected(&mut self, alternatives: &'static str) {
        if self.is_checking() {
            alternatives.split(" | ").for_each(|name| self.note_asked(name));
        }
    }

    /// Takes note that a choice comes next.
    #[inline]
    pub(super) fn note_choice(&mut self, alternatives: &'static str, optional: bool) {
        self.note_optional(optional);
        if let Some((_, choices)) = self.notes.as_mut().and_then(|notes| notes.listing.as_mut()) {
            choices.push(alternatives);
        }
    }

    /// Forgets what was asked for, because something was read.
    #[inline]
    pub(super) fn forget_asked(&mut self) {
        if let Some(notes) = &mut self.notes {
            notes.asked.clear();
        }
    }

    /// Takes note whether the value that may come next may be left out.
    #[inline]
    pub(super) fn note_optional(&mut self, optional: bool) {
        if let Some(notes) = &mut self.notes {
            // In a filter, less means more objects: never advise to leave anything out.
            notes.optional = optional && !self.exact;
        }
    }

    /// A required member does not stand here.
    #[inline]
    pub(super) fn miss(&mut self, name: &'static str) {
        if self.scope.missing.is_none() {
            self.scope.missing = Some(name);
            self.scope.missed_at = self.pos;
            if let Some(notes) = &self.notes {
                self.scope.expected.clone_from(&notes.asked);
            }
        }
    }

    pub(super) fn expected(&mut self) -> Vec<&'static str> {
        match &mut self.notes {
            Some(notes) if self.scope.missing.is_none() || self.scope.any_order => std::mem::take(&mut notes.asked),
            _ => std::mem::take(&mut self.scope.expected),
        }
    }

    /// All elements that a content like `value` may hold, in the order of the schema, and its choices.
    pub(super) fn members(&mut self, value: &dyn Erased) -> (Vec<&'static str>, Vec<&'static str>) {
        let Some(notes) = &mut self.notes else { return Default::default() };
        notes.listing = Some(Default::default());
        // Where nothing stands, everything is asked for.
        let here = std::mem::replace(&mut self.pos, self.doc.len());
        let scope = std::mem::take(&mut self.scope);
        // Nothing is read, so nothing can be wrong.
        let _ = value.read_blank(self);
        (self.pos, self.scope) = (here, scope);
        self.notes.as_mut().and_then(|notes| notes.listing.take()).unwrap_or_default()
    }

    /// The names of the elements from `first` up to `end`, siblings that were read before.
    pub(super) fn names_between(&mut self, first: usize, end: usize) -> Result<Vec<&'x str>> {
        let mut names = Vec::new();
        let here = std::mem::replace(&mut self.pos, first);
        let strictness = std::mem::replace(&mut self.strictness, Strictness::Lenient);
        let skipped = (|| {
            while self.pos < end {
                names.push(self.name_here());
                self.skip_element()?;
                self.seek_child()?;
            }
            Ok(())
        })();
        (self.pos, self.strictness) = (here, strictness);
        skipped.map(|()| names)
    }
}

impl Scope {
    /// Takes over what a group within misses.
    pub(super) fn miss_as(&mut self, inner: &Self) {
        if self.missing.is_none() {
            self.missing = inner.missing;
            self.missed_at = inner.missed_at;
            self.expected.clone_from(&inner.expected);
        }
    }
}

/// Why `found` should not stand after `before`, in a content that may hold `known` with `choices`,
/// where `missing` is due.
pub(super) fn why(
    found: &str,
    missing: Option<&'static str>,
    before: &[&str],
    known: Vec<&'static str>,
    choices: &[&'static str],
) -> Why {
    let Some(place) = known.iter().position(|name| *name == found) else { return Why::Unknown(known) };
    let stands = before.iter().rev().take_while(|name| **name == found).count();
    if stands > 0 {
        return Why::TooMany(stands);
    }
    if let Some(due) = missing {
        return Why::TooEarly(due);
    }
    let excludes = |other: &&&str| {
        choices
            .iter()
            .any(|choice| names(choice).any(|name| name == **other) && names(choice).any(|name| name == found))
    };
    if let Some(other) = before.iter().find(excludes) {
        return Why::Excluded((*other).to_owned());
    }
    let after = |other: &&&str| known.iter().position(|name| name == *other).is_some_and(|at| at > place);
    before.iter().find(after).map_or(Why::Unclear, |other| Why::TooLate((*other).to_owned()))
}
