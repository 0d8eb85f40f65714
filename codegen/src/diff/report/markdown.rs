//! Renders a comparison as Markdown, for a changelog or a review.

use std::fmt::Write;

use crate::diff::change::{Change, Diff, SemverBump};

impl Diff {
    /// Returns the changes as Markdown: a heading for each operator, from the second level on, and an item for each
    /// change.
    pub fn to_markdown(&self) -> String {
        let mut text = String::new();
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "## {}: {} version", self.summary(), self.bump);
        for (operator, changes) in self.groups() {
            let operator = if changes[0].operator.is_some() { format!("`{operator}`") } else { operator.to_owned() };
            let _ = writeln!(text, "\n### {operator}\n");
            for change in changes {
                let _ = writeln!(text, "{}", item(change));
            }
        }
        if !self.api_problems.is_empty() {
            let _ = writeln!(text, "\n### The Rust API could not be compared\n");
            self.api_problems.iter().for_each(|problem| _ = writeln!(text, "- {problem}"));
        }
        if !self.documentation.is_empty() {
            let _ = writeln!(text, "\n### Documentation\n");
            self.documentation.iter().for_each(|origin| _ = writeln!(text, "- `{origin}`"));
        }
        text
    }
}

/// Renders a change with its impact as nested items.
fn item(change: &Change) -> String {
    let bump = match change.api.bump {
        SemverBump::Patch => "",
        SemverBump::Minor => " (minor)",
        SemverBump::Major => " (**major**)",
    };
    let mut text = format!("- `{}`: {}{bump}", change.path, change.summary());
    let _ = write!(text, "\n  - wire: {}{}", change.wire_summary(), change.usage_summary());
    for difference in &change.api.differences {
        let _ = write!(text, "\n  - {difference}");
    }
    text
}
