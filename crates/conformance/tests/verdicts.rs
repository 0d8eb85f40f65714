//! Our verdicts agree with those of libxml2, on a few thousand of the cases that `cargo xtask conformance` generates.

use plesk_conformance::libxml2;
use plesk_conformance::protocol;
use plesk_conformance::run::{Options, run};

fn options(cases: usize, operator: Option<&str>) -> Options {
    Options { cases, seed: 2024, operator: operator.map(str::to_owned) }
}

#[test]
fn verdicts_on_random_packets_agree() {
    let protocol = protocol::current().unwrap_or_else(|problems| panic!("{problems}"));
    let report = run(&protocol, &options(3000, None)).unwrap();
    assert!(report.failures.is_empty(), "{:#?}", report.failures);
    assert!(report.accepted > 1000 && report.cases - report.accepted > 1000, "{report:?}");
    assert!(report.mutations.len() > 25, "{:?}", report.mutations);
    // Expected divergences prove that libxml2 validated the packets.
    assert_eq!(report.compared, libxml2::version().is_some());
    assert_eq!(report.compared, !report.expected_divergences.is_empty(), "{report:?}");
}

#[test]
fn run_with_same_seed_generates_same_cases() {
    let protocol = protocol::current().unwrap_or_else(|problems| panic!("{problems}"));
    let [one, other] = [(); 2].map(|()| run(&protocol, &options(400, Some("session"))).unwrap());
    assert_eq!((one.accepted, &one.mutations, &one.missed), (other.accepted, &other.mutations, &other.missed));
    assert!(one.missed.is_empty() && one.goals > 50, "{:?}", one.missed);
}

#[test]
fn run_with_unknown_operator_lists_known_ones() {
    let protocol = protocol::current().unwrap_or_else(|problems| panic!("{problems}"));
    let error = run(&protocol, &options(1, Some("novelty"))).unwrap_err();
    assert!(error.contains("`novelty`") && error.contains("session"), "{error}");
}
