//! Simple types: the types of texts.

use super::{Origin, SimpleId};

/// A simple type. All derivation steps are folded into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimpleType {
    /// The declaration of the type; `type_name` is `xs:…` for a built-in type.
    pub origin: Origin,
    /// Its documentation.
    pub doc: String,
    /// The built-in type, list or union that it is derived from.
    pub primitive: Primitive,
    /// The treatment of white space before the facets apply.
    pub white_space: WhiteSpace,
    /// The facets.
    pub facets: Vec<Facet>,
    /// The name that a fix-up gives it.
    pub renamed: Option<String>,
    /// The names that fix-ups give to listed values: the value, and the name.
    pub renamed_values: Vec<(String, String)>,
}

/// The built-in type, list or union at the root of a derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Primitive {
    /// A built-in type, by its name without prefix: `string`, `positiveInteger`.
    BuiltIn(String),
    /// `xs:union`: any of these.
    Union(Vec<SimpleId>),
    /// `xs:list`: items of this type.
    List(SimpleId),
}

/// `xs:whiteSpace`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhiteSpace {
    /// White space is preserved.
    Preserve,
    /// Every white space character becomes a space.
    Replace,
    /// Like `Replace`; then runs of spaces become one, and spaces at both ends are removed.
    Collapse,
}

/// A restriction of a simple type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Facet {
    /// `xs:length`.
    Length(usize),
    /// `xs:minLength`.
    MinLength(usize),
    /// `xs:maxLength`.
    MaxLength(usize),
    /// `xs:minInclusive`.
    MinInclusive(String),
    /// `xs:maxInclusive`.
    MaxInclusive(String),
    /// `xs:minExclusive`.
    MinExclusive(String),
    /// `xs:maxExclusive`.
    MaxExclusive(String),
    /// `xs:totalDigits`.
    TotalDigits(usize),
    /// `xs:fractionDigits`.
    FractionDigits(usize),
    /// The patterns of one derivation step. At least one of them must match.
    Pattern(Vec<Pattern>),
    /// `xs:enumeration`: the values of the last step that lists any.
    Enumeration(Vec<String>),
}

/// A regular expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// In the syntax of XML Schema.
    pub xsd: String,
    /// In the syntax of the `regex` crate.
    pub regex: String,
}

impl SimpleType {
    /// Returns the listed values, if the type lists any.
    pub(crate) fn enumeration(&self) -> Option<&[String]> {
        self.facets.iter().find_map(|facet| match facet {
            Facet::Enumeration(values) => Some(values.as_slice()),
            _ => None,
        })
    }

    pub(crate) fn new(
        origin: Origin,
        doc: String,
        primitive: Primitive,
        white_space: WhiteSpace,
        facets: Vec<Facet>,
    ) -> Self {
        Self { origin, doc, primitive, white_space, facets, renamed: None, renamed_values: Vec::new() }
    }
}

/// The built-in types that a schema may use.
pub(crate) const BUILT_INS: &[&str] = &[
    "anySimpleType",
    "anyURI",
    "base64Binary",
    "boolean",
    "byte",
    "date",
    "dateTime",
    "decimal",
    "double",
    "duration",
    "float",
    "hexBinary",
    "int",
    "integer",
    "long",
    "negativeInteger",
    "nonNegativeInteger",
    "nonPositiveInteger",
    "normalizedString",
    "positiveInteger",
    "short",
    "string",
    "time",
    "token",
    "unsignedByte",
    "unsignedInt",
    "unsignedLong",
    "unsignedShort",
];
