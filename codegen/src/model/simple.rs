//! Simple types: the types of texts.

use std::fmt;

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

/// `xs:whiteSpace`, from the weakest rule to the strictest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhiteSpace {
    /// White space is preserved.
    Preserve,
    /// Every white space character becomes a space.
    Replace,
    /// Like `Replace`; then runs of spaces become one, and spaces at both ends are removed.
    Collapse,
}

impl fmt::Display for WhiteSpace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Preserve => "preserve",
            Self::Replace => "replace",
            Self::Collapse => "collapse",
        })
    }
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

impl Facet {
    /// Returns the name of the facet in XML Schema.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Length(_) => "length",
            Self::MinLength(_) => "minLength",
            Self::MaxLength(_) => "maxLength",
            Self::MinInclusive(_) => "minInclusive",
            Self::MaxInclusive(_) => "maxInclusive",
            Self::MinExclusive(_) => "minExclusive",
            Self::MaxExclusive(_) => "maxExclusive",
            Self::TotalDigits(_) => "totalDigits",
            Self::FractionDigits(_) => "fractionDigits",
            Self::Pattern(_) => "pattern",
            Self::Enumeration(_) => "enumeration",
        }
    }
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

    /// Returns `true` if the text must be kept as it was written, because a number or boolean would be written in another
    /// form: it has a pattern, or a fixed value that is not in the form that Rust writes.
    pub(crate) fn keeps_text(&self) -> bool {
        let bound = |of: fn(&Facet) -> Option<&String>| self.facets.iter().find_map(of);
        let least = bound(|facet| if let Facet::MinInclusive(value) = facet { Some(value) } else { None });
        let most = bound(|facet| if let Facet::MaxInclusive(value) = facet { Some(value) } else { None });
        let is_canonical = |value: &str| match &self.primitive {
            Primitive::BuiltIn(name) if matches!(name.as_str(), "float" | "double") => {
                value.parse::<f64>().is_ok_and(|number| number.to_string() == value)
            }
            _ => value.parse::<i128>().is_ok_and(|number| number.to_string() == value),
        };
        self.facets.iter().any(|facet| matches!(facet, Facet::Pattern(_)))
            || least.is_some_and(|value| most == Some(value) && !is_canonical(value))
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
