//! Parses XML, and finds the byte at which it stops being well-formed.

use std::ops::Range;

use roxmltree::{Document, Error as XmlError, Node};

use crate::error::{Error, Problem, SpanHint};

/// Parses the text of `file`.
///
/// # Errors
/// Returns why the text is not well-formed, at the first byte where that shows.
pub(super) fn parse_document<'a>(file: &str, text: &'a str) -> Result<Document<'a>, Error> {
    let invalid =
        |message: &str, at| Problem::new(file, "", format!("not an XML schema: {message}")).at(SpanHint::Bytes(at));
    if text.trim_start_matches('\u{FEFF}').trim().is_empty() {
        return Err(invalid("the file is empty", 0..0)
            .advice("write a schema into it, or remove the xs:include")
            .into());
    }
    let document = Document::parse(text).map_err(|error| {
        let at = error_position(text, &error);
        let here = at..at + text[at..].chars().next().map_or(0, char::len_utf8);
        match &error {
            XmlError::DtdDetected => {
                let at = text.find("<!DOCTYPE").unwrap_or_default();
                invalid("a document type declaration is not supported", at..at + "<!DOCTYPE".len())
                    .advice("remove it, and replace the entities that it declares by their text")
            }
            XmlError::NoRootNode => invalid("it has no root element", here).advice("write a schema into the file"),
            XmlError::UnexpectedCloseTag(expected, found, _) => {
                let message = format!("found </{found}>, but <{expected}> is still open");
                let tag = at..at + tag_length(&text[at..]).unwrap_or(1);
                with_unclosed_element(
                    invalid(&message, tag).advice(format!("add </{expected}> before it")),
                    file,
                    text,
                    at,
                )
            }
            XmlError::UnclosedRootNode | XmlError::UnexpectedEndOfStream => {
                let end = text.trim_end().len();
                let last = text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
                let problem = invalid("the file ends while elements are still open", last..end);
                with_unclosed_element(problem.advice("close them, or restore the rest of the file"), file, text, end)
            }
            XmlError::UnknownEntityReference(name, _) => {
                let advice = "write the character itself, or its number, such as &#233;; write an ampersand as &amp;";
                invalid(&format!("the entity &{name}; is not declared"), here).advice(advice)
            }
            XmlError::MalformedEntityReference(_) => {
                invalid("an entity reference is incomplete", here).advice("write an ampersand as &amp;")
            }
            XmlError::NonXmlChar(c, _) => {
                let message = format!("the character U+{:04X} is not allowed in XML", u32::from(*c));
                invalid(&message, here).advice("remove it")
            }
            _ => {
                let message = error.to_string();
                let message = message.rsplit_once(" at ").map_or(message.as_str(), |(message, _)| message);
                invalid(message, here).advice("correct the XML")
            }
        }
    })?;
    Ok(document)
}

/// Returns the position of the error in bytes. roxmltree gives a line and a column in characters, both from 1.
fn error_position(text: &str, error: &XmlError) -> usize {
    let pos = error.pos();
    let (row, column) = (pos.row.saturating_sub(1), pos.col.saturating_sub(1));
    let mut start = 0;
    for line in text.split_inclusive('\n').take(usize::try_from(row).unwrap_or_default()) {
        start += line.len();
    }
    let column = usize::try_from(column).unwrap_or_default();
    text[start..].char_indices().nth(column).map_or(text.len(), |(at, _)| start + at)
}

/// Adds the innermost element that is still open at the byte `end`.
fn with_unclosed_element(problem: Problem, file: &str, text: &str, end: usize) -> Problem {
    match innermost_open_element(&text[..end]) {
        Some(at) => problem.related(file, "", SpanHint::Bytes(at), "this element is not closed"),
        None => problem,
    }
}

/// Returns the start tag of the innermost element that is open at the end of `text`, which is well-formed up to there.
fn innermost_open_element(text: &str) -> Option<Range<usize>> {
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        at += found;
        let rest = &text[at..];
        let up_to = |end: &str| rest.find(end).map(|at| at + end.len());
        let length = match rest {
            _ if rest.starts_with("<!--") => up_to("-->"),
            _ if rest.starts_with("<![CDATA[") => up_to("]]>"),
            _ if rest.starts_with("<?") => up_to("?>"),
            _ => tag_length(rest),
        };
        let Some(length) = length else { break };
        if rest.starts_with("</") {
            open.pop();
        } else if !rest.starts_with("<!") && !rest.starts_with("<?") && !rest[..length].ends_with("/>") {
            open.push(at..at + length);
        }
        at += length;
    }
    open.pop()
}

/// Returns the bytes of the start tag of an element.
pub(crate) fn start_tag(text: &str, element: Node<'_, '_>) -> Range<usize> {
    let whole = element.range();
    let length = text.get(whole.clone()).and_then(tag_length);
    whole.start..length.map_or(whole.end, |length| whole.start + length)
}

/// Returns the length of the tag at the start of `text`: up to the first `>` outside of quotes.
fn tag_length(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            (b'>', None) => return Some(at + 1),
            _ => {}
        }
    }
    None
}
