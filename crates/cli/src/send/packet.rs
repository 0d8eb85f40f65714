//! Builds the packet that a command line describes.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Read};

use plesk::{Effect, Idempotency};
use plesk_model::{Class, Operator};
use plesk_protocol::request;
use plesk_wire::packet;
use plesk_wire::xml::Violations;

use super::assignment::{Assignment, Value};
use super::compose::compose;
use super::effect::{Impact, impact};
use super::{json, mask, order};
use crate::arguments::Send;
use crate::check::{Hints, message, text_report};
use crate::format::format_as;
use crate::schema::{self, Known, operation_named};
use crate::text::printable;
use crate::xml::{Element, Node};

/// A packet that is ready to be sent.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(crate) packet: Element,
    /// What each operation would do.
    pub(crate) impacts: Vec<Impact>,
    /// What to say before sending, one line each.
    pub(crate) warnings: Vec<String>,
}

impl Prepared {
    /// Builds and checks the packet.
    ///
    /// # Errors
    /// A message with everything that is wrong, in terms of the arguments.
    pub(crate) fn new(arguments: &Send) -> Result<Self, String> {
        let mut warnings = Vec::new();
        let packet = match (&arguments.xml, &arguments.operation) {
            (Some(file), _) => {
                let bytes = read_bytes(file)?;
                let text = in_utf8(&bytes).map_err(|violations| text_report(file, &bytes, &violations, false))?;
                Element::parse(text.trim_start_matches('\u{feff}'))?
            }
            (None, Some(name)) => {
                let (operator, path) = operation_named(name)?;
                let element = match &arguments.json_request {
                    Some(file) => from_json(&operator, &path, &read_text(file)?)?,
                    None => from_assignments(&operator, &path, &arguments.values, &mut warnings)?,
                };
                let packet = in_packet(&operator.name, &path, element);
                let xml = packet.to_xml();
                if let Err(violations) = packet::check::<request::Packet>(xml.as_bytes()) {
                    return Err(explain(xml.as_bytes(), &violations, &operator.name, &path));
                }
                packet
            }
            (None, None) => {
                return Err("name an operation, such as `customer.get`, or give a packet with --xml".to_owned());
            }
        };
        let impacts = schema::operations_of(&packet)
            .iter()
            .filter_map(|found| Some(impact(&found.operator, found.operation()?, found.element)))
            .collect();
        Ok(Self { packet, impacts, warnings })
    }

    /// Returns the packet with secrets masked, for people.
    pub(crate) fn masked(&self) -> String {
        mask::mask_packet(&self.packet, false).to_indented_xml()
    }

    /// Returns whether the packet may be sent again.
    pub(crate) fn idempotency(&self) -> Idempotency {
        let idempotencies: Vec<Idempotency> = self.impacts.iter().map(idempotency).collect();
        Idempotency::greatest(&idempotencies)
    }

    /// Returns the packet for a client, with what it does.
    pub(crate) fn raw(&self) -> plesk::RawPacket {
        let effects: Vec<Effect> = self.impacts.iter().map(effect).collect();
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
        plesk::RawPacket::new(format!("{declaration}{}", self.packet.to_xml()))
            .effect(Effect::greatest(&effects))
            .idempotency(self.idempotency())
    }
}

fn effect(impact: &Impact) -> Effect {
    let all = impact.everything.is_some();
    match impact.class {
        Class::Read => Effect::Read,
        Class::Create => Effect::Create,
        Class::Set | Class::Change if all => Effect::ChangeEverything,
        Class::Set | Class::Change => Effect::Change,
        Class::Delete | Class::End if all => Effect::DeleteEverything,
        Class::Delete | Class::End => Effect::Delete,
    }
}

/// Returns whether the operation may be sent again. A selector that is no stable key may match other objects then.
fn idempotency(impact: &Impact) -> Idempotency {
    match impact.class {
        Class::Read => Idempotency::Idempotent,
        Class::Set if impact.is_stable => Idempotency::Idempotent,
        Class::Delete | Class::End if impact.is_stable && !impact.is_server_wide => Idempotency::IdempotentDelete,
        _ => Idempotency::NotIdempotent,
    }
}

