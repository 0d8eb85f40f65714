//! Children whose names only the caller knows, such as the operators of a packet.

use super::state::{PathStep, Reader};
use crate::xml::content::Content;
use crate::xml::error::{ReadError, Result};

impl<'x> Reader<'x> {
    /// Returns the name of the next child, or `None` at the end of its parent.
    pub fn peek(&self) -> Option<&'x str> {
        (!self.at_end() && self.rest().first() == Some(&b'<')).then(|| self.tag_name())
    }

    /// Reads the element `name`, which comes next, and its children with `read`. Children that `read`
    /// leaves are unknown.
    pub fn read_children(
        &mut self,
        name: &'static str,
        index: usize,
        read: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        self.enter(name, index)?;
        let empty = self.open(name)?;
        self.finish_attributes()?;
        if !empty {
            self.seek_tag()?;
            read(self)?;
            while !self.at_end() {
                self.skip_unknown()?;
            }
            self.close(name)?;
        } else {
            self.forget_declarations();
        }
        self.path.pop();
        self.advance()
    }

    /// Reads the element `name`, which comes next. The inner result is an error within the element after
    /// which a lenient reader can continue.
    pub fn read_recoverable<T: Content>(
        &mut self,
        name: &'static str,
        index: usize,
    ) -> Result<std::result::Result<T, ReadError>> {
        let (start, depth) = (self.pos, self.path.len());
        let mut value = T::placeholder();
        match self.read_element(name, index, &mut value) {
            Ok(()) => {
                self.advance()?;
                Ok(Ok(value))
            }
            Err(error) if error.is_fatal() || self.is_strict() => Err(error),
            Err(error) => {
                self.rewind(start, depth);
                self.skip_element()?;
                self.advance()?;
                Ok(Err(error))
            }
        }
    }

    /// Skips the next element, which the schema does not know. A strict reader refuses it.
    pub fn skip_unknown(&mut self) -> Result<()> {
        if self.is_strict() {
            return Err(self.unexpected(None));
        }
        self.skip_element()?;
        self.count_skipped(1);
        self.advance()
    }

    /// Returns the path of the reader without indices, for errors of callers: `packet/customer/del`.
    pub fn path(&self) -> String {
        self.path.iter().map(|PathStep { name, .. }| *name).collect::<Vec<_>>().join("/")
    }
}
