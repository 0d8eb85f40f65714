//! The reference: what libxml2, with which the server validates, says about packets.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{LazyLock, Once};
use std::{fs, io};

use tempfile::TempDir;

use crate::Direction;
use crate::protocol::{entry, schemas};

/// What libxml2 says about a packet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the packet is valid.
    pub valid: bool,
    /// What is wrong with it, a line each; empty if it is valid.
    pub messages: Vec<String>,
}

/// Asks xmllint about each of `packets` in one call; `None` if it is not installed, which is said once.
///
/// # Panics
/// If xmllint cannot be asked, or refuses the schemas.
pub fn verdicts(direction: Direction, packets: &[impl AsRef<[u8]>]) -> Option<Vec<Verdict>> {
    static FOLDER: LazyLock<Option<Folder>> = LazyLock::new(Folder::of_schemas);
    let schemas = FOLDER.as_ref().or_else(|| {
        skipped();
        None
    })?;
    verdicts_of(&schemas.path().join(entry(direction)), packets)
}

/// The same with the schema file `schema`, whose folder holds the others.
///
/// # Panics
/// If xmllint cannot be asked, or refuses the schemas.
pub fn verdicts_of(schema: &Path, packets: &[impl AsRef<[u8]>]) -> Option<Vec<Verdict>> {
    let schema = schema.canonicalize().expect("the schema file");
    let folder = TempDir::new().expect("a folder for packets");
    let names: Vec<String> = (0..packets.len()).map(|at| format!("{at}.xml")).collect();
    for (name, packet) in names.iter().zip(packets) {
        fs::write(folder.path().join(name), packet).expect("a packet is written");
    }
    let output = xmllint(folder.path(), &schema, &names)?;
    assert!(!output.contains("failed to compile"), "{output}");
    Some(read(&output, &names))
}

/// Checks that libxml2 finds `packet` valid, or invalid, if it can be asked.
///
/// # Panics
/// If it does not.
#[track_caller]
pub fn assert_verdict(direction: Direction, packet: &str, valid: bool) {
    if let Some(verdicts) = verdicts(direction, &[packet]) {
        assert_eq!(verdicts[0].valid, valid, "{}\n{direction:?} {packet}", verdicts[0].messages.join("\n"));
    }
}

/// The version of libxml2, such as `2.9.14`, if xmllint is installed.
pub fn version() -> Option<String> {
    let output = Command::new("xmllint").arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let digits: u32 = text.split("version ").nth(1)?.split_whitespace().next()?.split('-').next()?.parse().ok()?;
    Some(format!("{}.{}.{}", digits / 10_000, digits / 100 % 100, digits % 100))
}

/// What xmllint says of the files `names` in `folder`; `None` if it is not installed.
fn xmllint(folder: &Path, schema: &Path, names: &[impl AsRef<OsStr>]) -> Option<String> {
    let run = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .args(names)
        .current_dir(folder)
        .stdout(Stdio::null())
        .output();
    match run {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        run => Some(String::from_utf8_lossy(&run.expect("xmllint starts").stderr).into_owned()),
    }
}

/// Sorts the lines of xmllint by the files that they are about. A message goes on in further lines where it repeats a
/// value that has some.
fn read(output: &str, names: &[String]) -> Vec<Verdict> {
    let mut found: HashMap<&str, Verdict> = HashMap::new();
    let mut about = None;
    for line in output.lines() {
        if let Some(name) = line.strip_suffix(".xml validates").filter(|name| is_number(name)) {
            found.insert(name, Verdict { valid: true, messages: Vec::new() });
        } else if line.ends_with(".xml fails to validate") {
            about = None;
        } else if let Some((name, message)) = line.split_once(".xml:").filter(|(name, _)| is_number(name)) {
            found.entry(name).or_default().messages.push(message.to_owned());
            about = Some(name).filter(|_| message.contains("validity error"));
        } else if let Some(message) = about.and_then(|name| found.get_mut(name)?.messages.last_mut()) {
            message.push('\n');
            message.push_str(line);
        }
    }
    names.iter().map(|name| found.remove(name.trim_end_matches(".xml")).unwrap_or_default()).collect()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Says once, past the capture of the test harness, that the reference is missing.
fn skipped() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = writeln!(io::stderr(), "SKIPPED: xmllint is not installed, so no packet was held against libxml2");
    });
}

/// The folder of schemas that libxml2 compiles.
#[derive(Debug)]
enum Folder {
    Own(PathBuf),
    Portable(TempDir),
}

impl Folder {
    /// The schemas, or their portable form if libxml2 refuses them; `None` if xmllint is not installed.
    fn of_schemas() -> Option<Self> {
        let own = schemas();
        let probe = xmllint(&own, Path::new(entry(Direction::Answer)), &[entry(Direction::Answer)])?;
        Some(if probe.contains("failed to compile") { Self::Portable(portable()) } else { Self::Own(own) })
    }

    fn path(&self) -> &Path {
        match self {
            Self::Own(path) => path,
            Self::Portable(folder) => folder.path(),
        }
    }
}

/// The only type of the schemas that strict processors of XML Schema 1.0, and libxml2 from 2.12 on, refuse.
const AMBIGUOUS: &str = "extension_output.xsd";

/// A copy of the schemas in which the ambiguous type has another form, which accepts the same answers.
fn portable() -> TempDir {
    let folder = TempDir::new().expect("a folder for schemas");
    for file in fs::read_dir(schemas()).expect("the folder of schemas") {
        let path = file.expect("a schema file").path();
        let mut text = fs::read_to_string(&path).expect("a schema file");
        let name = path.file_name().unwrap_or_default();
        if name == AMBIGUOUS {
            text = in_portable_form(&text).expect("an extension that ends with a wildcard");
        }
        fs::write(folder.path().join(name), text).expect("a schema file is written");
    }
    folder
}

/// Replaces the `xs:complexContent` around the wildcard by `status` and this wildcard.
fn in_portable_form(schema: &str) -> Option<String> {
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
    use super::*;

    #[test]
    fn the_portable_schemas_accept_the_same_answers() {
        let folder = portable();
        let text = fs::read_to_string(folder.path().join(AMBIGUOUS)).unwrap();
        assert!(!text.contains("<xs:any ") || text.matches("<xs:complexContent>").count() == 1, "{text}");
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
        for (at, packet) in packets.iter().enumerate() {
            fs::write(folder.path().join(format!("{at}.xml")), packet).unwrap();
        }
        let names = [0, 1, 2, 3].map(|at| format!("{at}.xml"));
        let Some(output) = xmllint(folder.path(), Path::new(entry(Direction::Answer)), &names) else {
            return skipped();
        };
        let valid: Vec<bool> = read(&output, &names).iter().map(|verdict| verdict.valid).collect();
        assert_eq!(valid, [true, true, false, false], "{output}");
    }

    #[test]
    fn messages_are_of_their_packets() {
        let Some(verdicts) = verdicts(Direction::Request, &["<packet/>", "<packet><ip><get/></ip></packet>", "<a"])
        else {
            return;
        };
        assert_eq!([0, 1, 2].map(|at: usize| verdicts[at].valid), [false, true, false]);
        assert!(verdicts[0].messages[0].contains("Missing child element"), "{verdicts:?}");
        assert!(verdicts[1].messages.is_empty(), "{verdicts:?}");
        assert!(version().unwrap().starts_with("2."));
    }
}
