//! Writing XML.

use super::{Any, Content, ContentKind, Raw, Scalar, SimpleType, Visitor};

/// Writes values as XML, in schema order; on one line, unless asked otherwise.
#[derive(Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
    redacted: bool,
    /// How deep the next element stands, if each is to stand on a line of its own.
    indent: Option<usize>,
}

impl Writer {
    /// A writer that has written nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// A writer that writes `***` for every secret.
    pub fn redacted() -> Self {
        Self { redacted: true, ..Self::default() }
    }

    /// A writer that begins a line for every element, for people to read. Texts, and elements of no
    /// type, are written as they are.
    pub fn indented() -> Self {
        Self { indent: Some(0), ..Self::default() }
    }

    /// A whole document: the XML declaration and the root element.
    pub fn document<T: Content>(name: &'static str, value: &T) -> Vec<u8> {
        let mut writer = Self::new();
        writer.push(DECLARATION);
        writer.visit_element(name, 0, value);
        writer.out
    }

    /// Writes the start tag of `name`, without attributes.
    pub fn open(&mut self, name: &str) {
        self.push("<");
        self.push(name);
        self.push(">");
    }

    /// Writes the end tag of `name`.
    pub fn close(&mut self, name: &str) {
        self.push("</");
        self.push(name);
        self.push(">");
    }

    /// Writes XML that is known to be well-formed.
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

    /// What was written.
    pub fn as_bytes(&self) -> &[u8] {
        &self.out
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Begins a line for an element, if each has its own.
    #[inline]
    fn line(&mut self) {
        if let Some(depth) = self.indent {
            if !self.out.is_empty() && self.out.last() != Some(&b'\n') {
                self.out.push(b'\n');
            }
            self.out.resize(self.out.len() + 2 * depth, b' ');
        }
    }

    /// Writes `<name>text</name>`.
    fn write_text(&mut self, name: &str, text: &str) {
        self.line();
        if text.bytes().fold(false, |found, b| found | is_special(b)) {
            self.open(name);
            escape(&mut self.out, text);
            self.close(name);
            return;
        }
        // Room for all of it at once is faster than piece by piece.
        let (start, length) = (self.out.len(), 2 * name.len() + text.len() + "<></>".len());
        self.out.resize(start + length, b'>');
        let (tag, rest) = self.out[start..].split_at_mut(name.len() + 2);
        let (inside, close) = rest.split_at_mut(text.len());
        tag[0] = b'<';
        tag[1..=name.len()].copy_from_slice(name.as_bytes());
        inside.copy_from_slice(text.as_bytes());
        close[..2].copy_from_slice(b"</");
        close[2..2 + name.len()].copy_from_slice(name.as_bytes());
    }

    fn value<T: Scalar>(&mut self, value: &T) {
        if T::SECRET && self.redacted {
            self.push("***");
        } else {
            value.with_text(|text| escape(&mut self.out, text));
        }
    }
}

/// What a document begins with.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

impl Visitor for Writer {
    fn scalar<T: Scalar>(&mut self, name: &'static str, _index: usize, value: &T, _simple: &'static SimpleType) {
        if T::SECRET && self.redacted {
            self.write_text(name, "***");
        } else {
            value.with_text(|text| self.write_text(name, text));
        }
    }

    fn visit_element<T: Content>(&mut self, name: &'static str, _index: usize, value: &T) {
        self.line();
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
                self.line();
            }
            self.close(name);
        }
    }

    fn attribute<T: Scalar>(&mut self, name: &'static str, value: &T, _simple: &'static SimpleType) {
        if T::SECRET && self.redacted {
            self.write_attribute(name, "***");
        } else {
            value.with_text(|text| self.write_attribute(name, text));
        }
    }

    fn text_content<T: Scalar>(&mut self, value: &T, _simple: &'static SimpleType) {
        self.value(value);
    }

    fn nil(&mut self, name: &'static str) {
        self.line();
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
        self.line();
        if self.redacted {
            // Whether there is a secret in it is not known.
            let name = value.name();
            return self.push(&format!("<{name}>***</{name}>"));
        }
        self.push(value.as_xml());
    }
}

/// Writes `text` so that a reader gets the same text: `\r` would read as a line end otherwise.
pub(super) fn escape(out: &mut Vec<u8>, text: &str) {
    escape_with(out, text, is_special);
}

/// Whether `b` must be escaped in a text.
fn is_special(b: u8) -> bool {
    matches!(b, b'<' | b'>' | b'&' | b'\r')
}

/// As [`escape`], for attributes, where all white space would read as spaces.
fn escape_attribute(out: &mut Vec<u8>, text: &str) {
    escape_with(out, text, |b| matches!(b, b'<' | b'>' | b'&' | b'"' | b'\r' | b'\n' | b'\t'));
}

fn escape_with(out: &mut Vec<u8>, text: &str, special: impl Fn(u8) -> bool) {
    let mut rest = text.as_bytes();
    // Nearly every text has nothing special, and without an early end this is fast to find out.
    if rest.iter().fold(false, |found, b| found | special(*b)) {
        while let Some(at) = rest.iter().position(|b| special(*b)) {
            out.extend_from_slice(&rest[..at]);
            out.extend_from_slice(match rest[at] {
                b'<' => b"&lt;",
                b'>' => b"&gt;",
                b'&' => b"&amp;",
                b'"' => b"&quot;",
                b'\r' => b"&#13;",
                b'\n' => b"&#10;",
                _ => b"&#9;",
            });
            rest = &rest[at + 1..];
        }
    }
    out.extend_from_slice(rest);
}
