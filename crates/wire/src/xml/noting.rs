//! A reader that checks: it takes note of what is wrong and goes on, where any other stops at the
//! first error.

use super::asking::why;
use super::erased::Erased;
use super::error::{ReadError, Result};
use super::issue::{Issue, Subject, Why, names};
use super::reader::Step;
use super::violation::{Violation, Violations};
use super::{ContentKind, Reader, Scalar, SimpleType, Strictness};

/// So many violations are kept; a hostile text could have millions.
const KEPT: usize = 1_000;

/// What a checking reader knows beside what every reader knows.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The violations, each with the place of its element.
    found: Vec<(usize, Violation)>,
    more: usize,
    /// What may stand here: the elements asked for since the last one was read.
    pub(super) asked: Vec<&'static str>,
    /// All elements of a content, while they are being listed, and its choices.
    pub(super) listing: Option<(Vec<&'static str>, Vec<&'static str>)>,
    /// Whether the value being read may be left out.
    pub(super) optional: bool,
}

/// Where a text stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    Element,
    Attribute,
}

impl<'x> Reader<'x> {
    /// Makes the reader a strict one that checks.
    pub(super) fn checking(mut self) -> Self {
        self.notes = Some(Box::default());
        self.strictness = Strictness::Strict;
        self
    }

    #[inline]
    pub(super) fn is_checking(&self) -> bool {
        self.notes.is_some()
    }

    /// The verdict, when the text has been read up to its end or to `stop`.
    pub(super) fn verdict(mut self, stop: Result<()>) -> std::result::Result<(), Violations> {
        if let Err(error) = stop {
            // What stopped the reading is told, however much was wrong before.
            if let Some(notes) = self.notes.as_mut().filter(|notes| notes.found.len() >= KEPT) {
                notes.found.pop();
                notes.more += 1;
            }
            self.note_error(&error);
        }
        let Notes { mut found, more, .. } = *self.notes.take().unwrap_or_default();
        if found.is_empty() {
            return Ok(());
        }
        found.sort_by_key(|(at, _)| *at);
        let (mut from, mut line, mut column) = (0, 1_u32, 1_u32);
        for (at, violation) in &mut found {
            let between = &self.doc[from..*at];
            let lines = memchr::memchr_iter(b'\n', between.as_bytes()).count();
            let last = memchr::memrchr(b'\n', between.as_bytes()).map(|end| &between[end + 1..]);
            let saturated = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            line = line.saturating_add(saturated(lines));
            let base = if last.is_some() { 1 } else { column };
            column = base.saturating_add(saturated(last.unwrap_or(between).chars().count()));
            (violation.line, violation.column) = (Some(line), Some(column));
            from = *at;
        }
        Err(Violations { found: found.into_iter().map(|(_, violation)| violation).collect(), more })
    }

    /// Takes note of `fault` in the innermost element.
    #[cold]
    pub(super) fn note(&mut self, fault: &Issue) {
        let at = self.path.last().map_or(0, |step| step.at);
        self.note_at(at, fault);
    }

    #[cold]
    fn note_at(&mut self, at: usize, fault: &Issue) {
        let element = self.told_path().last().map_or("", |step| step.name);
        self.keep(at, fault, |path| Subject { path, element, attribute: None, value: None, secret: false });
    }

    fn keep<'s>(&mut self, at: usize, fault: &Issue, subject: impl FnOnce(String) -> Subject<'s>) {
        let kept = self.notes.as_ref().map_or(KEPT, |notes| notes.found.len());
        let violation = (kept < KEPT).then(|| fault.violation(subject(self.location_with_indices())));
        if let Some(notes) = &mut self.notes {
            match violation {
                Some(violation) => notes.found.push((at, violation)),
                None => notes.more += 1,
            }
        }
    }

    /// Takes note of an error that has no fault of its own.
    #[cold]
    pub(super) fn note_error(&mut self, error: &ReadError) {
        self.note_at(self.pos, &Issue::from(error));
    }

    /// The value of `text`, of the innermost element or attribute; a blank one if it breaks a rule.
    #[inline(never)]
    pub(super) fn judged<T: Scalar>(&mut self, text: &str, of: &'static SimpleType, place: Place) -> T {
        let value = T::parse(text);
        let fault = match (of.check(text), &value) {
            (Err(broken), _) => {
                let optional = self.notes.as_ref().is_some_and(|notes| notes.optional);
                Some(Issue::Value { broken, of, optional })
            }
            (Ok(()), Err(unreadable)) => Some(Issue::Range(unreadable.problem)),
            (Ok(()), Ok(_)) => None,
        };
        if let Some(fault) = fault {
            self.note_text(&fault, text, T::SECRET || self.told.is_some(), place);
        }
        value.unwrap_or_else(|_| T::placeholder())
    }

    #[cold]
    fn note_text(&mut self, fault: &Issue, text: &str, secret: bool, place: Place) {
        let mut steps = self.path.iter().rev();
        let attribute = (place == Place::Attribute).then(|| steps.next().map(|step| step.name)).flatten();
        let (element, at) = steps.next().map_or(("", 0), |step| (step.name, step.at));
        self.keep(at, fault, |path| Subject { path, element, attribute, value: Some(text), secret });
    }

    /// Takes note of what should not stand among the children of a `T`, which begin at `first`, after
    /// a pass over them; the rest of them is then read leniently, for the values that are wrong in it.
    pub(super) fn note_misplaced(&mut self, value: &dyn Erased, first: usize) -> Result<()> {
        let ended = self.pos;
        if self.scope.faulty || (value.form() == ContentKind::All && self.scope.progress && !self.at_end()) {
            return Ok(());
        }
        if self.scope.missing.is_some() && !self.scope.any_order {
            self.pos = self.scope.missed_at;
        }
        if !self.at_end() {
            self.note_unexpected(value, first)?;
            self.scope.faulty = true;
            self.strictness = Strictness::Lenient;
        }
        self.pos = ended;
        Ok(())
    }

    /// Takes note that the element standing here should not.
    #[cold]
    fn note_unexpected(&mut self, value: &dyn Erased, first: usize) -> Result<()> {
        let qualified = self.qualified_name()?;
        let expected = self.expected();
        let complete = self.scope.any_order && self.scope.missing.is_none();
        let found = self.name_here();
        let why = if self.notes.as_ref().is_some_and(|notes| notes.found.len() < KEPT) {
            let (known, choices) = self.members(value);
            let before = self.names_between(first, self.pos)?;
            why(found, self.scope.missing, &before, known, &choices)
        } else {
            Why::Unclear
        };
        self.path.push(Step { name: found, index: 0, at: self.pos });
        self.note(&Issue::Unexpected { qualified, expected, complete, why });
        self.path.pop();
        Ok(())
    }

    /// Takes note that the root element is not `due`.
    #[cold]
    pub(super) fn note_root(&mut self, due: &'static str) -> Result<()> {
        let qualified = self.qualified_name()?;
        self.path.push(Step { name: self.name_here(), index: 0, at: self.pos });
        self.note(&Issue::Root { qualified, due });
        self.path.pop();
        Ok(())
    }

    /// Takes note that the required `due` is missing at the end of the innermost element.
    #[cold]
    pub(super) fn note_missing(&mut self, due: &'static str) {
        let expected = self.expected();
        let expected = if expected.is_empty() { names(due).collect() } else { expected };
        self.note(&Issue::Missing { due, expected });
    }
}
