//! Elements with a text that need no tokenizer: nearly all of them.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};

use super::state::Reader;
use crate::xml::scan::{find_markup, is_same_name};
use crate::xml::text::resolve_references;

/// A part of the document in which texts are taken as they are, but for references: it has no `\r`, which is normalized, and
/// no `]]>`, which is not allowed.
///
/// Both are rare. Searching for them ahead is faster than looking for them in each text, and each byte is searched once.
#[derive(Debug, Default)]
pub(super) struct PlainRange {
    start: usize,
    end: usize,
    /// The first `\r` at or after `start`.
    carriage_return: usize,
    /// The first `]]>` at or after `start`.
    section_end: usize,
}

impl PlainRange {
    /// Returns `true` if the part contains the text from `start` to `end`. Searches on where it ends before the text begins.
    #[inline]
    fn contains(&mut self, start: usize, end: usize, doc: &str) -> bool {
        if start > self.end {
            self.advance(start, doc);
        }
        // A reader that went back may be before the part.
        self.start <= start && end <= self.end
    }

    #[cold]
    fn advance(&mut self, start: usize, doc: &str) {
        let rest = doc.as_bytes().get(start..).unwrap_or_default();
        let at = |found: Option<usize>| found.map_or(doc.len(), |at| start + at);
        if self.carriage_return < start {
            self.carriage_return = at(memchr(b'\r', rest));
        }
        if self.section_end < start {
            let is_end = |at: &usize| rest[*at..].starts_with(b"]]>");
            self.section_end = at(memchr_iter(b']', rest).find(is_end));
        }
        (self.start, self.end) = (start, self.carriage_return.min(self.section_end));
    }
}

impl<'x> Reader<'x> {
    /// Reads `<name>text</name>` or `<name/>`, whose start tag comes next, if it is in plain form: no attributes, and a text
    /// that needs no decoding.
    pub(super) fn plain_element_text(&mut self, name: &str) -> Option<&'x str> {
        let (start, text) = match self.after_plain_tag(name)? {
            (start, Some(text)) => (start, text),
            (start, None) => {
                self.pos = start;
                return Some("");
            }
        };
        let length = find_markup(text)?;
        self.finish_plain_text(name, start, start + length)
    }

    /// Does the same for a text with references.
    pub(super) fn escaped_element_text(&mut self, name: &str) -> Option<Cow<'x, str>> {
        let (start, Some(text)) = self.after_plain_tag(name)? else { return None };
        let length = memchr(b'<', text)?;
        let before = self.pos;
        let text = resolve_references(self.finish_plain_text(name, start, start + length)?);
        if text.is_err() {
            self.pos = before;
        }
        text.ok()
    }

    /// Returns the position after the start tag of `name`, which comes next, and what follows it there, unless it is an empty
    /// tag. Returns `None` if the tag is not plain.
    #[inline(always)]
    fn after_plain_tag(&self, name: &str) -> Option<(usize, Option<&'x [u8]>)> {
        if !self.fast {
            return None;
        }
        let after = self.pos + 1 + name.len();
        match self.doc.as_bytes().get(after..)? {
            [b'>', text @ ..] => Some((after + 1, Some(text))),
            [b'/', b'>', ..] => Some((after + 2, None)),
            _ => None,
        }
    }

    /// Reads the plain text from `start` to `end`, and the end tag of `name` after it. Returns `None` if the one is not plain,
    /// or the other does not follow.
    #[inline(always)]
    fn finish_plain_text(&mut self, name: &str, start: usize, end: usize) -> Option<&'x str> {
        let tag = self.doc.as_bytes().get(end..)?.get(..name.len() + "</>".len())?;
        let ([b'<', b'/', found @ ..], b'>') = tag.split_last().map(|(last, tag)| (tag, last))? else { return None };
        if !is_same_name(found, name.as_bytes()) || !self.plain.contains(start, end, self.doc) {
            return None;
        }
        let text = self.doc.get(..end)?.get(start..)?;
        self.pos = end + tag.len();
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::{Limits, Strictness};

    /// Returns the text of each `<a>`, or `None` where it is not plain.
    fn plain_texts(doc: &str) -> Vec<Option<&str>> {
        let mut reader = Reader::new(doc.as_bytes(), Strictness::Lenient, Limits::DEFAULT).unwrap();
        let starts = doc.match_indices("<a").map(|(at, _)| at);
        starts
            .map(|at| {
                reader.pos = at;
                reader.plain_element_text("a")
            })
            .collect()
    }

    #[test]
    fn plain_texts_have_no_markup_and_no_line_end_to_normalize() {
        assert_eq!(plain_texts("<a>x</a><a/><a></a><a>]]</a>"), [Some("x"), Some(""), Some(""), Some("]]")]);
        assert_eq!(plain_texts("<a>&amp;</a><a x=''>y</a><a>y<b/></a><a>y</b>"), [None; 4]);
        assert_eq!(
            plain_texts("<a>x</a><a>\r</a><a>y</a>\r<a>]]></a><a>]]>\r</a><a>z</a>"),
            [Some("x"), None, Some("y"), None, None, Some("z")]
        );
    }

    #[test]
    fn plain_range_does_not_go_back() {
        let doc = "<a>\r</a><a>x</a>";
        let mut reader = Reader::new(doc.as_bytes(), Strictness::Lenient, Limits::DEFAULT).unwrap();
        for (at, text) in [(8, Some("x")), (0, None), (8, Some("x"))] {
            reader.pos = at;
            assert_eq!(reader.plain_element_text("a"), text, "{at}");
        }
    }

    #[test]
    fn escaped_texts_are_decoded() {
        let doc = "<a>x &lt;&amp;&#65;</a>";
        let mut reader = Reader::new(doc.as_bytes(), Strictness::Lenient, Limits::DEFAULT).unwrap();
        assert_eq!(reader.escaped_element_text("a").as_deref(), Some("x <&A"));
        let mut reader = Reader::new(b"<a>&x;</a>", Strictness::Lenient, Limits::DEFAULT).unwrap();
        assert_eq!(reader.escaped_element_text("a"), None);
        assert_eq!(reader.pos, 0);
    }
}
