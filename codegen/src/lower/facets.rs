//! Parses the facets of one derivation step, and checks them against the type that they restrict.

use crate::load::syntax;
use crate::model::{Facet, Pattern, Primitive, WhiteSpace};

/// The contribution of one facet to a derivation step.
pub(super) enum ParsedFacet {
    Facet(Facet),
    WhiteSpace(WhiteSpace),
    Pattern(Pattern),
    Value(String),
}

/// Parses a facet of a type that is derived from `primitive`.
pub(super) fn parse_facet(node: &syntax::Facet, primitive: &Primitive) -> Result<ParsedFacet, String> {
    use syntax::Facet as Node;
    let family = Family::of(primitive);
    let length =
        |name, value: &str| family.takes(name, &[Family::Text, Family::List]).and_then(|()| parse_number(name, value));
    let digits = |name, value: &str| {
        family.takes(name, &[Family::Integer, Family::Decimal]).and_then(|()| parse_number(name, value))
    };
    let bound = |name, value: &str| {
        family.takes(name, &[Family::Integer, Family::Decimal, Family::Float, Family::Moment])?;
        family.check(name, value)?;
        Ok::<_, String>(value.trim().to_owned())
    };
    Ok(match node {
        Node::Length(f) => ParsedFacet::Facet(Facet::Length(length("length", &f.value)?)),
        Node::MinLength(f) => ParsedFacet::Facet(Facet::MinLength(length("minLength", &f.value)?)),
        Node::MaxLength(f) => ParsedFacet::Facet(Facet::MaxLength(length("maxLength", &f.value)?)),
        Node::TotalDigits(f) => ParsedFacet::Facet(Facet::TotalDigits(digits("totalDigits", &f.value)?)),
        Node::FractionDigits(f) => ParsedFacet::Facet(Facet::FractionDigits(digits("fractionDigits", &f.value)?)),
        Node::MinInclusive(f) => ParsedFacet::Facet(Facet::MinInclusive(bound("minInclusive", &f.value)?)),
        Node::MaxInclusive(f) => ParsedFacet::Facet(Facet::MaxInclusive(bound("maxInclusive", &f.value)?)),
        Node::MinExclusive(f) => ParsedFacet::Facet(Facet::MinExclusive(bound("minExclusive", &f.value)?)),
        Node::MaxExclusive(f) => ParsedFacet::Facet(Facet::MaxExclusive(bound("maxExclusive", &f.value)?)),
        Node::Enumeration(f) => {
            family.check("enumeration", &f.value)?;
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
pub(super) fn fixed_value(value: &str, primitive: &Primitive) -> Result<Vec<Facet>, String> {
    let family = Family::of(primitive);
    let text = value.trim();
    if family != Family::Boolean {
        family.check("fixed", value)?;
    }
    Ok(match family {
        Family::Boolean => {
            let xsd = match text {
                "true" | "1" => "true|1",
                "false" | "0" => "false|0",
                _ => return Err(format!("the value '{value}' of fixed is not a boolean; expected true or false")),
            };
            vec![Facet::Pattern(vec![Pattern { xsd: xsd.to_owned(), regex: crate::regex::translate(xsd)? }])]
        }
        Family::Integer | Family::Decimal | Family::Float | Family::Moment => {
            vec![Facet::MinInclusive(text.to_owned()), Facet::MaxInclusive(text.to_owned())]
        }
        Family::Text | Family::List | Family::Union => vec![Facet::Enumeration(vec![value.to_owned()])],
    })
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

/// Returns a message and the names of two facets that no value can satisfy together.
pub(super) fn find_contradiction(facets: &[Facet]) -> Option<(&'static str, &'static [&'static str])> {
    let find = |f: fn(&Facet) -> Option<i128>| facets.iter().find_map(f);
    let least = find(|f| if let Facet::MinLength(n) = f { i128::try_from(*n).ok() } else { None });
    let most = find(|f| if let Facet::MaxLength(n) = f { i128::try_from(*n).ok() } else { None });
    if least > most && most.is_some() {
        return Some(("minLength is greater than maxLength", &["minLength", "maxLength"]));
    }
    let least = find(|f| if let Facet::MinInclusive(v) = f { v.parse().ok() } else { None });
    let most = find(|f| if let Facet::MaxInclusive(v) = f { v.parse().ok() } else { None });
    let both: &[_] = &["minInclusive", "maxInclusive"];
    (least > most && most.is_some()).then_some(("minInclusive is greater than maxInclusive", both))
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

    /// Checks that `value` can be a value of the type.
    fn check(self, facet: &str, value: &str) -> Result<(), String> {
        let text = value.trim();
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let fits = match self {
            Self::Text | Self::List | Self::Union => true,
            Self::Integer => digits(unsigned),
            Self::Decimal => digits(&unsigned.replacen('.', "", 1)),
            Self::Float => matches!(text, "INF" | "-INF" | "NaN") || text.parse::<f64>().is_ok(),
            Self::Boolean => return Err(format!("{facet} does not apply to xs:boolean")),
            Self::Moment => text.bytes().any(|b| b.is_ascii_digit()),
        };
        if fits {
            Ok(())
        } else {
            Err(format!("the value '{value}' of {facet} is not valid; expected {}", self.expected()))
        }
    }

    /// Describes one value of the type.
    fn expected(self) -> &'static str {
        match self {
            Self::Integer => "an integer",
            Self::Decimal => "a decimal number",
            Self::Float => "a floating-point number",
            Self::Moment => "a date, time or duration",
            Self::Text | Self::Boolean | Self::List | Self::Union => self.values(),
        }
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
