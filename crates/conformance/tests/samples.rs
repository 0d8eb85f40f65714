//! The smallest and the largest packets of every operation: we accept them and write them back unchanged, and libxml2
//! accepts them.

use plesk_conformance::coverage::{all_goals, describe};
use plesk_conformance::packet::canonicalize;
use plesk_conformance::protocol::{self, Protocol};
use plesk_conformance::samples::{Sample, samples};
use plesk_conformance::under_test::check_and_write_back;
use plesk_conformance::{Direction, libxml2, value};

fn protocol() -> Protocol {
    protocol::current().unwrap_or_else(|problems| panic!("{problems}"))
}

/// Returns what is wrong with how we read and write a sample.
fn failure(sample: &Sample) -> Option<String> {
    let xml = sample.packet.to_xml();
    let written = match check_and_write_back(sample.direction, xml.as_bytes()) {
        Ok(written) => String::from_utf8(written).expect("UTF-8"),
        Err(violations) => return Some(format!("{}: {violations}\n{xml}", sample.name)),
    };
    let (before, after) = (canonicalize(&xml), canonicalize(&written));
    (before != after).then(|| format!("{}: written back differently\n{before:?}\n{after:?}", sample.name))
}

/// Joins the first lines, as many as anyone reads.
fn first(lines: &[String]) -> String {
    lines[..lines.len().min(40)].join("\n")
}

fn assert_samples_conform(direction: Direction) {
    let protocol = protocol();
    let (samples, counts) = samples(&protocol, direction);
    let names: Vec<&str> = samples.iter().map(|sample| sample.name.as_str()).collect();
    assert!(!protocol.model.operations.is_empty());
    for operation in &protocol.model.operations {
        let name = format!("{} {}, ", operation.operator, operation.path.join("/"));
        let of_operation = names.iter().filter_map(|sample| sample.strip_prefix(&name));
        let strategies: Vec<&str> = of_operation.map(|rest| rest.split(' ').next().unwrap_or_default()).collect();
        assert!(strategies.contains(&"minimal") && strategies.contains(&"maximal"), "{name}{strategies:?}");
    }

    let failures: Vec<String> = samples.iter().filter_map(failure).collect();
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), samples.len(), first(&failures));

    let goals = all_goals(&protocol, direction);
    let missed: Vec<String> = counts.missed(&goals).iter().map(|(_, goal)| describe(&protocol, *goal)).collect();
    assert!(missed.is_empty(), "{} of {} not covered:\n{}", missed.len(), goals.len(), first(&missed));

    let packets: Vec<String> = samples.iter().map(|sample| sample.packet.to_xml()).collect();
    let Some(verdicts) = libxml2::verdicts(direction, &packets) else { return };
    assert_eq!(verdicts.len(), samples.len());
    for (sample, verdict) in samples.iter().zip(verdicts) {
        let messages = verdict.messages.join("\n");
        assert!(verdict.valid, "{}\n{messages}\n{}", sample.name, sample.packet.to_xml());
    }
}

#[test]
fn request_samples_are_valid_and_written_back_unchanged() {
    assert_samples_conform(Direction::Request);
}

#[test]
fn response_samples_are_valid_and_written_back_unchanged() {
    assert_samples_conform(Direction::Response);
}

#[test]
fn every_simple_type_and_facet_has_an_example() {
    let protocol = protocol();
    assert!(!protocol.model.simples.is_empty());
    for (id, simple) in protocol.model.simples.iter().enumerate() {
        let examples = &protocol.examples[id];
        assert!(!examples.is_empty(), "no example of {}", simple.origin);
        for rule in simple.facets.iter().flat_map(value::rule_names) {
            assert!(examples.iter().any(|example| example.rule == rule), "{}: no example of {rule}", simple.origin);
        }
    }
}
