//! Adds the entry of a new protocol version to the changelog.

use plesk_codegen::diff::Diff;

/// The heading of the changes that are not released yet.
const UNRELEASED: &str = "## Unreleased";

/// Adds an entry with the changes of `diff` as the first one below `## Unreleased`.
pub(super) fn add_entry(changelog: &str, diff: &Diff) -> String {
    // The entry is part of a release, so its headings move one level down.
    let nested = |line: &str| if line.starts_with("##") { format!("#{line}\n") } else { format!("{line}\n") };
    let entry: String = diff.to_markdown().lines().map(nested).collect();
    insert(changelog, entry.trim_end())
}

fn insert(changelog: &str, entry: &str) -> String {
    let lines: Vec<&str> = changelog.split_inclusive('\n').collect();
    let unreleased = lines.iter().position(|line| line.trim_end() == UNRELEASED);
    let release = || lines.iter().position(|line| line.starts_with("## ")).unwrap_or(lines.len());
    let (before, after) = match unreleased {
        Some(at) => (&lines[..at], &lines[at + 1..]),
        None => lines.split_at(release()),
    };
    let (before, after) = (before.concat(), after.concat());
    let parts = [before.trim(), UNRELEASED, entry, after.trim()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# Changelog\n\nIts format.\n";
    const RELEASE: &str = "\n## 0.1.0\n\n### Added\n- All.\n";

    #[test]
    fn insert_below_unreleased_puts_the_entry_first() {
        let changelog = format!("{HEAD}\n## Unreleased\n\n### Added\n- More.\n{RELEASE}");
        let entry = "### no\n\n#### packets\n\n- A change.";
        let text = insert(&changelog, entry);
        assert_eq!(text, format!("{HEAD}\n## Unreleased\n\n{entry}\n\n### Added\n- More.\n{RELEASE}"));
    }

    #[test]
    fn insert_after_a_release_adds_the_unreleased_section() {
        assert_eq!(insert(&format!("{HEAD}{RELEASE}"), "- It."), format!("{HEAD}\n## Unreleased\n\n- It.\n{RELEASE}"));
        assert_eq!(insert(HEAD, "- It."), format!("{HEAD}\n## Unreleased\n\n- It.\n"));
    }

    #[test]
    fn add_entry_moves_headings_one_level_down() {
        let entry = add_entry(HEAD, &Diff::default());
        assert!(entry.contains("\n### "), "{entry}");
    }
}
