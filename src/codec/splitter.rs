//! Splits a response that is still arriving into parts, each of which can be read before the rest arrives.
//!
//! A part is a document of its own: the start tags around one element of the response, the element, and the end tags.
//! The reader of whole responses reads it, so that both ways of reading accept the same. The splitter only finds where
//! elements begin and end. Whatever it does not understand becomes part of a document, which the reader refuses.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr3, memmem};

use super::OperationPath;

/// A response to one operation, of which any number of bytes has arrived.
pub(crate) struct Splitter {
    /// The elements around a result, from the root down: `packet`, the operator, the operation.
    names: Vec<&'static str>,
    buffer: Vec<u8>,
    /// The start of what is in no part yet.
    start: usize,
    /// The position up to which `buffer` was searched.
    at: usize,
    inside: Inside,
    /// The XML declaration, which every part begins with.
    declaration: Vec<u8>,
    /// The open elements around the next part.
    open: Vec<Open>,
    /// The number of open elements within the next part.
    depth: usize,
    /// The line of `start`.
    line: u32,
    /// The number of elements of the operation so far.
    replies: usize,
    /// `true` after the end tag of the root element.
    is_closed: bool,
    /// `true` if the root element is not that of a packet with content. Then there are no parts.
    is_foreign: bool,
}

/// An open element.
struct Open {
    start_tag: Vec<u8>,
    /// The number of its children so far.
    children: usize,
}

/// The markup around the position of a [`Splitter`].
#[derive(Clone, Copy, PartialEq)]
enum Inside {
    Text,
    /// Markup that ends with this text.
    Until(&'static [u8]),
    /// A tag, and an attribute's value in it if it is quoted.
    Tag {
        start: usize,
        quote: Option<u8>,
    },
}

/// A part of a response, as a document.
pub(crate) struct Part {
    pub(crate) document: Vec<u8>,
    pub(crate) kind: PartKind,
    /// The line in `document` where the part begins, and the same line of the response.
    pub(crate) lines: (u32, u32),
    /// The number of the element in its parent, starting at 1.
    pub(crate) number: usize,
    /// The number of the operation's element that it is in or after, starting at 1.
    pub(crate) reply: usize,
    /// `true` if there is more than the tags around it.
    pub(crate) has_content: bool,
}

/// What is in a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartKind {
    /// A child of the operation's element: a result.
    Result,
    /// The end of the operation's element, which has no children in this part.
    End,
    /// Another element of the packet.
    Other,
    /// No element, only what precedes or follows one.
    Between,
}

impl Splitter {
    pub(crate) fn new(path: OperationPath) -> Self {
        let names = ["packet", path.operator].iter().chain(path.path).copied().collect();
        Self {
            names,
            buffer: Vec::new(),
            start: 0,
            at: 0,
            inside: Inside::Text,
            declaration: Vec::new(),
            open: Vec::new(),
            depth: 0,
            line: 1,
            replies: 0,
            is_closed: false,
            is_foreign: false,
        }
    }

    /// Returns the number of elements of the operation so far.
    pub(crate) fn replies(&self) -> usize {
        self.replies
    }

    /// Returns `true` after the end tag of the root element.
    pub(crate) fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Returns `true` if the root element is not that of a packet with content.
    pub(crate) fn is_foreign(&self) -> bool {
        self.is_foreign
    }

    /// Returns what is in no part.
    pub(crate) fn into_rest(self) -> Vec<u8> {
        self.buffer[self.start..].to_vec()
    }

