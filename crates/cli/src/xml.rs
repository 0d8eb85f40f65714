//! XML as a tree of elements, for packets that are built or shown without the emitted types.

use std::fmt::Write;

/// The namespace of `xsi:nil`.
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    /// Attribute names with their prefix, and their values.
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) content: Vec<Node>,
}

/// A part of the content of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Element(Element),
    /// Text, not escaped.
    Text(String),
}

impl Element {
    pub(crate) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Parses a document. White space between elements is dropped.
    ///
    /// # Errors
    /// A message if the document is not well-formed.
    pub(crate) fn parse(document: &str) -> Result<Self, String> {
        // The message of the parser quotes names, which are part of a secret if that was not escaped.
        let document = roxmltree::Document::parse(document).map_err(|error| {
            let position = error.pos();
            format!("not well-formed XML at line {}, column {}", position.row, position.col)
        })?;
        Ok(convert(document.root_element()))
    }

    /// Returns the child elements, in their order.
    pub(crate) fn children(&self) -> impl Iterator<Item = &Self> {
        self.content.iter().filter_map(|node| match node {
            Node::Element(child) => Some(child),
            Node::Text(_) => None,
        })
    }

    pub(crate) fn children_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.content.iter_mut().filter_map(|node| match node {
            Node::Element(child) => Some(child),
            Node::Text(_) => None,
        })
    }

    /// Returns the first child with this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children().find(|child| child.name == name)
    }

    /// Returns the text, without that of child elements.
    pub(crate) fn text(&self) -> String {
        let texts = self.content.iter().map(|node| match node {
            Node::Text(text) => text.as_str(),
            Node::Element(_) => "",
        });
        texts.collect()
    }

    pub(crate) fn has_children(&self) -> bool {
        self.children().next().is_some()
    }

    pub(crate) fn is_nil(&self) -> bool {
        self.attributes.iter().any(|(name, value)| name == "xsi:nil" && matches!(value.as_str(), "true" | "1"))
    }

    /// Replaces the content by a text.
    pub(crate) fn set_text(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.content = if text.is_empty() { Vec::new() } else { vec![Node::Text(text)] };
    }

    /// Returns the element as XML on one line.
    pub(crate) fn to_xml(&self) -> String {
        let mut out = String::new();
        self.write(None, self.uses_xsi(), &mut out);
        out
    }

    /// Returns the element as XML with one line for each element. Text is not changed.
    pub(crate) fn to_indented_xml(&self) -> String {
        let mut out = String::new();
        self.write(Some(0), self.uses_xsi(), &mut out);
        out
    }

    /// Returns the content as XML.
    pub(crate) fn inner_xml(&self) -> String {
        let mut out = String::new();
        for node in &self.content {
            match node {
                Node::Element(child) => child.write(None, false, &mut out),
                Node::Text(text) => escape(text, &mut out),
            }
        }
        out
    }

    fn uses_xsi(&self) -> bool {
        self.attributes.iter().any(|(name, _)| name.starts_with("xsi:")) || self.children().any(Self::uses_xsi)
    }

    fn write(&self, depth: Option<usize>, declares_xsi: bool, out: &mut String) {
        let indent = |depth: Option<usize>, out: &mut String| {
            if let Some(depth) = depth {
                out.push_str(&"  ".repeat(depth));
            }
        };
        indent(depth, out);
        let _ = write!(out, "<{}", self.name);
        if declares_xsi {
            let _ = write!(out, " xmlns:xsi=\"{XSI}\"");
        }
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"");
            escape(value, out);
            out.push('"');
        }
        if self.content.is_empty() {
            out.push_str("/>");
        } else {
            out.push('>');
            // A line break next to text would become a part of it.
            let inner = depth.filter(|_| self.content.iter().all(|node| matches!(node, Node::Element(_))));
            if inner.is_some() {
                out.push('\n');
            }
            for node in &self.content {
                match node {
                    Node::Element(child) => child.write(inner.map(|depth| depth + 1), false, out),
                    Node::Text(text) => escape(text, out),
                }
            }
            indent(inner, out);
            let _ = write!(out, "</{}>", self.name);
        }
        if depth.is_some() {
            out.push('\n');
        }
    }
}

fn convert(node: roxmltree::Node<'_, '_>) -> Element {
    let attributes = node.attributes().map(|attribute| {
        let prefix = if attribute.namespace() == Some(XSI) { "xsi:" } else { "" };
        (format!("{prefix}{}", attribute.name()), attribute.value().to_owned())
    });
    let has_elements = node.children().any(|child| child.is_element());
    let content = node.children().filter_map(|child| {
        if child.is_element() {
            return Some(Node::Element(convert(child)));
        }
        let text = child.text().filter(|_| child.is_text())?;
        (!has_elements || !text.trim().is_empty()).then(|| Node::Text(text.to_owned()))
    });
    Element { name: node.tag_name().name().to_owned(), attributes: attributes.collect(), content: content.collect() }
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
            '\t' | '\n' | '\r' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Element;

    #[test]
    fn parse_and_write_keep_values_and_drop_white_space_between_elements() {
        let text = "<a x=\"1&#10;\">\n <b>&lt; &amp;</b>\n <c/></a>";
        let element = Element::parse(text).unwrap();
        assert_eq!(element.to_xml(), "<a x=\"1&#10;\"><b>&lt; &amp;</b><c/></a>");
        assert_eq!(element.to_indented_xml(), "<a x=\"1&#10;\">\n  <b>&lt; &amp;</b>\n  <c/>\n</a>\n");
        assert_eq!(element.inner_xml(), "<b>&lt; &amp;</b><c/>");
        assert!(Element::parse("<a>").is_err());
    }

    #[test]
    fn nil_elements_declare_their_namespace_once() {
        let text =
            "<a xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><b i:nil=\"true\"/><b i:nil=\"true\"/></a>";
        let element = Element::parse(text).unwrap();
        assert!(element.child("b").unwrap().is_nil());
        assert_eq!(element.to_xml().matches("xmlns").count(), 1);
        assert_eq!(Element::parse(&element.to_xml()), Ok(element));
    }
}
