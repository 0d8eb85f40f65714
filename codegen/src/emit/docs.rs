//! Documentation: the text of the schema, and facts such as the XML name, the XSD type and its facets.

use proc_macro2::TokenStream;
use quote::quote;

use super::Emitter;
use crate::model::{
    Attribute, BUILT_INS, Direction, Facet, Member, MemberKind, Model, Origin, Primitive, Role, SimpleType, TypeId,
    WhiteSpace,
};
use crate::passes::names::{RustType, field_name};

/// As many names of elements are listed; more are counted.
const LISTED: usize = 8;

/// Returns a doc comment with one line for each line of `text`.
pub(super) fn comment(text: &str) -> TokenStream {
    // Rust allows no carriage return in a comment except at the end of a line.
    let text = text.replace("\r\n", "\n").replace('\r', "\u{240d}");
    let lines = text
        .lines()
        .map(|line| if line.is_empty() || line.starts_with(' ') { line.to_owned() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// Returns a text of the schema as a doc comment.
pub(super) fn from_schema(doc: &str) -> TokenStream {
    comment(&escape(doc))
}

/// Returns a text of the schema as Markdown, in which nothing is a link or a tag.
pub(super) fn escape(doc: &str) -> String {
    let mut out = String::new();
    let mut in_code = false;
    for line in doc.lines() {
        if !out.is_empty() {
            out.push('\n');
        }
        for c in line.chars() {
            match c {
                '`' => in_code = !in_code,
                '<' | '[' if !in_code => out.push('\\'),
                _ => {}
            }
            out.push(c);
        }
    }
    out
}

/// Documents a simple type with `doc` and its origin.
pub(super) fn of_simple_type(doc: &str, origin: &Origin) -> TokenStream {
    comment(&join_paragraphs(&[&escape(doc), &source(origin)]))
}

/// Documents an attribute: its text, then its name and type.
pub(super) fn of_attribute(attribute: &Attribute, model: &Model) -> TokenStream {
    let mut facts = simple_type_facts(&model.simples[attribute.simple]);
    facts.extend(attribute.default.as_deref().map(default_fact));
    comment(&with_facts(&escape(&attribute.doc), &format!("Attribute `{}`", attribute.name), &facts))
}

/// Documents the text of an element that has attributes.
pub(super) fn of_text_content(simple: &SimpleType) -> TokenStream {
    comment(&with_facts("", "Text of the element", &simple_type_facts(simple)))
}

impl Emitter<'_> {
    /// Documents a type: its text, the answer if it is a request, and its origin.
    pub(super) fn type_doc(&self, id: TypeId) -> TokenStream {
        let origin = source(&self.model.types[id].origin);
        let answer = self.answer_doc(id).unwrap_or_default();
        comment(&join_paragraphs(&[&escape(&self.description(id)), &answer, &origin]))
    }

    /// Returns the text of the schema on a type, or a description of its role.
    pub(super) fn description(&self, id: TypeId) -> String {
        let ty = &self.model.types[id];
        if !ty.doc.is_empty() {
            return ty.doc.clone();
        }
        let is_reply = ty.direction == Direction::Response;
        match &ty.role {
            Role::Operators => "An operator with its operations.".to_owned(),
            Role::Operations { operator, .. } if is_reply => {
                format!("Replies of operator `{operator}`, in the order of the requests.")
            }
            Role::Operations { operator, .. } => {
                format!("Requests to operator `{operator}`, carried out in this order.")
            }
            Role::OperationItem { operator, .. } if is_reply => {
                format!("Reply to one request to operator `{operator}`.")
            }
            Role::OperationItem { operator, .. } => format!("One request to operator `{operator}`."),
            Role::Within { parent, element } => match &self.model.types[*parent].role {
                Role::Reply { path, .. } if self.config.outcome.is_some_and(|it| it.element == element) => {
                    format!("Data of a result of `{}`, in addition to its status.", path.join("/"))
                }
                _ => format!("Content of `<{element}>`."),
            },
            Role::Part { .. } | Role::Shared { part: true, .. } => self.part_description(id),
            Role::Shared { .. } => "Content of several elements.".to_owned(),
            _ => String::new(),
        }
    }

    /// Describes a choice or group by its elements.
    fn part_description(&self, id: TypeId) -> String {
        let names = self.element_names(id);
        let is_choice = self.model.types[id].is_choice();
        let listed: Vec<String> = names.iter().map(|name| format!("`<{name}>`")).collect();
        match (listed.as_slice(), is_choice) {
            (names, true) if names.len() > LISTED => format!("One of {} elements.", names.len()),
            (names, false) if names.len() > LISTED => format!("A group of {} elements.", names.len()),
            ([name], _) => format!("{name}."),
            (names, true) => format!("One of {}.", enumerate(names, "or")),
            (names, false) => format!("A group of {}.", enumerate(names, "and")),
        }
    }

    /// Returns the names of the elements that a content can have, without those of its elements' content.
    fn element_names(&self, id: TypeId) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for member in self.model.types[id].members() {
            let found = match member.kind {
                MemberKind::Choice(id) | MemberKind::Group(id) => self.element_names(id),
                MemberKind::Wildcard => continue,
                _ => vec![member.name.as_str()],
            };
            for name in found {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// Documents a field or variant: the text of the schema, then the element, its type and bounds.
    pub(super) fn member_doc(&self, member: &Member) -> TokenStream {
        let mut facts = match &member.kind {
            MemberKind::Text { simple, .. } => simple_type_facts(&self.model.simples[*simple]),
            _ => Vec::new(),
        };
        facts.extend(member.default.as_deref().map(default_fact));
        if let Some(max) = member.occurs.max.filter(|max| *max > 1) {
            facts.push(format!("{} to {max} times", member.occurs.min));
        } else if member.occurs.max.is_none() && member.occurs.min > 0 {
            facts.push("at least once".to_owned());
        }
        let doc = escape(self.member_text(member));
        let subject = match member.kind {
            MemberKind::Choice(id) | MemberKind::Group(id) => {
                self.part_description(id).trim_end_matches('.').to_owned()
            }
            MemberKind::Wildcard => "Any elements".to_owned(),
            _ => format!("`<{}>`", member.name),
        };
        // The name of the field or variant says as much.
        let says_nothing = facts.is_empty() && member.name == field_name(member);
        if says_nothing && !doc.is_empty() {
            return comment(&doc);
        }
        if facts.is_empty()
            && doc.is_empty()
            && let MemberKind::Element(id) = member.kind
        {
            let first = first_sentence(&self.model.types[id].doc);
            if !first.is_empty() {
                return comment(&format!("{}.", escape(&first)));
            }
        }
        comment(&with_facts(&doc, &subject, &facts))
    }

    /// Documents a setter or constructor of a member: its task, and the first sentence on the member.
    pub(super) fn task_doc(&self, task: &str, member: &Member) -> TokenStream {
        let sentence = escape(&first_sentence(self.member_text(member)));
        comment(&if sentence.is_empty() { format!("{task}.") } else { format!("{task}. {sentence}.") })
    }

    /// Returns the text of the schema on a member, or on its simple type if that is no type of its own in Rust.
    fn member_text<'m>(&'m self, member: &'m Member) -> &'m str {
        let MemberKind::Text { simple, .. } = member.kind else { return &member.doc };
        let (simple, rust) = (&self.model.simples[simple], &self.names.simples[simple].rust);
        // A type that is named after a built-in one has nothing to add.
        let has_own_name = simple.origin.type_name.as_deref().is_some_and(|name| !BUILT_INS.contains(&name));
        let is_plain = matches!(rust, RustType::Plain(_));
        if member.doc.is_empty() && has_own_name && is_plain { &simple.doc } else { &member.doc }
    }
}

/// Returns the place in the schema.
fn source(origin: &Origin) -> String {
    let construct = match &origin.type_name {
        Some(name) => format!("XSD type `{name}`"),
        None if origin.path.contains("/@") => format!("Attribute `{}`", origin.path),
        None => format!("Element `{}`", origin.path),
    };
    format!("{construct}, `{}`.", origin.file)
}

/// Returns the first sentence of a text, on one line and without its full stop.
pub(super) fn first_sentence(doc: &str) -> String {
    let paragraph = doc.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let sentence = paragraph.split_once(". ").map_or(paragraph.as_str(), |(first, _)| first);
    sentence.trim_end_matches('.').to_owned()
}

fn join_paragraphs(paragraphs: &[&str]) -> String {
    let paragraphs: Vec<&str> = paragraphs.iter().copied().filter(|paragraph| !paragraph.is_empty()).collect();
    paragraphs.join("\n\n")
}

/// Appends facts on `subject` to a text.
fn with_facts(doc: &str, subject: &str, facts: &[String]) -> String {
    let facts = if facts.is_empty() { format!("{subject}.") } else { format!("{subject}: {}.", facts.join(", ")) };
    if doc.is_empty() {
        return facts;
    }
    // After a list or several paragraphs the facts would be lost in the last of them.
    let is_long = doc.lines().any(|line| line.is_empty() || line.starts_with("- "));
    format!("{doc}{}{facts}", if is_long { "\n\n" } else { "\n" })
}

/// Returns `a, b or c`.
fn enumerate(words: &[String], conjunction: &str) -> String {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {conjunction} {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

fn default_fact(value: &str) -> String {
    if value.is_empty() { "empty by default".to_owned() } else { format!("default `{value}`") }
}

/// Returns the name of the type and its facets.
fn simple_type_facts(simple: &SimpleType) -> Vec<String> {
    let name = simple.origin.type_name.as_ref().map(|name| format!("`{name}`"));
    name.into_iter().chain(facet_facts(simple)).collect()
}

/// Returns the facets in words.
pub(crate) fn facet_facts(simple: &SimpleType) -> Vec<String> {
    let count = |n: usize, unit: &str| format!("{n} {unit}{}", if n == 1 { "" } else { "s" });
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
                let patterns: Vec<_> = patterns.iter().map(|pattern| format!("`{}`", pattern.xsd)).collect();
                format!("pattern {}", patterns.join(" or "))
            }
            Facet::Enumeration(values) => {
                let values: Vec<_> = values.iter().map(|value| format!("`{value}`")).collect();
                format!("one of {}", values.join(", "))
            }
        });
    }
    if simple.white_space == WhiteSpace::Preserve && !simple.facets.is_empty() {
        facts.push("white space is significant".to_owned());
    }
    facts
}
