//! Brings packets into a canonical form, to compare their meaning without the codec that is under test.
//!
//! In this form attributes are sorted by name and every element has an end tag. Texts contain no references and no CDATA.
//! Declarations, comments and processing instructions are dropped. The schemas play no part in it.

use std::fmt::Write;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Returns the packet in its canonical form.
///
/// # Errors
/// A message if the packet is not well-formed.
pub fn canonicalize(packet: &str) -> Result<String, String> {
    let mut reader = Reader::from_str(packet);
    let mut out = String::new();
    let mut text = String::new();
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        match &event {
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::CData(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref().map_err(|error| error.to_string())? {
                Some(c) => text.push(c),
                None => text.push_str(
                    quick_xml::escape::resolve_xml_entity(name.as_ref()).ok_or("a reference to an unknown entity")?,
                ),
            },
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
            Event::Start(_) | Event::Empty(_) | Event::End(_) | Event::Eof => {
                write_text(&mut text, depth, &mut out);
                match &event {
                    Event::Start(tag) => {
                        depth += 1;
                        write_start_tag(tag, &mut out)?;
                    }
                    Event::Empty(tag) => {
                        write_start_tag(tag, &mut out)?;
                        write_end_tag(tag.name().as_ref(), &mut out);
                    }
                    Event::End(tag) => {
                        depth = depth.saturating_sub(1);
                        write_end_tag(tag.name().as_ref(), &mut out);
                    }
                    _ => return Ok(out),
                }
            }
        }
    }
}

/// Writes the text before a tag, unless it is outside of the root element.
fn write_text(text: &mut String, depth: usize, out: &mut String) {
    if depth > 0 {
        // In this form only tags contain an unescaped `<`. Writing to a `String` cannot fail.
        let _ = write!(out, "{}", text.escape_debug().to_string().replace('<', "\\<"));
    }
    text.clear();
}

fn write_start_tag(tag: &BytesStart<'_>, out: &mut String) -> Result<(), String> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value =
            attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
        attributes.push(format!(" {}={:?}", attribute.key.as_ref(), value));
    }
    attributes.sort();
    let _ = write!(out, "<{}{}>", tag.name().as_ref(), attributes.concat());
    Ok(())
}

fn write_end_tag(name: &str, out: &mut String) {
    let _ = write!(out, "</{name}>");
}

#[cfg(test)]
mod tests {
    use super::canonicalize;

    #[test]
    fn canonicalize_ignores_spelling_but_not_content() {
        let one = "<?xml version=\"1.0\"?>\n<a c='1' b=\"&lt;\"><!-- no --><d/>x&amp;<![CDATA[<]]>&#9;</a>\n";
        let other = "<a b=\"&#60;\" c=\"1\"><d></d>x&#38;&lt;&#x9;</a>";
        assert_eq!(canonicalize(one), canonicalize(other));
        for different in ["<a b=\"&#60;\"><d/>x&amp;&lt;&#9;</a>", "<a b=\"&#60;\" c=\"1\">x&#38;&lt;&#x9;<d/></a>"] {
            assert_ne!(canonicalize(one), canonicalize(different));
        }
        assert_ne!(canonicalize("<a>&lt;b/></a>"), canonicalize("<a><b/></a>"));
        assert_ne!(canonicalize("<a>b</a>"), canonicalize("<a> b</a>"));
        assert!(canonicalize("<a>&nbsp;</a>").is_err());
    }
}
