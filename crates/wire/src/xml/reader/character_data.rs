//! Character data: between elements, and as the value of an element.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use super::markup::Markup;
use super::state::{PathStep, Reader};
use crate::xml::error::{ReadError, ReadErrorKind, Result};
use crate::xml::text;
use crate::xml::violations::issue::{AllowedContent, Issue};

impl<'x> Reader<'x> {
    /// Moves to the next start or end tag among the children of an element.
    pub(super) fn seek_tag(&mut self) -> Result<()> {
        loop {
            while matches!(self.byte(self.pos), Some(b' ' | b'\t' | b'\r' | b'\n')) {
                self.pos += 1;
            }
            match self.rest() {
                [b'<', b'!' | b'?', ..] => {
                    // libxml2 counts CDATA as text, even if it is empty.
                    if matches!(self.markup()?, Markup::CData(_)) && self.is_strict() {
                        self.refuse_text()?;
                    }
                }
                [b'<', _, ..] => return Ok(()),
                [_, _, ..] => {
                    let text = self.text_run()?;
                    if self.is_strict() && !text.chars().all(text::is_white_space) {
                        self.refuse_text()?;
                    }
                }
                _ => return Err(self.malformed("the document ends before its elements do")),
            }
        }
    }

    /// Refuses or reports text among the children of the innermost element.
    fn refuse_text(&mut self) -> Result<()> {
        if !self.is_checking() {
            return Err(self.error(ReadErrorKind::UnexpectedText));
        }
        if !std::mem::replace(&mut self.content.has_text, true) {
            self.report(&Issue::Text(AllowedContent::Elements));
        }
        Ok(())
    }

    /// Reads empty content and the end tag of `name`. Only comments and processing instructions are
    /// allowed, not even white space.
    pub(super) fn read_empty(&mut self, name: &str) -> Result<()> {
        while !self.at_end() {
            if self.at_other_markup() {
                if matches!(self.markup()?, Markup::Ignored) {
                    continue;
                }
            } else if matches!(self.rest(), [b'<', _, ..]) {
                let error = self.unexpected(None);
                return self.refuse_content(error, &Issue::Elements(AllowedContent::Nothing), name);
            } else {
                self.text_run()?;
            }
            let error = self.error(ReadErrorKind::UnexpectedText);
            return self.refuse_content(error, &Issue::Text(AllowedContent::Nothing), name);
        }
        self.close(name)
    }

    /// Refuses the content of the element `name`, which must be empty. A checking reader reports it and
    /// skips the content.
    fn refuse_content(&mut self, error: ReadError, issue: &Issue, name: &str) -> Result<()> {
        if !self.is_checking() || error.is_fatal() {
            return Err(error);
        }
        self.report(issue);
        while !self.at_end() {
            if self.at_other_markup() {
                self.markup()?;
            } else if self.rest().first() == Some(&b'<') {
                self.skip_element()?;
            } else {
                self.text_run()?;
            }
        }
        self.close(name)
    }

    /// Reads the character data up to the next `<`.
    pub(super) fn text_run(&mut self) -> Result<Cow<'x, str>> {
        let Some(length) = memchr(b'<', self.rest()) else {
            return Err(self.malformed("the document ends before its elements do"));
        };
        if length == 0 {
            return Ok(Cow::Borrowed(""));
        }
        let raw = &self.doc[self.pos..self.pos + length];
        if memchr(b'>', raw.as_bytes()).is_some() && memmem::find(raw.as_bytes(), b"]]>").is_some() {
            return Err(self.malformed("]]> in a text"));
        }
        let text = text::decode(raw).map_err(|message| self.malformed(message))?;
        self.pos += length;
        Ok(text)
    }

    /// Reads the element of `step`, which comes next and contains a text in any form.
    pub(super) fn element_text(&mut self, step: PathStep<'x>, secret: bool) -> Result<Cow<'x, str>> {
        let name = step.name;
        if let Some(text) = self.escaped_element_text(name) {
            return Ok(text);
        }
        self.path.push(step);
        self.redact_below(secret);
        self.empty_tag = self.open(name)?;
        self.finish_attributes()?;
        let text = self.inner_text(AllowedContent::Text)?;
        self.visible_depth = None;
        self.path.pop();
        Ok(text)
    }

    /// Reads the text of the innermost element, whose start tag was just read, and its end tag.
    pub(super) fn inner_text(&mut self, allowed: AllowedContent) -> Result<Cow<'x, str>> {
        match self.path.last() {
            Some(step) if !self.empty_tag => self.text_until_end(step.name, allowed),
            _ => {
                self.forget_declarations();
                Ok(Cow::Borrowed(""))
            }
        }
    }

    /// Reads character data up to and including the end tag of `name`.
    fn text_until_end(&mut self, name: &str, allowed: AllowedContent) -> Result<Cow<'x, str>> {
        let mut text = Cow::Borrowed("");
        let mut reported = false;
        loop {
            let run = self.text_run()?;
            text::append(&mut text, run);
            if self.at_end() {
                self.close(name)?;
                return Ok(text);
            }
            if self.at_other_markup() {
                if let Markup::CData(data) = self.markup()? {
                    text::append(&mut text, text::normalize_line_ends(data));
                }
            } else if self.is_strict() && !reported {
                let error = self.unexpected(None);
                if !self.is_checking() || error.is_fatal() {
                    return Err(error);
                }
                self.report(&Issue::Elements(allowed));
                reported = true;
            } else {
                self.skip_element()?;
                self.count_skipped(1);
            }
        }
    }
}
