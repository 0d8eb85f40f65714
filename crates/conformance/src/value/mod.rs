//! Values of simple types, valid by construction: examples that meet every facet, and random ones.

mod family;
mod fits;
mod pattern;

use fastrand::Rng;
use plesk_codegen::model::{Facet, Model, Primitive, SimpleId};

pub use family::Family;
pub use fits::fits;

/// A value that a type allows, in the form in which the emitted crate writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What it is an example of: the facet, or a value of the built-in type.
    pub rule: String,
    /// The value.
    pub text: String,
}

/// The rule of texts that are not examples yet.
const SAMPLE: &str = "sample";

/// Examples of a simple type, the simplest first: every listed value, every pattern and member, both sides of every
/// bound that a valid value can stand at.
pub fn examples(model: &Model, id: SimpleId) -> Vec<Example> {
    let simple = &model.simples[id];
    let mut found: Vec<Example> = Vec::new();
    let mut add = |rule: String, text: String| {
        let known = found.iter().any(|example| example.text == text);
        if fits(model, id, &text) && (!known || rule != family::TYPE) {
            found.push(Example { rule, text });
        }
    };
    for facet in &simple.facets {
        if let Facet::Enumeration(values) = facet {
            values.iter().for_each(|value| add("enumeration".to_owned(), value.clone()));
        }
    }
    match &simple.primitive {
        Primitive::Union(members) => {
            for (at, member) in members.iter().enumerate() {
                for example in examples(model, *member) {
                    add(format!("member {} {}", at + 1, example.rule), example.text);
                }
            }
        }
        Primitive::List(item) => {
            let items: Vec<String> = examples(model, *item).into_iter().map(|example| example.text).collect();
            add(family::TYPE.to_owned(), String::new());
            for text in &items {
                add(family::TYPE.to_owned(), text.clone());
            }
            add(family::TYPE.to_owned(), items.join(" "));
        }
        Primitive::BuiltIn(name) => {
            let family = Family::of(name);
            for text in family.examples() {
                add(family::TYPE.to_owned(), (*text).to_owned());
            }
            for facet in &simple.facets {
                for text in at_bound(family, facet) {
                    rules(facet).into_iter().for_each(|rule| add(rule, text.clone()));
                }
            }
        }
    }
    for facet in &simple.facets {
        let Facet::Pattern(patterns) = facet else { continue };
        for pattern in patterns {
            let samples = samples(model, id, &pattern.regex, &simple.facets);
            if let Some(text) = samples.first() {
                add(format!("pattern {}", pattern.xsd), text.clone());
            }
            samples.into_iter().for_each(|text| add(SAMPLE.to_owned(), text));
        }
    }
    at_nearest(&simple.facets, &mut found);
    found.retain(|example| example.rule != SAMPLE);
    found
}

/// Where other facets leave no value at a bound of the length, the nearest that they leave is its example.
fn at_nearest(facets: &[Facet], found: &mut Vec<Example>) {
    for facet in facets {
        let (Facet::Length(n) | Facet::MinLength(n) | Facet::MaxLength(n)) = facet else { continue };
        for rule in rules(facet) {
            let nearest = found.iter().min_by_key(|example| example.text.chars().count().abs_diff(*n));
            if let (Some(text), false) =
                (nearest.map(|example| example.text.clone()), found.iter().any(|example| example.rule == rule))
            {
                found.push(Example { rule, text });
            }
        }
    }
}

/// Valid texts that match `regex`, of many lengths, found by trying: the same ones every time.
fn samples(model: &Model, id: SimpleId, regex: &str, facets: &[Facet]) -> Vec<String> {
    let mut rng = Rng::with_seed(1);
    let mut more = vec![pattern::MORE, 0, 1];
    for facet in facets {
        if let Facet::Length(n) | Facet::MinLength(n) | Facet::MaxLength(n) = facet {
            more.extend(u32::try_from(*n));
        }
    }
    let mut texts = Vec::new();
    for more in more {
        texts.extend((0..20).map(|_| pattern::sample(regex, more, &mut rng)).filter(|text| fits(model, id, text)));
    }
    texts
}

/// What the examples of a facet are called: its name, for patterns with each of them.
pub fn rules(facet: &Facet) -> Vec<String> {
    let name = match facet {
        Facet::Length(_) => "length",
        Facet::MinLength(_) => "minLength",
        Facet::MaxLength(_) => "maxLength",
        Facet::MinInclusive(_) => "minInclusive",
        Facet::MaxInclusive(_) => "maxInclusive",
        Facet::MinExclusive(_) => "minExclusive",
        Facet::MaxExclusive(_) => "maxExclusive",
        Facet::TotalDigits(_) => "totalDigits",
        Facet::FractionDigits(_) => "fractionDigits",
        Facet::Pattern(patterns) => return patterns.iter().map(|pattern| format!("pattern {}", pattern.xsd)).collect(),
        Facet::Enumeration(_) => "enumeration",
    };
    vec![name.to_owned()]
}

/// Values at the bound that `facet` sets, and on both sides of it; not all of them valid.
pub fn at_bound(family: Family, facet: &Facet) -> Vec<String> {
    match facet {
        Facet::Length(n) | Facet::MinLength(n) | Facet::MaxLength(n) => {
            [*n, n.saturating_sub(1), n + 1].map(|length| family.of_length(length)).to_vec()
        }
        Facet::MinInclusive(v) | Facet::MaxInclusive(v) | Facet::MinExclusive(v) | Facet::MaxExclusive(v) => {
            let mut values = vec![v.clone()];
            values.extend(family.neighbours(v));
            values
        }
        Facet::TotalDigits(n) => [*n, n + 1].map(|digits| "7".repeat(digits)).to_vec(),
        Facet::FractionDigits(n) => [*n, n + 1].map(|digits| format!("0.{}", "7".repeat(digits.max(1)))).to_vec(),
        Facet::Pattern(_) | Facet::Enumeration(_) => Vec::new(),
    }
}

/// A random value that the type allows: one of the examples if none is found otherwise.
pub fn random(model: &Model, id: SimpleId, examples: &[Example], rng: &mut Rng) -> String {
    let simple = &model.simples[id];
    for _ in 0..4 {
        let patterns = simple.facets.iter().find_map(|facet| match facet {
            Facet::Pattern(patterns) => Some(patterns),
            _ => None,
        });
        let text = match (patterns, &simple.primitive) {
            (Some(patterns), _) => pattern::sample(&patterns[rng.usize(..patterns.len())].regex, pattern::MORE, rng),
            (None, Primitive::BuiltIn(name)) => Family::of(name).random(rng),
            (None, _) => break,
        };
        if fits(model, id, &text) {
            return text;
        }
    }
    rng.choice(examples).map_or_else(String::new, |example| example.text.clone())
}
