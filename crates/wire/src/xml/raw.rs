//! Content that the schema leaves open, kept as the XML that was sent.

use std::borrow::Cow;
use std::fmt::{self, Write};

use memchr::memmem;

use super::error::{ReadErrorKind, Result};
use super::reader::Declaration;
use super::tags::INSTANCE;
use super::{Content, ContentKind, Limits, ReadError, Reader, Strictness, Visitor, text};

/// What an element of no type (`xs:anyType`) holds: often nothing, or a text.
///
/// ```
/// use plesk_wire::xml::Any;
///
/// assert!(Any::empty().is_empty());
/// assert_eq!(Any::text("R&D").as_xml(), "R&amp;D");
/// assert_eq!(Any::xml("<b>1</b>")?.to_text(), None);
/// # Ok::<(), plesk_wire::xml::ReadError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Any {
    /// The attributes as they stand in the tag, with a leading space, or nothing.
    attributes: String,
    /// What stands between the tags.
    content: String,
}

impl Any {
    /// An empty element, as the protocol uses for flags.
    pub const fn empty() -> Self {
        Self { attributes: String::new(), content: String::new() }
    }

    /// A text.
    pub fn text(text: &str) -> Self {
        let mut content = Vec::new();
        super::writer::escape(&mut content, text);
        Self { attributes: String::new(), content: String::from_utf8_lossy(&content).into_owned() }
    }

    /// Well-formed XML to stand in the element.
    ///
    /// # Errors
    /// If `xml` is not well-formed as the content of an element.
    pub fn xml(xml: &str) -> std::result::Result<Self, ReadError> {
        let document = format!("<any>{xml}</any>");
        Reader::new(document.as_bytes(), Strictness::Lenient, Limits::DEFAULT)?.document::<Self>("any")
    }

    /// What stands between the tags, as XML.
    pub fn as_xml(&self) -> &str {
        &self.content
    }

    /// The text, if there are no elements in it.
    pub fn to_text(&self) -> Option<Cow<'_, str>> {
        if !self.content.contains('<') {
            return text::decode(&self.content).ok();
        }
        let document = format!("<any>{}</any>", self.content);
        let mut reader = Reader::new(document.as_bytes(), Strictness::Strict, Limits::DEFAULT).ok()?;
        reader.leaf_text("any", 0, false).ok().map(|text| Cow::Owned(text.into_owned()))
    }

    /// Whether the element is empty.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// The attributes as they stand in the tag, with a leading space, or nothing.
    pub fn attributes(&self) -> &str {
        &self.attributes
    }
}

impl From<&str> for Any {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Any {
    fn from(text: String) -> Self {
        Self::text(&text)
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

/// An element that a wildcard (`xs:any`) let in: whole, with its tags. `Debug` shows its name and size, as it may hold
/// secrets.
///
/// ```
/// use plesk_wire::xml::Raw;
///
/// let raw = Raw::new("<news lang='en'>Hello</news>")?;
/// assert_eq!((raw.name(), raw.as_xml().len()), ("news", 28));
/// # Ok::<(), plesk_wire::xml::ReadError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Raw(String);

impl Raw {
    /// One well-formed element.
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

    /// The element as XML.
    pub fn as_xml(&self) -> &str {
        &self.0
    }

    /// The name of the element.
    pub fn name(&self) -> &str {
        let ends = |c: char| matches!(c, '>' | '/') || c.is_ascii_whitespace();
        self.0.trim_start_matches('<').split(ends).next().unwrap_or_default()
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw(<{}>, {} bytes)", self.name(), self.0.len())
    }
}

impl Reader<'_> {
    /// Reads the element that stands here as it is.
    pub(super) fn raw_element(&mut self) -> Result<Raw> {
        let name = self.name_here();
        let outer = self.namespaces.len();
        let xml = self.skip_element()?;
        let (tag, _) = split(xml, name);
        let mut whole = String::with_capacity(xml.len());
        whole.push_str(&xml[..1 + name.len()]);
        self.declare(&mut whole, xml, tag, outer)?;
        whole.push_str(&xml[1 + name.len()..]);
        self.spend_text(whole.len())?;
        Ok(Raw(whole))
    }

    /// Reads the element `name`, which stands here and is already on the path, as it is.
    pub(super) fn any_content(&mut self, name: &str) -> Result<Any> {
        let step = self.path.pop();
        let outer = self.namespaces.len();
        let xml = self.skip_element()?;
        let (tag, content) = split(xml, name);
        if self.is_strict() && tag.contains('=') {
            let own = text::attributes(tag, usize::MAX).unwrap_or_default();
            // The element must be in no namespace, and it is not nillable.
            let refused = |(name, value): &&(&str, Cow<'_, str>)| match name.split_once(':') {
                None => *name == "xmlns" && !value.is_empty(),
                Some((prefix, "nil")) => {
                    match own.iter().find(|(other, _)| other.strip_prefix("xmlns:") == Some(prefix)) {
                        Some((_, namespace)) => namespace == INSTANCE,
                        None => self.is_instance_prefix(prefix),
                    }
                }
                Some(_) => false,
            };
            if let Some((name, _)) = own.iter().find(refused) {
                let name = (*name).to_owned();
                self.path.extend(step);
                self.refuse_attribute(&name)?;
                self.path.pop();
            }
        }
        let mut attributes = String::new();
        self.declare(&mut attributes, xml, tag, outer)?;
        attributes.push_str(tag.trim_end_matches(text::is_space));
        self.spend_text(attributes.len())?;
        self.spend_text(content.len())?;
        Ok(Any { attributes, content: content.to_owned() })
    }

    /// Writes to `out` the declarations of the elements around `xml`, the first `outer` ones, that
    /// `xml` needs and its own `tag` does not have.
    fn declare(&mut self, out: &mut String, xml: &str, tag: &str, outer: usize) -> Result<()> {
        if self.namespaces.is_empty() {
            return Ok(());
        }
        let own = text::attributes(tag, usize::MAX).unwrap_or_default();
        let before = out.len();
        for at in (0..outer).rev() {
            let Declaration { name, ref value, .. } = self.namespaces[at];
            let hidden = own.iter().any(|(other, _)| *other == name)
                || self.namespaces[at + 1..outer].iter().any(|inner| inner.name == name);
            let used = match name.strip_prefix("xmlns:") {
                Some(prefix) => mentions(xml, prefix),
                None => !value.is_empty(),
            };
            if used && !hidden {
                let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
                // Writing to a `String` cannot fail.
                let _ = write!(out, " {name}=\"{value}\"");
            }
        }
        // What is declared once may be needed in many places: without a limit, a small text could
        // grow beyond all bounds here.
        self.copied += out.len() - before;
        if self.copied > self.limits.size {
            return Err(self.error(ReadErrorKind::Limit("raw content needs too many namespace declarations")));
        }
        Ok(())
    }
}

/// Whether `prefix:` stands anywhere in `xml`.
fn mentions(xml: &str, prefix: &str) -> bool {
    memmem::find_iter(xml.as_bytes(), prefix).any(|at| xml.as_bytes().get(at + prefix.len()) == Some(&b':'))
}

/// The attributes and the content of an element's text; `name` is its name.
fn split<'x>(xml: &'x str, name: &str) -> (&'x str, &'x str) {
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
            (tag, inner.rfind("</").map_or("", |close| &inner[..close]))
        }
    }
}
