//! Renders a comparison as text, in color for terminals.

use std::fmt;

use anstyle::{AnsiColor, Effects, Style};

use crate::diff::change::{Change, ChangeKind, Diff, SemverBump};

/// The maximum number of reasons shown for the version bump.
const MAX_REASONS: usize = 10;
/// The maximum number of API differences shown for a change.
const MAX_DIFFERENCES: usize = 4;

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Text { diff: self, palette: Palette::PLAIN }.fmt(f)
    }
}

impl Diff {
    /// Returns the text of `Display` with the escape codes for terminal colors.
    pub fn to_colored_text(&self) -> String {
        Text { diff: self, palette: Palette::COLORED }.to_string()
    }
}

/// A comparison to be rendered, grouped by operator.
struct Text<'a> {
    diff: &'a Diff,
    palette: Palette,
}

/// The styles of the parts of the text.
struct Palette {
    heading: Style,
    added: Style,
    removed: Style,
    changed: Style,
    minor: Style,
    major: Style,
    dimmed: Style,
}

impl Palette {
    const PLAIN: Self = {
        let plain = Style::new();
        Self { heading: plain, added: plain, removed: plain, changed: plain, minor: plain, major: plain, dimmed: plain }
    };
    const COLORED: Self = Self {
        heading: Style::new().bold(),
        added: AnsiColor::Green.on_default(),
        removed: AnsiColor::Red.on_default(),
        changed: AnsiColor::Cyan.on_default(),
        minor: AnsiColor::Yellow.on_default(),
        major: AnsiColor::Red.on_default().effects(Effects::BOLD),
        dimmed: Style::new().dimmed(),
    };

    fn of(&self, bump: SemverBump) -> Style {
        match bump {
            SemverBump::Patch => Style::new(),
            SemverBump::Minor => self.minor,
            SemverBump::Major => self.major,
        }
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (diff, heading, dimmed) = (self.diff, self.palette.heading, self.palette.dimmed);
        for (operator, changes) in diff.groups() {
            writeln!(f, "{heading}{operator}{heading:#}")?;
            changes.iter().try_for_each(|change| self.change(f, change))?;
            writeln!(f)?;
        }
        if !diff.documentation.is_empty() {
            writeln!(f, "{dimmed}Documentation changed; the protocol is the same here:{dimmed:#}")?;
            diff.documentation.iter().try_for_each(|origin| writeln!(f, "{dimmed}  {origin}{dimmed:#}"))?;
            writeln!(f)?;
        }
        let (style, bump) = (self.palette.of(diff.bump), diff.bump);
        writeln!(f, "{}: {style}{bump}{style:#} version", diff.summary())?;
        // A few reasons are enough, as all changes are listed above.
        let reasons = diff.reasons();
        reasons.iter().take(MAX_REASONS).try_for_each(|reason| writeln!(f, "  {reason}"))?;
        match reasons.len().saturating_sub(MAX_REASONS) {
            0 => Ok(()),
            more => writeln!(f, "  and {more} more"),
        }
    }
}

impl Text<'_> {
    fn change(&self, f: &mut fmt::Formatter<'_>, change: &Change) -> fmt::Result {
        let (sign, style) = match change.kind {
            ChangeKind::Added => ('+', self.palette.added),
            ChangeKind::Removed => ('-', self.palette.removed),
            _ => ('~', self.palette.changed),
        };
        let dimmed = self.palette.dimmed;
        writeln!(f, "  {style}{sign} {}{style:#}: {}", change.path, change.summary())?;
        writeln!(f, "      {dimmed}{}{}{dimmed:#}", change.origin, change.usage_summary())?;
        writeln!(f, "      wire: {}", change.wire_summary())?;
        let (style, bump) = (self.palette.of(change.api.bump), change.api.bump);
        let differences = match &change.api.differences[..] {
            [] => "unchanged".to_owned(),
            all if all.len() > MAX_DIFFERENCES => {
                format!("{}; and {} more", all[..MAX_DIFFERENCES].join("; "), all.len() - MAX_DIFFERENCES)
            }
            all => all.join("; "),
        };
        writeln!(f, "      Rust: {style}{bump}{style:#}: {differences}")
    }
}
