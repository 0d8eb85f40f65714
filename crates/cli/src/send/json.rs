//! Converts between elements and JSON.

use plesk_model::{Content, Operator, ParticleKind};
use serde_json::{Map, Number, Value};

use crate::schema::{self, Known, find};
use crate::xml::{Element, Node};

/// The key of the text of an element that has attributes.
const TEXT: &str = "#text";

/// Returns the element of a request that JSON describes: members are elements, lists are repeated elements, `true` is an
/// empty element where the schema has one, and `null` is `xsi:nil`.
///
/// # Errors
/// A message about a value that no element can have.
pub(crate) fn to_element(operator: &Operator, name: &str, content: Known, value: &Value) -> Result<Element, String> {
    let mut element = Element::new(name);
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                if let Some(attribute) = key.strip_prefix('@') {
                    element.attributes.push((attribute.to_owned(), scalar(key, value)?));
                    continue;
                }
                if key == TEXT {
                    element.content.push(Node::Text(scalar(key, value)?));
                    continue;
                }
                let inner = match content {
                    Known::Type(id) => find(operator, id, key).map_or(Known::Free, |found| found.content()),
                    _ => Known::Free,
                };
                let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
                for value in values {
                    // An empty element is either there or not.
                    if inner == Known::Empty && *value == Value::Bool(false) {
                        continue;
                    }
                    element.content.push(Node::Element(to_element(operator, key, inner, value)?));
                }
            }
        }
        Value::Null => element.attributes.push(("xsi:nil".to_owned(), "true".to_owned())),
        Value::Bool(true) if content == Known::Empty => {}
        value => element.set_text(scalar(name, value)?),
    }
    Ok(element)
}

fn scalar(name: &str, value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(flag) => Ok(flag.to_string()),
        // The value is not shown: it may be a secret.
        Value::Array(_) => Err(format!("`{name}` needs a text, a number or a truth value, not a list")),
        Value::Object(_) => Err(format!("`{name}` needs a text, a number or a truth value, not an object")),
        Value::Null => Err(format!("`{name}` needs a text, a number or a truth value, not null")),
    }
}

/// Returns an element of an answer as JSON, with numbers and truth values where the schema has them. Elements that may
/// occur more than once are always lists.
pub(crate) fn from_element(operator: &Operator, content: Known, element: &Element) -> Value {
    if element.is_nil() {
        return Value::Null;
    }
    match content {
        Known::Empty => Value::Bool(true),
        Known::Text(ty) => typed(schema::built_in(operator, ty), &element.text()),
        Known::Type(id) => match operator.ty(id).content {
            Content::Text(ty) if element.attributes.is_empty() => {
                typed(schema::built_in(operator, ty), &element.text())
            }
            Content::Any => free(element),
            _ => Value::Object(members(element, |child| match find(operator, id, &child.name) {
                Some(found) if !matches!(found.particle.kind, ParticleKind::Wildcard) => {
                    (from_element(operator, found.content(), child), found.max != Some(1))
                }
                _ => (free(child), false),
            })),
        },
        Known::Free => free(element),
    }
}

/// Returns an element that the schema does not describe.
fn free(element: &Element) -> Value {
    if !element.has_children() && element.attributes.is_empty() {
        return Value::String(element.text());
    }
    Value::Object(members(element, |child| (free(child), false)))
}

