//! The collector of violations inside a checking reader.

use memchr::{memchr_iter, memrchr};

use super::violation::{Violation, Violations};

/// The greatest number of violations that are kept: a hostile document could have millions.
const MAX_KEPT: usize = 1_000;

/// The violations found so far, and the state that messages about the next one need.
#[derive(Debug, Default)]
pub(in crate::xml) struct Collector {
    /// The violations, each with the position of its element.
    found: Vec<(usize, Violation)>,
    /// The number of violations that were not kept.
    more: usize,
    /// The elements expected here: those that generated code has asked for since the last one was
    /// read.
    pub(in crate::xml) expected: Vec<&'static str>,
    /// The members of a content, while they are being listed.
    pub(in crate::xml) probe: Option<Members>,
    /// `true` if the value being read may be omitted.
    pub(in crate::xml) optional: bool,
}

/// The members of a content.
#[derive(Debug, Default)]
pub(in crate::xml) struct Members {
    /// All elements, in schema order.
    pub(in crate::xml) elements: Vec<&'static str>,
    /// The choices, each as the list of its alternatives.
    pub(in crate::xml) choices: Vec<&'static str>,
    /// `true` if any other element is allowed too.
    pub(in crate::xml) any: bool,
}

impl Collector {
    /// Returns `true` if no more violations are kept.
    pub(in crate::xml) fn is_full(&self) -> bool {
        self.found.len() >= MAX_KEPT
    }

    /// Adds a violation of the element at `position`.
    pub(in crate::xml) fn add(&mut self, position: usize, violation: Violation) {
        self.found.push((position, violation));
    }

    /// Counts a violation that is not kept.
    pub(in crate::xml) fn count_unkept(&mut self) {
        self.more += 1;
    }

    /// Makes room for one more violation, at the cost of the last one.
    pub(in crate::xml) fn make_room(&mut self) {
        if self.is_full() {
            self.found.pop();
            self.more += 1;
        }
    }

    /// Returns the violations in the order of `document`, with their lines and columns.
    pub(in crate::xml) fn into_violations(self, document: &str) -> Result<(), Violations> {
        let Self { mut found, more, .. } = self;
        if found.is_empty() {
            return Ok(());
        }
        found.sort_by_key(|(position, _)| *position);
        let (mut from, mut line, mut column) = (0, 1_u32, 1_u32);
        for (position, violation) in &mut found {
            let between = &document[from..*position];
            let lines = memchr_iter(b'\n', between.as_bytes()).count();
            let last = memrchr(b'\n', between.as_bytes()).map(|end| &between[end + 1..]);
            let saturated = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            line = line.saturating_add(saturated(lines));
            let base = if last.is_some() { 1 } else { column };
            column = base.saturating_add(saturated(last.unwrap_or(between).chars().count()));
            (violation.line, violation.column) = (Some(line), Some(column));
            from = *position;
        }
        Err(Violations { found: found.into_iter().map(|(_, violation)| violation).collect(), more })
    }
}
