//! Content that the schema leaves open: wildcards, and elements without a type.

use std::borrow::Cow;
use std::fmt::Write;

use memchr::{memmem, memrchr};

use super::namespaces::INSTANCE;
use super::options::{Limits, Strictness};
use super::state::{Declaration, PathStep, Reader};
use crate::xml::content::{Content, ContentKind, Visitor};
use crate::xml::error::{ReadError, ReadErrorKind, Result};
use crate::xml::raw::{Any, Raw};
use crate::xml::text;

impl Reader<'_> {
    /// Reads any elements and keeps them as they are. A lenient reader takes none before a required
    /// member that is still to come.
    pub fn wildcard(&mut self, min: usize, max: usize, slot: &mut Vec<Raw>) -> Result<()> {
        if let Some(members) = self.collector.as_mut().and_then(|collector| collector.probe.as_mut()) {
            members.any = true;
        }
        let may_take = self.is_strict() || self.content.missing.is_none();
        while may_take && !self.at_end() && self.rest().first() == Some(&b'<') && self.has_room(slot.len(), max) {
            let raw = self.raw_element()?;
            self.push_item(slot, raw)?;
            self.advance()?;
        }
        if slot.len() < min {
            self.mark_missing("any element");
        }
        Ok(())
    }

    /// Reads the next element as it is.
    fn raw_element(&mut self) -> Result<Raw> {
        let name = self.tag_name();
        let outer = self.namespaces.len();
        let xml = self.skip_element()?;
        let (tag, _) = split_element(xml, name);
        let mut whole = String::with_capacity(xml.len());
        whole.push_str(&xml[..1 + name.len()]);
        self.copy_declarations(&mut whole, xml, tag, outer)?;
        whole.push_str(&xml[1 + name.len()..]);
        self.charge_text(whole.len())?;
        Ok(Raw(whole))
    }

    /// Reads the content of the element `name` as it is. The element comes next and is already on the
    /// path.
    pub(super) fn any_content(&mut self, name: &str) -> Result<Any> {
        let step = self.path.pop();
        let outer = self.namespaces.len();
        let xml = self.skip_element()?;
        let (tag, content) = split_element(xml, name);
        if self.is_strict() && tag.contains('=') {
            let own = text::parse_attributes(tag, usize::MAX).unwrap_or_default();
            // The element must have no namespace, and it is not nillable.
            let is_refused = |(name, value): &&(&str, Cow<'_, str>)| match name.split_once(':') {
                None => *name == "xmlns" && !value.is_empty(),
                Some((prefix, "nil")) => {
                    match own.iter().find(|(other, _)| other.strip_prefix("xmlns:") == Some(prefix)) {
                        Some((_, namespace)) => namespace == INSTANCE,
                        None => self.is_instance_prefix(prefix),
                    }
                }
                Some(_) => false,
            };
            if let Some((name, _)) = own.iter().find(is_refused) {
                let name = (*name).to_owned();
                self.path.extend(step);
                self.refuse_attribute(&name)?;
                self.path.pop();
            }
        }
        let mut attributes = String::new();
        self.copy_declarations(&mut attributes, xml, tag, outer)?;
        attributes.push_str(tag.trim_end_matches(text::is_white_space));
        self.charge_text(attributes.len())?;
        self.charge_text(content.len())?;
        Ok(Any { attributes, content: content.to_owned() })
    }

    /// Writes to `out` the namespace declarations that `xml` needs from the elements around it. These are
    /// the first `outer` ones. Those that its own `tag` declares are left out.
    fn copy_declarations(&mut self, out: &mut String, xml: &str, tag: &str, outer: usize) -> Result<()> {
        if self.namespaces.is_empty() {
            return Ok(());
        }
        let own = text::parse_attributes(tag, usize::MAX).unwrap_or_default();
        let before = out.len();
        for at in (0..outer).rev() {
            let Declaration { name, ref value, .. } = self.namespaces[at];
            let hidden = own.iter().any(|(other, _)| *other == name)
                || self.namespaces[at + 1..outer].iter().any(|inner| inner.name == name);
            let used = match name.strip_prefix("xmlns:") {
                Some(prefix) => uses_prefix(xml, prefix),
                None => !value.is_empty(),
            };
            if used && !hidden {
                let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
                // Writing to a `String` cannot fail.
                let _ = write!(out, " {name}=\"{value}\"");
            }
        }
        // One declaration may be copied to many places: without a limit, a small document could grow
        // without bound here.
        self.copied_declarations += out.len() - before;
        if self.copied_declarations > self.limits.size {
            return Err(self.error(ReadErrorKind::Limit("raw content needs too many namespace declarations")));
        }
        Ok(())
    }
}

