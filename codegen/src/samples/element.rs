//! Elements that remember which types of the schema they and their texts have.

use crate::model::{SimpleId, TypeId};

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// The name, with a prefix if it has one.
    pub name: String,
    /// The attributes.
    pub attributes: Vec<Attribute>,
    /// The nodes between the tags.
    pub content: Vec<Node>,
    /// Whether the order of the children is free (`xs:all`).
    pub any_order: bool,
    /// The type of the content, if the schema has one that is not simple.
    pub content_type: Option<TypeId>,
}

/// An attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The name.
    pub name: String,
    /// The value, not escaped.
    pub value: String,
    /// The type of the value, if the schema has one.
    pub simple: Option<SimpleId>,
}

/// A node in the content of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A child element.
    Element(Element),
    /// A text.
    Text {
        /// The text, not escaped.
        text: String,
        /// The type of the text, if the schema has one.
        simple: Option<SimpleId>,
    },
    /// Markup that is written unchanged: a comment, CDATA, a reference.
    Markup(String),
}

impl Element {
    /// Creates an empty element.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Returns `true` if the content is a single text.
    pub fn is_text(&self) -> bool {
        matches!(self.content.as_slice(), [Node::Text { .. }])
    }

    /// Returns the element as XML.
    pub fn to_xml(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for Attribute { name, value, .. } in &self.attributes {
            out.push_str(&format!(" {name}=\""));
            escape(value, out);
            out.push('"');
        }
        if self.content.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.content {
            match node {
                Node::Element(child) => child.write(out),
                Node::Text { text, .. } => escape(text, out),
                Node::Markup(markup) => out.push_str(markup),
            }
        }
        out.push_str(&format!("</{}>", self.name));
    }
}

/// Writes `text` escaped, so that it is read as the same text in elements and in attributes.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            // As references, because parsers normalize these characters.
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
}
