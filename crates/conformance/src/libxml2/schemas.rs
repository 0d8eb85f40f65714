//! The current schemas in a form that the installed libxml2 compiles.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::xmllint;
use crate::Direction;
use crate::protocol::{entry_point, schema_directory};

/// A directory of schemas that libxml2 compiles.
#[derive(Debug)]
pub(super) enum Schemas {
    Original(PathBuf),
    Portable(TempDir),
}

impl Schemas {
    /// Returns the schemas, or their portable form if libxml2 refuses them, or `None` if xmllint is not installed.
    pub(super) fn find() -> Option<Self> {
        let original = schema_directory();
        let entry_point = entry_point(Direction::Response);
        let output = xmllint::validate(&original, Path::new(entry_point), &[entry_point])?;
        Some(if output.contains("failed to compile") { Self::Portable(portable()) } else { Self::Original(original) })
    }

    pub(super) fn directory(&self) -> &Path {
        match self {
            Self::Original(directory) => directory,
            Self::Portable(directory) => directory.path(),
        }
    }
}

/// The file with the only type that strict processors of XML Schema 1.0 refuse, and libxml2 since 2.12.
const AMBIGUOUS: &str = "extension_output.xsd";

/// Copies the schemas, with the ambiguous type rewritten so that it accepts the same packets.
fn portable() -> TempDir {
    let directory = TempDir::new().expect("a temporary directory");
    for file in fs::read_dir(schema_directory()).expect("the directory of schemas") {
        let path = file.expect("a schema file").path();
        let mut text = fs::read_to_string(&path).expect("a readable schema file");
        let name = path.file_name().unwrap_or_default();
        if name == AMBIGUOUS {
            text = rewrite_ambiguous_type(&text).expect("an extension that ends with a wildcard");
        }
        fs::write(directory.path().join(name), text).expect("a schema file can be written");
    }
    directory
}

/// Replaces the `xs:complexContent` around the wildcard by a sequence of `status` and the wildcard.
fn rewrite_ambiguous_type(schema: &str) -> Option<String> {
    const END: &str = "</xs:complexContent>";
    let wildcard = schema.find("<xs:any ")?;
    let start = schema[..wildcard].rfind("<xs:complexContent>")?;
    let end = wildcard + schema[wildcard..].find(END)? + END.len();
    let wildcard = schema[wildcard..].split_inclusive("/>").next()?;
    let sequence = format!("<xs:sequence><xs:element name=\"status\" type=\"result_status\"/>{wildcard}</xs:sequence>");
    Some([&schema[..start], &sequence, &schema[end..]].concat())
}

#[cfg(test)]
mod tests {
    use super::super::verdict::parse_verdicts;
    use super::*;

    #[test]
    fn portable_schemas_accept_the_same_packets() {
        let directory = portable();
        let original = fs::read_to_string(schema_directory().join(AMBIGUOUS)).unwrap();
        let rewritten = fs::read_to_string(directory.path().join(AMBIGUOUS)).unwrap();
        let count = |text: &str, tag: &str| text.matches(tag).count();
        assert_eq!((count(&original, "<xs:any "), count(&rewritten, "<xs:any ")), (1, 1), "{rewritten}");
        assert_eq!(
            count(&rewritten, "<xs:complexContent>") + 1,
            count(&original, "<xs:complexContent>"),
            "{rewritten}"
        );
        let call = |inside: &str| {
            let result = format!("<call><result>{inside}</result></call>");
            format!("<packet><extension>{result}</extension></packet>")
        };
        let packets = [
            call("<status>ok</status><git/>"),
            call("<status>error</status><errcode>1</errcode><errtext>a</errtext>"),
            call("<status>ok</status>"),
            call("<git/>"),
        ];
        for (index, packet) in packets.iter().enumerate() {
            fs::write(directory.path().join(format!("{index}.xml")), packet).unwrap();
        }
        let files = [0, 1, 2, 3].map(|index| format!("{index}.xml"));
        let entry_point = Path::new(entry_point(Direction::Response));
        let Some(output) = xmllint::validate(directory.path(), entry_point, &files) else { return };
        let valid: Vec<bool> = parse_verdicts(&output, &files).iter().map(|verdict| verdict.valid).collect();
        assert_eq!(valid, [true, true, false, false], "{output}");
    }
}
