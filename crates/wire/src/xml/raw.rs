//! Content that the schema leaves open, kept as the XML that was sent.

use std::fmt;

use super::text;

/// The content of an element without a type (`xs:anyType`): often nothing, or a text.
///
/// ```
/// # use plesk_wire::xml as plesk;
/// use plesk::Any;
///
/// assert!(Any::empty().is_empty());
/// assert_eq!(Any::text("R&D").as_xml(), "R&amp;D");
/// assert_eq!(Any::xml("<b>1</b>")?.to_text(), None);
/// # Ok::<(), plesk_wire::xml::ReadError>(())
/// ```
///
/// It may contain secrets, so `Debug` shows only its size.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Any {
    /// The attributes as in the tag, with a leading space, or nothing.
    pub(super) attributes: String,
    /// The XML between the tags.
    pub(super) content: String,
}

impl Any {
    /// Creates an empty element, which the protocol uses for flags.
    pub const fn empty() -> Self {
        Self { attributes: String::new(), content: String::new() }
    }

    /// Creates an element with a text.
    pub fn text(text: &str) -> Self {
        let mut content = Vec::new();
        text::escape(&mut content, text);
        Self { attributes: String::new(), content: String::from_utf8_lossy(&content).into_owned() }
    }

    /// Returns the content between the tags as XML.
    pub fn as_xml(&self) -> &str {
        &self.content
    }

    /// Returns `true` if the element is empty.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// Returns the attributes as in the tag, with a leading space, or nothing.
    pub fn attributes(&self) -> &str {
        &self.attributes
    }
}

impl fmt::Debug for Any {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Any({} bytes)", self.attributes.len() + self.content.len())
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

/// An element matched by a wildcard (`xs:any`): all of it, with its tags.
///
/// It may contain secrets, so `Debug` shows only its name and size.
///
/// ```
/// # use plesk_wire::xml as plesk;
/// use plesk::Raw;
///
/// let raw = Raw::new("<news lang='en'>Hello</news>")?;
/// assert_eq!((raw.name(), raw.as_xml().len()), ("news", 28));
/// # Ok::<(), plesk_wire::xml::ReadError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Raw(pub(super) String);

impl Raw {
    /// Returns the element as XML.
    pub fn as_xml(&self) -> &str {
        &self.0
    }

    /// Returns the name of the element.
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
