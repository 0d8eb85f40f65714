//! Parses schema files with xsd-parser, without the declarations that it must not or cannot read.

use std::ops::Range;

use roxmltree::{Document, Node};
use xsd_parser::config::{ParserConfig, ParserFlags, Schema as Source};
use xsd_parser::pipeline::parser::Error as ParserError;

use super::{Loaded, XSD, start_tag, syntax};
use crate::error::{Error, Problem, SpanHint};

/// The maximum number of declarations of a file that are left out because xsd-parser cannot read them. Each of them is
/// found by parsing the file again.
const MAX_PARSES: usize = 100;

/// Parses a schema file, without the files that it includes. Top-level declarations with a problem are left out, so that
/// the problems of the others are found as well.
///
/// # Errors
/// Returns a problem if no part of the file can be read.
pub(super) fn parse_readable(
    name: &str,
    document: &Document<'_>,
    misplaced: Vec<(Problem, Range<usize>)>,
    loaded: &mut Loaded,
) -> Result<syntax::Schema, Error> {
    let mut text = with_normalized_attributes(document);
    for (problem, at) in misplaced {
        if !leave_out(document, &mut text, at.start, loaded) {
            // It is in `xs:schema` itself, where it can be left out alone.
            blank(&mut text, at);
        }
        loaded.problems.push(problem);
    }
    for _ in 0..MAX_PARSES {
        let (problem, at) = match parse_schema(name, &text, document) {
            Ok(schema) => return Ok(schema),
            Err(found) => *found,
        };
        if !leave_out(document, &mut text, at, loaded) {
            return Err(problem.into());
        }
        loaded.problems.push(problem);
    }
    let message = format!("more than {MAX_PARSES} declarations cannot be read");
    Err(Problem::new(name, "", message).advice("correct the others first").into())
}

/// Returns the text of the document with the line ends and tabs in attributes replaced by spaces, as XML requires, which
/// xsd-parser does not do. All other positions stay the same.
fn with_normalized_attributes(document: &Document<'_>) -> String {
    let mut text = document.input_text().to_owned();
    let attributes = document.descendants().flat_map(|node| node.attributes()).map(|attribute| attribute.range_value());
    for range in attributes.filter(|range| document.input_text()[range.clone()].contains(['\t', '\r', '\n'])) {
        let value = &text[range.clone()];
        let normalized = value.replace("\r\n", " ").replace(['\t', '\r', '\n'], " ");
        // After the quote, a space has no meaning.
        let missing = " ".repeat(value.len() - normalized.len());
        let quote = text[range.end..].chars().next().unwrap_or_default();
        text.replace_range(range.start..range.end + quote.len_utf8(), &format!("{normalized}{quote}{missing}"));
    }
    text
}

/// Replaces the top-level declaration around the byte `at` by spaces. Returns `false` if there is none.
fn leave_out(document: &Document<'_>, text: &mut String, at: usize, loaded: &mut Loaded) -> bool {
    let mut declarations = document.root_element().children().filter(Node::is_element);
    let Some(declaration) = declarations.find(|node| node.range().contains(&at)) else { return false };
    let range = declaration.range();
    match text.get(range.clone()) {
        // The parser failed there although nothing is left.
        None => return false,
        Some(written) if written.trim().is_empty() => return false,
        // It includes a file that is not known.
        Some(_) if declaration.has_tag_name((XSD, "include")) => loaded.unread.add_unknown(),
        Some(written) => loaded.unread.add(written),
    }
    blank(text, range);
    true
}

/// Replaces these bytes by spaces, except for line ends, so that all other positions stay the same.
fn blank(text: &mut String, range: Range<usize>) {
    let spaces: String = text[range.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(range, &spaces);
}

/// Parses a text, in which declarations of `document` may be blank.
///
/// # Errors
/// Returns the problem, and the byte that it is about.
fn parse_schema(name: &str, text: &str, document: &Document<'_>) -> Result<syntax::Schema, Box<(Problem, usize)>> {
    let config = ParserConfig {
        schemas: vec![Source::Schema(text.to_owned())],
        flags: ParserFlags::DEFAULT_NAMESPACES,
        ..ParserConfig::default()
    };
    let invalid = |message: String, at: Range<usize>| {
        let start = at.start;
        (Problem::new(name, "", format!("not an XML schema: {message}")).at(SpanHint::Bytes(at)), start)
    };
    let root = start_tag(text, document.root_element());
    let schemas = xsd_parser::exec_parser(config).map_err(|error| match &error {
        xsd_parser::Error::ParserError(ParserError::XmlError(located)) => {
            let message = located.error.kind.to_string();
            // Its kind for errors of other libraries is called "custom".
            let message = message.strip_prefix("Custom Error: message=").map(str::to_owned).unwrap_or(message);
            let position = located.error.position.and_then(|position| usize::try_from(position).ok());
            let at = position.map_or(root.clone(), |end| locate_parser_error(text, document, end, &message));
            let (problem, at) = invalid(message, at);
            (problem.advice("check what XML Schema allows here"), at)
        }
        _ => invalid(error.to_string().replace('\n', " "), root.clone()),
    })?;
    let parsed = schemas.schemas().next();
    parsed.map(|(_, info)| info.schema.clone()).ok_or_else(|| Box::new(invalid("it is empty".to_owned(), root)))
}

/// Returns the bytes that an error of xsd-parser is about. It only reports how far it had read, which is `end`.
fn locate_parser_error(text: &str, document: &Document<'_>, end: usize, message: &str) -> Range<usize> {
    let start = text.get(..end).and_then(|read| read.rfind('<')).unwrap_or_default();
    let closes = text[start..].starts_with("</");
    let matches = |node: &Node<'_, '_>| if closes { node.range().end == end } else { node.range().start == start };
    let Some(node) = document.descendants().filter(Node::is_element).find(matches) else { return start..start + 1 };
    let named = node.attributes().filter(|it| !it.value().is_empty() && message.contains(it.value()));
    named.max_by_key(|attribute| attribute.value().len()).map_or_else(|| start_tag(text, node), |it| it.range())
}
