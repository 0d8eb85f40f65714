//! Checks literals in schemas with the rules of the runtime crate, so that the generator accepts exactly the values that
//! readers accept.

use plesk_wire::xml;

use crate::model::{Facet, Model, Primitive, SimpleId, SimpleType, WhiteSpace};

/// Returns the simple type as the runtime crate describes it.
///
/// The description lives until the program ends, because the runtime crate only knows static ones. A generation makes a few
/// thousand small ones.
pub(crate) fn runtime_type(model: &Model, id: SimpleId) -> &'static xml::SimpleType {
    let SimpleType { primitive, white_space, facets, .. } = &model.simples[id];
    let facets: Vec<xml::Facet> = facets.iter().map(runtime_facet).collect();
    leak(xml::SimpleType::new(
        "",
        runtime_primitive(model, primitive),
        runtime_white_space(*white_space),
        facets.leak(),
    ))
}

/// Returns the built-in type, list or union at the root of a simple type, without facets.
pub(super) fn without_facets(ty: &xml::SimpleType) -> &'static xml::SimpleType {
    leak(xml::SimpleType::new("", ty.primitive, ty.white_space, &[]))
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn leak_text(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

fn runtime_white_space(white_space: WhiteSpace) -> xml::WhiteSpace {
    match white_space {
        WhiteSpace::Preserve => xml::WhiteSpace::Preserve,
        WhiteSpace::Replace => xml::WhiteSpace::Replace,
        WhiteSpace::Collapse => xml::WhiteSpace::Collapse,
    }
}

fn runtime_facet(facet: &Facet) -> xml::Facet {
    match facet {
        Facet::Length(n) => xml::Facet::Length(*n),
        Facet::MinLength(n) => xml::Facet::MinLength(*n),
        Facet::MaxLength(n) => xml::Facet::MaxLength(*n),
        Facet::TotalDigits(n) => xml::Facet::TotalDigits(*n),
        Facet::FractionDigits(n) => xml::Facet::FractionDigits(*n),
        Facet::MinInclusive(value) => xml::Facet::MinInclusive(leak_text(value)),
        Facet::MaxInclusive(value) => xml::Facet::MaxInclusive(leak_text(value)),
        Facet::MinExclusive(value) => xml::Facet::MinExclusive(leak_text(value)),
        Facet::MaxExclusive(value) => xml::Facet::MaxExclusive(leak_text(value)),
        Facet::Enumeration(values) => {
            xml::Facet::Enumeration(values.iter().map(|value| leak_text(value)).collect::<Vec<_>>().leak())
        }
        Facet::Pattern(step) => {
            let runtime = step.iter().map(|it| xml::Pattern::new(leak_text(&it.xsd), leak_text(&it.regex)));
            xml::Facet::Pattern(runtime.collect::<Vec<_>>().leak())
        }
    }
}

fn runtime_primitive(model: &Model, primitive: &Primitive) -> xml::Primitive {
    use xml::Primitive as P;
    match primitive {
        Primitive::Union(members) => {
            P::Union(members.iter().map(|member| runtime_type(model, *member)).collect::<Vec<_>>().leak())
        }
        Primitive::List(item) => P::List(runtime_type(model, *item)),
        Primitive::BuiltIn(name) => match name.as_str() {
            "anyURI" => P::AnyUri,
            "base64Binary" => P::Base64Binary,
            "boolean" => P::Boolean,
            "byte" => P::Byte,
            "date" => P::Date,
            "dateTime" => P::DateTime,
            "decimal" => P::Decimal,
            "double" => P::Double,
            "duration" => P::Duration,
            "float" => P::Float,
            "hexBinary" => P::HexBinary,
            "int" => P::Int,
            "integer" => P::Integer,
            "long" => P::Long,
            "negativeInteger" => P::NegativeInteger,
            "nonNegativeInteger" => P::NonNegativeInteger,
            "nonPositiveInteger" => P::NonPositiveInteger,
            "normalizedString" => P::NormalizedString,
            "positiveInteger" => P::PositiveInteger,
            "short" => P::Short,
            "string" => P::String,
            "time" => P::Time,
            "token" => P::Token,
            "unsignedByte" => P::UnsignedByte,
            "unsignedInt" => P::UnsignedInt,
            "unsignedLong" => P::UnsignedLong,
            "unsignedShort" => P::UnsignedShort,
            _ => P::AnySimple,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BUILT_INS;

    #[test]
    fn every_built_in_type_has_a_runtime_type_of_the_same_name() {
        for name in BUILT_INS.iter().filter(|name| **name != "anySimpleType") {
            let runtime = runtime_primitive(&Model::default(), &Primitive::BuiltIn((*name).to_owned()));
            assert_eq!(format!("{runtime:?}").to_lowercase(), name.to_lowercase());
        }
    }
}
