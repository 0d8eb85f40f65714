//! Our verdicts are those of libxml2: a few thousand of the cases that `cargo xtask conformance` makes any number of.

use plesk_conformance::protocol::Protocol;
use plesk_conformance::run::{Options, run};

fn options(cases: usize, operator: Option<&str>) -> Options {
    Options { cases, seed: 2024, operator: operator.map(str::to_owned) }
}

#[test]
fn verdicts_agree() {
    let protocol = Protocol::current().unwrap_or_else(|problems| panic!("{problems}"));
    let report = run(&protocol, &options(3000, None)).unwrap();
    assert!(report.faults.is_empty(), "{:#?}", report.faults);
    assert!(report.accepted > 1000 && report.cases - report.accepted > 1000, "{report:?}");
    assert!(report.mutations.len() > 25, "{:?}", report.mutations);
}

#[test]
fn the_same_seed_makes_the_same_cases() {
    let protocol = Protocol::current().unwrap_or_else(|problems| panic!("{problems}"));
    let [one, other] = [(); 2].map(|()| run(&protocol, &options(400, Some("session"))).unwrap());
    assert_eq!((one.accepted, &one.mutations, &one.missed), (other.accepted, &other.mutations, &other.missed));
    assert!(one.missed.is_empty() && one.points > 50, "{:?}", one.missed);
    let error = run(&protocol, &options(1, Some("novelty"))).unwrap_err();
    assert!(error.contains("session"), "{error}");
}