    /// Adds bytes that arrived.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        /// Bytes that were read are removed when there are so many of them.
        const SPARE: usize = 64 << 10;
        if self.start > SPARE.max(self.buffer.len() / 2) {
            self.buffer.drain(..self.start);
            self.at -= self.start;
            if let Inside::Tag { start, .. } = &mut self.inside {
                *start -= self.start;
            }
            self.start = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// Returns the next part that has arrived.
    pub(crate) fn next_part(&mut self) -> Option<Part> {
        loop {
            // What follows the root element is judged when all of it is there.
            if self.is_closed || self.is_foreign {
                return None;
            }
            match self.inside {
                Inside::Text => self.find_markup()?,
                Inside::Until(end) => match memmem::find(&self.buffer[self.at..], end) {
                    Some(found) => (self.at, self.inside) = (self.at + found + end.len(), Inside::Text),
                    None => {
                        let overlap = self.buffer.len().saturating_sub(end.len() - 1);
                        self.at = self.at.max(overlap);
                        return None;
                    }
                },
                Inside::Tag { start, quote } => {
                    if !self.find_tag_end(start, quote) {
                        return None;
                    }
                    self.inside = Inside::Text;
                    if let Some(part) = self.on_tag(start..self.at) {
                        return Some(part);
                    }
                }
            }
        }
    }

    /// Returns what is left at the end of the response, if anything is: an element that breaks off, or what follows the packet.
    pub(crate) fn finish(self) -> Option<Part> {
        let rest = self.start..self.buffer.len();
        if self.is_closed {
            if self.buffer[rest.clone()].trim_ascii().is_empty() {
                return None;
            }
            // Something must precede it.
            let mut part = self.part(rest.end..rest.end, PartKind::Between);
            part.document.extend_from_slice(b"<packet/>");
            part.document.extend_from_slice(&self.buffer[rest]);
            return Some(part);
        }
        let mut part = self.part(rest, PartKind::Between);
        part.document.truncate(part.document.len() - self.end_tags().len());
        Some(part)
    }

    /// Moves to the next markup that has begun, and determines what it is.
    fn find_markup(&mut self) -> Option<()> {
        const OTHERS: [(&[u8], &[u8]); 3] = [(b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>")];
        let Some(found) = memchr(b'<', &self.buffer[self.at..]) else {
            self.at = self.buffer.len();
            self.skip_blanks();
            return None;
        };
        self.at += found;
        let rest = &self.buffer[self.at..];
        if let Some((begin, end)) = OTHERS.iter().find(|(begin, _)| rest.starts_with(begin)) {
            self.at += begin.len();
            self.inside = Inside::Until(end);
        } else if OTHERS.iter().any(|(begin, _)| begin.starts_with(rest)) {
            return None;
        } else {
            self.inside = Inside::Tag { start: self.at, quote: None };
            self.at += 1;
        }
        Some(())
    }

    /// Drops blanks between parts.
    fn skip_blanks(&mut self) {
        let between = &self.buffer[self.start..self.at];
        if self.depth == 0 && !self.open.is_empty() && between.trim_ascii().is_empty() {
            self.line += count_lines(between);
            self.start = self.at;
        }
    }

    /// Moves behind the end of the tag at `start`. Returns `false` if it has not arrived.
    fn find_tag_end(&mut self, start: usize, mut quote: Option<u8>) -> bool {
        let is_start_tag = !matches!(self.buffer.get(start + 1), Some(b'/' | b'!'));
        loop {
            let rest = &self.buffer[self.at..];
            let found = match quote {
                Some(quote) => memchr(quote, rest),
                None if is_start_tag => memchr3(b'>', b'"', b'\'', rest),
                None => memchr(b'>', rest),
            };
            let Some(found) = found else {
                self.at = self.buffer.len();
                self.inside = Inside::Tag { start, quote };
                return false;
            };
            let byte = rest[found];
            self.at += found + 1;
            quote = match (quote, byte) {
                (None, b'>') => return true,
                (None, quote) => Some(quote),
                (Some(_), _) => None,
            };
        }
    }

    /// Processes the tag at `tag`, which is followed by `at`. Returns the part that it ends.
    fn on_tag(&mut self, tag: Range<usize>) -> Option<Part> {
        let text = &self.buffer[tag.clone()];
        match text[1] {
            b'!' => None,
            b'/' if self.depth > 1 => {
                self.depth -= 1;
                None
            }
            b'/' if self.depth == 1 => {
                self.depth = 0;
                Some(self.element())
            }
            b'/' => self.on_end_tag(tag),
            _ => {
                let is_empty = text.ends_with(b"/>");
                if self.depth > 0 {
                    self.depth += usize::from(!is_empty);
                    return None;
                }
                let is_next =
                    self.names.get(self.open.len()).is_some_and(|name| name.as_bytes() == name_of(&text[1..]));
                if is_next && !is_empty {
                    return self.descend(tag);
                }
                self.is_foreign = self.open.is_empty();
                self.depth = usize::from(!is_empty);
                // An empty element of the operation is a reply too.
                self.replies += usize::from(is_next && is_empty && self.open.len() + 1 == self.names.len());
                (is_empty && !self.is_foreign).then(|| self.element())
            }
        }
    }

    /// Enters an element around results. Returns what precedes it, if there is anything.
    fn descend(&mut self, tag: Range<usize>) -> Option<Part> {
        let before = self.start..tag.start;
        let start_tag = self.buffer[tag.clone()].to_vec();
        if let Some(parent) = self.open.last_mut() {
            parent.children += 1;
        }
        self.replies += usize::from(self.open.len() + 1 == self.names.len());
        let part = if self.open.is_empty() {
            // The root element is read once with all that precedes it.
            let mut part = self.part(self.start..tag.end, PartKind::Between);
            part.document.extend_from_slice(b"</packet>");
            self.declaration = declaration(&self.buffer[before]).to_vec();
            Some(part)
        } else {
            self.between(before)
        };
        self.open.push(Open { start_tag, children: 0 });
        self.move_to(tag.end);
        part
    }

    /// Leaves an element around results.
    fn on_end_tag(&mut self, tag: Range<usize>) -> Option<Part> {
        let is_open = self
            .open
            .last()
            .is_some_and(|open| name_of(&open.start_tag[1..]) == name_of(&self.buffer[tag.start + 2..tag.end]));
        if !is_open {
            // The reader refuses the wrong end tag.
            return Some(self.element());
        }
        let before = self.start..tag.start;
        let part = match self.open.len() == self.names.len() {
            true => Some(self.part(before, PartKind::End)),
            false => self.between(before),
        };
        self.open.pop();
        self.is_closed = self.open.is_empty();
        self.move_to(tag.end);
        part
    }

    /// Returns the part with the element that ends at `at`.
    fn element(&mut self) -> Part {
        let kind = if self.open.len() == self.names.len() { PartKind::Result } else { PartKind::Other };
        if let Some(parent) = self.open.last_mut() {
            parent.children += 1;
        }
        let part = self.part(self.start..self.at, kind);
        self.move_to(self.at);
        part
    }

    /// Returns what is between two parts, if there is anything.
    fn between(&self, range: Range<usize>) -> Option<Part> {
        (!self.buffer[range.clone()].trim_ascii().is_empty()).then(|| self.part(range, PartKind::Between))
    }

    /// Returns these bytes of the response as a document, with the tags around them.
    fn part(&self, range: Range<usize>, kind: PartKind) -> Part {
        let mut document = self.declaration.clone();
        self.open.iter().for_each(|open| document.extend_from_slice(&open.start_tag));
        let first_line = 1 + count_lines(&document);
        let content = &self.buffer[range];
        let has_content = !content.trim_ascii().is_empty();
        document.extend_from_slice(content);
        document.extend_from_slice(&self.end_tags());
        let number = self.open.last().map_or(0, |parent| parent.children);
        Part { document, kind, lines: (first_line, self.line), number, reply: self.replies, has_content }
    }

    fn end_tags(&self) -> Vec<u8> {
        self.open.iter().rev().flat_map(|open| [b"</", name_of(&open.start_tag[1..]), b">"].concat()).collect()
    }

    fn move_to(&mut self, position: usize) {
        self.line += count_lines(&self.buffer[self.start..position]);
        self.start = position;
    }
}

/// Returns the XML declaration that `prolog` begins with, or nothing.
fn declaration(prolog: &[u8]) -> &[u8] {
    let prolog = prolog.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(prolog);
    match memmem::find(prolog, b"?>") {
        Some(end) if prolog.starts_with(b"<?xml") => &prolog[..end + 2],
        _ => b"",
    }
}

/// Returns the name at the start of `tag`.
fn name_of(tag: &[u8]) -> &[u8] {
    let ends = |byte: &u8| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n');
    &tag[..tag.iter().position(ends).unwrap_or(tag.len())]
}

fn count_lines(text: &[u8]) -> u32 {
    u32::try_from(memchr_iter(b'\n', text).count()).unwrap_or(u32::MAX)
}
