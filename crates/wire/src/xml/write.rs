//! The writer of XML.

use super::content::{Content, ContentKind, Visitor};
use super::datatypes::scalar::Scalar;
use super::datatypes::simple_type::SimpleType;
use super::raw::{Any, Raw};
use super::scan::is_plain;
use super::text::{escape, escape_attribute};

/// A writer of values as XML, in schema order. It writes one line, unless it is
/// [`indented`](Self::indented).
#[derive(Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
    redacted: bool,
    /// The depth of the next element, if each element begins a line.
    indent: Option<usize>,
}

impl Writer {
    /// Creates an empty writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a writer that writes `***` for every secret.
    pub fn redacted() -> Self {
        Self { redacted: true, ..Self::default() }
    }

    /// Creates a writer that begins a line for every element, for people to read. Texts, and elements
    /// without a type, are written as they are.
    pub fn indented() -> Self {
        Self { indent: Some(0), ..Self::default() }
    }

    /// Writes a whole document: the XML declaration and the root element.
    pub fn document<T: Content>(name: &'static str, value: &T) -> Vec<u8> {
        let mut writer = Self::new();
        writer.push(DECLARATION);
        writer.visit_element(name, 0, value);
        writer.out
    }

    /// Writes the start tag of `name`, without attributes.
    #[inline]
    pub fn open(&mut self, name: &str) {
        self.out.reserve(name.len() + "<>".len());
        self.out.push(b'<');
        self.push(name);
        self.out.push(b'>');
    }

    /// Writes the end tag of `name`.
    #[inline]
    pub fn close(&mut self, name: &str) {
        self.out.reserve(name.len() + "</>".len());
        self.push("</");
        self.push(name);
        self.out.push(b'>');
    }

    /// Writes XML, which must be well-formed.
    #[inline]
    pub fn push(&mut self, xml: &str) {
        self.out.extend_from_slice(xml.as_bytes());
    }

    /// Writes the attribute `name` into the start tag that was just opened.
    pub fn write_attribute(&mut self, name: &str, value: &str) {
        self.out.pop();
        self.push(" ");
        self.push(name);
        self.push("=\"");
        escape_attribute(&mut self.out, value);
        self.push("\">");
    }

    /// Returns what was written.
    pub fn as_bytes(&self) -> &[u8] {
        &self.out
    }

    /// Returns what was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Begins a line for an element, if the writer is indented.
    #[inline]
    fn begin_line(&mut self) {
        if let Some(depth) = self.indent {
            if !self.out.is_empty() && self.out.last() != Some(&b'\n') {
                self.out.push(b'\n');
            }
            self.out.resize(self.out.len() + 2 * depth, b' ');
        }
    }

    /// Writes `<name>text</name>`.
    fn write_text(&mut self, name: &str, text: &str) {
        self.begin_line();
        self.open(name);
        if is_plain(text) {
            self.push(text);
        } else {
            escape(&mut self.out, text);
        }
        self.close(name);
    }

    fn write_value<T: Scalar>(&mut self, value: &T) {
        if T::SECRET && self.redacted {
            self.push("***");
        } else {
            value.with_text(|text| escape(&mut self.out, text));
        }
    }
}

/// The XML declaration at the beginning of a document.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

impl Visitor for Writer {
    fn scalar<T: Scalar>(&mut self, name: &'static str, _index: usize, value: &T, _simple_type: &'static SimpleType) {
        if T::SECRET && self.redacted {
            self.write_text(name, "***");
        } else {
            value.with_text(|text| self.write_text(name, text));
        }
    }

    fn visit_element<T: Content>(&mut self, name: &'static str, _index: usize, value: &T) {
        self.begin_line();
        self.open(name);
        value.visit_attributes(self);
        let inside = self.out.len();
        self.indent = self.indent.map(|depth| depth + 1);
        value.visit(self);
        self.indent = self.indent.map(|depth| depth - 1);
        if self.out.len() == inside {
            self.out.pop();
            self.push("/>");
        } else {
            if !matches!(T::KIND, ContentKind::Text | ContentKind::Raw) {
                self.begin_line();
            }
            self.close(name);
        }
    }

    fn attribute<T: Scalar>(&mut self, name: &'static str, value: &T, _simple_type: &'static SimpleType) {
        if T::SECRET && self.redacted {
            self.write_attribute(name, "***");
        } else {
            value.with_text(|text| self.write_attribute(name, text));
        }
    }

    fn text_content<T: Scalar>(&mut self, value: &T, _simple_type: &'static SimpleType) {
        self.write_value(value);
    }

    fn nil(&mut self, name: &'static str) {
        self.begin_line();
        self.push("<");
        self.push(name);
        self.push(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>");
    }

    fn any(&mut self, value: &Any) {
        self.out.pop();
        self.push(value.attributes());
        self.push(">");
        self.push(value.as_xml());
    }

    fn raw(&mut self, value: &Raw) {
        self.begin_line();
        if self.redacted {
            // It may contain a secret.
            let name = value.name();
            return self.push(&format!("<{name}>***</{name}>"));
        }
        self.push(value.as_xml());
    }
}
