//! A packet as a tree that remembers what each text is of.

use plesk_codegen::model::{SimpleId, TypeId};

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name, with a prefix if it has one.
    pub name: String,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
    /// What stands between its tags.
    pub content: Vec<Node>,
    /// Whether its children may stand in any order (`xs:all`).
    pub any_order: bool,
    /// The type of its content, if the schema has one that is not simple.
    pub holds: Option<TypeId>,
}

/// An attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its value, not escaped.
    pub value: String,
    /// The type of the value, if the schema has one.
    pub simple: Option<SimpleId>,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A child.
    Element(Element),
    /// A text.
    Text {
        /// The text, not escaped.
        text: String,
        /// Its type, if the schema has one.
        simple: Option<SimpleId>,
    },
    /// Anything that is written as it is: a comment, CDATA, a reference.
    Markup(String),
}

impl Element {
    /// An empty element.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The child elements.
    pub fn children(&self) -> impl Iterator<Item = &Self> {
        self.content.iter().filter_map(|node| match node {
            Node::Element(child) => Some(child),
            _ => None,
        })
    }

    /// The element as XML.
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

/// Writes `text` so that it reads as the same text, in elements and in attributes.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
}
