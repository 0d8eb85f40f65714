//! What is not told: a secret that was not escaped looks like elements and attributes, and their
//! names would be parts of it.

use super::Reader;
use super::reader::Step;

/// What stands in messages for a name that is not told.
pub(super) const HIDDEN: &str = "(hidden)";

impl<'x> Reader<'x> {
    /// Tells nothing of what stands in the innermost element, if its value is a secret.
    pub(super) fn hide(&mut self, secret: bool) {
        if secret {
            self.told = Some(self.path.len());
        }
    }

    /// Whether the name of the innermost element may be told.
    pub(super) fn is_told(&self) -> bool {
        self.told.is_none_or(|told| self.path.len() <= told)
    }

    /// The steps of the path that may be told.
    pub(super) fn told_path(&self) -> &[Step<'x>] {
        self.told.and_then(|told| self.path.get(..told)).unwrap_or(&self.path)
    }

    /// Where the reader is, as far as it may be told: `packet/customer[2]/del`.
    pub(super) fn location_with_indices(&self) -> String {
        let mut path = String::new();
        for step in self.told_path() {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(step.name);
            if step.index > 0 {
                path.push_str(&format!("[{}]", step.index));
            }
        }
        path
    }
}