/// Returns `true` if `prefix:` appears anywhere in `xml`.
fn uses_prefix(xml: &str, prefix: &str) -> bool {
    memmem::find_iter(xml.as_bytes(), prefix).any(|at| xml.as_bytes().get(at + prefix.len()) == Some(&b':'))
}

/// Splits the XML of the element `name` into the attributes in its tag and its content.
fn split_element<'x>(xml: &'x str, name: &str) -> (&'x str, &'x str) {
    let mut quote = None;
    let after_name = &xml[1 + name.len()..];
    let end = after_name
        .char_indices()
        .find(|(_, c)| match (quote, *c) {
            (None, '>') => true,
            (None, '"' | '\'') => {
                quote = Some(*c);
                false
            }
            (Some(open), c) if open == c => {
                quote = None;
                false
            }
            _ => false,
        })
        .map_or(after_name.len(), |(at, _)| at);
    let tag = &after_name[..end];
    match tag.strip_suffix('/') {
        Some(tag) => (tag, ""),
        None => {
            let inner = after_name.get(end + 1..).unwrap_or("");
            // The end tag of the element is the last one, and contains no other `<`.
            (tag, memrchr(b'<', inner.as_bytes()).map_or("", |close| &inner[..close]))
        }
    }
}

impl Any {
    /// Creates an element with XML as its content.
    ///
    /// # Errors
    /// If `xml` is not well-formed as the content of an element.
    pub fn xml(xml: &str) -> Result<Self> {
        let document = format!("<any>{xml}</any>");
        Reader::new(document.as_bytes(), Strictness::Lenient, Limits::DEFAULT)?.document::<Self>("any")
    }

    /// Returns the text, if there are no elements in it.
    pub fn to_text(&self) -> Option<Cow<'_, str>> {
        if !self.content.contains('<') {
            return text::decode(&self.content).ok();
        }
        let document = format!("<any>{}</any>", self.content);
        let mut reader = Reader::new(document.as_bytes(), Strictness::Strict, Limits::DEFAULT).ok()?;
        reader
            .element_text(PathStep { name: "any", index: 0, position: 0 }, false)
            .ok()
            .map(|text| Cow::Owned(text.into_owned()))
    }
}

/// Returns the attributes of an element without a type.
#[cfg(feature = "serde")]
pub(crate) fn any_attributes(element: &Any) -> Vec<(String, String)> {
    let attributes = text::parse_attributes(&element.attributes, usize::MAX).unwrap_or_default();
    attributes.into_iter().map(|(name, value)| (name.to_owned(), value.into_owned())).collect()
}

#[cfg(feature = "serde")]
impl Any {
    /// Creates an element with attributes and with XML as its content.
    ///
    /// # Errors
    /// If a name is not one, or the content is not well-formed.
    pub(crate) fn with_attributes(attributes: &[(String, String)], content: &str) -> Result<Self> {
        let mut document = b"<any".to_vec();
        for (name, value) in attributes {
            // What is not a name would be read as something else.
            let is_name = text::is_name(name);
            document.extend_from_slice(if is_name { b" " } else { b" =" });
            document.extend_from_slice(name.as_bytes());
            document.extend_from_slice(b"=\"");
            text::escape_attribute(&mut document, value);
            document.push(b'"');
        }
        document.push(b'>');
        document.extend_from_slice(content.as_bytes());
        document.extend_from_slice(b"</any>");
        Reader::new(&document, Strictness::Lenient, Limits::DEFAULT)?.document::<Self>("any")
    }
}

impl Raw {
    /// Creates an element from its XML.
    ///
    /// # Errors
    /// If `xml` is not one well-formed element.
    pub fn new(xml: &str) -> std::result::Result<Self, ReadError> {
        let mut reader = Reader::new(xml.as_bytes(), Strictness::Lenient, Limits::DEFAULT)?;
        reader.seek_root()?;
        let raw = reader.raw_element()?;
        reader.finish()?;
        Ok(raw)
    }
}

impl Content for Any {
    const KIND: ContentKind = ContentKind::Raw;

    fn placeholder() -> Self {
        Self::empty()
    }

    fn read(&mut self, _r: &mut Reader<'_>) -> Result<()> {
        Ok(())
    }

    fn read_raw(&mut self, element: Self) {
        *self = element;
    }

    fn visit<V: Visitor>(&self, v: &mut V) {
        v.any(self);
    }
}
