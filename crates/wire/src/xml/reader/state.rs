//! The state of a reader: its position in the document, the open elements and the options.
//!
//! Plain tags and texts are matched on the bytes, against the name that the schema makes us expect.
//! All other markup (attributes, comments, CDATA …) is tokenized by quick-xml.

use std::any::Any;
use std::borrow::Cow;
use std::sync::Arc;

use super::content_state::ContentState;
use super::dyn_content::Ask;
use super::left_out::LeftOut;
use super::options::{Limits, Strictness};
use super::plain::PlainRange;
use crate::xml::error::{ReadError, ReadErrorKind, Result};
use crate::xml::scan::{find_forbidden_char, is_same_name};
use crate::xml::text::line_number;
use crate::xml::violations::collector::{Collector, Members};

/// A reader of one XML document.
///
/// Programs start with [`Reader::new`] and [`Reader::document`]. Generated code calls the methods that
/// read one member each ([`text`](Self::text), [`element`](Self::element),
/// [`elements`](Self::elements) …).
#[derive(Debug)]
pub struct Reader<'x> {
    pub(super) doc: &'x str,
    pub(super) pos: usize,
    pub(super) strictness: Strictness,
    pub(super) limits: Limits,
    /// The state of the content, or group, that is being read.
    pub(super) content: ContentState,
    /// The attributes of the start tag that was read last.
    pub(super) attributes: Vec<Attribute<'x>>,
    pub(super) namespaces: Vec<Declaration<'x>>,
    /// The open elements.
    pub(super) path: Vec<PathStep<'x>>,
    /// The members of the content that the reader had to know, by the function that asks for them.
    pub(super) known: Vec<(Ask, Members)>,
    /// The number of path steps that messages may show, if not all. Deeper names may be part of a
    /// secret.
    pub(super) visible_depth: Option<usize>,
    /// `true` if the start tag that was read last is an empty tag.
    pub(super) empty_tag: bool,
    /// `true` if plain markup may be matched on the bytes; `false` if quick-xml tokenizes all of it.
    pub(super) fast: bool,
    /// Where texts may be taken as they are.
    pub(super) plain: PlainRange,
    /// The size of the namespace declarations that were copied into raw content.
    pub(super) copied_declarations: usize,
    /// The memory that the parsed data may still take.
    pub(super) memory_left: usize,
    /// `true` within a filter, at any depth; see [`Content::DENY_UNKNOWN`](crate::xml::Content).
    pub(super) deny_unknown: bool,
    /// The violations found so far, if the reader checks.
    pub(super) collector: Option<Box<Collector>>,
    /// `true` unless only violations matter, and not the texts that were read.
    pub(super) keep_texts: bool,
    /// A position and its line, from which later lines are counted.
    pub(super) counted_line: (usize, u32),
    pub(super) skipped: u64,
    pub(super) left_out: LeftOut,
    /// What the caller lends to the content that is read.
    context: Option<Arc<dyn Any + Send + Sync>>,
}

#[derive(Clone, Debug)]
pub(super) struct Attribute<'x> {
    pub(super) name: &'x str,
    pub(super) value: Cow<'x, str>,
}

/// A namespace declaration that is in scope.
#[derive(Clone, Debug)]
pub(super) struct Declaration<'x> {
    /// The depth of the declaring element; the root element has depth 1.
    pub(super) depth: usize,
    /// `xmlns` or `xmlns:prefix`.
    pub(super) name: &'x str,
    pub(super) value: Cow<'x, str>,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
pub(super) struct PathStep<'x> {
    pub(super) name: &'x str,
    /// Its number in its list, or 0 outside a list.
    pub(super) index: usize,
    /// The position of its start tag.
    pub(super) position: usize,
}

impl<'x> Reader<'x> {
    /// Starts to read `input`: checks its encoding and characters and reads the XML declaration.
    ///
    /// # Errors
    /// If `input` is larger than the limit, is not UTF-8, contains characters that XML does not allow,
    /// or has an invalid XML declaration.
    pub fn new(input: &'x [u8], strictness: Strictness, limits: Limits) -> Result<Self> {
        let fail = |kind, line| Err(ReadError::new(kind, line, String::new()));
        if input.len() > limits.size {
            return fail(ReadErrorKind::Limit("the document is larger than the limit"), 1);
        }
        if [b"\xFF\xFE", b"\xFE\xFF", b"<\0", b"\0<"].iter().any(|mark| input.starts_with(*mark)) {
            return fail(ReadErrorKind::Malformed("UTF-16 is not supported; use UTF-8".into()), 1);
        }
        let doc = match std::str::from_utf8(input) {
            Ok(doc) => doc.strip_prefix('\u{FEFF}').unwrap_or(doc),
            Err(e) => {
                let message = format!("invalid UTF-8 at byte {}", e.valid_up_to());
                return fail(ReadErrorKind::Malformed(message), line_number(&input[..e.valid_up_to()]));
            }
        };
        let mut reader = Self::start(doc, strictness, limits)?;
        reader.declaration(true)?;
        Ok(reader)
    }

    /// Starts to read a document that was decoded from the encoding that it declares.
    pub(in crate::xml) fn from_decoded(doc: &'x str, strictness: Strictness, limits: Limits) -> Result<Self> {
        let mut reader = Self::start(doc, strictness, limits)?;
        reader.declaration(false)?;
        Ok(reader)
    }

