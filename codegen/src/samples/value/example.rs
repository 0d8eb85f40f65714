//! Examples of simple types, which satisfy every facet, and random values.

use crate::config::Config;
use crate::model::{Facet, Model, Primitive, SimpleId, TypeId};
use fastrand::Rng;

use super::bounds::{boundary_values, rule_names};
use super::facets::is_valid;
use super::family::Family;
use super::pattern;

/// A value that a type allows, in the form in which the emitted crate writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The rule that it is an example of: a facet, or the built-in type.
    pub rule: String,
    /// The value.
    pub text: String,
}

/// The rule of examples of the built-in type.
const TYPE: &str = "type";

/// The rule of candidates that are removed again, unless they become the example of a length.
const CANDIDATE: &str = "candidate";

/// Returns examples of a simple type, the simplest first.
///
/// There is one for every listed value, every pattern, every member of a union, and every value next to a bound that is
/// valid.
pub fn examples(model: &Model, id: SimpleId) -> Vec<Example> {
    let simple = &model.simples[id];
    let mut found: Vec<Example> = Vec::new();
    let mut add = |rule: String, text: String| {
        let known = found.iter().any(|example| example.text == text);
        if is_valid(model, id, &text) && (!known || rule != TYPE) {
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
            for (index, member) in members.iter().enumerate() {
                for example in examples(model, *member) {
                    add(format!("member {} {}", index + 1, example.rule), example.text);
                }
            }
        }
        Primitive::List(item) => {
            let items: Vec<String> = examples(model, *item).into_iter().map(|example| example.text).collect();
            add(TYPE.to_owned(), String::new());
            for text in &items {
                add(TYPE.to_owned(), text.clone());
            }
            add(TYPE.to_owned(), items.join(" "));
        }
        Primitive::BuiltIn(name) => {
            let family = Family::of(name);
            for text in family.examples() {
                add(TYPE.to_owned(), (*text).to_owned());
            }
            for facet in &simple.facets {
                for text in boundary_values(family, facet) {
                    rule_names(facet).into_iter().for_each(|rule| add(rule, text.clone()));
                }
            }
        }
    }
    for facet in &simple.facets {
        let Facet::Pattern(patterns) = facet else { continue };
        for pattern in patterns {
            let candidates = matching_values(model, id, &pattern.regex, &simple.facets);
            if let Some(text) = candidates.first() {
                add(format!("pattern {}", pattern.xsd), text.clone());
            }
            candidates.into_iter().for_each(|text| add(CANDIDATE.to_owned(), text));
        }
    }
    add_nearest_lengths(&simple.facets, &mut found);
    found.retain(|example| example.rule != CANDIDATE);
    found
}

/// Adds an example for each facet of the length that has none: the value whose length is nearest.
///
/// Other facets may allow no value at the bound itself.
fn add_nearest_lengths(facets: &[Facet], found: &mut Vec<Example>) {
    for facet in facets {
        let (Facet::Length(n) | Facet::MinLength(n) | Facet::MaxLength(n)) = facet else { continue };
        for rule in rule_names(facet) {
            let nearest = found.iter().min_by_key(|example| example.text.chars().count().abs_diff(*n));
            if let (Some(text), false) =
                (nearest.map(|example| example.text.clone()), found.iter().any(|example| example.rule == rule))
            {
                found.push(Example { rule, text });
            }
        }
    }
}

/// Returns valid values that match `regex`, of many lengths. They are found by trial, but are the same every time.
fn matching_values(model: &Model, id: SimpleId, regex: &str, facets: &[Facet]) -> Vec<String> {
    let mut rng = Rng::with_seed(1);
    let mut more = vec![pattern::MORE, 0, 1];
    for facet in facets {
        if let Facet::Length(n) | Facet::MinLength(n) | Facet::MaxLength(n) = facet {
            more.extend(u32::try_from(*n));
        }
    }
    let mut texts = Vec::new();
    for more in more {
        texts
            .extend((0..20).map(|_| pattern::generate(regex, more, &mut rng)).filter(|text| is_valid(model, id, text)));
    }
    texts
}

/// Returns the value of the configuration for the element `name` in `owner`, or else the simplest of the `examples` of its
/// type that says something.
pub(crate) fn telling_example(
    (model, config): (&Model, &Config),
    (owner, name): (Option<TypeId>, &str),
    simple: SimpleId,
    examples: &[Example],
) -> String {
    let path = owner.map(|owner| format!("{}/{name}", model.types[owner].origin.path));
    let listed = |wanted: &str| config.examples.iter().find(|(listed, _)| *listed == wanted).map(|(_, value)| *value);
    let configured = path.as_deref().and_then(listed).into_iter().chain(listed(name));
    let simplest = ["text", "1", "true"];
    let values: Vec<&str> = examples.iter().map(|example| example.text.as_str()).collect();
    // What a type lists is better than what its built-in type allows.
    let is_listed = model.simples[simple].enumeration().is_some();
    let fitting = configured
        .chain(simplest.into_iter().filter(|_| !is_listed))
        .find(|value| is_valid(model, simple, value))
        .or_else(|| values.iter().copied().find(|value| !value.is_empty()));
    fitting.or(values.first().copied()).unwrap_or_default().to_owned()
}

/// Returns a random value that the type allows, or one of the examples if a few trials find none.
pub fn random(model: &Model, id: SimpleId, examples: &[Example], rng: &mut Rng) -> String {
    let simple = &model.simples[id];
    for _ in 0..4 {
        let patterns = simple.facets.iter().find_map(|facet| match facet {
            Facet::Pattern(patterns) => Some(patterns),
            _ => None,
        });
        let text = match (patterns, &simple.primitive) {
            (Some(patterns), _) => pattern::generate(&patterns[rng.usize(..patterns.len())].regex, pattern::MORE, rng),
            (None, Primitive::BuiltIn(name)) => Family::of(name).random(rng),
            (None, _) => break,
        };
        if is_valid(model, id, &text) {
            return text;
        }
    }
    rng.choice(examples).map_or_else(String::new, |example| example.text.clone())
}
