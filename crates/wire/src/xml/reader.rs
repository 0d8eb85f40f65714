//! The reader: where in the text we are, and what to say when it is wrong there.
//!
//! Plain tags and texts are matched on the bytes, against the name that the schema leads us to
//! expect; whatever else XML has (attributes, comments, CDATA …) is tokenized by quick-xml.

use std::borrow::Cow;

use memchr::{memchr_iter, memmem};

use super::error::{ReadError, ReadErrorKind, Result};
use super::hiding::HIDDEN;
use super::noting::Notes;
use super::scope::Scope;
use super::text;

/// How a text is held against the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// Nothing but what the schema allows, in its order: the verdict of a validating server.
    Strict,
    /// Unknown elements and attributes are skipped and counted, order does not matter; what is
    /// required is still required. For answers of servers newer than the schemas.
    Lenient,
}

/// What the reader refuses, however valid it may be.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// The size of the whole text, in bytes.
    pub size: usize,
    /// How deep elements may nest.
    pub depth: usize,
    /// How many attributes one element may have, and how many namespaces may be declared at once.
    pub attributes: usize,
    /// How much memory may be taken by what is read, in bytes: the items of lists at their size in
    /// memory, and texts. A text of nine bytes, `<result/>`, may become a struct of a kilobyte.
    pub memory: usize,
}

impl Limits {
    /// 64 MiB, 128 levels, 64 attributes, 512 MiB of memory.
    pub const DEFAULT: Self = Self { size: 64 << 20, depth: 128, attributes: 64, memory: 512 << 20 };
}

/// Reads one XML document.
///
/// Emitted code calls the methods that read a member each ([`leaf`](Self::text),
/// [`req`](Self::element), [`list`](Self::elements) …); programs start with [`Reader::new`] and
/// [`Reader::document`].
#[derive(Debug)]
pub struct Reader<'x> {
    pub(super) doc: &'x str,
    pub(super) pos: usize,
    pub(super) strictness: Strictness,
    pub(super) limits: Limits,
    pub(super) scope: Scope,
    pub(super) attributes: Vec<Attribute<'x>>,
    pub(super) namespaces: Vec<Declaration<'x>>,
    pub(super) path: Vec<Step<'x>>,
    /// How many steps of the path may be told, if not all: what stands deeper may be part of a secret.
    pub(super) told: Option<usize>,
    /// Whether the element being read is an empty tag, for content of text.
    pub(super) empty: bool,
    /// Whether plain markup may be matched on the bytes; otherwise all of it goes to quick-xml.
    pub(super) plain: bool,
    /// How many bytes of namespace declarations were copied into raw content.
    pub(super) copied: usize,
    /// How much more memory may be taken by what is read.
    pub(super) memory_left: usize,
    /// Whether the innermost content is a filter, or within one.
    pub(super) exact: bool,
    /// What a reader that checks has noted.
    pub(super) notes: Option<Box<Notes>>,
    line_mark: (usize, u32),
    skipped: u64,
}

#[derive(Clone, Debug)]
pub(super) struct Attribute<'x> {
    pub(super) name: &'x str,
    pub(super) value: Cow<'x, str>,
}

/// A namespace declaration that is in scope.
#[derive(Clone, Debug)]
pub(super) struct Declaration<'x> {
    /// How many elements are open within the one that declares it, itself included.
    pub(super) depth: usize,
    /// `xmlns` or `xmlns:prefix`.
    pub(super) name: &'x str,
    pub(super) value: Cow<'x, str>,
}

/// An element that is open, the `index`-th of its name in a list, or 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step<'x> {
    pub(super) name: &'x str,
    pub(super) index: usize,
    /// Where its start tag stands.
    pub(super) at: usize,
}

impl<'x> Reader<'x> {
    /// Begins to read `input`: checks its encoding and characters and passes the XML declaration.
    ///
    /// # Errors
    /// If `input` is larger than allowed, is not UTF-8, has characters that XML does not allow,
    /// or does not begin like XML.
    pub fn new(input: &'x [u8], strictness: Strictness, limits: Limits) -> Result<Self> {
        let fail = |kind, line| Err(ReadError::new(kind, line, String::new()));
        if input.len() > limits.size {
            return fail(ReadErrorKind::Limit("the text is larger than the limit"), 1);
        }
        if [b"\xFF\xFE", b"\xFE\xFF", b"<\0", b"\0<"].iter().any(|mark| input.starts_with(*mark)) {
            return fail(ReadErrorKind::Malformed("UTF-16 is not supported; use UTF-8".into()), 1);
        }
        let doc = match std::str::from_utf8(input) {
            Ok(doc) => doc.strip_prefix('\u{FEFF}').unwrap_or(doc),
            Err(e) => {
                let what = format!("not UTF-8 at byte {}", e.valid_up_to());
                return fail(ReadErrorKind::Malformed(what), text::line_after(&input[..e.valid_up_to()]));
            }
        };
        let mut reader = Self::begin(doc, strictness, limits)?;
        reader.declaration(true)?;
        Ok(reader)
    }

    /// Begins to read a text that was decoded as it says.
    pub(super) fn of(doc: &'x str, strictness: Strictness, limits: Limits) -> Result<Self> {
        let mut reader = Self::begin(doc, strictness, limits)?;
        reader.declaration(false)?;
        Ok(reader)
    }

