//! Parses the facets of one derivation step, and checks their values against the type that they restrict.

use plesk_wire::xml;

use super::literal;
use crate::load::syntax;
use crate::model::{Facet, Pattern, Primitive, WhiteSpace};

/// The contribution of one facet to a derivation step.
pub(super) enum ParsedFacet {
    Facet(Facet),
    WhiteSpace(WhiteSpace),
    Pattern(Pattern),
    Value(String),
}

/// Parses a facet of a type that is derived from `primitive`, and restricts `base`.
pub(super) fn parse_facet(
    node: &syntax::Facet,
    primitive: &Primitive,
    base: &xml::SimpleType,
) -> Result<ParsedFacet, String> {
    use syntax::Facet as Node;
    let family = Family::of(primitive);
    let length =
        |name, value: &str| family.takes(name, &[Family::Text, Family::List]).and_then(|()| parse_number(name, value));
    let digits = |name, value: &str| {
        family.takes(name, &[Family::Integer, Family::Decimal]).and_then(|()| parse_number(name, value))
    };
    let bound = |name, value: &str| {
        family.takes(name, &[Family::Integer, Family::Decimal, Family::Float, Family::Moment])?;
        // A bound may be outside those of the base type in a way that only `consistency` can describe.
        check(name, value, literal::without_facets(base))?;
        Ok::<_, String>(value.trim().to_owned())
    };
    Ok(match node {
        Node::Length(f) => ParsedFacet::Facet(Facet::Length(length("length", &f.value)?)),
        Node::MinLength(f) => ParsedFacet::Facet(Facet::MinLength(length("minLength", &f.value)?)),
        Node::MaxLength(f) => ParsedFacet::Facet(Facet::MaxLength(length("maxLength", &f.value)?)),
        Node::TotalDigits(f) => match digits("totalDigits", &f.value)? {
            0 => return Err("totalDigits must be at least 1".to_owned()),
            digits => ParsedFacet::Facet(Facet::TotalDigits(digits)),
        },
        Node::FractionDigits(f) => match digits("fractionDigits", &f.value)? {
            1.. if family == Family::Integer => return Err("fractionDigits of an integer is always 0".to_owned()),
            digits => ParsedFacet::Facet(Facet::FractionDigits(digits)),
        },
        Node::MinInclusive(f) => ParsedFacet::Facet(Facet::MinInclusive(bound("minInclusive", &f.value)?)),
        Node::MaxInclusive(f) => ParsedFacet::Facet(Facet::MaxInclusive(bound("maxInclusive", &f.value)?)),
        Node::MinExclusive(f) => ParsedFacet::Facet(Facet::MinExclusive(bound("minExclusive", &f.value)?)),
        Node::MaxExclusive(f) => ParsedFacet::Facet(Facet::MaxExclusive(bound("maxExclusive", &f.value)?)),
        Node::Enumeration(f) => {
            if family == Family::Boolean {
                return Err("enumeration does not apply to xs:boolean".to_owned());
            }
            check("enumeration", &f.value, base)?;
            ParsedFacet::Value(f.value.clone())
        }
        Node::WhiteSpace(f) => ParsedFacet::WhiteSpace(match f.value.as_str() {
            "preserve" => WhiteSpace::Preserve,
            "replace" => WhiteSpace::Replace,
            "collapse" => WhiteSpace::Collapse,
            other => return Err(format!("'{other}' is not a value of whiteSpace")),
        }),
        Node::Pattern(f) => {
            ParsedFacet::Pattern(Pattern { xsd: f.value.clone(), regex: crate::regex::translate(&f.value)? })
        }
        Node::Assertion(_) | Node::ExplicitTimezone(_) => {
            return Err("a facet of XSD 1.1 is not supported".to_owned());
        }
    })
}

