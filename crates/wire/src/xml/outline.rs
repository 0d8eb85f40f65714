//! Reading children whose names only the caller knows, as those of a packet.

use super::error::{ReadError, Result};
use super::reader::Step;
use super::{Content, Reader};

impl<'x> Reader<'x> {
    /// The name of the element that stands next, or `None` at the end of its parent.
    pub fn peek(&self) -> Option<&'x str> {
        (!self.at_end() && self.rest().first() == Some(&b'<')).then(|| self.name_here())
    }

    /// Reads the element that stands here and bears `name`, its children with `f`; what `f` leaves
    /// is unknown.
    pub fn within(&mut self, name: &'static str, index: usize, f: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        self.step(name, index)?;
        let empty = self.open(name)?;
        self.no_attributes()?;
        if !empty {
            self.seek_child()?;
            f(self)?;
            while !self.at_end() {
                self.unknown()?;
            }
            self.close(name)?;
        } else {
            self.forget_declarations();
        }
        self.path.pop();
        self.advance()
    }

    /// Reads the element that stands here and bears `name`. An error within it that leaves the
    /// rest of the text readable is the inner result.
    pub fn isolated<T: Content>(
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

    /// Passes the element that stands here, which the schema does not know; a strict reader
    /// refuses it.
    pub fn unknown(&mut self) -> Result<()> {
        if self.is_strict() {
            return Err(self.unexpected(None));
        }
        self.skip_element()?;
        self.count_skipped(1);
        self.advance()
    }

    /// Where the reader is, for errors of callers: `packet/customer/del`.
    pub fn location(&self) -> String {
        self.path.iter().map(|Step { name, .. }| *name).collect::<Vec<_>>().join("/")
    }
}
