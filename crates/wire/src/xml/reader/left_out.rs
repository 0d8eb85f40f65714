//! Leaves out optional elements that cannot be read, where the content around them keeps errors.
//!
//! One damaged value then costs the innermost optional element around it, and not the whole result.

use super::state::Reader;
use crate::xml::error::{ReadError, Result};

/// What was left out of the innermost content that keeps errors.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// `true` within such content.
    pub(super) allowed: bool,
    /// The error of the first element that was left out.
    pub(super) error: Option<Box<ReadError>>,
}

impl Reader<'_> {
    /// Skips the optional element at `start`, in the element at `depth`, which cannot be read, and keeps the error.
    ///
    /// # Errors
    /// `error`, unless the content around the element keeps errors.
    #[cold]
    pub(super) fn leave_out(&mut self, error: ReadError, start: usize, depth: usize) -> Result<()> {
        if error.is_fatal() || self.is_strict() || self.is_checking() || !self.left_out.allowed {
            return Err(error);
        }
        self.charge_error(&error)?;
        self.left_out.error.get_or_insert_with(|| Box::new(error));
        self.rewind(start, depth);
        self.skip_element().map(drop)
    }
}
