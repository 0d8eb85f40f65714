//! Redaction of names inside secrets: an unescaped password can look like markup.

use super::state::{PathStep, Reader};

/// The replacement for a redacted name in messages.
pub(super) const REDACTED: &str = "***";

impl<'x> Reader<'x> {
    /// Redacts all names below the innermost element, if its value is a secret.
    pub(super) fn redact_below(&mut self, secret: bool) {
        if secret {
            self.visible_depth = Some(self.path.len());
        }
    }

    /// Returns `true` if messages may show the name of the innermost element.
    pub(super) fn is_visible(&self) -> bool {
        self.visible_depth.is_none_or(|depth| self.path.len() <= depth)
    }

    /// Returns the steps of the path that messages may show.
    pub(super) fn visible_steps(&self) -> &[PathStep<'x>] {
        self.visible_depth.and_then(|depth| self.path.get(..depth)).unwrap_or(&self.path)
    }

    /// Returns the path of the reader, as far as messages may show it: `packet/customer[2]/del`.
    pub(super) fn visible_path(&self) -> String {
        let mut path = String::new();
        for step in self.visible_steps() {
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
