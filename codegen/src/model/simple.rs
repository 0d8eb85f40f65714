//! Simple types: what a text may be.

use super::{Origin, SimpleId};

/// A simple type: lexical rules and facets, all derivation steps folded into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimpleType {
    /// Where it stands; `type_name` is `xs:…` for what XSD has built in.
    pub origin: Origin,
    /// Documentation.
    pub doc: String,
    /// The built-in type at the bottom.
    pub primitive: Primitive,
    /// How white space is treated before the facets apply.
    pub white_space: WhiteSpace,
    /// The facets.
    pub facets: Vec<Facet>,
    /// What a fix-up calls it.
    pub renamed: Option<String>,
    /// What fix-ups call listed values: the value and its name.
    pub renamed_values: Vec<(String, String)>,
}

/// The built-in type at the bottom of a simple type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Primitive {
    /// A built-in type, by its XSD name without prefix: `string`, `positiveInteger`.
    BuiltIn(String),
    /// `xs:union`: any of these.
    Union(Vec<SimpleId>),
    /// `xs:list`: items of this type.
    List(SimpleId),
}

/// `xs:whiteSpace`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhiteSpace {
    /// Kept as it is.
    Preserve,
    /// Every white space character is a space.
    Replace,
    /// As `Replace`; runs are one space; none at the ends.
    Collapse,
}

/// A facet.
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
    /// The patterns of one derivation step, of which any must match.
    Pattern(Vec<Pattern>),
    /// `xs:enumeration`: the values of the last step that has any.
    Enumeration(Vec<String>),
}

/// A pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// As in the schema.
    pub xsd: String,
    /// For the `regex` crate.
    pub regex: String,
}

impl SimpleType {
    /// The listed values, if the type lists any.
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

/// The built-in types that a schema may use, and the white space rule of those that have one.
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