    fn begin(doc: &'x str, strictness: Strictness, limits: Limits) -> Result<Self> {
        let mut reader = Self {
            doc,
            pos: 0,
            strictness,
            limits,
            scope: Scope::default(),
            attributes: Vec::new(),
            namespaces: Vec::new(),
            path: Vec::new(),
            told: None,
            empty: false,
            plain: memmem::find(doc.as_bytes(), b"]]>").is_none(),
            copied: 0,
            memory_left: limits.memory,
            exact: false,
            notes: None,
            line_mark: (0, 1),
            skipped: 0,
        };
        if let Some(at) = text::first_forbidden(doc) {
            reader.pos = at;
            return Err(reader.malformed("a character that XML does not allow"));
        }
        Ok(reader)
    }

    /// Switches the matching on bytes off, so that quick-xml reads all markup: the slow twin that
    /// tests hold the fast one against.
    #[doc(hidden)]
    #[must_use]
    pub fn by_events_only(mut self) -> Self {
        self.plain = false;
        self
    }

    /// How many elements and attributes were skipped so far because the schema does not know them
    /// there.
    pub fn skipped(&self) -> u64 {
        self.skipped
    }

    /// Whether the reader is strict.
    pub fn is_strict(&self) -> bool {
        self.strictness == Strictness::Strict
    }

    pub(super) fn count_skipped(&mut self, more: usize) {
        self.skipped += more as u64;
    }

    // --- where we are ---

    #[inline]
    pub(super) fn rest(&self) -> &'x [u8] {
        &self.doc.as_bytes()[self.pos..]
    }

    #[inline]
    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.doc.as_bytes().get(at).copied()
    }

    /// Whether the start tag of an element `name` stands next.
    #[inline]
    pub fn at(&mut self, name: &'static str) -> bool {
        let found = self.stands(name);
        if !found && self.is_checking() {
            self.note_asked(name);
        }
        found
    }

    #[inline]
    fn stands(&self, name: &str) -> bool {
        let (rest, end) = (self.rest(), name.len() + 1);
        // The byte after the name tells most names apart before they are compared.
        matches!(rest.get(end), Some(b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'))
            && rest[0] == b'<'
            && &rest[1..end] == name.as_bytes()
    }

    /// The name of the element that stands next; nothing if none does.
    pub fn name(&self) -> &str {
        if self.rest().first() == Some(&b'<') { self.name_here() } else { "" }
    }

    /// Whether an end tag stands next.
    #[inline]
    pub(super) fn at_end(&self) -> bool {
        self.rest().starts_with(b"</")
    }

    /// Whether a comment, a processing instruction or CDATA stands next, or a doctype.
    pub(super) fn at_aside(&self) -> bool {
        matches!(self.rest(), [b'<', b'!' | b'?', ..])
    }

    /// The name of the element whose start tag stands next.
    pub(super) fn name_here(&self) -> &'x str {
        let text = self.doc.get(self.pos + 1..).unwrap_or("");
        let ends = |b: &u8| matches!(b, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n');
        &text[..text.as_bytes().iter().position(ends).unwrap_or(text.len())]
    }

    /// Goes one element deeper.
    pub(super) fn step(&mut self, name: &'x str, index: usize) -> Result<()> {
        if self.path.len() >= self.limits.depth {
            return Err(self.error(ReadErrorKind::Limit("elements nest deeper than the limit")));
        }
        self.path.push(Step { name, index, at: self.pos });
        Ok(())
    }

    /// Back to the start tag at `start`, in the element at `depth`, as if nothing after was read.
    pub(super) fn rewind(&mut self, start: usize, depth: usize) {
        self.pos = start;
        self.path.truncate(depth);
        self.told = self.told.filter(|told| *told <= depth);
        self.namespaces.retain(|declaration| declaration.depth <= depth);
    }

    // --- errors ---

    #[cold]
    pub(super) fn error(&mut self, kind: ReadErrorKind) -> ReadError {
        let path = self.location_with_indices();
        // A reader that checks counts lines once, at the end.
        let line = if self.is_checking() { 0 } else { self.line() };
        ReadError::new(kind, line, path)
    }

    #[cold]
    pub(super) fn malformed(&mut self, what: impl Into<String>) -> ReadError {
        self.error(ReadErrorKind::Malformed(what.into()))
    }

    /// The element that stands next is not `expected`; or what looks like one is no tag.
    #[cold]
    pub(super) fn unexpected(&mut self, expected: Option<&'static str>) -> ReadError {
        let (start, depth, name) = (self.pos, self.path.len(), self.name_here());
        self.path.push(Step { name, index: 0, at: start });
        let tag = self.markup();
        self.rewind(start, depth);
        match tag {
            Ok(_) => {
                let found = if self.told.is_some() { HIDDEN } else { name };
                self.error(ReadErrorKind::Unexpected { found: found.chars().take(80).collect(), expected })
            }
            Err(error) => self.error(error.kind().clone()),
        }
    }

    /// The line at `pos`, counted from the last line asked for, so that many errors stay cheap.
    fn line(&mut self) -> u32 {
        let (from, line) = if self.line_mark.0 <= self.pos { self.line_mark } else { (0, 1) };
        let lines = memchr_iter(b'\n', &self.doc.as_bytes()[from..self.pos]).count();
        self.line_mark = (self.pos, line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX)));
        self.line_mark.1
    }
}
