//! Every operation of the protocol gets a valid answer of its own.

use plesk_conformance::protocol;
use plesk_conformance::samples::samples;
use plesk_conformance::{Direction, libxml2};

use crate::support::start;

#[test]
fn smallest_and_largest_request_of_every_operation_get_a_valid_answer() {
    let protocol = protocol::current().unwrap_or_else(|problems| panic!("{problems}"));
    let (mut samples, _) = samples(&protocol, Direction::Request);
    samples.retain(|sample| sample.name.contains(", minimal") || sample.name.contains(", maximal"));
    assert!(samples.len() >= 2 * protocol.model.operations.len());

    let sim = start();
    let answers: Vec<String> = samples
        .iter_mut()
        .map(|sample| {
            // Any version is valid by the schema, but the server accepts only those that it knows.
            sample.packet.attributes.retain(|attribute| attribute.name != "version");
            String::from_utf8(sim.respond(sample.packet.to_xml().as_bytes())).expect("UTF-8")
        })
        .collect();
    let failures = samples.iter().zip(&answers).filter(|(sample, answer)| {
        let operator = sample.name.split(' ').next().expect("an operator");
        operator != "packet," && !answer.contains(&format!("<{operator}>"))
    });
    let failures: Vec<String> =
        failures.map(|(sample, answer)| format!("{}: {answer}\n{}", sample.name, sample.packet.to_xml())).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let Some(verdicts) = libxml2::verdicts(Direction::Response, &answers) else { return };
    for ((sample, answer), verdict) in samples.iter().zip(&answers).zip(verdicts) {
        assert!(verdict.valid, "{}\n{}\n{answer}", sample.name, verdict.messages.join("\n"));
    }
}
