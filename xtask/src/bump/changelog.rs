//! The entry of a new protocol in the changelog.

use plesk_codegen::diff::Diff;

/// Where what is not released yet stands.
const UNRELEASED: &str = "## Unreleased";

/// The changelog with an entry for these differences, first among what is not released yet.
pub(super) fn with_entry(changelog: &str, diff: &Diff) -> String {
    // One level further down, as the entry is part of a release.
    let deeper = |line: &str| if line.starts_with("##") { format!("#{line}\n") } else { format!("{line}\n") };
    let entry: String = diff.to_markdown().lines().map(deeper).collect();
    inserted(changelog, entry.trim_end())
}

fn inserted(changelog: &str, entry: &str) -> String {
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
    fn the_entry_comes_first_among_what_is_not_released() {
        let changelog = format!("{HEAD}\n## Unreleased\n\n### Added\n- More.\n{RELEASE}");
        let entry = "### no\n\n#### packets\n\n- A change.";
        let text = inserted(&changelog, entry);
        assert_eq!(text, format!("{HEAD}\n## Unreleased\n\n{entry}\n\n### Added\n- More.\n{RELEASE}"));
    }

    #[test]
    fn after_a_release_there_is_a_new_section() {
        assert_eq!(
            inserted(&format!("{HEAD}{RELEASE}"), "- It."),
            format!("{HEAD}\n## Unreleased\n\n- It.\n{RELEASE}")
        );
        assert_eq!(inserted(HEAD, "- It."), format!("{HEAD}\n## Unreleased\n\n- It.\n"));
    }

    #[test]
    fn headings_are_those_of_a_part_of_a_release() {
        let entry = with_entry(HEAD, &Diff::default());
        assert!(entry.contains("\n### "), "{entry}");
    }
}
