//! Reads the documents of a schema with the emitted code, and writes our verdict on each into a file.

use std::fs;
use std::path::Path;

use plesk_wire::xml::{Content, Limits, ReadError, Reader, Strictness, Validator, Writer, check as check_document};

/// Checks the documents of `folder` whose root element is `root`.
pub fn check<T: Content>(folder: &str, root: &'static str) {
    for entry in fs::read_dir(Path::new("documents").join(folder)).expect("the documents") {
        let path = entry.expect("a document").path();
        if path.to_string_lossy().ends_with(&format!(".{root}.xml")) {
            let document = fs::read(&path).expect("a document");
            fs::write(path.with_extension("verdict"), verdict::<T>(root, &document)).expect("a file");
        }
    }
}

/// Returns `valid` and the document as it is written back, or why it is not valid.
fn verdict<T: Content>(root: &'static str, document: &[u8]) -> String {
    let read = |strictness| -> Result<T, ReadError> { Reader::new(document, strictness, Limits::DEFAULT)?.document(root) };
    let checked = check_document::<T>(root, document, Limits::DEFAULT);
    let strict = read(Strictness::Strict);
    let lenient = read(Strictness::Lenient);
    let value = match (checked, strict, lenient) {
        (Ok(()), Ok(value), Ok(_)) => value,
        (Ok(()), Err(error), _) => return format!("bug: the strict reader refuses: {error}"),
        (_, Ok(_), Err(error)) => return format!("bug: only the lenient reader refuses: {error}"),
        (Err(violations), ..) => return format!("{violations}"),
    };
    match Validator::check(root, &value) {
        Err(violations) => format!("bug: the validator refuses: {violations}"),
        Ok(()) => format!("valid\n{}", String::from_utf8(Writer::document(root, &value)).expect("UTF-8")),
    }
}
