//! The entry of a new protocol in the changelog.

use plesk_codegen::diff::Diff;

/// Where what is not released yet stands.
const UNRELEASED: &str = "## Unreleased";

/// The changelog with an entry for these differences, first among what is not released yet.
pub(super) fn with_entry(changelog: &str, diff: &Diff) -> String {
    // One level further down, as the entry is part of a release.
    let entry: String = diff
        .to_markdown()
        .lines()
        .map(|line| {
            let deeper = if line.starts_with("##") { "#" } else { "" };
            format!("{deeper}{line}\n")
        })
        .collect();
    let entry = format!("\n{}\n", entry.trim_end());
    let lines: Vec<&str> = changelog.split_inclusive('\n').collect();
    if let Some(at) = lines.iter().position(|line| line.trim_end() == UNRELEASED) {
        let (before, after) = lines.split_at(at + 1);
        return format!("{}{entry}{}", before.concat(), after.concat());
    }
    let at = lines.iter().position(|line| line.starts_with("## ")).unwrap_or(lines.len());
    let (before, after) = lines.split_at(at);
    format!("{}\n{UNRELEASED}\n{entry}\n{}", before.concat().trim_end().to_owned() + "\n", after.concat())
}
