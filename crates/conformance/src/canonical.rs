//! Packets in one form, to compare what they say: attributes in the order of their names, no difference between
//! `<a/>` and `<a></a>`, texts without references and CDATA, no declaration, no comments.
//!
//! It knows neither schema nor codec.

use std::fmt::Write;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The packet in its canonical form.
///
/// # Errors
/// If it is not well-formed, in words.
pub fn canonical(packet: &str) -> Result<String, String> {
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
                flush(&mut text, depth, &mut out);
                match &event {
                    Event::Start(tag) => {
                        depth += 1;
                        start(tag, &mut out)?;
                    }
                    Event::Empty(tag) => {
                        start(tag, &mut out)?;
                        end(tag.name().as_ref(), &mut out);
                    }
                    Event::End(tag) => {
                        depth = depth.saturating_sub(1);
                        end(tag.name().as_ref(), &mut out);
                    }
                    _ => return Ok(out),
                }
            }
        }
    }
}

/// Writes the text before a tag, if it stands in an element.
fn flush(text: &mut String, depth: usize, out: &mut String) {
    if depth > 0 {
        // Only tags have a `<` in this form. Writing to a `String` cannot fail.
        let _ = write!(out, "{}", text.escape_debug().to_string().replace('<', "\\<"));
    }
    text.clear();
}

fn start(tag: &BytesStart<'_>, out: &mut String) -> Result<(), String> {
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

fn end(name: &str, out: &mut String) {
    let _ = write!(out, "</{name}>");
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn only_what_is_said_counts() {
        let one = "<?xml version=\"1.0\"?>\n<a c='1' b=\"&lt;\"><!-- no --><d/>x&amp;<![CDATA[<]]>&#9;</a>\n";
        let other = "<a b=\"&#60;\" c=\"1\"><d></d>x&#38;&lt;&#x9;</a>";
        assert_eq!(canonical(one), canonical(other));
        for different in ["<a b=\"&#60;\"><d/>x&amp;&lt;&#9;</a>", "<a b=\"&#60;\" c=\"1\">x&#38;&lt;&#x9;<d/></a>"] {
            assert_ne!(canonical(one), canonical(different));
        }
        assert_ne!(canonical("<a>&lt;b/></a>"), canonical("<a><b/></a>"));
        assert_ne!(canonical("<a>b</a>"), canonical("<a> b</a>"));
        assert!(canonical("<a>&nbsp;</a>").is_err());
    }
}
