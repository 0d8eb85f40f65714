//! Values at and next to the bounds that facets set, and the names of these facets.

use crate::model::Facet;

use super::family::Family;

/// Returns the rules that examples of a facet have: its name, or one rule for each pattern.
pub fn rule_names(facet: &Facet) -> Vec<String> {
    match facet {
        Facet::Pattern(patterns) => patterns.iter().map(|pattern| format!("pattern {}", pattern.xsd)).collect(),
        facet => vec![facet.name().to_owned()],
    }
}

/// Returns values at the bound that `facet` sets, and on both sides of it. Not all of them are valid.
pub fn boundary_values(family: Family, facet: &Facet) -> Vec<String> {
    match facet {
        Facet::Length(n) | Facet::MinLength(n) | Facet::MaxLength(n) => {
            [*n, n.saturating_sub(1), n + 1].map(|length| family.with_length(length)).to_vec()
        }
        Facet::MinInclusive(v) | Facet::MaxInclusive(v) | Facet::MinExclusive(v) | Facet::MaxExclusive(v) => {
            let mut values = vec![v.clone()];
            values.extend(family.neighbors(v));
            values
        }
        Facet::TotalDigits(n) => [*n, n + 1].map(|digits| "7".repeat(digits)).to_vec(),
        Facet::FractionDigits(n) => [*n, n + 1].map(|digits| format!("0.{}", "7".repeat(digits.max(1)))).to_vec(),
        Facet::Pattern(_) | Facet::Enumeration(_) => Vec::new(),
    }
}
