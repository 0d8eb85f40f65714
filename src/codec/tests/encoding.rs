//! Encoding and validating.

use plesk_wire::xml::Violation;

use super::{Add, Get, Other, Remove, Set, op};
use crate::Batch;
use crate::codec::{CodecOptions, encode, validate};

fn xml(batch: &Batch, options: &CodecOptions) -> String {
    let bytes = encode(batch.operations(), batch.request_settings(), options);
    let text = String::from_utf8(bytes).unwrap();
    text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap().to_owned()
}

#[test]
fn encode_keeps_the_order_and_shares_the_element_of_consecutive_operators() {
    let mut batch = Batch::new();
    let _ = (batch.push(op(Get)), batch.push(op(Set)), batch.push(op(Other)), batch.push(op(Get)));
    let value = "<value>x</value>";
    assert_eq!(
        xml(&batch, &CodecOptions::default()),
        format!(
            "<packet><tool><get>{value}</get><set>{value}</set></tool><plug><get>{value}</get></plug><tool><get>{value}</get></tool></packet>"
        )
    );
}

#[test]
fn encode_nested_operation_writes_all_elements_of_its_path() {
    let mut batch = Batch::new();
    let _ = (batch.push(op(Add)), batch.push(op(Remove)));
    assert_eq!(
        xml(&batch, &CodecOptions::default()),
        "<packet><mail><update><add><value>x</value></add></update><update><remove><value>x</value></remove></update></mail></packet>"
    );
}

#[test]
fn encode_with_version_writes_the_attribute() {
    let mut batch = Batch::new();
    let _ = batch.push(op(Get));
    let options = CodecOptions { version: Some("1.6.9.1".to_owned()), ..CodecOptions::default() };
    assert!(xml(&batch, &options).starts_with("<packet version=\"1.6.9.1\"><tool>"));
}

#[test]
fn validate_reports_all_violations_with_their_paths() {
    let mut batch = Batch::new();
    let long = || "too long".to_owned();
    let _ = (batch.push(op(Get)), batch.push(Get(long())), batch.push(Other(long())));
    let _ = (batch.push(Set(long())), batch.push(Add(long())), batch.push(Remove(long())));
    let violations = validate(batch.operations(), batch.request_settings(), &CodecOptions::default()).unwrap_err();
    let paths: Vec<&str> = violations.as_slice().iter().map(|Violation { path, .. }| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "packet/tool[1]/get[2]/value",
            "packet/plug[1]/get/value",
            "packet/tool[2]/set/value",
            "packet/mail[1]/update/add/value",
            "packet/mail[1]/update[2]/remove/value",
        ]
    );
}
