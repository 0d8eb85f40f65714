//! Random schemas: small, but with every kind of content model and many kinds of values.

use fastrand::Rng;

/// Simple types, by reference or inline, for an element.
const SIMPLE: &[(&str, &str)] = &[
    (r#"type="xs:string""#, ""),
    (r#"type="xs:int""#, ""),
    (r#"type="xs:boolean""#, ""),
    (r#"type="xs:decimal""#, ""),
    (r#"type="xs:date""#, ""),
    (r#"type="xs:unsignedByte""#, ""),
    (r#"type="xs:token""#, ""),
    (r#"type="xs:duration""#, ""),
    (r#"type="Colour""#, ""),
    (r#"type="Level""#, ""),
    (
        "",
        r#"<xs:simpleType><xs:restriction base="xs:boolean"><xs:pattern value="[01]"/></xs:restriction></xs:simpleType>"#,
    ),
    (
        "",
        r#"<xs:simpleType><xs:restriction base="xs:int"><xs:pattern value="[0-9]{3}"/></xs:restriction></xs:simpleType>"#,
    ),
    (
        "",
        r#"<xs:simpleType><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="4"/></xs:restriction></xs:simpleType>"#,
    ),
    // libxml2 accepts the empty text for the type itself.
    (
        "",
        r#"<xs:simpleType><xs:restriction base="xs:NMTOKENS"><xs:minLength value="1"/></xs:restriction></xs:simpleType>"#,
    ),
    ("", r#"<xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType>"#),
    ("", r#"<xs:simpleType><xs:union memberTypes="xs:int Colour"/></xs:simpleType>"#),
    (
        "",
        r#"<xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="on"/><xs:enumeration value="off"/></xs:restriction></xs:simpleType>"#,
    ),
    ("", "<xs:complexType/>"),
    (
        "",
        r#"<xs:complexType><xs:simpleContent><xs:extension base="xs:int"><xs:attribute name="unit" type="Colour"/></xs:extension></xs:simpleContent></xs:complexType>"#,
    ),
];

/// Types that all schemas declare.
const SHARED: &str = r#"
  <xs:simpleType name="Colour"><xs:restriction base="xs:string"><xs:enumeration value="red"/><xs:enumeration value="green"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Level"><xs:restriction base="xs:int"><xs:minInclusive value="1"/><xs:maxExclusive value="9"/></xs:restriction></xs:simpleType>
"#;

/// Bounds of occurrence, the commonest first.
const OCCURS: [&str; 7] = [
    "",
    r#"minOccurs="0""#,
    r#"maxOccurs="unbounded""#,
    r#"minOccurs="0" maxOccurs="unbounded""#,
    r#"maxOccurs="2""#,
    r#"minOccurs="2" maxOccurs="3""#,
    r#"minOccurs="0" maxOccurs="2""#,
];

/// The declarations of a schema, while it is made.
struct Maker<'r> {
    rng: &'r mut Rng,
    /// The number of elements so far. Each name occurs once, so no content is ambiguous.
    elements: usize,
    /// The types and elements at the top level.
    declarations: String,
    /// The names of the global elements.
    globals: Vec<String>,
}

/// Returns a random schema with the root element `r`.
pub(crate) fn schema(rng: &mut Rng) -> String {
    let mut maker = Maker { rng, elements: 0, declarations: String::new(), globals: Vec::new() };
    let root = maker.complex_type(0);
    let declarations = maker.declarations;
    format!(
        r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="r">{root}</xs:element>{SHARED}{declarations}</xs:schema>
"#
    )
}

impl Maker<'_> {
    fn occurs(&mut self) -> &'static str {
        let at = self.rng.usize(..OCCURS.len() + 3).saturating_sub(3);
        OCCURS[at]
    }

    fn name(&mut self) -> String {
        self.elements += 1;
        // Some names are keywords, or differ from each other only in Rust.
        match self.rng.u8(..12) {
            0 => format!("type-{}", self.elements),
            1 => format!("E{}_x", self.elements),
            2 if self.elements == 1 => "gen".to_owned(),
            3 if self.elements == 2 => "match".to_owned(),
            _ => format!("e{}", self.elements),
        }
    }

    /// Returns an anonymous complex type with elements.
    fn complex_type(&mut self, depth: usize) -> String {
        let attributes = match self.rng.u8(..4) {
            0 => r#"<xs:attribute name="at" type="xs:int" use="required"/>"#,
            1 => r#"<xs:attribute name="at" default="red" type="Colour"/><xs:attribute name="b" type="xs:boolean"/>"#,
            _ => "",
        };
        let content = if self.rng.u8(..8) == 0 { self.all() } else { self.group(depth, true) };
        format!("<xs:complexType>{content}{attributes}</xs:complexType>")
    }

    fn all(&mut self) -> String {
        let elements: String = (0..self.rng.usize(1..4))
            .map(|_| {
                let occurs = if self.rng.bool() { r#"minOccurs="0""# } else { "" };
                self.simple_element(occurs)
            })
            .collect();
        format!("<xs:all>{elements}</xs:all>")
    }

    /// Returns a sequence or choice. With `may_nest`, one of its particles may be another one: names are given to one
    /// anonymous part of a type only.
    fn group(&mut self, depth: usize, may_nest: bool) -> String {
        let kind = if self.rng.bool() { "sequence" } else { "choice" };
        let occurs = self.occurs();
        let count = self.rng.usize(1..4);
        let nested = (may_nest && self.rng.bool()).then(|| self.rng.usize(..count));
        let particles: String = (0..count)
            .map(|at| match nested {
                Some(nested) if nested == at => self.group(depth, false),
                _ => self.element(depth),
            })
            .collect();
        format!("<xs:{kind} {occurs}>{particles}</xs:{kind}>")
    }

    fn element(&mut self, depth: usize) -> String {
        let occurs = self.occurs();
        match self.rng.u8(..10) {
            0 | 1 if depth < 2 => {
                let name = self.name();
                let inner = self.complex_type(depth + 1);
                format!(r#"<xs:element name="{name}" {occurs}>{inner}</xs:element>"#)
            }
            2 if depth < 2 => {
                let (name, ty) = (self.name(), format!("Type{}", self.elements));
                let content = self.complex_type(depth + 1).replacen("<xs:complexType>", "", 1);
                self.declarations.push_str(&format!(r#"<xs:complexType name="{ty}">{content}"#));
                format!(r#"<xs:element name="{name}" type="{ty}" {occurs}/>"#)
            }
            3 if depth < 2 => {
                let name = self.name();
                let content = self.complex_type(depth + 1);
                self.declarations.push_str(&format!(r#"<xs:element name="{name}">{content}</xs:element>"#));
                self.globals.push(name.clone());
                format!(r#"<xs:element ref="{name}" {occurs}/>"#)
            }
            4 if !self.globals.is_empty() && depth > 0 => {
                // It may refer back to an element around it, so it must not be required.
                let name = self.globals[self.rng.usize(..self.globals.len())].clone();
                format!(r#"<xs:element ref="{name}" minOccurs="0"/>"#)
            }
            5 => {
                let name = self.name();
                format!(r#"<xs:element name="{name}" type="xs:int" default="5"/>"#)
            }
            6 => {
                let name = self.name();
                let fixed =
                    [r#"type="xs:boolean" fixed="1""#, r#"type="xs:int" fixed="007""#, r#"type="xs:string" fixed="a""#];
                let fixed = fixed[self.rng.usize(..fixed.len())];
                format!(r#"<xs:element name="{name}" {fixed} minOccurs="0"/>"#)
            }
            _ => self.simple_element(occurs),
        }
    }

    fn simple_element(&mut self, occurs: &str) -> String {
        let name = self.name();
        let (attribute, inside) = SIMPLE[self.rng.usize(..SIMPLE.len())];
        format!(r#"<xs:element name="{name}" {attribute} {occurs}>{inside}</xs:element>"#)
    }
}
