//! A comparison for people.

use std::fmt;

use anstyle::{AnsiColor, Effects, Style};

use super::change::{Change, ChangeKind, Diff, Direction, Subject, Verdict, Wire};

impl Change {
    /// What changed, in a few words: `element removed: email: string, optional`.
    pub fn what(&self) -> String {
        let head = format!("{} {}", self.subject, self.kind);
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => format!("{head}: {old} → {new}"),
            (Some(one), None) | (None, Some(one)) => format!("{head}: {one}"),
            (None, None) => head,
        }
    }

    /// What it means for the documents that cross the wire, in words.
    pub fn wire_words(&self) -> &'static str {
        match (self.wire, self.direction) {
            (Wire::Same, _) => "as before",
            (Wire::Meaning, _) => "the same documents, but not the same meaning",
            (Wire::Wider, Direction::Request) => "requests as before are valid, and others",
            (Wire::Wider, Direction::Response) => "answers as before, and others",
            (Wire::Wider, Direction::Both) => "documents as before are valid, and others",
            (Wire::Narrower, Direction::Request) => "some requests that were valid are refused",
            (Wire::Narrower, Direction::Response) => "some answers that were valid do not come any more",
            (Wire::Narrower, Direction::Both) => "some documents that were valid are not",
            (Wire::Different, Direction::Request) => "requests as before may be refused",
            (Wire::Different, Direction::Response) => "answers differ",
            (Wire::Different, Direction::Both) => "documents differ",
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Document => "document",
            Self::Operator => "operator",
            Self::Operation => "operation",
            Self::Type => "type",
            Self::Element => "element",
            Self::Group => "group",
            Self::Attribute => "attribute",
            Self::Text => "text",
            Self::Facet => "facet",
            Self::Value => "value",
            Self::Rust => "Rust",
        })
    }
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
            Self::Retyped => "retyped",
            Self::Occurrence => "occurrence",
            Self::Nillable => "nillable",
            Self::Default => "default",
            Self::Regrouped => "regrouped",
            Self::Changed => "changed",
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Text { diff: self, colours: Colours::NONE }.fmt(f)
    }
}

/// Everything in lines, grouped by operator.
struct Text<'a> {
    diff: &'a Diff,
    colours: Colours,
}

/// How parts of the text look.
struct Colours {
    heading: Style,
    added: Style,
    removed: Style,
    changed: Style,
    minor: Style,
    major: Style,
    aside: Style,
}

impl Colours {
    const NONE: Self = {
        let plain = Style::new();
        Self { heading: plain, added: plain, removed: plain, changed: plain, minor: plain, major: plain, aside: plain }
    };
    const SOME: Self = Self {
        heading: Style::new().bold(),
        added: AnsiColor::Green.on_default(),
        removed: AnsiColor::Red.on_default(),
        changed: AnsiColor::Cyan.on_default(),
        minor: AnsiColor::Yellow.on_default(),
        major: AnsiColor::Red.on_default().effects(Effects::BOLD),
        aside: Style::new().dimmed(),
    };

    fn of(&self, verdict: Verdict) -> Style {
        match verdict {
            Verdict::Patch => Style::new(),
            Verdict::Minor => self.minor,
            Verdict::Major => self.major,
        }
    }
}

impl Diff {
    /// The text of `Display`, with the escape codes of a terminal's colours.
    pub fn to_coloured_text(&self) -> String {
        Text { diff: self, colours: Colours::SOME }.to_string()
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (diff, heading, aside) = (self.diff, self.colours.heading, self.colours.aside);
        for (operator, changes) in diff.groups() {
            writeln!(f, "{heading}{operator}{heading:#}")?;
            changes.iter().try_for_each(|change| self.change(f, change))?;
            writeln!(f)?;
        }
        if !diff.documentation.is_empty() {
            writeln!(f, "{aside}Documentation differs, which is no change of the protocol:{aside:#}")?;
            diff.documentation.iter().try_for_each(|place| writeln!(f, "{aside}  {place}{aside:#}"))?;
            writeln!(f)?;
        }
        let (colour, verdict) = (self.colours.of(diff.verdict), diff.verdict);
        writeln!(f, "{}: {colour}{verdict}{colour:#}", diff.summary())?;
        // Of many reasons a few will do: the changes say which they are.
        let reasons = diff.reasons();
        reasons.iter().take(REASONS).try_for_each(|reason| writeln!(f, "  {reason}"))?;
        match reasons.len().saturating_sub(REASONS) {
            0 => Ok(()),
            more => writeln!(f, "  and {more} more"),
        }
    }
}

/// How many reasons of a verdict are shown.
const REASONS: usize = 10;
/// How many effects of a change on the Rust API are shown.
const EFFECTS: usize = 4;

impl Text<'_> {
    fn change(&self, f: &mut fmt::Formatter<'_>, change: &Change) -> fmt::Result {
        let (sign, colour) = match change.kind {
            ChangeKind::Added => ('+', self.colours.added),
            ChangeKind::Removed => ('-', self.colours.removed),
            _ => ('~', self.colours.changed),
        };
        let aside = self.colours.aside;
        writeln!(f, "  {colour}{sign} {}{colour:#}: {}", change.place, change.what())?;
        writeln!(f, "      {aside}{}{}{aside:#}", change.schema, change.uses())?;
        writeln!(f, "      wire: {}", change.wire_words())?;
        let (colour, verdict) = (self.colours.of(change.api.verdict), change.api.verdict);
        let effects = match &change.api.effects[..] {
            [] => "as before".to_owned(),
            all if all.len() > EFFECTS => format!("{}; and {} more", all[..EFFECTS].join("; "), all.len() - EFFECTS),
            all => all.join("; "),
        };
        writeln!(f, "      Rust: {colour}{verdict}{colour:#}: {effects}")
    }
}

impl Change {
    /// Where else it is used, if it is.
    pub(super) fn uses(&self) -> String {
        match self.operations.len() {
            0 | 1 => String::new(),
            n @ 2..=4 => format!(", used by {n} operations: {}", self.operations.join(", ")),
            n => format!(", used by {n} operations, such as {}", self.operations[..3].join(", ")),
        }
    }
}

impl Diff {
    /// The changes by operator, under what they are to be shown.
    pub(super) fn groups(&self) -> Vec<(&str, Vec<&Change>)> {
        let mut groups: Vec<(&str, Vec<&Change>)> = Vec::new();
        for change in &self.changes {
            let name = match &change.operator {
                Some(operator) => operator,
                None if change.operations.is_empty() => "packets",
                None => "several operators",
            };
            match groups.iter_mut().find(|(known, _)| *known == name) {
                Some((_, changes)) => changes.push(change),
                None => groups.push((name, vec![change])),
            }
        }
        groups
    }

    /// The versions, and how many changes there are.
    pub(super) fn summary(&self) -> String {
        let changes = match self.changes.len() {
            0 => "no changes".to_owned(),
            1 => "1 change".to_owned(),
            n => format!("{n} changes"),
        };
        if self.old == self.new { changes } else { format!("{} to {}, {changes}", self.old, self.new) }
    }
}