    fn start(doc: &'x str, strictness: Strictness, limits: Limits) -> Result<Self> {
        let mut reader = Self {
            doc,
            pos: 0,
            strictness,
            limits,
            content: ContentState::default(),
            attributes: Vec::new(),
            namespaces: Vec::new(),
            path: Vec::new(),
            known: Vec::new(),
            visible_depth: None,
            empty_tag: false,
            fast: true,
            plain: PlainRange::default(),
            copied_declarations: 0,
            memory_left: limits.memory,
            deny_unknown: false,
            collector: None,
            keep_texts: true,
            counted_line: (0, 1),
            skipped: 0,
            left_out: LeftOut::default(),
            context: None,
        };
        if let Some(at) = find_forbidden_char(doc) {
            reader.pos = at;
            return Err(reader.malformed("a character that XML does not allow"));
        }
        Ok(reader)
    }

    /// Turns the matching on bytes off, so that quick-xml tokenizes all markup. Tests compare this slow
    /// reader with the fast one.
    #[doc(hidden)]
    #[must_use]
    pub fn by_events_only(mut self) -> Self {
        self.fast = false;
        self
    }

    /// Makes the reader strict and lets it collect violations instead of stopping at the first.
    pub(in crate::xml) fn checking(mut self) -> Self {
        self.collector = Some(Box::default());
        self.strictness = Strictness::Strict;
        self
    }

    /// Sets a value that content can use while it is read, such as the request that a response belongs to.
    pub fn set_context(&mut self, context: Option<Arc<dyn Any + Send + Sync>>) {
        self.context = context;
    }

    /// Returns the value that [`set_context`](Self::set_context) set last.
    pub fn context(&self) -> Option<&Arc<dyn Any + Send + Sync>> {
        self.context.as_ref()
    }

    /// Lets a checking reader return placeholders for valid texts.
    pub(in crate::xml) fn without_texts(mut self) -> Self {
        self.keep_texts = false;
        self
    }

    /// Returns the number of elements and attributes that were skipped so far, because the schema does
    /// not know them at their place.
    pub fn skipped(&self) -> u64 {
        self.skipped
    }

    /// Returns `true` if the reader is strict.
    pub fn is_strict(&self) -> bool {
        self.strictness == Strictness::Strict
    }

    /// Returns `true` if the reader collects violations.
    #[inline]
    pub(super) fn is_checking(&self) -> bool {
        self.collector.is_some()
    }

    pub(super) fn count_skipped(&mut self, more: usize) {
        self.skipped += more as u64;
    }

    // --- the position ---

    #[inline]
    pub(super) fn rest(&self) -> &'x [u8] {
        &self.doc.as_bytes()[self.pos..]
    }

    #[inline]
    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.doc.as_bytes().get(at).copied()
    }

    /// Returns `true` if the start tag of an element `name` comes next.
    pub fn at(&mut self, name: &'static str) -> bool {
        self.at_next(name)
    }

    /// Does the same as [`at`](Self::at), for the few callers that read most elements.
    #[inline(always)]
    pub(super) fn at_next(&mut self, name: &'static str) -> bool {
        let found = self.at_start_tag(name);
        if !found && self.is_checking() {
            self.expect(name);
        }
        found
    }

    #[inline(always)]
    fn at_start_tag(&self, name: &str) -> bool {
        let Some((tag, [after, ..])) = self.rest().split_at_checked(name.len() + 1) else { return false };
        let Some((b'<', tag)) = tag.split_first() else { return false };
        // The byte after the name rules most names out before they are compared.
        matches!(after, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n') && is_same_name(tag, name.as_bytes())
    }

    /// Returns `true` if an end tag comes next.
    #[inline]
    pub(super) fn at_end(&self) -> bool {
        self.rest().starts_with(b"</")
    }

    /// Returns `true` if a comment, a processing instruction, CDATA or a doctype comes next.
    pub(super) fn at_other_markup(&self) -> bool {
        matches!(self.rest(), [b'<', b'!' | b'?', ..])
    }

    /// Returns the name of the next element, or "" if no tag comes next.
    pub fn name(&self) -> &str {
        if self.rest().first() == Some(&b'<') { self.tag_name() } else { "" }
    }

    /// Returns the name of the element whose start tag comes next.
    pub(super) fn tag_name(&self) -> &'x str {
        let text = self.doc.get(self.pos + 1..).unwrap_or("");
        let ends = |b: &u8| matches!(b, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n');
        &text[..text.as_bytes().iter().position(ends).unwrap_or(text.len())]
    }

    /// Enters the element `name`, whose start tag comes next.
    pub(super) fn enter(&mut self, name: &'x str, index: usize) -> Result<()> {
        if self.path.len() >= self.limits.depth {
            return Err(self.error(ReadErrorKind::Limit("elements nest deeper than the limit")));
        }
        self.path.push(PathStep { name, index, position: self.pos });
        Ok(())
    }

    /// Goes back to the start tag at `start`, in the element at `depth`, as if nothing after it had been
    /// read.
    pub(super) fn rewind(&mut self, start: usize, depth: usize) {
        self.pos = start;
        self.path.truncate(depth);
        self.visible_depth = self.visible_depth.filter(|visible| *visible <= depth);
        self.namespaces.retain(|declaration| declaration.depth <= depth);
    }
}
