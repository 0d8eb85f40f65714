//! Tags and other markup.

use quick_xml::events::{BytesStart, Event};

use super::state::{Attribute, Declaration, Reader};
use crate::xml::error::{ReadErrorKind, Result};
use crate::xml::scan::is_same_name;
use crate::xml::text::{AttributesError, is_name, is_white_space, parse_attributes};

/// The markup at a `<`.
pub(super) enum Markup<'x> {
    Start {
        empty: bool,
    },
    CData(&'x str),
    /// A comment or a processing instruction.
    Ignored,
}

impl<'x> Reader<'x> {
    /// Reads the start tag of `name`, which comes next and is already on the path. Returns `true` if it
    /// is an empty tag.
    pub(super) fn open(&mut self, name: &str) -> Result<bool> {
        self.attributes.clear();
        let after = self.pos + 1 + name.len();
        if self.fast {
            match (self.byte(after), self.byte(after + 1)) {
                (Some(b'>'), _) => {
                    self.pos = after + 1;
                    return Ok(false);
                }
                (Some(b'/'), Some(b'>')) => {
                    self.pos = after + 2;
                    return Ok(true);
                }
                _ => {}
            }
        }
        match self.markup()? {
            Markup::Start { empty } => Ok(empty),
            _ => Err(self.malformed("an invalid start tag")),
        }
    }

    /// Reads the end tag of `name`, which is still on the path.
    pub(super) fn close(&mut self, name: &str) -> Result<()> {
        let rest = self.rest();
        let length = name.len() + 3;
        if self.fast
            && rest.len() >= length
            && rest[length - 1] == b'>'
            && is_same_name(&rest[2..length - 1], name.as_bytes())
        {
            self.pos += length;
        } else {
            let Some(end) = memchr::memchr(b'>', rest) else {
                let inside = if self.is_visible() { format!("<{name}>") } else { "an element".to_owned() };
                return Err(self.malformed(format!("the document ends inside {inside}")));
            };
            if self.doc[self.pos + 2..self.pos + end].trim_end_matches(is_white_space) != name {
                let expected = if self.is_visible() { format!("; expected </{name}>") } else { String::new() };
                return Err(self.malformed(format!("an unexpected end tag{expected}")));
            }
            self.pos += end + 1;
        }
        self.forget_declarations();
        Ok(())
    }

    /// Tokenizes the markup at this `<` and moves past it. Its element must be on the path already.
    pub(super) fn markup(&mut self) -> Result<Markup<'x>> {
        let mut xml = quick_xml::Reader::from_str(&self.doc[self.pos..]);
        let config = xml.config_mut();
        config.check_end_names = false;
        config.check_comments = true;
        let event = match xml.read_event() {
            Ok(event) => event,
            Err(e) => return Err(self.malformed(e.to_string())),
        };
        let end = self.pos + usize::try_from(xml.buffer_position()).unwrap_or(usize::MAX);
        let markup = match event {
            Event::Start(tag) => self.start_tag(&tag, false)?,
            Event::Empty(tag) => self.start_tag(&tag, true)?,
            Event::CData(_) => Markup::CData(&self.doc[self.pos + 9..end - 3]),
            Event::Comment(_) => Markup::Ignored,
            Event::PI(pi) if is_name(pi.target()) && !pi.target().eq_ignore_ascii_case("xml") => Markup::Ignored,
            Event::DocType(_) => return Err(self.malformed("a document type declaration, which is not supported")),
            _ => return Err(self.malformed("markup that is not allowed here")),
        };
        self.pos = end;
        Ok(markup)
    }

    /// Checks a start tag and stores its attributes and namespace declarations.
    fn start_tag(&mut self, tag: &BytesStart<'_>, empty: bool) -> Result<Markup<'x>> {
        let from = self.pos + 1;
        let (name, attributes) = self.doc[from..from + tag.len()].split_at(tag.name().as_ref().len());
        if !is_name(name) {
            return Err(self.malformed("an invalid element name"));
        }
        self.attributes.clear();
        let attributes = match parse_attributes(attributes, self.limits.attributes) {
            Ok(attributes) => attributes,
            Err(AttributesError::Malformed(message)) => return Err(self.malformed(message)),
            Err(AttributesError::TooMany) => {
                return Err(self.error(ReadErrorKind::Limit("an element has more attributes than the limit")));
            }
        };
        for (name, value) in attributes {
            if name == "xmlns" || name.starts_with("xmlns:") {
                self.namespaces.push(Declaration { depth: self.path.len(), name, value });
            } else {
                self.attributes.push(Attribute { name, value });
            }
        }
        if self.namespaces.len() > self.limits.attributes {
            return Err(self.error(ReadErrorKind::Limit("more namespaces are declared than the limit")));
        }
        Ok(Markup::Start { empty })
    }

    /// Skips the element whose start tag comes next, with all of its content, and checks that it is
    /// well-formed. Returns its XML.
    pub(super) fn skip_element(&mut self) -> Result<&'x str> {
        let from = self.pos;
        let depth = self.path.len();
        // Any name may be part of a secret where no schema leads us.
        let visible_depth = self.visible_depth;
        self.visible_depth = visible_depth.or(Some(depth + 1));
        loop {
            if self.at_end() {
                match self.path.last() {
                    Some(step) if self.path.len() > depth => self.close(step.name)?,
                    _ => return Err(self.malformed("an end tag without a start tag")),
                }
                self.path.pop();
            } else if self.at_other_markup() {
                self.markup()?;
            } else {
                let name = self.tag_name();
                if !is_name(name) {
                    return Err(self.malformed("an invalid element name"));
                }
                self.enter(name, 0)?;
                if self.open(name)? {
                    self.forget_declarations();
                    self.path.pop();
                }
            }
            if self.path.len() == depth {
                self.visible_depth = visible_depth;
                self.attributes.clear();
                return Ok(&self.doc[from..self.pos]);
            }
            self.text_run()?;
        }
    }
}
