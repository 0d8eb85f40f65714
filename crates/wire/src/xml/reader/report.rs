//! Reports of issues to the collector. A checking reader continues where any other reader stops at the
//! first error.

use super::expected::{explain_unexpected, list_members};
use super::options::Strictness;
use super::state::{PathStep, Reader};
use crate::xml::datatypes::scalar::Scalar;
use crate::xml::datatypes::simple_type::SimpleType;
use crate::xml::error::{ReadError, Result};
use crate::xml::names::split_alternatives;
use crate::xml::violations::issue::{Issue, Reason, Subject};
use crate::xml::violations::render::render;
use crate::xml::violations::violation::Violations;

/// The place that a text comes from. It is the last step of the path.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum TextSource {
    Element,
    Attribute,
}

impl Reader<'_> {
    /// Ends the check with `result`, the result of the reading, and returns all violations.
    pub(in crate::xml) fn finish_check(mut self, result: Result<()>) -> std::result::Result<(), Violations> {
        if let Err(error) = result {
            // The error that stopped the reading is always reported.
            if let Some(collector) = &mut self.collector {
                collector.make_room();
            }
            self.report_error(&error);
        }
        self.collector.take().unwrap_or_default().into_violations(self.doc)
    }

    /// Reports an issue of the innermost element.
    #[cold]
    pub(super) fn report(&mut self, issue: &Issue) {
        let position = self.path.last().map_or(0, |step| step.position);
        self.report_at(position, issue);
    }

    /// Reports an error that has no issue of its own.
    #[cold]
    pub(super) fn report_error(&mut self, error: &ReadError) {
        self.report_at(self.pos, &Issue::from(error));
    }

    #[cold]
    fn report_at(&mut self, position: usize, issue: &Issue) {
        let element = self.visible_steps().last().map_or("", |step| step.name);
        self.collect(position, issue, |path| Subject { path, element, attribute: None, value: None, secret: false });
    }

    /// Renders an issue and adds it to the collector, if there is room.
    fn collect<'s>(&mut self, position: usize, issue: &Issue, subject: impl FnOnce(String) -> Subject<'s>) {
        let has_room = self.collector.as_ref().is_some_and(|collector| !collector.is_full());
        let violation = has_room.then(|| render(issue, subject(self.visible_path())));
        if let Some(collector) = &mut self.collector {
            match violation {
                Some(violation) => collector.add(position, violation),
                None => collector.count_unkept(),
            }
        }
    }

    /// Parses the text of the innermost element or attribute. Reports a text that breaks a rule, and
    /// returns a placeholder if it has no value.
    #[inline(never)]
    pub(super) fn parse_checked<T: Scalar>(
        &mut self,
        text: &str,
        simple_type: &'static SimpleType,
        source: TextSource,
    ) -> T {
        let value = T::parse(text);
        let issue = match (simple_type.check(text), &value) {
            (Err(error), _) => {
                let optional = self.collector.as_ref().is_some_and(|collector| collector.optional);
                Some(Issue::Value { error, simple_type, optional })
            }
            (Ok(()), Err(error)) => Some(Issue::Range(error.problem)),
            (Ok(()), Ok(_)) => None,
        };
        if let Some(issue) = issue {
            self.report_text(&issue, text, T::SECRET || self.visible_depth.is_some(), source);
        }
        value.unwrap_or_else(|_| T::placeholder())
    }

    #[cold]
    fn report_text(&mut self, issue: &Issue, text: &str, secret: bool, source: TextSource) {
        let mut steps = self.path.iter().rev();
        let attribute = (source == TextSource::Attribute).then(|| steps.next().map(|step| step.name)).flatten();
        let (element, position) = steps.next().map_or(("", 0), |step| (step.name, step.position));
        self.collect(position, issue, |path| Subject { path, element, attribute, value: Some(text), secret });
    }

    /// Reports a misplaced element among the children of the innermost element, which begin at `first`, after a
    /// pass over them.
    ///
    /// Only the first one in each content is reported. The rest is read leniently, so that its values are
    /// checked too.
    pub(super) fn report_misplaced(&mut self, first: usize) -> Result<()> {
        let pass_end = self.pos;
        let unfinished = self.content.any_order && self.content.progress && !self.at_end();
        if self.content.reported || unfinished {
            return Ok(());
        }
        if self.content.missing.is_some() && !self.content.any_order {
            self.pos = self.content.missing_at;
        }
        if !self.at_end() {
            self.report_unexpected(first)?;
            self.content.reported = true;
            self.strictness = Strictness::Lenient;
        }
        self.pos = pass_end;
        Ok(())
    }

    /// Reports the next element as unexpected.
    #[cold]
    fn report_unexpected(&mut self, first: usize) -> Result<()> {
        let qualified = self.qualified_tag_name()?;
        let expected = self.take_expected();
        let complete = self.content.any_order && self.content.missing.is_none();
        let found = self.tag_name();
        let reason = if self.collector.as_ref().is_some_and(|collector| !collector.is_full()) {
            let members = self.content.ask.map(list_members).unwrap_or_default();
            let before = self.sibling_names(first, self.pos)?;
            explain_unexpected(found, self.content.missing, &before, members)
        } else {
            Reason::Unclear
        };
        self.path.push(PathStep { name: found, index: 0, position: self.pos });
        self.report(&Issue::Unexpected { qualified, expected, complete, reason });
        self.path.pop();
        Ok(())
    }

    /// Reports that the root element is not `expected`.
    #[cold]
    pub(super) fn report_root(&mut self, expected: &'static str) -> Result<()> {
        let qualified = self.qualified_tag_name()?;
        self.path.push(PathStep { name: self.tag_name(), index: 0, position: self.pos });
        self.report(&Issue::Root { qualified, expected });
        self.path.pop();
        Ok(())
    }

    /// Reports that a required member is missing at the end of the innermost element.
    #[cold]
    pub(super) fn report_missing(&mut self, missing: &'static str) {
        if let Some(collector) = &mut self.collector
            && collector.is_full()
        {
            return collector.count_unkept();
        }
        let expected = self.take_expected();
        let expected = if expected.is_empty() { split_alternatives(missing).collect() } else { expected };
        self.report(&Issue::Missing { missing, expected });
    }
}