/// Returns the facets that only `value` satisfies, in any lexical form.
pub(super) fn fixed_value(value: &str, primitive: &Primitive, base: &xml::SimpleType) -> Result<Vec<Facet>, String> {
    check("fixed", value, base)?;
    let text = value.trim();
    Ok(match Family::of(primitive) {
        Family::Boolean => {
            let xsd = if matches!(text, "true" | "1") { "true|1" } else { "false|0" };
            vec![Facet::Pattern(vec![Pattern { xsd: xsd.to_owned(), regex: crate::regex::translate(xsd)? }])]
        }
        Family::Integer | Family::Decimal | Family::Float | Family::Moment => {
            vec![Facet::MinInclusive(text.to_owned()), Facet::MaxInclusive(text.to_owned())]
        }
        Family::Text | Family::List | Family::Union => vec![Facet::Enumeration(vec![value.to_owned()])],
    })
}

/// Checks that a value in the schema is one of the type.
pub(super) fn check(name: &str, value: &str, ty: &xml::SimpleType) -> Result<(), String> {
    ty.check(value).map_err(|error| format!("the value '{value}' of {name} {error}"))
}

/// Returns the name and the value of a facet as written.
pub(super) fn name_and_value(node: &syntax::Facet) -> (&'static str, &str) {
    use syntax::Facet as Node;
    match node {
        Node::Length(f) => ("length", &f.value),
        Node::MinLength(f) => ("minLength", &f.value),
        Node::MaxLength(f) => ("maxLength", &f.value),
        Node::TotalDigits(f) => ("totalDigits", &f.value),
        Node::FractionDigits(f) => ("fractionDigits", &f.value),
        Node::MinInclusive(f) => ("minInclusive", &f.value),
        Node::MaxInclusive(f) => ("maxInclusive", &f.value),
        Node::MinExclusive(f) => ("minExclusive", &f.value),
        Node::MaxExclusive(f) => ("maxExclusive", &f.value),
        Node::Enumeration(f) => ("enumeration", &f.value),
        Node::WhiteSpace(f) => ("whiteSpace", &f.value),
        Node::Pattern(f) => ("pattern", &f.value),
        Node::Assertion(_) => ("assertion", ""),
        Node::ExplicitTimezone(_) => ("explicitTimezone", ""),
    }
}

/// Returns how to fix an invalid facet of this name.
pub(super) fn advice_for(name: &str) -> &'static str {
    match name {
        "pattern" => "use the syntax of XML Schema 1.0, Part 2, appendix F; a pattern always matches the whole value",
        "whiteSpace" => "use preserve, replace or collapse",
        "assertion" | "explicitTimezone" => "remove it",
        _ => "correct the value, or restrict another base type",
    }
}

fn parse_number(name: &str, value: &str) -> Result<usize, String> {
    value.trim().parse().map_err(|_| format!("the value '{value}' of {name} is not a number"))
}

/// The families of primitive types, by the facets that apply to them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Text,
    Integer,
    Decimal,
    Float,
    Boolean,
    /// Dates, times and durations.
    Moment,
    List,
    Union,
}

impl Family {
    fn of(primitive: &Primitive) -> Self {
        match primitive {
            Primitive::List(_) => Self::List,
            Primitive::Union(_) => Self::Union,
            Primitive::BuiltIn(name) => match name.as_str() {
                "boolean" => Self::Boolean,
                "decimal" => Self::Decimal,
                "float" | "double" => Self::Float,
                "date" | "dateTime" | "time" | "duration" => Self::Moment,
                "string" | "normalizedString" | "token" | "anyURI" | "hexBinary" | "base64Binary" | "anySimpleType" => {
                    Self::Text
                }
                _ => Self::Integer,
            },
        }
    }

    fn takes(self, facet: &str, families: &[Self]) -> Result<(), String> {
        if families.contains(&self) { Ok(()) } else { Err(format!("{facet} does not apply to {}", self.values())) }
    }

    /// Describes the values of the type.
    fn values(self) -> &'static str {
        match self {
            Self::Text => "texts",
            Self::Integer => "integers",
            Self::Decimal => "decimal numbers",
            Self::Float => "floating-point numbers",
            Self::Boolean => "true and false",
            Self::Moment => "dates, times and durations",
            Self::List => "lists",
            Self::Union => "the values of a union",
        }
    }
}
