//! A comparison in Markdown, for a changelog or a review.

use std::fmt::Write;

use super::change::{Change, Diff, Verdict};

impl Diff {
    /// The changes as Markdown: a heading an operator, from the second level on, and an item a change.
    pub fn to_markdown(&self) -> String {
        let mut text = String::new();
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "## {}: {}", self.summary(), self.verdict());
        for (operator, changes) in self.groups() {
            let operator = if changes[0].operator.is_some() { format!("`{operator}`") } else { operator.to_owned() };
            let _ = writeln!(text, "\n### {operator}\n");
            for change in changes {
                let _ = writeln!(text, "{}", item(change));
            }
        }
        if !self.unnamed.is_empty() {
            let _ = writeln!(text, "\n### The Rust API could not be compared\n");
            self.unnamed.iter().for_each(|problem| _ = writeln!(text, "- {problem}"));
        }
        if !self.documentation.is_empty() {
            let _ = writeln!(text, "\n### Documentation\n");
            self.documentation.iter().for_each(|place| _ = writeln!(text, "- `{place}`"));
        }
        text
    }
}

/// A change: what it is, and, indented, what it means.
fn item(change: &Change) -> String {
    let verdict = match change.api.verdict {
        Verdict::Patch => "",
        Verdict::Minor => " (minor)",
        Verdict::Major => " (**major**)",
    };
    let mut text = format!("- `{}`: {}{verdict}", change.place, change.what());
    let _ = write!(text, "\n  - wire: {}{}", change.wire_words(), change.uses());
    for effect in &change.api.effects {
        let _ = write!(text, "\n  - {effect}");
    }
    text
}
