//! Errors at the position of the reader.

use memchr::memchr_iter;

use super::redaction::REDACTED;
use super::state::{PathStep, Reader};
use crate::xml::error::{ReadError, ReadErrorKind};

/// The greatest number of characters of a name in an error.
pub(super) const MAX_NAME: usize = 80;

impl Reader<'_> {
    /// Creates an error in the innermost element, at the current position.
    #[cold]
    pub(super) fn error(&mut self, kind: ReadErrorKind) -> ReadError {
        let path = self.visible_path();
        // A checking reader counts lines once, at the end.
        let line = if self.is_checking() { 0 } else { self.line() };
        ReadError::new(kind, line, path)
    }

    /// Creates an error about a document that is not well-formed.
    #[cold]
    pub(super) fn malformed(&mut self, message: impl Into<String>) -> ReadError {
        self.error(ReadErrorKind::Malformed(message.into()))
    }

    /// Creates an error about the next element, which is not `expected`. If it is not a valid tag, the
    /// error says so.
    #[cold]
    pub(super) fn unexpected(&mut self, expected: Option<&'static str>) -> ReadError {
        let (start, depth, name) = (self.pos, self.path.len(), self.tag_name());
        self.path.push(PathStep { name, index: 0, position: start });
        let tag = self.markup();
        self.rewind(start, depth);
        match tag {
            Ok(_) => {
                let found = if self.visible_depth.is_some() { REDACTED } else { name };
                self.error(ReadErrorKind::Unexpected { found: found.chars().take(MAX_NAME).collect(), expected })
            }
            Err(error) => self.error(error.kind().clone()),
        }
    }

    /// Returns the line of the current position. It is counted from the line of the last error, so that
    /// many errors stay cheap.
    fn line(&mut self) -> u32 {
        let (from, line) = if self.counted_line.0 <= self.pos { self.counted_line } else { (0, 1) };
        let lines = memchr_iter(b'\n', &self.doc.as_bytes()[from..self.pos]).count();
        self.counted_line = (self.pos, line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX)));
        self.counted_line.1
    }
}
