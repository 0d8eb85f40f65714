//! Character data: between tags, and as the value of an element.

use std::borrow::Cow;

use memchr::memmem;

use super::Reader;
use super::error::{ReadError, ReadErrorKind, Result};
use super::issue::{Holds, Issue};
use super::reader::Step;
use super::tags::Markup;
use super::text;

impl<'x> Reader<'x> {
    /// Moves to the next start or end tag among the children of an element.
    pub(super) fn seek_child(&mut self) -> Result<()> {
        loop {
            while matches!(self.byte(self.pos), Some(b' ' | b'\t' | b'\r' | b'\n')) {
                self.pos += 1;
            }
            match self.rest() {
                [b'<', b'!' | b'?', ..] => {
                    // libxml2 takes CDATA for text, even if it is empty.
                    if matches!(self.markup()?, Markup::CData(_)) && self.is_strict() {
                        self.text_among_elements()?;
                    }
                }
                [b'<', _, ..] => return Ok(()),
                [_, _, ..] => {
                    let text = self.text_run()?;
                    if self.is_strict() && !text.chars().all(text::is_space) {
                        self.text_among_elements()?;
                    }
                }
                _ => return Err(self.malformed("the text ends before its elements do")),
            }
        }
    }

    /// Refuses a text that stands among the children of the innermost element.
    fn text_among_elements(&mut self) -> Result<()> {
        if !self.is_checking() {
            return Err(self.error(ReadErrorKind::UnexpectedText));
        }
        if !std::mem::replace(&mut self.scope.has_text, true) {
            self.note(&Issue::Text(Holds::Elements));
        }
        Ok(())
    }

    /// Reads nothing but comments up to the end tag of `name`, and that: content that is declared
    /// empty may not even hold white space.
    pub(super) fn nothing_to(&mut self, name: &str) -> Result<()> {
        while !self.at_end() {
            if self.at_aside() {
                if matches!(self.markup()?, Markup::Aside) {
                    continue;
                }
            } else if matches!(self.rest(), [b'<', _, ..]) {
                let error = self.unexpected(None);
                return self.only_text_or_nothing(error, &Issue::Elements(Holds::Nothing), name);
            } else {
                self.text_run()?;
            }
            let error = self.error(ReadErrorKind::UnexpectedText);
            return self.only_text_or_nothing(error, &Issue::Text(Holds::Nothing), name);
        }
        self.close(name)
    }

    /// Refuses what stands in the element `name`, which must be empty.
    fn only_text_or_nothing(&mut self, error: ReadError, fault: &Issue, name: &str) -> Result<()> {
        if !self.is_checking() || error.is_fatal() {
            return Err(error);
        }
        self.note(fault);
        while !self.at_end() {
            if self.at_aside() {
                self.markup()?;
            } else if self.rest().first() == Some(&b'<') {
                self.skip_element()?;
            } else {
                self.text_run()?;
            }
        }
        self.close(name)
    }

    /// The character data up to the next `<`.
    pub(super) fn text_run(&mut self) -> Result<Cow<'x, str>> {
        let Some(length) = memchr::memchr(b'<', self.rest()) else {
            return Err(self.malformed("the text ends before its elements do"));
        };
        if length == 0 {
            return Ok(Cow::Borrowed(""));
        }
        let raw = &self.doc[self.pos..self.pos + length];
        // In a plain document there is none.
        if !self.plain && memmem::find(raw.as_bytes(), b"]]>").is_some() {
            return Err(self.malformed("]]> in a text"));
        }
        let text = text::decode(raw).map_err(|what| self.malformed(what))?;
        self.pos += length;
        Ok(text)
    }

    /// Reads `<name>text</name>`, if it stands here so plainly that the text needs no decoding.
    pub(super) fn plain_leaf(&mut self, name: &str) -> Option<&'x str> {
        let after = self.pos + 1 + name.len();
        if !self.plain || self.byte(after) != Some(b'>') {
            return None;
        }
        let text = self.doc.get(after + 1..)?;
        let length = memchr::memchr3(b'<', b'&', b'\r', text.as_bytes())?;
        let (tag, close) = (text.as_bytes().get(length..)?, name.len() + 2);
        if tag.get(close) != Some(&b'>') || !tag.starts_with(b"</") || &tag[2..close] != name.as_bytes() {
            return None;
        }
        self.pos = after + 1 + length + close + 1;
        Some(&text[..length])
    }

    /// Reads `<name>text</name>`, which stands here, the `index`-th of its name in a list, or 0,
    /// whatever stands between.
    pub(super) fn leaf_text(&mut self, name: &'static str, index: usize, secret: bool) -> Result<Cow<'x, str>> {
        self.path.push(Step { name, index, at: self.pos });
        self.hide(secret);
        self.empty = self.open(name)?;
        self.no_attributes()?;
        let text = self.own_text(Holds::Text)?;
        self.told = None;
        self.path.pop();
        Ok(text)
    }

    /// The text of the element whose start tag was just read, and its end tag.
    pub(super) fn own_text(&mut self, holds: Holds) -> Result<Cow<'x, str>> {
        match self.path.last() {
            Some(step) if !self.empty => self.text_to(step.name, holds),
            _ => {
                self.forget_declarations();
                Ok(Cow::Borrowed(""))
            }
        }
    }

    /// Reads character data up to the end tag of `name`, and that.
    fn text_to(&mut self, name: &str, holds: Holds) -> Result<Cow<'x, str>> {
        let mut text = Cow::Borrowed("");
        let mut noted = false;
        loop {
            let run = self.text_run()?;
            text::append(&mut text, run);
            if self.at_end() {
                self.close(name)?;
                return Ok(text);
            }
            if self.at_aside() {
                if let Markup::CData(data) = self.markup()? {
                    text::append(&mut text, text::end_of_lines(data));
                }
            } else if self.is_strict() && !noted {
                let error = self.unexpected(None);
                if !self.is_checking() || error.is_fatal() {
                    return Err(error);
                }
                self.note(&Issue::Elements(holds));
                noted = true;
            } else {
                self.skip_element()?;
                self.count_skipped(1);
            }
        }
    }
}