fn members(element: &Element, value: impl Fn(&Element) -> (Value, bool)) -> Map<String, Value> {
    let mut members = Map::new();
    for (name, value) in &element.attributes {
        members.insert(format!("@{name}"), Value::String(value.clone()));
    }
    let text = element.text();
    if !text.trim().is_empty() {
        members.insert(TEXT.to_owned(), Value::String(text));
    }
    for child in element.children() {
        let (value, is_list) = value(child);
        match members.get_mut(&child.name) {
            None if is_list => {
                members.insert(child.name.clone(), Value::Array(vec![value]));
            }
            None => {
                members.insert(child.name.clone(), value);
            }
            Some(Value::Array(values)) => values.push(value),
            // A newer server repeats what the schema has once.
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    members
}

fn typed(built_in: &str, text: &str) -> Value {
    let trimmed = text.trim();
    let parsed = match built_in {
        "boolean" => match trimmed {
            "true" | "1" => Some(Value::Bool(true)),
            "false" | "0" => Some(Value::Bool(false)),
            _ => None,
        },
        "byte" | "short" | "int" | "integer" | "long" | "negativeInteger" | "nonPositiveInteger" => {
            trimmed.parse::<i64>().ok().map(Value::from)
        }
        "unsignedByte" | "unsignedShort" | "unsignedInt" | "unsignedLong" | "nonNegativeInteger"
        | "positiveInteger" => trimmed.parse::<u64>().ok().map(Value::from),
        "float" | "double" => trimmed.parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number),
        _ => None,
    };
    // A value that does not fit is shown as it is.
    parsed.unwrap_or_else(|| Value::String(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use plesk_conformance::samples::samples;
    use plesk_conformance::{Direction, protocol};
    use plesk_protocol::response;
    use plesk_wire::serde::with_secrets;
    use plesk_wire::xml::{Limits, Reader, Strictness};
    use serde_json::Value;

    use super::from_element;
    use crate::schema::{Known, operations_of};
    use crate::xml::Element;

    /// Returns what the library writes for the reply at the path of elements `steps`.
    fn reply_of_library(xml: &str, steps: &[&str]) -> Value {
        let packet: response::Packet = Reader::new(xml.as_bytes(), Strictness::Strict, Limits::DEFAULT)
            .and_then(|mut reader| reader.document("packet"))
            .unwrap_or_else(|error| panic!("{error}\n{xml}"));
        let mut json = serde_json::to_value(with_secrets(&packet)).expect("JSON");
        for step in steps {
            if json.get("#items").is_some() {
                json = json["#items"][0].take();
            }
            json = json[step].take();
        }
        json
    }

    /// Compares the JSON of a reply. The library keeps free content as XML in `#xml`, and writes an empty element without a
    /// type as `true`. It also writes a member for a choice without an element.
    fn is_same(ours: &Value, library: &Value) -> bool {
        match (ours, library) {
            (ours, Value::Object(library)) if library.contains_key("#xml") => !ours.is_null(),
            (Value::String(text), Value::Bool(true)) if text.is_empty() => true,
            (Value::Object(ours), Value::Object(library)) => {
                ours.keys().all(|name| library.contains_key(name))
                    && library
                        .iter()
                        .filter(|(name, _)| !name.starts_with('#'))
                        .all(|(name, value)| ours.get(name).is_some_and(|ours| is_same(ours, value)))
            }
            (Value::Array(ours), Value::Array(library)) => {
                ours.len() == library.len() && ours.iter().zip(library).all(|(ours, library)| is_same(ours, library))
            }
            (ours, library) => ours == library,
        }
    }

    #[test]
    fn answers_of_every_operation_are_the_same_json_as_of_the_library() {
        let protocol = protocol::current().unwrap_or_else(|problems| panic!("{problems}"));
        let (samples, _) = samples(&protocol, Direction::Response);
        let (mut checked, mut different) = (std::collections::BTreeSet::new(), Vec::new());
        for sample in
            samples.iter().filter(|sample| sample.name.ends_with("minimal 1") || sample.name.ends_with("maximal 1"))
        {
            let xml = sample.packet.to_xml();
            let packet = Element::parse(&xml).expect("XML");
            let operations = operations_of(&packet);
            let [found] = operations.as_slice() else { continue };
            let Some(operation) = found.operation() else { continue };
            let steps: Vec<&str> = [found.operator.name.as_str()].into_iter().chain(found.path.split('/')).collect();
            let ours = from_element(&found.operator, Known::Type(operation.reply), found.element);
            let library = reply_of_library(&xml, &steps);
            if !is_same(&ours, &library) {
                different.push(format!("{}:\n{ours}\n{library}", sample.name));
            }
            checked.insert((found.operator.name.clone(), found.path.clone()));
        }
        assert!(
            different.is_empty(),
            "{} of {}:\n{}",
            different.len(),
            checked.len(),
            different[..different.len().min(12)].join("\n")
        );
        assert!(checked.len() > 240, "{}", checked.len());
    }
}
