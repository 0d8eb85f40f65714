//! The embedded description is complete, and its examples are valid packets.

use std::collections::BTreeSet;

use plesk_model::{Content, Operator, ParticleKind, SimpleTypeId, TypeId, index, operator};
use plesk_protocol::{request, response};
use plesk_wire::packet;

fn operators() -> Vec<Operator> {
    index().operators.iter().map(|summary| operator(&summary.name).expect("a listed operator")).collect()
}

#[test]
fn index_lists_every_operation_of_every_operator() {
    let index = index();
    assert_eq!(index.protocol, plesk_protocol::PROTOCOL);
    for (summary, operator) in index.operators.iter().zip(operators()) {
        assert!(!summary.doc.is_empty(), "{}", summary.name);
        let listed: Vec<&str> = summary.operations.iter().map(|operation| operation.path.as_str()).collect();
        let described: Vec<&str> = operator.operations.iter().map(|operation| operation.path.as_str()).collect();
        assert_eq!(listed, described, "{}", summary.name);
        for operation in &operator.operations {
            assert!(!operation.doc.is_empty(), "{} {}", operator.name, operation.path);
            assert_eq!(operator.operation(&operation.path.replace('/', ".")), Some(operation));
        }
    }
    assert!(operator("no-such-operator").is_none());
}

#[test]
fn every_type_is_reached_and_every_reference_leads_to_a_type() {
    for operator in operators() {
        let (types, simples) = reach(&operator);
        assert_eq!(types.len(), operator.types.len(), "{}", operator.name);
        assert_eq!(simples.len(), operator.simple_types.len(), "{}", operator.name);
    }
}

/// Returns the types and simple types that the operations use.
fn reach(operator: &Operator) -> (BTreeSet<TypeId>, BTreeSet<SimpleTypeId>) {
    let mut open: Vec<TypeId> = operator.operations.iter().flat_map(|it| [it.request, it.reply]).collect();
    let (mut types, mut simples) = (BTreeSet::new(), Vec::new());
    while let Some(id) = open.pop() {
        if !types.insert(id) {
            continue;
        }
        let ty = operator.ty(id);
        simples.extend(ty.attributes.iter().map(|attribute| attribute.ty));
        if let Content::Text(simple) = ty.content {
            simples.push(simple);
        }
        for particle in ty.content.particles() {
            assert!(particle.max.is_none_or(|max| max >= particle.min.max(1)), "{}/{}", ty.name, particle.name);
            match &particle.kind {
                ParticleKind::Text { ty, .. } => simples.push(*ty),
                ParticleKind::Element(id) | ParticleKind::Choice(id) | ParticleKind::Group(id) => open.push(*id),
                ParticleKind::Flag | ParticleKind::Untyped(_) | ParticleKind::Wildcard => {}
            }
        }
    }
    let mut reached = BTreeSet::new();
    while let Some(id) = simples.pop() {
        if reached.insert(id) {
            match &operator.simple_type(id).base {
                plesk_model::Base::BuiltIn(_) => {}
                plesk_model::Base::Union(members) => simples.extend(members),
                plesk_model::Base::List(item) => simples.push(*item),
            }
        }
    }
    (types, reached)
}

#[test]
fn examples_of_every_operation_are_valid_packets() {
    let mut checked = 0;
    for operator in operators() {
        for operation in &operator.operations {
            let (requests, responses) = (&operation.examples.request, &operation.examples.response);
            for xml in [&requests.minimal, &requests.full] {
                let verdict = packet::check::<request::Packet>(xml.as_bytes());
                assert!(verdict.is_ok(), "{} {}: {verdict:?}\n{xml}", operator.name, operation.path);
                checked += 1;
            }
            for xml in [&responses.minimal, &responses.full] {
                let verdict = packet::check::<response::Packet>(xml.as_bytes());
                assert!(verdict.is_ok(), "{} {}: {verdict:?}\n{xml}", operator.name, operation.path);
                assert!(!xml.contains("<errcode>"), "{} {}: {xml}", operator.name, operation.path);
                checked += 1;
            }
        }
    }
    assert!(checked > 1000, "{checked}");
}

#[test]
fn selectors_know_what_they_choose_if_they_are_empty() {
    let customer = operator("customer").expect("an operator");
    let del = customer.operation("del").expect("an operation");
    let [filter] = customer.ty(del.request).content.particles() else { panic!("one particle") };
    let ParticleKind::Element(filter) = filter.kind else { panic!("an element") };
    let selector = customer.ty(filter).selector.clone().expect("a selector");
    assert_eq!(selector.empty.as_deref(), Some("All customers that the caller can see."));
    assert_eq!(selector.stable_keys, ["id", "guid"]);
    for operator in operators() {
        for ty in &operator.types {
            // A choice that may be empty and selects must say what that means.
            if let (Content::OptionalChoice(_), Some(selector)) = (&ty.content, &ty.selector) {
                assert!(selector.empty.is_some(), "{} {}", operator.name, ty.name);
            }
        }
    }
}
