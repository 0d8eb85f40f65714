//! Character data: between tags, and as the value of an element.

use std::borrow::Cow;

use memchr::memmem;

use super::Reader;
use super::error::{ReadErrorKind, Result};
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
                        return Err(self.error(ReadErrorKind::UnexpectedText));
                    }
                }
                [b'<', _, ..] => return Ok(()),
                [_, _, ..] => {
                    let text = self.text_run()?;
                    if self.is_strict() && !text.chars().all(text::is_space) {
                        return Err(self.error(ReadErrorKind::UnexpectedText));
                    }
                }
                _ => return Err(self.malformed("the text ends before its elements do")),
            }
        }
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
                return Err(self.unexpected(None));
            } else {
                self.text_run()?;
            }
            return Err(self.error(ReadErrorKind::UnexpectedText));
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
    pub(super) fn leaf_text(&mut self, name: &'static str, index: usize) -> Result<Cow<'x, str>> {
        self.path.push(Step { name, index });
        self.empty = self.open(name)?;
        self.no_attributes()?;
        let text = self.own_text()?;
        self.path.pop();
        Ok(text)
    }

    /// The text of the element whose start tag was just read, and its end tag.
    pub(super) fn own_text(&mut self) -> Result<Cow<'x, str>> {
        match self.path.last() {
            Some(step) if !self.empty => self.text_to(step.name),
            _ => {
                self.forget_declarations();
                Ok(Cow::Borrowed(""))
            }
        }
    }

    /// Reads character data up to the end tag of `name`, and that.
    fn text_to(&mut self, name: &str) -> Result<Cow<'x, str>> {
        let mut text = Cow::Borrowed("");
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
            } else if self.is_strict() {
                return Err(self.unexpected(None));
            } else {
                self.skip_element()?;
                self.count_skipped(1);
            }
        }
    }
}
