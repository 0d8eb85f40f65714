//! The list of simulated operations, compared with the schemas, the dispatch and the README.

use std::collections::BTreeSet;

use plesk_conformance::Direction;
use plesk_conformance::protocol;
use plesk_conformance::samples::samples;
use plesk_sim::{Coverage, coverage};

use crate::support::start;

const README: &str = include_str!("../../README.md");

#[test]
fn coverage_lists_every_operation_of_the_schemas_once() {
    let protocol = protocol::current().expect("the schemas are valid");
    let expected: BTreeSet<String> =
        protocol.model.operations.iter().map(|it| format!("{} {}", it.operator, it.path.join("/"))).collect();
    let listed: Vec<String> = coverage().iter().map(|it| format!("{} {}", it.operator, it.operation)).collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), expected);
    assert_eq!(listed.len(), expected.len());
}

#[test]
fn coverage_agrees_with_the_answer_to_the_smallest_request() {
    let protocol = protocol::current().expect("the schemas are valid");
    let (samples, _) = samples(&protocol, Direction::Request);
    let mut checked = 0;
    for operation in coverage() {
        let name = format!("{} {}, minimal 1", operation.operator, operation.operation);
        let sample = samples.iter().find(|sample| sample.name == name).unwrap_or_else(|| panic!("no sample: {name}"));
        // Each operation gets a new server, because some delete the key that `respond` uses.
        let response = start().respond(sample.packet.to_xml().as_bytes());
        let response = String::from_utf8(response).expect("the response is text");
        assert!(!response.contains("The simulated Plesk does not model"), "{name}: {response}");
        checked += 1;
    }
    assert_eq!(checked, protocol.model.operations.len());
}

#[test]
fn readme_contains_the_table_of_coverage() {
    let table = render();
    let (_, rest) = README.split_once("<!-- coverage -->\n").expect("the start of the table");
    let (found, _) = rest.split_once("<!-- end of coverage -->").expect("the end of the table");
    assert_eq!(found, table, "README.md must contain this table:\n{table}");
}

/// Returns one line for each operator, with the names of its operations.
fn render() -> String {
    let all = coverage();
    let mut table = "\n| operator | modeled | plausible |\n|---|---|---|\n".to_owned();
    for operator in all.iter().map(|it| it.operator).collect::<BTreeSet<_>>() {
        let names = |coverage: Coverage| -> String {
            let matching = all.iter().filter(|it| it.operator == operator && it.coverage == coverage);
            matching.map(|it| it.operation).collect::<Vec<_>>().join(", ")
        };
        let (modeled, plausible) = match (names(Coverage::Modeled), names(Coverage::Plausible)) {
            (modeled, plausible) if plausible.is_empty() && !modeled.is_empty() => ("all".to_owned(), plausible),
            (modeled, plausible) if modeled.is_empty() && !plausible.is_empty() => (modeled, "all".to_owned()),
            both => both,
        };
        table += &format!("| {operator} | {modeled} | {plausible} |\n");
    }
    table + "\n"
}
