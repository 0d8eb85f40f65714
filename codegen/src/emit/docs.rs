//! Documentation: the schema's words, and the facts that go with them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Attribute, BUILT_INS, Facet, Member, MemberKind, Model, Origin, Primitive, SimpleType, WhiteSpace};
use crate::passes::names::{Names, RustType};

/// A doc comment, a line each.
pub(super) fn comment(text: &str) -> TokenStream {
    let lines = text
        .lines()
        .map(|line| if line.is_empty() || line.starts_with(' ') { line.to_owned() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// Words of the schema as a doc comment.
pub(super) fn words(doc: &str) -> TokenStream {
    comment(&text(doc))
}

/// Words of the schema as markdown: what would be read as links or tags is escaped.
fn text(doc: &str) -> String {
    let mut out = String::new();
    let mut code = false;
    for line in doc.lines() {
        if !out.is_empty() {
            out.push('\n');
        }
        for c in line.chars() {
            match c {
                '`' => code = !code,
                '<' | '[' if !code => out.push('\\'),
                _ => {}
            }
            out.push(c);
        }
    }
    out
}

/// The documentation of a type: its words, then where it comes from.
pub(super) fn of_type(doc: &str, origin: &Origin) -> TokenStream {
    let what = match &origin.type_name {
        Some(name) => format!("XSD type `{name}`"),
        None if origin.path.contains("/@") => format!("Attribute `{}`", origin.path),
        None => format!("Element `{}`", origin.path),
    };
    let source = format!("{what}, `{}`.", origin.file);
    comment(&if doc.is_empty() { source } else { format!("{}\n\n{source}", text(doc)) })
}

/// The words of the schema on a member, or on its type where that is no type of its own in Rust.
fn words_on<'m>(member: &'m Member, model: &'m Model, names: &Names) -> &'m str {
    let MemberKind::Text { simple, .. } = member.kind else { return &member.doc };
    let (simple, rust) = (&model.simples[simple], &names.simples[simple].rust);
    // A type that only stands in for the built-in of its name says nothing new.
    let named = simple.origin.type_name.as_deref().is_some_and(|name| !BUILT_INS.contains(&name));
    if member.doc.is_empty() && named && matches!(rust, RustType::Plain(_)) { &simple.doc } else { &member.doc }
}

/// What a setter or constructor of a member says: what it does, and the first sentence on the member.
pub(super) fn of_setter(what: &str, member: &Member, model: &Model, names: &Names) -> TokenStream {
    let words = words_on(member, model, names);
    let paragraph = words.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let sentence = paragraph.split_once(". ").map_or(paragraph.as_str(), |(first, _)| first);
    let sentence = text(sentence.trim_end_matches('.'));
    comment(&if sentence.is_empty() { format!("{what}.") } else { format!("{what}. {sentence}.") })
}

/// The documentation of a member: its words, then the element, its type and bounds.
pub(super) fn of_member(member: &Member, model: &Model, names: &Names) -> TokenStream {
    let mut facts = match &member.kind {
        MemberKind::Text { simple, .. } => of_simple(&model.simples[*simple]),
        _ => Vec::new(),
    };
    facts.extend(member.default.as_deref().map(of_default));
    if let Some(max) = member.occurs.max.filter(|max| *max > 1) {
        facts.push(format!("{} to {max} times", member.occurs.min));
    } else if member.occurs.max.is_none() && member.occurs.min > 0 {
        facts.push("at least once".to_owned());
    }
    let element = match member.kind {
        MemberKind::Choice(_) => "One of several elements".to_owned(),
        MemberKind::Group(_) => "Elements that stand together".to_owned(),
        MemberKind::Wildcard => "Any elements".to_owned(),
        _ => format!("`<{}>`", member.name),
    };
    with_facts(words_on(member, model, names), &element, &facts)
}

/// The documentation of an attribute: its words, then its type.
pub(super) fn of_attribute(attribute: &Attribute, model: &Model) -> TokenStream {
    let mut facts = of_simple(&model.simples[attribute.simple]);
    facts.extend(attribute.default.as_deref().map(of_default));
    with_facts(&attribute.doc, &format!("The attribute `{}`", attribute.name), &facts)
}

fn with_facts(doc: &str, what: &str, facts: &[String]) -> TokenStream {
    let facts = if facts.is_empty() { format!("{what}.") } else { format!("{what}: {}.", facts.join(", ")) };
    if doc.is_empty() {
        return comment(&facts);
    }
    // After a list or several paragraphs the facts would be lost in the last of them.
    let long = doc.lines().any(|line| line.is_empty() || line.starts_with("- "));
    comment(&format!("{}{}{facts}", text(doc), if long { "\n\n" } else { "\n" }))
}

fn of_default(value: &str) -> String {
    if value.is_empty() { "empty by default".to_owned() } else { format!("default `{value}`") }
}

/// The type and its facets in words.
fn of_simple(simple: &SimpleType) -> Vec<String> {
    let name = simple.origin.type_name.as_ref().map(|name| format!("`{name}`"));
    name.into_iter().chain(of_facets(simple)).collect()
}

/// The facets in words.
pub(super) fn of_facets(simple: &SimpleType) -> Vec<String> {
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let unit = if matches!(simple.primitive, Primitive::List(_)) { "item" } else { "character" };
    let mut facts = Vec::new();
    for facet in &simple.facets {
        facts.push(match facet {
            Facet::Length(n) => format!("exactly {}", count(*n, unit)),
            Facet::MinLength(n) => format!("at least {}", count(*n, unit)),
            Facet::MaxLength(n) => format!("at most {}", count(*n, unit)),
            Facet::MinInclusive(v) => format!("at least {v}"),
            Facet::MaxInclusive(v) => format!("at most {v}"),
            Facet::MinExclusive(v) => format!("more than {v}"),
            Facet::MaxExclusive(v) => format!("less than {v}"),
            Facet::TotalDigits(n) => format!("at most {}", count(*n, "digit")),
            Facet::FractionDigits(n) => format!("at most {}", count(*n, "fraction digit")),
            Facet::Pattern(patterns) => {
                let patterns: Vec<_> = patterns.iter().map(|p| format!("`{}`", p.xsd)).collect();
                format!("of the form {}", patterns.join(" or "))
            }
            Facet::Enumeration(values) => {
                let values: Vec<_> = values.iter().map(|v| format!("`{v}`")).collect();
                format!("one of {}", values.join(", "))
            }
        });
    }
    if simple.white_space == WhiteSpace::Preserve && !simple.facets.is_empty() {
        facts.push("white space counts".to_owned());
    }
    facts
}
