//! Puts the children of elements in the order of the schema.

use plesk_model::{Content, Operator, Particle, ParticleKind, TypeId};

use crate::schema::{self, Known, find};
use crate::xml::{Element, Node};

/// Puts the children of `element`, and those in them, in the order of the type.
///
/// Children that the schema has no place for come last. A check of the packet reports them.
pub(crate) fn arrange(operator: &Operator, id: TypeId, element: &mut Element) {
    if schema::is_free(operator, id) {
        return;
    }
    for child in element.children_mut() {
        if let Some(Known::Type(inner)) = find(operator, id, &child.name).map(|found| found.content()) {
            arrange(operator, inner, child);
        }
    }
    if !element.has_children() {
        return;
    }
    let mut pool: Vec<Element> = element.children().cloned().collect();
    let mut ordered = Vec::new();
    take_content(operator, id, &mut pool, &mut ordered, false);
    ordered.append(&mut pool);
    element.content = ordered.into_iter().map(Node::Element).collect();
}

/// Moves what the content of `id` may contain once from the pool. With `single`, a list gets one element only, so that
/// the alternatives of a repeated choice keep their order.
fn take_content(operator: &Operator, id: TypeId, pool: &mut Vec<Element>, out: &mut Vec<Element>, single: bool) {
    let content = &operator.ty(id).content;
    if content.is_choice() {
        let first = pool.iter().find_map(|element| alternative(operator, content, &element.name));
        if let Some(particle) = first {
            take(operator, particle, pool, out, single);
        }
        return;
    }
    for particle in content.particles() {
        take(operator, particle, pool, out, false);
    }
}

fn take(operator: &Operator, particle: &Particle, pool: &mut Vec<Element>, out: &mut Vec<Element>, single: bool) {
    let max = if single { 1 } else { particle.max.unwrap_or(usize::MAX) };
    match particle.kind {
        ParticleKind::Choice(id) | ParticleKind::Group(id) => {
            for _ in 0..max {
                let before = pool.len();
                take_content(operator, id, pool, out, particle.max != Some(1));
                if pool.len() == before {
                    break;
                }
            }
        }
        _ => {
            for _ in 0..max {
                let is_taken = |element: &Element| match particle.kind {
                    ParticleKind::Wildcard => true,
                    _ => element.name == particle.name,
                };
                let Some(index) = pool.iter().position(is_taken) else { break };
                out.push(pool.remove(index));
            }
        }
    }
}

/// Returns the alternative that contains the element `name`.
fn alternative<'a>(operator: &Operator, content: &'a Content, name: &str) -> Option<&'a Particle> {
    content.particles().iter().find(|particle| match particle.kind {
        ParticleKind::Choice(id) | ParticleKind::Group(id) => schema::names(operator, id).contains(&name),
        ParticleKind::Wildcard => true,
        _ => particle.name == name,
    })
}
