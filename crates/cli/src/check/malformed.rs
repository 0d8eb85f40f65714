//! Hints on documents that are not well-formed XML.

use plesk_wire::xml::Violation;

/// Returns what to do about a document that is not well-formed, if the place shows a common mistake.
pub(super) fn hint(bytes: &[u8], violation: &Violation) -> Option<&'static str> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if std::str::from_utf8(bytes).is_err() && !bytes.contains(&0) {
        return Some("save the file as UTF-8, or name its encoding: <?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>");
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let rest = text.trim_start();
    if rest.len() < text.len() && rest.starts_with("<?xml ") {
        return Some("remove the white space before <?xml");
    }
    let start = text.find('<')?;
    if !text[..start].trim().is_empty() {
        return Some("remove the text before the first <");
    }
    let is_name = violation.problem.contains("element name");
    is_name.then_some("write &lt; for a < that is text")
}
