//! Tags, attributes and other markup.

use quick_xml::events::{BytesStart, Event};

use super::Reader;
use super::error::{ReadErrorKind, Result};
use super::hiding::HIDDEN;
use super::issue::Issue;
use super::reader::{Attribute, Declaration};
use super::text;

/// The namespace of `xsi:nil` and the like.
pub(super) const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// What stands at a `<`.
pub(super) enum Markup<'x> {
    Start {
        empty: bool,
    },
    CData(&'x str),
    /// A comment or a processing instruction.
    Aside,
}

impl<'x> Reader<'x> {
    /// Reads the start tag of `name`, which stands here and is on the path already; says whether
    /// the element is empty.
    pub(super) fn open(&mut self, name: &str) -> Result<bool> {
        self.attributes.clear();
        let after = self.pos + 1 + name.len();
        if self.plain {
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
            _ => Err(self.malformed("a bad start tag")),
        }
    }

    /// Reads the end tag of `name`, which is still on the path.
    pub(super) fn close(&mut self, name: &str) -> Result<()> {
        let rest = self.rest();
        let length = name.len() + 3;
        if self.plain && rest.len() >= length && rest[2..].starts_with(name.as_bytes()) && rest[length - 1] == b'>' {
            self.pos += length;
        } else {
            let Some(end) = memchr::memchr(b'>', rest) else {
                let what = if self.is_told() { format!("inside <{name}>") } else { "inside an element".to_owned() };
                return Err(self.malformed(format!("the text ends {what}")));
            };
            if self.doc[self.pos + 2..self.pos + end].trim_end_matches(text::is_space) != name {
                let due =
                    if self.is_told() { format!("where </{name}> is due") } else { "than the one due".to_owned() };
                return Err(self.malformed(format!("another end tag {due}")));
            }
            self.pos += end + 1;
        }
        self.forget_declarations();
        Ok(())
    }

    /// Forgets the namespaces that the innermost element declares, at its end.
    pub(super) fn forget_declarations(&mut self) {
        while self.namespaces.last().is_some_and(|declaration| declaration.depth >= self.path.len()) {
            self.namespaces.pop();
        }
    }

    /// Tokenizes what stands at this `<` and passes it. An element must be on the path already.
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
            Event::Start(tag) => self.start(&tag, false)?,
            Event::Empty(tag) => self.start(&tag, true)?,
            Event::CData(_) => Markup::CData(&self.doc[self.pos + 9..end - 3]),
            Event::Comment(_) => Markup::Aside,
            Event::PI(pi) if text::is_name(pi.target()) && !pi.target().eq_ignore_ascii_case("xml") => Markup::Aside,
            Event::DocType(_) => return Err(self.malformed("a document type declaration, which is never accepted")),
            _ => return Err(self.malformed("markup that may not stand here")),
        };
        self.pos = end;
        Ok(markup)
    }

    /// Checks a start tag and notes its attributes.
    fn start(&mut self, tag: &BytesStart<'_>, empty: bool) -> Result<Markup<'x>> {
        let from = self.pos + 1;
        let (name, attributes) = self.doc[from..from + tag.len()].split_at(tag.name().as_ref().len());
        if !text::is_name(name) {
            return Err(self.malformed("a start tag whose name is not an XML name"));
        }
        self.attributes.clear();
        let attributes = match text::attributes(attributes, self.limits.attributes) {
            Ok(attributes) => attributes,
            Err(text::BadAttributes::Malformed(what)) => return Err(self.malformed(what)),
            Err(text::BadAttributes::TooMany) => {
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

    /// Checks that no attribute is left that the schema does not know, and that the element is in
    /// no namespace, as the schema wants it.
    pub(super) fn no_attributes(&mut self) -> Result<()> {
        if self.attributes.is_empty() && self.namespaces.is_empty() {
            return Ok(());
        }
        if self.is_strict() {
            let mut own = self.namespaces.iter().rev().take_while(|declaration| declaration.depth == self.path.len());
            if let Some(found) = own.find(|found| found.name == "xmlns" && !found.value.is_empty()) {
                let found = format!("xmlns=\"{}\"", found.value.chars().take(80).collect::<String>());
                self.refuse_attribute(&found)?;
            }
        }
        let mut unknown = std::mem::take(&mut self.attributes);
        unknown.retain(|attribute| !self.is_hint(attribute.name));
        match unknown.first() {
            Some(_) if self.is_strict() => unknown.iter().try_for_each(|found| self.refuse_attribute(found.name)),
            _ => {
                self.count_skipped(unknown.len());
                Ok(())
            }
        }
    }

    /// Refuses an attribute of the innermost element.
    pub(super) fn refuse_attribute(&mut self, name: &str) -> Result<()> {
        // `xsi:nil` without its declaration is a slip, and no part of a secret.
        let hidden = self.told.is_some() && name != "xsi:nil";
        let shown: String = if hidden { HIDDEN.to_owned() } else { name.chars().take(80).collect() };
        if !self.is_checking() {
            return Err(self.error(ReadErrorKind::UnexpectedAttribute(shown)));
        }
        let element = self.path.last().map_or("", |step| step.name);
        let fault = if name.starts_with("xmlns") {
            let qualified = if hidden { format!("{{***}}{element}") } else { self.qualified(element, true) };
            Issue::Namespace { qualified, is_root: self.path.len() == 1 }
        } else if self.is_nil(name) {
            Issue::NotNillable
        } else {
            let qualified = if hidden { "***".to_owned() } else { self.qualified(name, false) };
            Issue::UnexpectedAttribute { name: shown, qualified }
        };
        self.note(&fault);
        Ok(())
    }

    /// Whether an attribute says where the schema lies, which any element may.
    fn is_hint(&self, attribute: &str) -> bool {
        attribute.split_once(':').is_some_and(|(prefix, local)| {
            matches!(local, "schemaLocation" | "noNamespaceSchemaLocation") && self.is_instance_prefix(prefix)
        })
    }

    /// Whether `prefix` stands for the namespace of `xsi:nil`.
    pub(super) fn is_instance_prefix(&self, prefix: &str) -> bool {
        let declared = self.namespaces.iter().rev().find(|d| d.name.strip_prefix("xmlns:") == Some(prefix));
        declared.is_some_and(|d| d.value == INSTANCE)
    }

    /// Passes the element whose start tag stands here, with all it holds; checks that it is
    /// well-formed. Returns its text, tags included.
    pub(super) fn skip_element(&mut self) -> Result<&'x str> {
        let from = self.pos;
        let depth = self.path.len();
        // Where the schema does not lead us, any name may be part of a secret.
        let told = self.told;
        self.told = told.or(Some(depth + 1));
        loop {
            if self.at_end() {
                match self.path.last() {
                    Some(step) if self.path.len() > depth => self.close(step.name)?,
                    _ => return Err(self.malformed("an end tag without a start tag")),
                }
                self.path.pop();
            } else if self.at_aside() {
                self.markup()?;
            } else {
                let name = self.name_here();
                if !text::is_name(name) {
                    return Err(self.malformed("a start tag whose name is not an XML name"));
                }
                self.step(name, 0)?;
                if self.open(name)? {
                    self.forget_declarations();
                    self.path.pop();
                }
            }
            if self.path.len() == depth {
                self.told = told;
                self.attributes.clear();
                return Ok(&self.doc[from..self.pos]);
            }
            self.text_run()?;
        }
    }
}
