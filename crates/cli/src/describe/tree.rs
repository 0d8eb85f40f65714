//! Shows the structure of an element as a tree.

use plesk_model::{Content, Operator, Particle, ParticleKind, SimpleTypeId, TypeId, Untyped};

use crate::schema;
use crate::style::{self, paint};
use crate::text::{WIDTH, in_sentence, plain, wrap};

/// Documentation is indented by this much more than its element.
const DOC_INDENT: usize = 4;

/// Text that is indented deeply has at least this width.
const MIN_WIDTH: usize = 20;

/// Returns the lines of the tree of a content.
pub(super) fn lines(operator: &Operator, id: TypeId) -> Vec<String> {
    let mut tree = Tree { operator, lines: Vec::new(), open: Vec::new() };
    tree.content(id, 1);
    if tree.lines.is_empty() {
        tree.lines.push("  (no elements)".to_owned());
    }
    tree.lines
}

struct Tree<'a> {
    operator: &'a Operator,
    lines: Vec<String>,
    /// The types around the current one, so that a type that contains itself ends.
    open: Vec<TypeId>,
}

impl Tree<'_> {
    fn content(&mut self, id: TypeId, depth: usize) {
        if self.open.contains(&id) {
            self.remark(depth, "(the same elements again)");
            return;
        }
        self.open.push(id);
        let ty = self.operator.ty(id);
        for attribute in &ty.attributes {
            let mut facts = vec![self.text_type(attribute.ty)];
            facts.extend((!attribute.required).then(|| "optional".to_owned()));
            facts.extend(attribute.default.as_ref().map(|value| format!("default {value}")));
            self.facts(&format!("@{}", attribute.name), &facts, depth);
            self.doc(&attribute.doc, depth);
        }
        match &ty.content {
            Content::Text(simple) => {
                let text = format!("(text: {})", self.text_type(*simple));
                self.remark(depth, &text);
            }
            Content::Any => self.remark(depth, "(any content)"),
            Content::Choice(particles) => self.choice(particles, "one of:", depth),
            Content::OptionalChoice(particles) => {
                let empty = ty.selector.as_ref().and_then(|selector| selector.empty.clone());
                let nothing = empty.map_or_else(
                    || "or nothing:".to_owned(),
                    |scope| format!("or nothing, which means {}:", in_sentence(&scope)),
                );
                self.choice(particles, &format!("one of, {nothing}"), depth);
            }
            Content::All(particles) => {
                self.remark(depth, "in any order:");
                self.particles(particles, depth + 1);
            }
            Content::Sequence(particles) => self.particles(particles, depth),
        }
        self.open.pop();
    }

    fn choice(&mut self, particles: &[Particle], title: &str, depth: usize) {
        self.remark(depth, title);
        self.particles(particles, depth + 1);
    }

    fn particles(&mut self, particles: &[Particle], depth: usize) {
        particles.iter().for_each(|particle| self.particle(particle, depth));
    }

    fn particle(&mut self, particle: &Particle, depth: usize) {
        let mut facts: Vec<String> = Vec::new();
        let name = match &particle.kind {
            ParticleKind::Choice(id) | ParticleKind::Group(id) => {
                let is_group = matches!(particle.kind, ParticleKind::Group(_));
                // A choice or group that occurs once needs no line of its own.
                let Some(times) = occurrence(particle).or_else(|| {
                    (is_group && self.operator.ty(*id).content.particles().len() > 1).then(|| "together".to_owned())
                }) else {
                    self.content(*id, depth);
                    return;
                };
                if let (ParticleKind::Choice(id), Content::Choice(particles)) =
                    (&particle.kind, &self.operator.ty(*id).content)
                    && !self.open.contains(id)
                {
                    self.open.push(*id);
                    self.choice(particles, &format!("one of, {times}:"), depth);
                    self.open.pop();
                    return;
                }
                self.remark(depth, &format!("({times}):"));
                self.content(*id, depth + 1);
                return;
            }
            ParticleKind::Wildcard => {
                let times = occurrence(particle).map_or_else(String::new, |times| format!(", {times}"));
                self.remark(depth, &format!("(any elements{times})"));
                return;
            }
            ParticleKind::Text { ty, nillable, secret } => {
                facts.push(self.text_type(*ty));
                facts.extend(secret.then(|| "secret".to_owned()));
                facts.extend(nillable.then(|| "may be nil".to_owned()));
                &particle.name
            }
            ParticleKind::Flag | ParticleKind::Untyped(Untyped::Flag) => {
                facts.push("empty".to_owned());
                &particle.name
            }
            ParticleKind::Untyped(Untyped::Text) => {
                facts.push("text".to_owned());
                &particle.name
            }
            ParticleKind::Untyped(Untyped::Raw) => {
                facts.push("any content".to_owned());
                &particle.name
            }
            ParticleKind::Element(_) => &particle.name,
        };
        facts.extend(occurrence(particle));
        facts.extend(particle.default.as_ref().map(|value| match value.as_str() {
            "" => "empty by default".to_owned(),
            value => format!("default {value}"),
        }));
        self.facts(name, &facts, depth);
        self.doc(&particle.doc, depth);
        if let ParticleKind::Element(id) = particle.kind {
            if particle.doc.is_empty() {
                let doc = self.operator.ty(id).doc.clone();
                self.doc(doc.split("\n\n").next().unwrap_or_default(), depth);
            }
            self.content(id, depth + 1);
        }
    }

    /// Describes the type of a text: its built-in type, its values and its rules.
    fn text_type(&self, id: SimpleTypeId) -> String {
        let simple = self.operator.simple_type(id);
        let mut facts = vec![word(schema::built_in(self.operator, id)).to_owned()];
        if !simple.values.is_empty() {
            facts = vec![simple.values.join(" | ")];
        }
        facts.extend(simple.rules.iter().cloned());
        facts.join(", ")
    }

    /// Adds what is no element: how the elements belong together.
    fn remark(&mut self, depth: usize, text: &str) {
        let indent = " ".repeat(depth * 2);
        let lines = wrap(text, WIDTH.saturating_sub(indent.len()).max(MIN_WIDTH));
        self.lines.extend(lines.iter().map(|line| format!("{indent}{}", paint(style::REMARK, line))));
    }

    /// Adds an element or an attribute.
    fn facts(&mut self, name: &str, facts: &[String], depth: usize) {
        let indent = " ".repeat(depth * 2);
        let facts = facts.join(", ");
        let start = format!("{indent}{}", paint(style::NAME, name));
        let taken = indent.len() + name.chars().count() + 2;
        if facts.is_empty() {
            self.lines.push(start);
        } else if taken + facts.chars().count() <= WIDTH {
            self.lines.push(format!("{start}  {facts}"));
        } else {
            let further = format!("{indent}    ");
            // The first line has room for less, so it is wrapped as if the name were part of the text.
            let text = format!("{name} {facts}");
            let mut lines = wrap(&text, WIDTH.saturating_sub(further.len() + 1)).into_iter();
            let first = lines.next().unwrap_or_default();
            let first = first.strip_prefix(name).unwrap_or_default().trim_start();
            let separator = if first.is_empty() { "" } else { "  " };
            self.lines.push(format!("{start}{separator}{first}"));
            self.lines.extend(lines.map(|line| format!("{further}{line}")));
        }
    }

    fn doc(&mut self, doc: &str, depth: usize) {
        let indent = " ".repeat(depth * 2 + DOC_INDENT);
        for paragraph in plain(doc).split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
            let width = WIDTH.saturating_sub(indent.len() + 2).max(MIN_WIDTH);
            let lines = wrap(paragraph, width);
            self.lines
                .extend(lines.iter().map(|line| format!("{indent}{}", paint(style::REMARK, &format!("# {line}")))));
        }
    }
}

/// Returns how often a particle occurs, in words; `None` for exactly once.
fn occurrence(particle: &Particle) -> Option<String> {
    Some(match (particle.min, particle.max) {
        (1, Some(1)) => return None,
        (0, Some(1)) => "optional".to_owned(),
        (0, None) => "any number".to_owned(),
        (1, None) => "once or more".to_owned(),
        (min, None) => format!("{min} times or more"),
        (min, Some(max)) if min == max => format!("{min} times"),
        (min, Some(max)) => format!("{min} to {max} times"),
    })
}

/// Returns a word for a built-in type.
fn word(built_in: &str) -> &str {
    match built_in {
        "string" | "normalizedString" | "token" | "anySimpleType" => "text",
        "int" | "integer" | "long" | "short" | "byte" => "integer",
        "unsignedInt" | "unsignedLong" | "unsignedShort" | "unsignedByte" | "nonNegativeInteger" => "integer from 0",
        "positiveInteger" => "integer from 1",
        "boolean" => "true | false",
        "base64Binary" => "Base64",
        "hexBinary" => "hexadecimal digits",
        "anyURI" => "URL",
        "date" => "date (2024-02-29)",
        "dateTime" => "date and time (2024-02-29T23:59:59)",
        other => other,
    }
}
