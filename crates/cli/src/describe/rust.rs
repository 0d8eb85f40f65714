//! Writes the Rust that makes the request of an example packet.
//!
//! The constructors of the crate `plesk` follow from the structure: `new` takes what is required, in the order of the
//! schema, and each alternative of a choice has a constructor or a variant of its name.

use std::collections::BTreeSet;

use heck::{ToSnakeCase, ToUpperCamelCase};
use plesk_model::{Content, Operation, Operator, Particle, ParticleKind, TypeId, Untyped};

use crate::schema;
use crate::text::WIDTH;
use crate::xml::{Element, Node};

/// Returns the lines that send the request; `None` if it has parts that are written as raw XML.
pub(super) fn example(operator: &Operator, operation: &Operation, request: &Element) -> Option<Vec<String>> {
    let mut writer = Writer { operator, modules: BTreeSet::new() };
    let request = writer.value(operation.request, request)?;
    let modules: Vec<&str> = writer.modules.iter().map(String::as_str).collect();
    let modules = match modules.as_slice() {
        [only] => (*only).to_owned(),
        several => format!("{{{}}}", several.join(", ")),
    };
    let mut lines = vec![format!("use plesk::{modules};")];
    let send = Expression::Call { path: "client.send".to_owned(), arguments: vec![request] };
    let text = format!("let answer = {}?;", send.render(0, "let answer = ".len()));
    lines.extend(text.lines().map(str::to_owned));
    Some(lines)
}

/// The columns that lines leave free, for their indentation and for what follows an expression.
const MARGIN: usize = 5;

/// An expression.
enum Expression {
    /// A name or a literal.
    Atom(String),
    /// A call of a function, or the variant of an enum.
    Call { path: String, arguments: Vec<Self> },
    /// A call of a method.
    Method { receiver: Box<Self>, name: String, argument: Option<Box<Self>> },
}

impl Expression {
    /// Writes the expression, broken into lines if it is too long after the `taken` columns of its first line.
    fn render(&self, indent: usize, taken: usize) -> String {
        let line = self.on_one_line();
        if taken + line.chars().count() + MARGIN <= WIDTH {
            return line;
        }
        let (inner, end) = (" ".repeat(indent + 4), " ".repeat(indent));
        match self {
            Self::Atom(text) => text.clone(),
            Self::Call { path, arguments } => match arguments.as_slice() {
                [] => format!("{path}()"),
                [only] if indent + 4 + only.on_one_line().chars().count() + MARGIN > WIDTH => {
                    format!("{path}({})", only.render(indent, taken + path.len() + 1))
                }
                several => {
                    let lines = several.iter().map(|it| format!("{inner}{},\n", it.render(indent + 4, indent + 4)));
                    format!("{path}(\n{}{end})", lines.collect::<String>())
                }
            },
            Self::Method { receiver, name, argument } => {
                let argument = argument.as_ref().map_or_else(String::new, |it| it.render(indent + 4, indent + 10));
                format!("{}\n{inner}.{name}({argument})", receiver.render(indent, taken))
            }
        }
    }

    fn on_one_line(&self) -> String {
        match self {
            Self::Atom(text) => text.clone(),
            Self::Call { path, arguments } => {
                let arguments: Vec<String> = arguments.iter().map(Self::on_one_line).collect();
                format!("{path}({})", arguments.join(", "))
            }
            Self::Method { receiver, name, argument } => {
                let argument = argument.as_ref().map_or_else(String::new, |argument| argument.on_one_line());
                format!("{}.{name}({argument})", receiver.on_one_line())
            }
        }
    }
}

struct Writer<'o> {
    operator: &'o Operator,
    modules: BTreeSet<String>,
}

