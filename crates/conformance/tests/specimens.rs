//! The smallest and the fullest packets of every operation: valid for us and for libxml2, and written back as they were.

use plesk_conformance::canonical::canonical;
use plesk_conformance::coverage::{describe, points};
use plesk_conformance::protocol::Protocol;
use plesk_conformance::specimen::{Specimen, suite};
use plesk_conformance::{Direction, reference, verdict};

fn protocol() -> Protocol {
    Protocol::current().unwrap_or_else(|problems| panic!("{problems}"))
}

/// What is wrong with how we read and write a specimen.
fn trouble(specimen: &Specimen) -> Option<String> {
    let xml = specimen.packet.to_xml();
    let written = match verdict::check(specimen.direction, xml.as_bytes()) {
        Ok(written) => String::from_utf8(written).expect("UTF-8"),
        Err(problem) => return Some(format!("{}: {problem}\n{xml}", specimen.name)),
    };
    let (ours, theirs) = (canonical(&written), canonical(&xml));
    (ours != theirs).then(|| format!("{}: written back otherwise\n{theirs:?}\n{ours:?}", specimen.name))
}

/// As many lines as someone reads.
fn first(lines: &[String]) -> String {
    lines[..lines.len().min(40)].join("\n")
}

fn hold(direction: Direction) {
    let protocol = protocol();
    let (specimens, reached) = suite(&protocol, direction);
    let names: Vec<&str> = specimens.iter().map(|specimen| specimen.name.as_str()).collect();
    for operation in &protocol.model.operations {
        let name = format!("{} {}, ", operation.operator, operation.path.join("/"));
        let own = names.iter().filter_map(|own| own.strip_prefix(&name));
        let styles: Vec<&str> = own.map(|rest| rest.split(' ').next().unwrap_or_default()).collect();
        assert!(styles.contains(&"minimal") && styles.contains(&"maximal"), "{name}{styles:?}");
    }

    let troubles: Vec<String> = specimens.iter().filter_map(trouble).collect();
    assert!(troubles.is_empty(), "{} of {}:\n{}", troubles.len(), specimens.len(), first(&troubles));

    let all = points(&protocol, direction);
    let missed: Vec<String> = reached.missed(&all).iter().map(|(_, point)| describe(&protocol, *point)).collect();
    assert!(missed.is_empty(), "{} of {} not reached:\n{}", missed.len(), all.len(), first(&missed));

    let packets: Vec<String> = specimens.iter().map(|specimen| specimen.packet.to_xml()).collect();
    let Some(verdicts) = reference::verdicts(direction, &packets) else { return };
    for (specimen, verdict) in specimens.iter().zip(verdicts) {
        let messages = verdict.messages.join("\n");
        assert!(verdict.valid, "{}\n{messages}\n{}", specimen.name, specimen.packet.to_xml());
    }
}

#[test]
fn requests() {
    hold(Direction::Request);
}

#[test]
fn answers() {
    hold(Direction::Answer);
}

/// Every simple type that something holds has an example, and every facet that a value can meet exactly has one at it.
#[test]
fn every_facet_has_its_example() {
    let protocol = protocol();
    for (id, simple) in protocol.model.simples.iter().enumerate() {
        let examples = &protocol.examples[id];
        assert!(!examples.is_empty(), "no example of {}", simple.origin);
        for facet in &simple.facets {
            let rules = plesk_conformance::value::rules(facet);
            for rule in rules {
                assert!(examples.iter().any(|example| example.rule == rule), "{}: no example of {rule}", simple.origin);
            }
        }
    }
}
