//! Reads a schema file as text, or explains why that is not possible.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::error::{Problem, SpanHint};

/// The maximum size of a file, in bytes. Schemas written by hand are a hundredth of it.
const MAX_SIZE: u64 = 16 << 20;

/// The reason why a file has no text.
pub(super) struct Failure {
    pub(super) problem: Box<Problem>,
    /// `true` if there is no regular file of that name, so the file that includes it is wrong.
    pub(super) is_missing: bool,
}

impl Failure {
    fn missing(problem: Problem) -> Self {
        Self { problem: Box::new(problem), is_missing: true }
    }

    fn bad(problem: Problem) -> Self {
        Self { problem: Box::new(problem), is_missing: false }
    }
}

/// Returns the text of the file `name`.
pub(super) fn read_text(directory: &Path, name: &str) -> Result<String, Failure> {
    let missing = |message, advice: &str| Failure::missing(Problem::new(name, "", message).advice(advice));
    let bad = |message: String, advice: &str| Failure::bad(Problem::new(name, "", message).advice(advice));
    if !directory.is_dir() {
        let message = format!("there is no directory {}", directory.display());
        let problem = Problem::new(name, "", message).at(SpanHint::Directory);
        return Err(Failure::missing(problem.advice("pass the directory of the schema files")));
    }
    let path = directory.join(name);
    match fs::metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let message = format!("there is no file {name} in {}", directory.display());
            return Err(missing(message, "add the file, or correct the name"));
        }
        Err(error) => return Err(missing(format!("{name} cannot be read: {error}"), "replace it with a file")),
        Ok(data) if data.is_dir() => {
            return Err(missing(format!("{name} is a directory"), "replace it with a file, or correct the name"));
        }
        Ok(data) if !data.is_file() => {
            return Err(missing(format!("{name} is not a regular file"), "replace it with a file"));
        }
        Ok(_) => {}
    }
    let bytes = read_bytes(&path).map_err(|error| bad(format!("cannot be read: {error}"), "make the file readable"))?;
    if u64::try_from(bytes.len()).is_ok_and(|size| size > MAX_SIZE) {
        let message = format!("is larger than {} MiB, the limit for a schema file", MAX_SIZE >> 20);
        return Err(bad(message, "split it into files that include each other"));
    }
    let save = "save the file as UTF-8";
    if matches!(bytes.as_slice(), [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, b'<', ..] | [b'<', 0, ..]) {
        return Err(bad("not a readable XML schema: the file is UTF-16".to_owned(), save));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        let message = format!("not a readable XML schema: the byte 0x{byte:02X} is not UTF-8");
        Failure::bad(Problem::new(name, "", message).at(SpanHint::Bytes(at..at + 1)).advice(save))
    })?;
    if let Some(at) = foreign_encoding(&text) {
        let message = "declares another encoding than UTF-8, but has non-ASCII characters, which were read as UTF-8";
        let advice = "save the file as UTF-8, and declare UTF-8 or no encoding";
        return Err(Failure::bad(Problem::new(name, "", message).at(SpanHint::Bytes(at)).advice(advice)));
    }
    Ok(text)
}

/// Returns the text of a file for an excerpt, even if the file is invalid.
pub(crate) fn read_lossy(directory: &Path, name: &str) -> Option<String> {
    let path = directory.join(name);
    let bytes = if path.is_file() { read_bytes(&path).ok()? } else { return None };
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Returns the bytes of a file, at most one more than the limit.
fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_SIZE + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Returns the byte range of the declared encoding if it is not UTF-8 and the text is not plain ASCII, where the
/// encoding would not matter.
fn foreign_encoding(text: &str) -> Option<std::ops::Range<usize>> {
    let declaration = text.trim_start_matches('\u{FEFF}').starts_with("<?xml").then(|| text.split("?>").next())??;
    let name = declaration.find("encoding")? + "encoding".len();
    let start = name + declaration[name..].find(['"', '\''])? + 1;
    let end = start + declaration[start..].find(['"', '\''])?;
    let is_utf8 = text[start..end].eq_ignore_ascii_case("utf-8") || text[start..end].eq_ignore_ascii_case("utf8");
    (!is_utf8 && !text.trim_start_matches('\u{FEFF}').is_ascii()).then_some(start..end)
}
