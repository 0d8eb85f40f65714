//! Validates packets with libxml2.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use tempfile::TempDir;

use super::schemas::Schemas;
use super::verdict::{Verdict, parse_verdicts};
use super::xmllint;
use crate::Direction;
use crate::protocol::entry_point;

/// Validates `packets` with the current schemas, all in one call. Returns `None` if xmllint is not installed.
///
/// # Panics
/// If xmllint does not start, or refuses the schemas.
pub fn verdicts(direction: Direction, packets: &[impl AsRef<[u8]>]) -> Option<Vec<Verdict>> {
    static SCHEMAS: LazyLock<Option<Schemas>> = LazyLock::new(Schemas::find);
    verdicts_with_schema(&SCHEMAS.as_ref()?.directory().join(entry_point(direction)), packets)
}

/// Validates `packets` with the schema file `schema`. Returns `None` if xmllint is not installed.
///
/// # Panics
/// If xmllint does not start, or refuses the schema.
pub fn verdicts_with_schema(schema: &Path, packets: &[impl AsRef<[u8]>]) -> Option<Vec<Verdict>> {
    let schema = schema.canonicalize().expect("the schema file exists");
    let directory = TempDir::new().expect("a temporary directory");
    let files: Vec<String> = (0..packets.len()).map(|index| format!("{index}.xml")).collect();
    for (file, packet) in files.iter().zip(packets) {
        fs::write(directory.path().join(file), packet).expect("a packet can be written");
    }
    let output = xmllint::validate(directory.path(), &schema, &files)?;
    assert!(!output.contains("failed to compile"), "{output}");
    Some(parse_verdicts(&output, &files))
}

/// Returns `true` if libxml2 compiles the schema file `schema`. Returns `None` if xmllint is not installed.
///
/// # Panics
/// If xmllint does not start.
pub fn compiles(schema: &Path) -> Option<bool> {
    let directory = schema.parent().unwrap_or(Path::new("."));
    // Any document shows it.
    let output = xmllint::validate(directory, schema, &[schema])?;
    Some(!output.contains("failed to compile"))
}

/// Asserts the verdict of libxml2 on `packet`, if xmllint is installed.
///
/// # Panics
/// If the verdict differs from `valid`.
#[track_caller]
pub fn assert_verdict(direction: Direction, packet: &str, valid: bool) {
    if let Some(verdicts) = verdicts(direction, &[packet]) {
        assert_eq!(verdicts[0].valid, valid, "{}\n{direction:?} {packet}", verdicts[0].messages.join("\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_have_the_messages_of_their_packets() {
        let packets = ["<packet/>", "<packet><ip><get/></ip></packet>", "<a"];
        let Some(verdicts) = verdicts(Direction::Request, &packets) else { return };
        assert_eq!([0, 1, 2].map(|index: usize| verdicts[index].valid), [false, true, false]);
        assert!(verdicts[0].messages[0].contains("Missing child element"), "{verdicts:?}");
        assert!(verdicts[1].messages.is_empty(), "{verdicts:?}");
        assert!(xmllint::version().unwrap().starts_with("2."));
    }
}