impl Writer<'_> {
    /// Returns the value of a type that an element has.
    fn value(&mut self, id: TypeId, element: &Element) -> Option<Expression> {
        let operator = self.operator;
        match &operator.ty(id).content {
            Content::Choice(alternatives) | Content::OptionalChoice(alternatives) => {
                self.choice(id, alternatives, element)
            }
            Content::Any if element.content.is_empty() => {
                Some(Expression::Call { path: format!("{}::new", self.path(id)?), arguments: Vec::new() })
            }
            Content::Any => None,
            Content::Text(_) | Content::Sequence(_) | Content::All(_) => self.record(id, element),
        }
    }

    /// Returns the path of a type.
    fn path(&mut self, id: TypeId) -> Option<String> {
        let path = self.operator.ty(id).rust.clone()?;
        self.modules.insert(path.split_once("::")?.0.to_owned());
        Some(path)
    }

    fn record(&mut self, id: TypeId, element: &Element) -> Option<Expression> {
        let ty = self.operator.ty(id);
        let mut arguments = Vec::new();
        let mut setters: Vec<(String, Option<Expression>)> = Vec::new();
        for attribute in &ty.attributes {
            let value = element.attributes.iter().find(|(name, _)| *name == attribute.name);
            match value {
                Some((_, value)) if attribute.required => arguments.push(self.literal(attribute.ty, value)?),
                Some((_, value)) => setters.push((method(&attribute.name), Some(self.literal(attribute.ty, value)?))),
                None if attribute.required => return None,
                None => {}
            }
        }
        if let Content::Text(text) = ty.content {
            arguments.push(self.literal(text, &element.text())?);
        }
        for particle in ty.content.particles() {
            let children = self.children_of(particle, element);
            let is_list = particle.max != Some(1);
            let is_inline = matches!(particle.kind, ParticleKind::Choice(_) | ParticleKind::Group(_));
            match &particle.kind {
                ParticleKind::Choice(inner) if is_list => {
                    // A list of alternatives has a method for each, which adds to it.
                    for child in &children {
                        let alternatives = self.operator.ty(*inner).content.particles();
                        let alternative = alternatives.iter().find(|it| it.name == child.name)?;
                        let value = match alternative.kind {
                            ParticleKind::Flag => None,
                            _ => Some(self.particle_value(alternative, &part(element, &[child]), child)?),
                        };
                        setters.push((method(&child.name), value));
                    }
                    continue;
                }
                ParticleKind::Group(_) | ParticleKind::Wildcard if is_list => {
                    if !children.is_empty() {
                        return None;
                    }
                    continue;
                }
                _ => {}
            }
            let Some(first) = children.first() else {
                // A selector that may be absent is an argument all the same, with a variant of its own.
                match self.empty_variant(particle) {
                    Some(variant) => arguments.push(Expression::Atom(variant)),
                    None if particle.min == 0 => {}
                    None => return None,
                }
                continue;
            };
            let inner = if is_inline { part(element, &children) } else { (*first).clone() };
            let value = match children.as_slice() {
                several if several.len() > 1 && !is_inline => return None,
                _ => self.particle_value(particle, &inner, first)?,
            };
            if particle.min > 0 || self.empty_variant(particle).is_some() {
                arguments.push(value);
            } else {
                let is_flag = matches!(particle.kind, ParticleKind::Flag | ParticleKind::Untyped(Untyped::Flag));
                setters.push((method(&particle.name), (!is_flag).then_some(value)));
            }
        }
        let made = Expression::Call { path: format!("{}::new", self.path(id)?), arguments };
        Some(setters.into_iter().fold(made, |receiver, (name, argument)| Expression::Method {
            receiver: Box::new(receiver),
            name,
            argument: argument.map(Box::new),
        }))
    }

    /// Returns the value of a particle: `element` is that of the particle, or for a choice or group has its elements.
    fn particle_value(&mut self, particle: &Particle, element: &Element, own: &Element) -> Option<Expression> {
        match particle.kind {
            ParticleKind::Wildcard => None,
            ParticleKind::Text { secret: true, .. } => Some(Expression::Atom("secret".to_owned())),
            ParticleKind::Text { ty, .. } => self.literal(ty, &own.text()),
            ParticleKind::Element(id) => self.value(id, own),
            ParticleKind::Choice(id) | ParticleKind::Group(id) => self.value(id, element),
            ParticleKind::Flag => Some(Expression::Atom("true".to_owned())),
            ParticleKind::Untyped(Untyped::Text) => Some(Expression::Atom(format!("{:?}", own.text()))),
            ParticleKind::Untyped(Untyped::Flag) => Some(Expression::Atom("plesk::Any::empty()".to_owned())),
            ParticleKind::Untyped(Untyped::Raw) => None,
        }
    }

    fn choice(&mut self, id: TypeId, alternatives: &[Particle], element: &Element) -> Option<Expression> {
        let Some(first) = element.children().next() else {
            let variant = self.operator.ty(id).selector.as_ref()?.rust_empty.clone()?;
            return Some(Expression::Atom(format!("{}::{variant}", self.path(id)?)));
        };
        let alternative = alternatives.iter().find(|alternative| !self.children_of(alternative, element).is_empty())?;
        let selector = self.operator.ty(id).selector.as_ref();
        if selector.is_some_and(|selector| selector.everything.contains(&alternative.name)) {
            return None;
        }
        let path = self.path(id)?;
        let is_list = alternative.max != Some(1);
        if is_list && element.children().count() > 1 {
            return None;
        }
        let variant = match alternative.kind {
            // The type of a group is named by the choice and the variant.
            ParticleKind::Choice(inner) | ParticleKind::Group(inner) => {
                let inner = self.operator.ty(inner).rust.as_ref()?;
                format!("{path}::{}", inner.strip_prefix(&path)?)
            }
            _ => format!("{path}::{}", alternative.name.to_upper_camel_case()),
        };
        let constructor = format!("{path}::{}", method(&alternative.name));
        let path = match alternative.kind {
            ParticleKind::Flag => return Some(Expression::Atom(variant)),
            ParticleKind::Untyped(Untyped::Flag) => {
                return Some(Expression::Call { path: constructor, arguments: Vec::new() });
            }
            ParticleKind::Text { .. } | ParticleKind::Untyped(_) => constructor,
            _ if is_list => constructor,
            _ => variant,
        };
        let value = self.particle_value(alternative, element, first)?;
        Some(Expression::Call { path, arguments: vec![value] })
    }

    /// Returns the children of an element that are part of a particle.
    fn children_of<'e>(&self, particle: &Particle, element: &'e Element) -> Vec<&'e Element> {
        let names = match particle.kind {
            ParticleKind::Choice(id) | ParticleKind::Group(id) => schema::names(self.operator, id),
            _ => vec![particle.name.as_str()],
        };
        element.children().filter(|child| names.contains(&child.name.as_str())).collect()
    }

    /// Returns the variant for the absence of a particle, if that chooses something of its own.
    fn empty_variant(&mut self, particle: &Particle) -> Option<String> {
        let ParticleKind::Choice(id) = particle.kind else { return None };
        let variant = self.operator.ty(id).selector.as_ref()?.rust_empty.clone()?;
        Some(format!("{}::{variant}", self.path(id)?))
    }

    fn literal(&self, ty: usize, text: &str) -> Option<Expression> {
        let built_in = schema::built_in(self.operator, ty);
        let is_listed = !self.operator.simple_type(ty).values.is_empty();
        Some(Expression::Atom(match built_in {
            "boolean" if !is_listed => matches!(text, "true" | "1").to_string(),
            "date" | "dateTime" | "time" if !is_listed => format!("{text:?}.parse()?"),
            "float" | "double" | "decimal" if !is_listed => {
                if text.contains('.') {
                    text.to_owned()
                } else {
                    format!("{text}.0")
                }
            }
            name if name.ends_with("nteger") || is_machine_integer(name) => text.parse::<i128>().ok()?.to_string(),
            _ => format!("{text:?}"),
        }))
    }
}

/// Returns the element with only these children, for a choice or group in it.
fn part(element: &Element, children: &[&Element]) -> Element {
    let mut part = Element::new(&element.name);
    part.content = children.iter().map(|child| Node::Element((*child).clone())).collect();
    part
}

fn is_machine_integer(name: &str) -> bool {
    ["byte", "short", "int", "long", "unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong"].contains(&name)
}

/// Returns the name of the method of an element.
fn method(name: &str) -> String {
    let name = name.to_snake_case();
    match name.as_str() {
        "type" | "ref" | "use" | "enum" | "move" | "loop" | "match" | "mod" | "static" | "where" | "in" => {
            format!("r#{name}")
        }
        _ => name,
    }
}
