//! Masks the secrets of packets.

use plesk_model::{Operator, TypeId};

use crate::schema::{self, Known, find};
use crate::xml::Element;

/// What is shown instead of a secret.
const MASK: &str = "***";

/// Masks the secrets in the element of an operation.
pub(crate) fn mask(operator: &Operator, id: TypeId, element: &mut Element) {
    let ty = operator.ty(id);
    let shown = ty.shown.as_ref();
    let is_shown = shown.is_some_and(|shown| {
        let name = element.child(&shown.name).map(Element::text).unwrap_or_default();
        shown.names.contains(&name)
    });
    for child in element.children_mut() {
        match find(operator, id, &child.name) {
            Some(_) if shown.is_some_and(|shown| shown.value == child.name) => {
                if !is_shown {
                    hide(child);
                }
            }
            Some(found) if found.is_secret() => hide(child),
            Some(found) => {
                if let Known::Type(inner) = found.content() {
                    mask(operator, inner, child);
                }
            }
            None => mask_unknown(child),
        }
    }
}

/// Masks everything in a packet that is a secret in a request (`response` is `false`) or in a response.
pub(crate) fn mask_packet(packet: &Element, response: bool) -> Element {
    let mut masked = packet.clone();
    for element in masked.children_mut() {
        let Some(operator) = plesk_model::operator(&element.name) else {
            mask_unknown(element);
            continue;
        };
        for child in element.children_mut() {
            mask_operation(&operator, "", child, response);
        }
    }
    masked
}

fn mask_operation(operator: &Operator, outer: &str, element: &mut Element, response: bool) {
    let path = format!("{outer}{}", element.name);
    if let Some(operation) = operator.operation(&path) {
        mask(operator, if response { operation.reply } else { operation.request }, element);
        return;
    }
    let nested = format!("{path}/");
    if operator.operations.iter().any(|operation| operation.path.starts_with(&nested)) {
        for child in element.children_mut() {
            mask_operation(operator, &nested, child, response);
        }
        return;
    }
    mask_unknown(element);
}

/// Masks what looks like a secret in an element that the schema does not have.
fn mask_unknown(element: &mut Element) {
    let name = element.name.to_lowercase();
    if !element.has_children() && ["pass", "pwd", "secret", "token", "key"].iter().any(|part| name.contains(part)) {
        hide(element);
    }
    element.children_mut().for_each(mask_unknown);
}

/// Returns the texts that [`mask`] hides in the element of an operation.
pub(crate) fn secrets(operator: &Operator, id: TypeId, element: &Element) -> Vec<String> {
    fn collect(element: &Element, masked: &Element, secrets: &mut Vec<String>) {
        if element.text() != masked.text() {
            secrets.push(element.text());
        }
        element.children().zip(masked.children()).for_each(|(child, masked)| collect(child, masked, secrets));
    }
    let mut masked = element.clone();
    mask(operator, id, &mut masked);
    let mut secrets = Vec::new();
    collect(element, &masked, &mut secrets);
    secrets
}

fn hide(element: &mut Element) {
    if !element.text().is_empty() {
        element.set_text(MASK);
    }
}

/// Returns `true` if the element at the path of `steps` is a secret.
pub(crate) fn is_secret<'a>(operator: &Operator, id: TypeId, steps: impl IntoIterator<Item = &'a str>) -> bool {
    let mut content = Known::Type(id);
    let mut is_secret = false;
    for step in steps {
        let Known::Type(id) = content else { return false };
        if schema::is_free(operator, id) {
            return false;
        }
        let Some(found) = find(operator, id, step) else { return false };
        is_secret = found.is_secret();
        content = found.content();
    }
    is_secret
}