fn from_assignments(
    operator: &Operator,
    path: &str,
    arguments: &[String],
    warnings: &mut Vec<String>,
) -> Result<Element, String> {
    let Some(operation) = operator.operation(path) else { return Err(format!("there is no operation `{path}`")) };
    let assignments = arguments.iter().map(|argument| Assignment::parse(argument)).collect::<Result<Vec<_>, _>>()?;
    let name = path.rsplit('/').next().unwrap_or(path);
    let element = compose(operator, name, operation.request, &assignments)?;
    let secrets = mask::secrets(operator, operation.request, &element);
    for assignment in &assignments {
        let steps = assignment.steps.iter().map(|step| step.name.as_str());
        if matches!(&assignment.value, Value::Literal(text) if secrets.contains(text))
            && mask::is_secret(operator, operation.request, steps)
        {
            let path = assignment.path();
            warnings.push(format!(
                "`{path}` is a secret, and other users of this machine can see arguments; write `{path}=@FILE`, \
                 `{path}=@env:NAME` or `{path}=-`"
            ));
        }
    }
    Ok(element)
}

fn from_json(operator: &Operator, path: &str, text: &str) -> Result<Element, String> {
    let Some(operation) = operator.operation(path) else { return Err(format!("there is no operation `{path}`")) };
    let value = serde_json::from_str(text).map_err(|error| format!("the JSON cannot be read: {error}"))?;
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut element = json::to_element(operator, name, Known::Type(operation.request), &value)?;
    order::arrange(operator, operation.request, &mut element);
    Ok(element)
}

/// Puts the element of an operation into a packet.
pub(crate) fn in_packet(operator: &str, path: &str, element: Element) -> Element {
    let outer = path.rsplit_once('/').map_or("", |(outer, _)| outer);
    let mut inner = element;
    for name in outer.rsplit('/').filter(|name| !name.is_empty()).chain([operator, "packet"]) {
        let mut around = Element::new(name);
        around.content.push(Node::Element(inner));
        inner = around;
    }
    inner
}

/// Returns the violations in terms of the arguments: paths from the operation on, with dots.
fn explain(xml: &[u8], violations: &Violations, operator: &str, path: &str) -> String {
    let hints = Hints::new(xml, false, violations);
    let prefix: Vec<&str> = ["packet", operator].into_iter().chain(path.split('/')).collect();
    let lines = violations.into_iter().map(|violation| {
        let steps: Vec<&str> = violation.path.split('/').collect();
        let is_prefix = steps.iter().zip(&prefix).all(|(step, known)| step.split('[').next() == Some(known));
        let own = if is_prefix && steps.len() >= prefix.len() {
            steps[prefix.len()..].join(".")
        } else {
            violation.path.clone()
        };
        // Arguments need no order, so the element before is what matters.
        let (own, problem) = match hints.missing_before(violation) {
            Some(missing) => {
                let parent = own.rsplit_once('.').map_or("", |(parent, _)| parent).to_owned();
                (parent, format!("{missing} is missing; add it"))
            }
            None => (own, message(violation, &hints)),
        };
        let own = if own.is_empty() { path.replace('/', ".") } else { own };
        format!("{own}: {}", printable(&problem))
    });
    let mut text: Vec<String> = lines.collect();
    text.push(format!("See `plesk describe {operator}.{}`.", path.replace('/', ".")));
    text.join("\n")
}

/// Checks a packet, and returns it in UTF-8.
fn in_utf8(bytes: &[u8]) -> Result<Cow<'_, str>, Violations> {
    match std::str::from_utf8(bytes) {
        Ok(text) => packet::check::<request::Packet>(bytes).map(|()| Cow::Borrowed(text)),
        Err(_) => {
            let formatted = format_as::<request::Packet>(bytes)?;
            Ok(Cow::Owned(String::from_utf8_lossy(&formatted).into_owned()))
        }
    }
}

fn read_text(file: &str) -> Result<String, String> {
    String::from_utf8(read_bytes(file)?).map_err(|_| format!("{file} is not UTF-8"))
}

/// Reads a file, or standard input if it is `-`.
fn read_bytes(file: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = match file {
        "-" => io::stdin().read_to_end(&mut bytes).map(drop),
        file => fs::read(file).map(|content| bytes = content),
    };
    read.map_err(|error| format!("cannot read {}: {error}", printable(file)))?;
    Ok(bytes)
}
